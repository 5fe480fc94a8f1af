// An empty list teaches the next gesture with one line and one button.
import { Clapperboard, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { openComposer } from './useReuse';
import type { List } from '../../stores/viewStore';
import styles from './LibraryScreen.module.css';

export function EmptyLibrary({ list }: { readonly list: List }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <Icon of={list === 'all' ? Clapperboard : Hourglass} size="l" />
      <p>{list === 'all' ? t('grid.empty') : t('grid.emptyWork')}</p>
      {list === 'all' ? <Button onClick={openComposer}>{t('grid.emptyAction')}</Button> : null}
    </div>
  );
}
