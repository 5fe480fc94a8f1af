// Work in the background as one quiet line, and all of it behind a click.
import { CircleAlert, CircleCheck, Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/button/Icon';
import { Popover } from '../../components/popover/Popover';
import { Progress } from '../../components/progress/Progress';
import { useFormat } from '../../i18n/useFormat';
import { shareOf, summaryOf, useWork, type WorkSummary } from '../../stores/workStore';
import { WorkList } from './WorkList';
import styles from './Work.module.css';

/** Nothing stands there while there is nothing to tell. */
export function WorkBar() {
  const { t } = useTranslation();
  const summary = summaryOf(useWork((state) => state.works));
  // The area stands always, so that what ends is read out.
  return (
    <div role="status" className={styles.area}>
      {summary === null ? null : (
        <Popover
          label={t('work.title')}
          side="top"
          width={360}
          trigger={
            <button type="button" className={styles.bar} title={t('work.title')} data-state={summary.state}>
              <Line summary={summary} />
            </button>
          }
        >
          <WorkList />
        </Popover>
      )}
    </div>
  );
}

function Line({ summary: { state, work, others } }: { readonly summary: WorkSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = shareOf(work);
  const name = t(`work.kinds.${work.kind}`);
  const drawing = { failed: CircleAlert, done: CircleCheck, paused: Pause, running: null }[state];
  const words =
    state === 'failed'
      ? t('work.someFailed', { count: work.failed.length, value: format.number(work.failed.length) })
      : state === 'done'
        ? t(`work.ended.${work.kind}`)
        : others === 0
          ? name
          : t('work.andOthers', { name, count: others });
  return (
    <>
      <span className={styles.line}>
        {drawing === null ? null : <Icon of={drawing} size="s" />}
        <span className={`truncate ${styles.words}`}>{words}</span>
        {(state === 'running' || state === 'paused') && share !== null ? (
          <span className={`num ${styles.share}`} aria-hidden>
            {format.percent(share)}
          </span>
        ) : null}
      </span>
      {state === 'running' || state === 'paused' ? (
        <Progress className={styles.track} parts={[share ?? 0]} />
      ) : null}
    </>
  );
}
