// Videos from other folders: imported once, or watched for what comes later.
import { FolderInput, FolderSync } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Checkbox, Segments } from '../../components/field/Field';
import { useFolders, type ImportMode } from '../../stores/foldersStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import styles from './LibraryPane.module.css';
import settings from './Settings.module.css';

export function FoldersPart() {
  const { t } = useTranslation();
  const watched = useFolders((state) => state.watched) ?? [];
  const { load, unwatch, importFolder } = useFolders.getState();
  const [mode, setMode] = useState<ImportMode>('inPlace');
  const [watch, setWatch] = useState(true);
  useEffect(() => {
    void attempt(load);
  }, [load]);
  const choose = (): void =>
    void attempt(async () => {
      const work = await importFolder(mode, watch);
      if (work !== null) useNotices.getState().tell(t('library.importStarted'));
    });
  return (
    <section className={settings.part}>
      <div className={settings.partHead}>
        <h3>{t('library.folders')}</h3>
      </div>
      <div className={settings.box}>
        {watched.map((path) => (
          <div key={path} className={settings.row}>
            <span className={styles.mark}>
              <Icon of={FolderSync} />
            </span>
            <div className={settings.name}>
              <span className="mono selectable">{path}</span>
              <span className="meta">{t('library.watched')}</span>
            </div>
            <Button
              size="s"
              aria-label={t('library.unwatchOf', { path })}
              onClick={() => void attempt(() => unwatch(path), path)}
            >
              {t('library.unwatch')}
            </Button>
          </div>
        ))}
        <div className={settings.row}>
          <span className={styles.mark}>
            <Icon of={FolderInput} />
          </span>
          <div className={`${settings.name} ${styles.importing}`}>
            <Segments
              label={t('library.importHow')}
              value={mode}
              choices={[
                { value: 'inPlace', label: t('library.inPlace') },
                { value: 'copy', label: t('library.copy') },
              ]}
              onChange={setMode}
            />
            <Checkbox label={t('library.watch')} checked={watch} onChange={setWatch} />
          </div>
          <Button size="s" onClick={choose}>
            {t('library.importFolder')}
          </Button>
        </div>
      </div>
      <p className={`meta ${settings.after}`}>
        {mode === 'inPlace' ? t('library.inPlaceNote') : t('library.copyNote')}
      </p>
    </section>
  );
}
