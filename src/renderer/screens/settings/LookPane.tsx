// Theme and language.
import { useTranslation } from 'react-i18next';
import type { Settings } from '@shared/domain/settings';
import { Segments } from '../../components/field/Field';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import styles from './Settings.module.css';

export function LookPane() {
  const { t } = useTranslation();
  const settings = useSettings((state) => state.settings);
  const { update } = useSettings.getState();
  if (settings === null) return null;
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.look')}</h2>
      </header>
      <div className={styles.box}>
        <div className={styles.row}>
          <span className={styles.name}>{t('settings.theme')}</span>
          <Segments<Settings['theme']>
            label={t('settings.theme')}
            value={settings.theme}
            choices={[
              { value: 'system', label: t('settings.themeSystem') },
              { value: 'dark', label: t('settings.themeDark') },
              { value: 'light', label: t('settings.themeLight') },
            ]}
            onChange={(theme) => void attempt(() => update({ theme }))}
          />
        </div>
        <div className={styles.row}>
          <span className={styles.name}>{t('settings.language')}</span>
          <Segments<Settings['language']>
            label={t('settings.language')}
            value={settings.language}
            choices={[
              { value: 'system', label: t('settings.languageSystem') },
              { value: 'en', label: t('bar.languageEnglish') },
              { value: 'zh-CN', label: t('bar.languageChinese') },
            ]}
            onChange={(language) => void attempt(() => update({ language }))}
          />
        </div>
      </div>
    </>
  );
}
