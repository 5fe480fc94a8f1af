// An empty list teaches the next gesture with one line and one button.
import { Clapperboard, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import styles from './LibraryScreen.module.css';

export function EmptyLibrary({ list }: { readonly list: 'all' | 'work' }) {
  const { t } = useTranslation();
  const write = (): void => {
    const { settings, update } = useSettings.getState();
    if (settings?.composerOpen === false) void attempt(() => update({ composerOpen: true }));
    useView.getState().focusPrompt();
  };
  return (
    <div className={styles.empty}>
      <Icon of={list === 'all' ? Clapperboard : Hourglass} size="l" />
      <p>{list === 'all' ? t('grid.empty') : t('grid.emptyWork')}</p>
      {list === 'all' ? <Button onClick={write}>{t('grid.emptyAction')}</Button> : null}
    </div>
  );
}
