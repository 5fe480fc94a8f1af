// Settings over the window: connections, hosting, library, money, notifications, look and language.
import {
  Bell,
  CloudUpload,
  HardDrive,
  Palette,
  Plug,
  Stethoscope,
  Wallet,
  X,
  type LucideIcon,
} from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { useAppInfo } from '../../stores/appInfoStore';
import { latestNoticeId } from '../../stores/noticesStore';
import { useView, type SettingsPane } from '../../stores/viewStore';
import { Notices } from '../notices/Notices';
import { ConnectionsPane } from './ConnectionsPane';
import { DiagnosticsPane } from './DiagnosticsPane';
import { HostingPane } from './HostingPane';
import { LibraryPane } from './LibraryPane';
import { LookPane } from './LookPane';
import { MoneyPane } from './MoneyPane';
import { NotificationsPane } from './NotificationsPane';
import styles from './Settings.module.css';

const PANES: readonly { pane: SettingsPane; icon: LucideIcon; Content: ComponentType }[] = [
  { pane: 'connections', icon: Plug, Content: ConnectionsPane },
  { pane: 'library', icon: HardDrive, Content: LibraryPane },
  { pane: 'money', icon: Wallet, Content: MoneyPane },
  { pane: 'hosting', icon: CloudUpload, Content: HostingPane },
  { pane: 'notifications', icon: Bell, Content: NotificationsPane },
  { pane: 'look', icon: Palette, Content: LookPane },
  { pane: 'diagnostics', icon: Stethoscope, Content: DiagnosticsPane },
];

export default function SettingsSheet() {
  const { t } = useTranslation();
  const opened = useView((state) => state.settings);
  const close = useView((state) => state.closeSettings);
  const [openedAfter] = useState(latestNoticeId);
  const version = useAppInfo((state) => state.info?.version ?? '');
  const labels: Record<SettingsPane, string> = {
    connections: t('settings.connections'),
    library: t('settings.library'),
    money: t('settings.money'),
    hosting: t('settings.hosting'),
    notifications: t('settings.notifications'),
    look: t('settings.look'),
    diagnostics: t('settings.diagnostics'),
  };
  return (
    <Dialog title={t('settings.title')} onClose={close} size="large" bare>
      <Tabs.Root
        className={styles.sheet}
        orientation="vertical"
        value={opened?.pane ?? 'connections'}
        onValueChange={(pane) => useView.getState().openSettings(pane as SettingsPane)}
      >
        <div className={styles.side}>
          <h2 aria-hidden>{t('settings.title')}</h2>
          <Tabs.List className={styles.tabs} aria-label={t('settings.title')}>
            {PANES.map(({ pane, icon }) => (
              <Tab key={pane} pane={pane} icon={icon} label={labels[pane]} />
            ))}
          </Tabs.List>
          <p className={`meta ${styles.version}`}>{t('settings.version', { version })}</p>
        </div>
        <div className={styles.close}>
          <IconButton icon={X} label={t('common.close')} onClick={close} />
        </div>
        {PANES.map(({ pane, Content }) => (
          <Tabs.Content key={pane} value={pane} className={styles.pane}>
            <Content />
          </Tabs.Content>
        ))}
        <Notices after={openedAfter} />
      </Tabs.Root>
    </Dialog>
  );
}

function Tab({ pane, icon, label }: { pane: SettingsPane; icon: LucideIcon; label: string }) {
  return (
    <Tabs.Trigger value={pane} className={styles.tab}>
      <Icon of={icon} />
      <span className="truncate">{label}</span>
    </Tabs.Trigger>
  );
}
