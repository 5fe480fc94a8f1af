// Where local files are put for the endpoints: the hosts, the one in use, and what lies there now.
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useOpenedFocus } from '../../components/focus/useOpenedFocus';
import { Radio } from '../../components/field/Radio';
import { useHosts } from '../../stores/hostsStore';
import { attempt } from '../../stores/noticesStore';
import { HostForm } from './HostForm';
import { HostRow } from './HostRow';
import { LyingThere } from './LyingThere';
import { MemoryNotice } from './MemoryNotice';
import styles from './Settings.module.css';

const GROUP = 'host-in-use';

export function HostingPane() {
  const { t } = useTranslation();
  const state = useHosts(({ hosts }) => hosts);
  const [adding, setAdding] = useState(false);
  const hosts = state?.hosts ?? [];
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.hosting')}</h2>
        <Button onClick={() => setAdding(true)} disabled={adding || state === null}>
          <Icon of={Plus} size="s" />
          {t('hosting.add')}
        </Button>
      </header>
      <p className={styles.why}>{t('hosting.why')}</p>
      <MemoryNotice />
      {adding ? <Adding onClose={() => setAdding(false)} /> : null}
      {hosts.length === 0 ? (
        adding ? null : (
          <p className={styles.blank}>{t('hosting.noneYet')}</p>
        )
      ) : (
        <div role="radiogroup" aria-label={t('hosting.list')}>
          <ul className={styles.box}>
            {hosts.map((host) => (
              <HostRow
                key={host.id}
                host={host}
                active={host.id === state?.activeId}
                group={GROUP}
                cloudflared={state?.cloudflared ?? null}
              />
            ))}
            <li className={styles.row}>
              <Radio
                group={GROUP}
                label={t('hosting.none')}
                checked={state?.activeId === null}
                onChoose={() => void attempt(() => useHosts.getState().use(null))}
              />
              <div className={styles.name}>
                <span>{t('hosting.none')}</span>
                <span className="meta">{t('hosting.noneNote')}</span>
              </div>
            </li>
          </ul>
        </div>
      )}
      <LyingThere />
    </>
  );
}

function Adding({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const area = useOpenedFocus<HTMLElement>();
  return (
    <section ref={area} className={styles.adding} aria-label={t('hosting.addTitle')}>
      <HostForm saved={null} onClose={onClose} />
    </section>
  );
}
