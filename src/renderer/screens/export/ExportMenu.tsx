// The ways out of the library for the chosen clips, each with what it is for.
import { FileSpreadsheet, Film, FolderOutput, Waypoints, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestInput } from '@shared/contract/requests';
import { ask } from '../../client/client';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { useFormat } from '../../i18n/useFormat';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import styles from './Export.module.css';

type Way = RequestInput<'library.export'>['as'];

const WAYS: readonly {
  readonly as: Way;
  readonly icon: LucideIcon;
  readonly words: string;
  readonly note: string;
}[] = [
  { as: 'folder', icon: FolderOutput, words: 'exports.folder', note: 'exports.folderNote' },
  { as: 'fcpxml', icon: Film, words: 'exports.fcpxml', note: 'exports.fcpxmlNote' },
  { as: 'otio', icon: Waypoints, words: 'exports.otio', note: 'exports.otioNote' },
  { as: 'csv', icon: FileSpreadsheet, words: 'exports.csv', note: 'exports.csvNote' },
];

/** Opened by `useView.getState().openExport(ids)`. */
export default function ExportMenu() {
  const { t } = useTranslation();
  const format = useFormat();
  const ids = useView((state) => state.exportIds);
  const { closeExport } = useView.getState();
  const [asking, setAsking] = useState(false);
  if (ids === null || ids.length === 0) return null;
  const give = async (as: Way): Promise<void> => {
    setAsking(true);
    await attempt(async () => {
      // Who closes the system's dialog may want another way.
      if ((await ask('library.export', { ids: [...ids], as })) !== null) closeExport();
    });
    setAsking(false);
  };
  return (
    <Dialog
      title={t('exports.title', { count: ids.length, value: format.number(ids.length) })}
      onClose={closeExport}
    >
      <ul className={styles.ways}>
        {WAYS.map(({ as, icon, words, note }, index) => (
          <li key={as}>
            <button
              type="button"
              className={styles.way}
              disabled={asking}
              autoFocus={index === 0}
              onClick={() => void give(as)}
            >
              <Icon of={icon} size="l" />
              <span>
                <b>{t(words)}</b>
                <span className="muted">{t(note)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={`meta ${styles.order}`}>{t('exports.order')}</p>
    </Dialog>
  );
}
