// A tunnel has nothing to enter: it says whether cloudflared is here, how to get it, and what it means.
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../client/clipboard';
import { Button } from '../../components/button/Button';
import { CopyButton } from '../../components/button/CopyButton';
import { Icon } from '../../components/button/Icon';
import { useAppInfo } from '../../stores/appInfoStore';
import { useHosts } from '../../stores/hostsStore';
import { attempt } from '../../stores/noticesStore';
import styles from './HostForm.module.css';

/** As cloudflared's own download page has it; Linux has a repository instead of one command. */
const INSTALL: Partial<Record<string, string>> = {
  darwin: 'brew install cloudflared',
  win32: 'winget install --id Cloudflare.cloudflared',
};

export function TunnelFields({ cloudflared }: { readonly cloudflared: string | null }) {
  const { t } = useTranslation();
  const command = useAppInfo(({ info }) => INSTALL[info?.platform ?? 'other']);
  if (cloudflared !== null)
    return (
      <div className={styles.tunnel}>
        <p className={styles.state} data-found>
          <Icon of={CircleCheck} size="s" />
          {t('hosting.tunnelFound', { version: cloudflared })}
        </p>
        <p className="muted">{t('hosting.tunnelNoSecret')}</p>
      </div>
    );
  return (
    <div className={styles.tunnel}>
      <p className={styles.state}>
        <Icon of={TriangleAlert} size="s" />
        {t('hosting.tunnelMissing')}
      </p>
      <p className="muted">
        {command === undefined ? t('hosting.tunnelInstallLinux') : t('hosting.tunnelInstall')}
      </p>
      {command === undefined ? null : (
        <p className={styles.command}>
          <code className="mono selectable">{command}</code>
          <CopyButton label={t('common.copy')} onCopy={() => copyText(command)} />
        </p>
      )}
      <Button size="s" onClick={() => void attempt(() => useHosts.getState().load())}>
        {t('hosting.lookAgain')}
      </Button>
    </div>
  );
}
