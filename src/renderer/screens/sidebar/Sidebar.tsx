// The left column: the lists, and which connection the next take goes to.
import {
  CircleCheck,
  Clapperboard,
  FolderInput,
  Hourglass,
  Send,
  Settings,
  Trash2,
  WifiOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '@shared/domain/connection';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useCollections } from '../../stores/collectionsStore';
import { useConnections } from '../../stores/connectionsStore';
import { countHeld, countInWork, useGenerations } from '../../stores/generationsStore';
import { useOffline } from '../../stores/useOffline';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { Collections } from './Collections';
import { Item } from './Item';
import { WorkBar } from '../work/WorkBar';
import { MonthFoot } from './MonthFoot';
import { Tags, useShownTag } from './Tags';
import styles from './Sidebar.module.css';

export function Sidebar({ counts }: { readonly counts: boolean }) {
  const { t } = useTranslation();
  const list = useView((state) => state.list);
  const tag = useShownTag();
  const totals = useCollections((state) => state.counts);
  const working = useGenerations((state) => countInWork(state.records));
  const held = useGenerations((state) => countHeld(state.records));
  const { show } = useView.getState();
  return (
    <div className={styles.sidebar}>
      <div className={styles.top} />
      <nav className={styles.lists} aria-label={t('sidebar.label')}>
        <Item
          icon={Clapperboard}
          label={t('sidebar.allClips')}
          count={counts ? (totals?.all ?? null) : null}
          current={list === 'all' && tag === null}
          onClick={() => show('all')}
        />
        <Item
          icon={Hourglass}
          label={t('sidebar.inWork')}
          count={counts ? working : null}
          current={list === 'work'}
          onClick={() => show('work')}
        />
        <Item
          icon={Send}
          label={t('sidebar.outbox')}
          count={counts ? held : null}
          current={list === 'outbox'}
          onClick={() => show('outbox')}
        />
        {counts ? <LibraryLists /> : null}
      </nav>
      {counts ? (
        <div className={styles.sections}>
          <Collections />
          <Tags />
        </div>
      ) : null}
      <div className={styles.end}>
        <WorkBar />
        <Offline />
        <MonthFoot />
        <Foot />
      </div>
    </div>
  );
}

/** What the person made of the clips. */
function LibraryLists() {
  const { t } = useTranslation();
  const list = useView((state) => state.list);
  const totals = useCollections((state) => state.counts);
  const { show } = useView.getState();
  return (
    <>
      <Item
        icon={CircleCheck}
        label={t('sidebar.kept')}
        count={totals?.kept ?? null}
        current={list === 'kept'}
        onClick={() => show('kept')}
      />
      <Item
        icon={FolderInput}
        label={t('sidebar.imported')}
        count={totals?.imported ?? null}
        current={list === 'imported'}
        onClick={() => show('imported')}
      />
      <Item
        icon={Trash2}
        label={t('sidebar.trash')}
        count={totals?.trash ?? null}
        current={list === 'trash'}
        onClick={() => show('trash')}
      />
    </>
  );
}

function Offline() {
  const { t } = useTranslation();
  const offline = useOffline();
  // Stands always, so that its words are read out when they come.
  return (
    <div role="status" className={styles.offlineArea}>
      {!offline ? null : (
        <p className={styles.offline} title={t('sidebar.offline')}>
          <Icon of={WifiOff} size="s" />
          <span className={styles.word}>{t('sidebar.offline')}</span>
        </p>
      )}
    </div>
  );
}

function Foot() {
  const { t } = useTranslation();
  const id = useSettings((state) => state.settings?.activeConnectionId ?? null);
  const connection = useConnections((state) => state.connections.find((item) => item.id === id) ?? null);
  const open = useView((state) => state.openSettings);
  const name =
    connection === null ? t('sidebar.noConnection') : nameOf(connection, t('connect.presetPractice'));
  const ready = connection !== null && connection.key !== 'none';
  const full =
    connection === null ? name : ready ? t('sidebar.ready', { name }) : t('sidebar.needsKey', { name });
  return (
    <div className={styles.foot}>
      <span className={styles.connection} title={full}>
        <span className={styles.dot} data-ready={ready || undefined} />
        <span className="truncate" aria-label={full} role="status">
          {name}
        </span>
      </span>
      <IconButton icon={Settings} label={t('sidebar.settings')} onClick={() => open()} />
    </div>
  );
}

/** The practice gateway is called in the person's language; the others carry the name they were given. */
function nameOf({ preset, label }: Connection, practice: string): string {
  return preset === 'practice' ? practice : label;
}
