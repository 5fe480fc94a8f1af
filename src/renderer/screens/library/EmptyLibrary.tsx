// An empty list teaches the next gesture with one line and one button.
import {
  CircleCheck,
  Clapperboard,
  FolderInput,
  Folder,
  Hourglass,
  SearchX,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useView, type List } from '../../stores/viewStore';
import { partsOf, textOfParts } from './searchChips';
import { openComposer } from './useReuse';
import styles from './LibraryScreen.module.css';

const ICONS: Readonly<Partial<Record<string, LucideIcon>>> = {
  all: Clapperboard,
  work: Hourglass,
  kept: CircleCheck,
  imported: FolderInput,
  trash: Trash2,
};

export function EmptyLibrary({ list, words }: { readonly list: List; readonly words: string }) {
  const { t } = useTranslation();
  if (words.trim() !== '') return <NothingFound words={words} />;
  const texts: Readonly<Partial<Record<string, string>>> = {
    all: t('grid.empty'),
    work: t('grid.emptyWork'),
    kept: t('grid.emptyKept'),
    imported: t('grid.emptyImported'),
    trash: t('grid.emptyTrash'),
  };
  return (
    <div className={styles.empty}>
      <Icon of={ICONS[list] ?? Folder} size="l" />
      <p>{texts[list] ?? t('grid.emptyCollection')}</p>
      {list === 'all' ? <Button onClick={openComposer}>{t('grid.emptyAction')}</Button> : null}
      {list === 'imported' ? (
        <Button onClick={() => useView.getState().openSettings('library')}>{t('actions.openLibrary')}</Button>
      ) : null}
    </div>
  );
}

/** Each part of the search can be taken out from here. */
function NothingFound({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  const parts = partsOf(words);
  const { search } = useView.getState();
  return (
    <div className={styles.empty}>
      <Icon of={SearchX} size="l" />
      <p>{parts.chips.length > 0 ? t('search.nothingChips') : t('search.nothing')}</p>
      <div className={styles.ways}>
        {parts.chips.map((chip, at) => (
          <Button
            key={`${at} ${chip}`}
            size="s"
            onClick={() => search(textOfParts({ ...parts, chips: parts.chips.toSpliced(at, 1) }))}
          >
            {t('search.remove', { term: chip })}
          </Button>
        ))}
        {parts.chips.length === 0 || parts.typing.trim() === '' ? null : (
          <Button size="s" onClick={() => search(textOfParts({ ...parts, typing: '' }))}>
            {t('search.remove', { term: parts.typing.trim() })}
          </Button>
        )}
        <Button size="s" onClick={() => search('')}>
          {t('search.clear')}
        </Button>
      </div>
    </div>
  );
}
