// A generation standing where its clip will be: a film leader with state and clock, or a sentence and a button.
import { Timer, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isEnded, type Generation } from '@shared/domain/generation';
import { mediaUrl } from '../../client/mediaUrl';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Popover } from '../../components/popover/Popover';
import { Clock } from '../../components/time/Clock';
import { useFormat } from '../../i18n/useFormat';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { LiveAction } from './LiveAction';
import { LiveDetails } from './LiveDetails';
import { TileFrame, type CellProps } from './TileFrame';
import { forget } from './useLiveActions';
import { nameOf } from './nameOf';
import { useIsPractice, useLiveWords } from './useLiveWords';
import type { LiveWords } from './wordsShape';
import styles from './Tile.module.css';

interface LiveTileProps extends CellProps {
  readonly generation: Generation;
}

export function LiveTile({ generation, ...cell }: LiveTileProps) {
  const { t } = useTranslation();
  const words = useLiveWords(generation);
  const name = nameOf(generation, t);
  return (
    <TileFrame
      {...cell}
      name={`${name}${t('common.comma')}${words.heading}`}
      kind={words.leader ? 'live' : 'ended'}
      picture={
        <>
          {words.leader ? <Leader generation={generation} /> : null}
          <State words={words} generation={generation} reachable={cell.reachable} />
          <Corner generation={generation} reachable={cell.reachable} />
          {words.progress === null ? null : (
            <span
              className={styles.progress}
              role="progressbar"
              aria-label={words.heading}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.floor(words.progress * 100)}
            >
              <i style={{ width: `${words.progress * 100}%` }} />
            </span>
          )}
        </>
      }
      caption={
        <>
          <span className={`truncate ${styles.name}`} title={name}>
            {name}
          </span>
          <Cost generation={generation} />
        </>
      }
    />
  );
}

function Leader({ generation }: { readonly generation: Generation }) {
  const seen = generation.recipe.references.find(
    ({ reference }) => reference.kind !== 'audio' && reference.hasThumb,
  );
  return (
    <>
      {seen === undefined ? null : (
        <img className={styles.ghost} src={mediaUrl('thumb', seen.reference.id)} alt="" draggable={false} />
      )}
      <svg className={styles.leader} aria-hidden>
        <line x1="50%" y1="0" x2="50%" y2="100%" />
        <line x1="0" y1="50%" x2="100%" y2="50%" />
        <circle cx="50%" cy="50%" r="22%" />
        <circle cx="50%" cy="50%" r="19%" />
      </svg>
    </>
  );
}

interface StateProps {
  readonly words: LiveWords;
  readonly generation: Generation;
  readonly reachable: boolean;
}

function State({ words, generation, reachable }: StateProps) {
  return (
    <div className={styles.state} data-clock={words.clock !== null || undefined}>
      <b className={styles.heading}>
        <span data-tone={words.tone} className={styles.toneIcon}>
          <Icon of={words.icon} size="s" />
        </span>
        <span className={styles.headingText}>{words.heading}</span>
      </b>
      {words.figure === null ? null : (
        <span className={`num ${styles.figure}`}>
          {'since' in words.figure ? <Clock since={words.figure.since} /> : words.figure.text}
        </span>
      )}
      <span className={styles.line} title={words.leader ? undefined : words.line}>
        {words.line}
      </span>
      {words.clock === null ? null : (
        <span className={`num ${styles.clock}`} title={words.clock}>
          <Icon of={Timer} size="xs" />
          <span className="truncate">{words.clock}</span>
        </span>
      )}
      {words.leader ? null : <Actions words={words} generation={generation} reachable={reachable} />}
    </div>
  );
}

/** The one thing to do; the rest stands under Details. */
function Actions({ words, generation, reachable }: StateProps) {
  const { t } = useTranslation();
  const [first, ...others] = words.actions;
  const tabIndex = reachable ? 0 : -1;
  return (
    <span className={styles.actions}>
      {first === undefined ? null : <LiveAction generation={generation} action={first} tabIndex={tabIndex} />}
      <Popover
        label={t('details.title')}
        side="bottom"
        width={320}
        trigger={
          <Button size="s" variant="ghost" tabIndex={tabIndex} onClick={(event) => event.stopPropagation()}>
            {t('common.details')}
          </Button>
        }
      >
        <LiveDetails generation={generation} actions={others} />
      </Popover>
    </span>
  );
}

/** Takes a waiting one back, or an ended or unconfirmed one away. */
function Corner({ generation, reachable }: { readonly generation: Generation; readonly reachable: boolean }) {
  const { t } = useTranslation();
  const { cancel, dismiss, discard } = useGenerations.getState();
  const { id, state } = generation;
  const corner =
    state === 'queued'
      ? { label: t('actions.cancel'), run: () => cancel(id) }
      : state === 'held'
        ? { label: t('outbox.remove'), run: () => discard(id) }
        : state === 'unconfirmed'
          ? { label: t('actions.forget'), run: () => forget(id) }
          : isEnded(state)
            ? { label: t('actions.dismiss'), run: () => dismiss(id) }
            : null;
  if (corner === null) return null;
  return (
    <span className={styles.corner}>
      <IconButton
        icon={X}
        size="s"
        label={corner.label}
        tabIndex={reachable ? 0 : -1}
        onClick={(event) => {
          event.stopPropagation();
          void attempt(corner.run, generation.title);
        }}
      />
    </span>
  );
}

function Cost({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const practice = useIsPractice(generation.connection.id);
  const price = generation.estimate?.price ?? null;
  if (practice) return <span className={styles.cost}>{t('common.free')}</span>;
  if (price === null) return null;
  const unpaid = ['rejected', 'failed', 'cancelled', 'expired'].includes(generation.state);
  const text = unpaid
    ? new Intl.NumberFormat(format.language, {
        style: 'currency',
        currency: price.currency,
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 0,
      }).format(0)
    : t('units.about', { value: format.moneyRange(price, price.currency) });
  return <span className={`num ${styles.cost}`}>{text}</span>;
}
