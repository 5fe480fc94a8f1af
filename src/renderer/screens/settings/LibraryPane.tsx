// Where clips are kept and how they are named, what comes in from other folders, and whether all is well.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { useFormat } from '../../i18n/useFormat';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { FoldersPart } from './FoldersPart';
import { LibraryCheckPart } from './LibraryCheckPart';
import { NameRow } from './NameRow';
import styles from './Settings.module.css';

export function LibraryPane() {
  const { t } = useTranslation();
  const format = useFormat();
  const location = useLibrary((state) => state.location);
  const { load, choose } = useLibrary.getState();
  useEffect(() => {
    void attempt(load);
  }, [load]);
  const facts =
    location === null
      ? ''
      : location.freeBytes === null
        ? t('settings.folderFactsShort', {
            clips: format.number(location.clips),
            size: format.bytes(location.bytes),
          })
        : t('settings.folderFacts', {
            clips: format.number(location.clips),
            size: format.bytes(location.bytes),
            free: format.bytes(location.freeBytes),
          });
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.library')}</h2>
      </header>
      <div className={styles.box}>
        <div className={styles.row}>
          <div className={styles.name}>
            <span className="mono selectable" title={t('settings.folder')}>
              {location?.path ?? '…'}
            </span>
            <span className="meta num">{facts}</span>
          </div>
          <Button size="s" onClick={() => void attempt(choose)}>
            {t('settings.choose')}
          </Button>
        </div>
        <NameRow />
      </div>
      <p className={`meta ${styles.after}`}>{t('settings.chooseNote')}</p>
      <FoldersPart />
      <LibraryCheckPart />
    </>
  );
}
