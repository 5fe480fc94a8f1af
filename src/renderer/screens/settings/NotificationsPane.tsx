// Whether the person is told while the window is hidden.
import { useTranslation } from 'react-i18next';
import { Switch } from '../../components/field/Field';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import styles from './Settings.module.css';

export function NotificationsPane() {
  const { t } = useTranslation();
  const on = useSettings((state) => state.settings?.notifications ?? true);
  const { update } = useSettings.getState();
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.notifications')}</h2>
      </header>
      <div className={styles.box}>
        <div className={`${styles.row} ${styles.switchRow}`}>
          <Switch
            label={t('settings.notify')}
            hint={t('settings.notifyNote')}
            checked={on}
            onChange={(notifications) => void attempt(() => update({ notifications }))}
          />
        </div>
      </div>
    </>
  );
}
