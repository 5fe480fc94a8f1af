// Settings over the window: connections, library, money, notifications, look and language.
import { Bell, HardDrive, Palette, Plug, Wallet, X, type LucideIcon } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { useAppInfo } from '../../stores/appInfoStore';
import { latestNoticeId } from '../../stores/noticesStore';
import { useView, type SettingsPane } from '../../stores/viewStore';
import { Notices } from '../notices/Notices';
import { ConnectionsPane } from './ConnectionsPane';
import { LibraryPane } from './LibraryPane';
import { LookPane } from './LookPane';
import { MoneyPane } from './MoneyPane';
import { NotificationsPane } from './NotificationsPane';
import styles from './Settings.module.css';

export default function SettingsSheet() {
  const { t } = useTranslation();
  const opened = useView((state) => state.settings);
  const close = useView((state) => state.closeSettings);
  const [openedAfter] = useState(latestNoticeId);
  const version = useAppInfo((state) => state.info?.version ?? '');
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
            <Tab pane="connections" icon={Plug} label={t('settings.connections')} />
            <Tab pane="library" icon={HardDrive} label={t('settings.library')} />
            <Tab pane="money" icon={Wallet} label={t('settings.money')} />
            <Tab pane="notifications" icon={Bell} label={t('settings.notifications')} />
            <Tab pane="look" icon={Palette} label={t('settings.look')} />
          </Tabs.List>
          <p className={`meta ${styles.version}`}>{t('settings.version', { version })}</p>
        </div>
        <div className={styles.close}>
          <IconButton icon={X} label={t('common.close')} onClick={close} />
        </div>
        <Tabs.Content value="connections" className={styles.pane}>
          <ConnectionsPane />
        </Tabs.Content>
        <Tabs.Content value="library" className={styles.pane}>
          <LibraryPane />
        </Tabs.Content>
        <Tabs.Content value="money" className={styles.pane}>
          <MoneyPane />
        </Tabs.Content>
        <Tabs.Content value="notifications" className={styles.pane}>
          <NotificationsPane />
        </Tabs.Content>
        <Tabs.Content value="look" className={styles.pane}>
          <LookPane />
        </Tabs.Content>
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
