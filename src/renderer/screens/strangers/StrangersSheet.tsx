// The finished videos that are not here, each with what the provider says of it, to be fetched.
import { Download, Timer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StrangerTask } from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { RelativeTime } from '../../components/time/Clock';
import { useMinute } from '../../components/time/useNow';
import { useFormat } from '../../i18n/useFormat';
import { useGenerations } from '../../stores/generationsStore';
import { attempt, latestNoticeId } from '../../stores/noticesStore';
import { useStrangers } from '../../stores/strangersStore';
import { useView } from '../../stores/viewStore';
import { lifeText } from '../library/lifeClocks';
import { Notices } from '../notices/Notices';
import styles from './Strangers.module.css';

/** The provider keeps a task's record for 7 days. */
const RECORD_LIVES = 7 * 86_400_000;

export default function StrangersSheet() {
  const { t } = useTranslation();
  const strangers = useStrangers((state) => state.strangers);
  const [openedAfter] = useState(latestNoticeId);
  const { fetching, fetch } = useFetching();
  return (
    <Dialog
      title={t('strangers.title')}
      onClose={() => useView.getState().setStrangersOpen(false)}
      size="medium"
    >
      <div className={styles.head}>
        <p className="muted">{strangers.length === 0 ? t('strangers.none') : t('strangers.note')}</p>
        {strangers.length < 2 ? null : (
          <Button disabled={fetching.size > 0} onClick={() => fetch(strangers)}>
            <Icon of={Download} size="s" />
            {t('strangers.fetchAll')}
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {strangers.map((stranger) => (
          <Row
            key={`${stranger.connectionId} ${stranger.taskId}`}
            stranger={stranger}
            busy={fetching.has(stranger.taskId)}
            onFetch={() => fetch([stranger])}
          />
        ))}
      </ul>
      <Notices after={openedAfter} />
    </Dialog>
  );
}

function useFetching() {
  const [fetching, setFetching] = useState<ReadonlySet<string>>(new Set());
  const run = async (strangers: readonly StrangerTask[]): Promise<void> => {
    setFetching((known) => new Set([...known, ...strangers.map(({ taskId }) => taskId)]));
    for (const { connectionId, taskId } of strangers) {
      await attempt(() => useGenerations.getState().adopt(connectionId, taskId), taskId);
      setFetching((known) => new Set([...known].filter((id) => id !== taskId)));
    }
  };
  return { fetching, fetch: (strangers: readonly StrangerTask[]) => void run(strangers) };
}

interface RowProps {
  readonly stranger: StrangerTask;
  readonly busy: boolean;
  readonly onFetch: () => void;
}

function Row({ stranger, busy, onFetch }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { taskId, connectionLabel, model, ratio, resolution, seconds, tokens, createdAt } = stranger;
  const facts = [
    model === null ? null : (findModel(model)?.label ?? model),
    ratio,
    resolution,
    seconds === null ? null : t('units.seconds', { value: format.number(seconds, 1) }),
    tokens === null ? null : t('units.tokens', { value: format.number(tokens) }),
  ].filter((fact) => fact !== null);
  return (
    <li className={styles.row} aria-label={taskId}>
      <div className={styles.words}>
        <p className="num truncate">{facts.length === 0 ? t('strangers.nothingKnown') : facts.join(' · ')}</p>
        <p className="mono muted selectable truncate">{taskId}</p>
      </div>
      <div className={styles.when}>
        <p className="truncate" title={connectionLabel}>
          {connectionLabel}
        </p>
        {createdAt === null ? null : (
          <p className="muted">
            <RelativeTime iso={createdAt} />
          </p>
        )}
      </div>
      <Life createdAt={createdAt} />
      <Button size="s" disabled={busy} onClick={onFetch}>
        {busy ? t('strangers.fetching') : t('strangers.fetch')}
      </Button>
    </li>
  );
}

function Life({ createdAt }: { readonly createdAt: string | null }) {
  const { t } = useTranslation();
  const now = useMinute();
  if (createdAt === null) return <span className={styles.life} />;
  const left = Math.max(0, Date.parse(createdAt) + RECORD_LIVES - now);
  return (
    <span className={`num ${styles.life}`}>
      <Icon of={Timer} size="xs" />
      {left === 0 ? t('states.recordGone') : t('states.recordLives', { time: lifeText(left, t) })}
    </span>
  );
}
