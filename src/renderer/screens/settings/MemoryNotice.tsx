// Said where keys and secrets are entered on a computer without a keychain.
import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { useAppInfo } from '../../stores/appInfoStore';
import { SettingsButton } from '../errors/ErrorButton';
import styles from './Settings.module.css';

export function MemoryNotice() {
  const { t } = useTranslation();
  const memory = useAppInfo((state) => state.tools?.keyStorage === 'memory');
  if (!memory) return null;
  return (
    <div className={styles.notice} role="note">
      <Icon of={Info} />
      <p className={styles.name}>{t('settings.memoryNotice')}</p>
      <SettingsButton action="diagnostics" />
    </div>
  );
}
