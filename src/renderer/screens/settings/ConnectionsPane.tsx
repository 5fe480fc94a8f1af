// Every connection with its key's state, and the place to add one.
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useOpenedFocus } from '../../components/focus/useOpenedFocus';
import { useConnections } from '../../stores/connectionsStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { ConnectForm } from '../connect/ConnectForm';
import { ConnectionRow } from './ConnectionRow';
import { MemoryNotice } from './MemoryNotice';
import styles from './Settings.module.css';

export function ConnectionsPane() {
  const { t } = useTranslation();
  const connections = useConnections((state) => state.connections);
  const activeId = useSettings((state) => state.settings?.activeConnectionId ?? null);
  const keyFor = useView((state) => state.settings?.keyFor ?? null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.connections')}</h2>
        <Button onClick={() => setAdding(true)} disabled={adding}>
          <Icon of={Plus} size="s" />
          {t('settings.add')}
        </Button>
      </header>
      <MemoryNotice />
      {adding ? <Adding onClose={() => setAdding(false)} /> : null}
      <ul className={styles.box}>
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            active={connection.id === activeId}
            asksForKey={connection.id === keyFor}
          />
        ))}
      </ul>
    </>
  );
}

function Adding({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const area = useOpenedFocus<HTMLElement>();
  return (
    <section ref={area} className={styles.adding} aria-label={t('connect.addTitle')}>
      <ConnectForm onDone={onClose} onCancel={onClose} />
    </section>
  );
}
