// Each piece of work: how far it is, what it could not do and why, where it wrote, and how to stop it.
import { FolderOpen, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '@shared/contract/errors';
import type { Work } from '@shared/domain/clip';
import { Button, IconButton } from '../../components/button/Button';
import { Progress } from '../../components/progress/Progress';
import { ERROR_ACTIONS } from '../../i18n/errorAction';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { attempt } from '../../stores/noticesStore';
import { isUnderWay, shareOf, useWork } from '../../stores/workStore';
import { ErrorButton } from '../errors/ErrorButton';
import styles from './Work.module.css';

/** More names than this are counted. */
const MOST_NAMES = 5;

export function WorkList() {
  const { t } = useTranslation();
  const works = useWork((state) => state.works);
  const { pause } = useWork.getState();
  const underWay = works.filter(isUnderWay);
  const paused = underWay.length > 0 && underWay.every(({ state }) => state === 'paused');
  return (
    <section aria-label={t('work.title')}>
      <header className={styles.head}>
        <h2>{t('work.title')}</h2>
        {underWay.length === 0 ? null : (
          <Button size="s" onClick={() => void attempt(() => pause(!paused))}>
            {paused ? t('work.goOn') : t('work.pauseAll')}
          </Button>
        )}
      </header>
      <ul className={styles.works}>
        {works.toReversed().map((work) => (
          <WorkRow key={work.id} work={work} />
        ))}
      </ul>
    </section>
  );
}

function WorkRow({ work }: { readonly work: Work }) {
  const { t } = useTranslation();
  const { cancel, dismiss, showInFolder } = useWork.getState();
  const underWay = isUnderWay(work);
  const share = shareOf(work);
  const name = work.state === 'done' ? t(`work.ended.${work.kind}`) : t(`work.kinds.${work.kind}`);
  return (
    <li className={styles.work}>
      <div className={styles.row}>
        <div className={styles.what}>
          <p className={styles.name}>{name}</p>
          <StateText work={work} />
        </div>
        {work.path === null || work.state !== 'done' ? null : (
          <IconButton
            icon={FolderOpen}
            size="s"
            label={t('actions.showInFolder')}
            onClick={() => void attempt(() => showInFolder(work.id))}
          />
        )}
        {underWay ? (
          <Button size="s" variant="ghost" onClick={() => void attempt(() => cancel(work.id))}>
            {t('common.cancel')}
          </Button>
        ) : (
          <IconButton
            icon={X}
            size="s"
            label={t('common.dismiss')}
            onClick={() => void attempt(() => dismiss(work.id))}
          />
        )}
      </div>
      {underWay ? (
        <Progress className={styles.track} label={name} parts={share === null ? [] : [share]} />
      ) : null}
      {work.failed.length === 0 ? null : <Failures failed={work.failed} />}
    </li>
  );
}

function StateText({ work }: { readonly work: Work }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, done, total, known, path } = work;
  const share = shareOf(work);
  const amount =
    total > 1
      ? t('work.ofTotal', { done: format.number(Math.floor(done)), total: format.number(total) })
      : share === null
        ? null
        : format.percent(share);
  const words = {
    running: amount,
    paused: amount === null ? t('work.paused') : t('work.pausedAt', { amount }),
    done:
      known > 0
        ? t('work.known', { count: known, value: format.number(known) })
        : path === null
          ? t('work.done')
          : fileNameOf(path),
    cancelled: t('work.cancelled'),
    failed: t('work.failed'),
  }[state];
  return words === null ? null : (
    <p className={`meta num truncate ${styles.state}`} title={path ?? undefined}>
      {words}
    </p>
  );
}

function Failures({ failed }: { readonly failed: Work['failed'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? failed : failed.slice(0, MOST_NAMES);
  const more = failed.length - shown.length;
  return (
    <ul className={styles.failures}>
      {shown.map(({ name, error }) => {
        const { sentence, next } = errorText(error, t, format);
        return (
          <li key={name}>
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className={styles.why}>{sentence}</span>
            <span className="muted">{next}</span>
          </li>
        );
      })}
      {more === 0 ? null : (
        <li>
          <Button size="s" variant="ghost" className={styles.more} onClick={() => setAll(true)}>
            {t('work.more', { count: more, value: format.number(more) })}
          </Button>
        </li>
      )}
      <Remedies codes={[...new Set(shown.map(({ error }) => error.code))]} />
    </ul>
  );
}

/** What to do about them: each button once. */
function Remedies({ codes }: { readonly codes: readonly ErrorCode[] }) {
  const places = codes.filter(
    (code, at) =>
      ERROR_ACTIONS[code] !== null &&
      codes.findIndex((other) => ERROR_ACTIONS[other] === ERROR_ACTIONS[code]) === at,
  );
  return places.length === 0 ? null : (
    <li className={styles.remedies}>
      {places.map((code) => (
        <ErrorButton key={code} code={code} />
      ))}
    </li>
  );
}

function fileNameOf(path: string): string {
  return path.replace(/^.*[\\/](?=.)/, '');
}
