// What a live tile says: heading, figure, line, how it feels, and what can be done about it.
import {
  Ban,
  CircleAlert,
  CircleQuestionMark,
  Clock,
  Download,
  FileX2,
  HardDrive,
  Hourglass,
  Key,
  Layers,
  Send,
  ShieldCheck,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import type { TFunction } from 'i18next';
import { chargeOf, isEnded, type Generation, type GenerationProgress } from '@shared/domain/generation';
import { errorText } from '../../i18n/errorText';
import type { Format } from '../../i18n/useFormat';

export interface LiveWords {
  readonly icon: LucideIcon;
  readonly tone: 'plain' | 'danger' | 'warning';
  readonly heading: string;
  /** A moment to count from, or finished words such as `64 %`. */
  readonly figure: { readonly since: string } | { readonly text: string } | null;
  readonly line: string;
  readonly next: string | null;
  /** 0 to 1, only where it is known. */
  readonly progress: number | null;
  /** The film leader stands behind work that goes on; a sentence stands alone. */
  readonly leader: boolean;
  readonly action: 'enterKey' | 'lookFor' | 'reuse' | 'library' | null;
}

export interface LiveSurroundings {
  readonly progress: GenerationProgress | undefined;
  /** The connection charges nothing. */
  readonly practice: boolean;
  readonly now: number;
}

export function liveWords(
  generation: Generation,
  { progress, practice, now }: LiveSurroundings,
  t: TFunction,
  format: Format,
): LiveWords {
  if (generation.hold !== null) return holdWords(generation, t, format);
  const money = practice ? t('money.free') : t(`money.${chargeOf(generation.state)}`);
  if (isEnded(generation.state) || generation.state === 'unconfirmed')
    return endWords(generation, money, practice, t, format);
  return workWords(generation, progress, now, t, format);
}

const PLAIN = { tone: 'plain', next: null, progress: null, leader: true, action: null } as const;

function workWords(
  generation: Generation,
  progress: GenerationProgress | undefined,
  now: number,
  t: TFunction,
  format: Format,
): LiveWords {
  const { state, createdAt, submittedAt, runningAt } = generation;
  switch (state) {
    case 'preparing': {
      const files =
        progress?.step === 'preparing' && progress.total !== null && progress.total > 0
          ? { text: t('states.fileOf', { done: progress.done, total: progress.total }) }
          : { since: createdAt };
      return {
        ...PLAIN,
        icon: Layers,
        heading: t('states.preparing'),
        figure: files,
        line: t('states.preparingLine'),
      };
    }
    case 'submitting':
      return {
        ...PLAIN,
        icon: Send,
        heading: t('states.submitting'),
        figure: { since: submittedAt ?? createdAt },
        line: t('states.submittingLine'),
      };
    case 'queued':
      return {
        ...PLAIN,
        icon: Clock,
        heading: t('states.queued'),
        figure: { since: submittedAt ?? createdAt },
        line: t('states.queuedLine'),
      };
    case 'downloading':
      return downloadWords(generation, progress, now, t, format);
    case 'finishing':
      return {
        ...PLAIN,
        icon: ShieldCheck,
        heading: t('states.finishing'),
        figure: null,
        line: t('states.finishingLine'),
        progress: 1,
      };
    default: {
      const { unknownStatus } = generation;
      return {
        ...PLAIN,
        icon: Hourglass,
        heading:
          unknownStatus === null ? t('states.running') : t('states.unknownWord', { word: unknownStatus }),
        figure: { since: runningAt ?? submittedAt ?? createdAt },
        line: t('states.runningLine'),
      };
    }
  }
}

function downloadWords(
  { downloadAttempts, linkExpiresAt }: Generation,
  progress: GenerationProgress | undefined,
  now: number,
  t: TFunction,
  format: Format,
): LiveWords {
  const known = progress?.step === 'downloading' ? progress : undefined;
  const part =
    known === undefined || known.total === null || known.total === 0 ? null : known.done / known.total;
  const retrying = downloadAttempts > 1;
  const line =
    retrying && linkExpiresAt !== null
      ? t('states.linkLives', { time: span(Date.parse(linkExpiresAt) - now, t) })
      : known !== undefined && known.total !== null
        ? t('states.ofTotal', { done: format.bytes(known.done), total: format.bytes(known.total) })
        : t('states.downloadingLine');
  return {
    ...PLAIN,
    icon: Download,
    heading: retrying ? t('states.secondTry', { count: downloadAttempts }) : t('states.downloading'),
    figure:
      part !== null
        ? { text: format.percent(part) }
        : known === undefined
          ? null
          : { text: format.bytes(known.done) },
    line,
    progress: part,
  };
}

function holdWords(generation: Generation, t: TFunction, format: Format): LiveWords {
  const { hold, heldSince, connection, state } = generation;
  const needs = { figure: null, next: null, progress: null, leader: false, tone: 'warning' } as const;
  switch (hold) {
    case 'key_refused':
      return {
        ...needs,
        icon: Key,
        heading: t('holds.key_refused'),
        line: t('holds.key_refusedLine'),
        action: 'enterKey',
      };
    case 'key_missing':
      return {
        ...needs,
        icon: Key,
        heading: t('holds.key_missing'),
        line: t('holds.key_missingLine', { name: connection.label }),
        action: 'enterKey',
      };
    case 'disk':
      return {
        ...needs,
        icon: HardDrive,
        heading: t('holds.disk'),
        line: t('holds.diskLine'),
        action: 'library',
      };
    case 'practice_stopped':
      return {
        ...needs,
        icon: WifiOff,
        heading: t('holds.practice_stopped'),
        line: t('holds.practice_stoppedLine'),
        action: null,
      };
    default:
      return {
        ...PLAIN,
        icon: WifiOff,
        heading:
          heldSince === null ? t('holds.offline') : t('holds.offlineSince', { time: format.time(heldSince) }),
        figure: null,
        line: state === 'preparing' ? t('holds.offlineNotSent') : t('holds.offlineLine'),
      };
  }
}

function endWords(
  generation: Generation,
  money: string,
  practice: boolean,
  t: TFunction,
  format: Format,
): LiveWords {
  const { state, error, recipe } = generation;
  const words = error === null ? null : errorText(error, t, format, recipe);
  const base = { figure: null, progress: null, leader: false, next: words?.next ?? null } as const;
  const told = (fallback: string): string => `${words?.sentence ?? fallback}${glue(t)}${money}`;
  switch (state) {
    case 'unconfirmed':
      return {
        ...base,
        next: null,
        icon: CircleQuestionMark,
        tone: 'warning',
        heading: t('states.unconfirmed'),
        line: t('states.unconfirmedLine'),
        action: 'lookFor',
      };
    case 'cancelled':
      return {
        ...base,
        icon: Ban,
        tone: 'plain',
        heading: t('states.cancelled'),
        line: `${t('states.cancelledLine')}${glue(t)}${money}`,
        action: 'reuse',
      };
    case 'expired':
      return {
        ...base,
        icon: Ban,
        tone: 'plain',
        heading: t('states.expired'),
        line: `${t('states.expiredLine')}${glue(t)}${money}`,
        action: 'reuse',
      };
    case 'lost':
      return {
        ...base,
        icon: FileX2,
        tone: 'danger',
        heading: t('states.lost'),
        line: `${words?.sentence ?? t('states.lostLine')}${glue(t)}${lostMoney(generation, practice, t, format)}`,
        action: 'reuse',
      };
    case 'rejected':
      return {
        ...base,
        icon: CircleAlert,
        tone: 'danger',
        heading: t('states.rejected'),
        line: told(''),
        action: 'reuse',
      };
    default:
      return {
        ...base,
        icon: CircleAlert,
        tone: 'danger',
        heading: failedHeading(generation, t),
        line: told(''),
        action: 'reuse',
      };
  }
}

function failedHeading({ submittedAt, succeededAt }: Generation, t: TFunction): string {
  if (submittedAt === null) return t('states.failedHere');
  return succeededAt === null ? t('states.failed') : t('states.failedSaving');
}

function lostMoney({ estimate }: Generation, practice: boolean, t: TFunction, format: Format): string {
  if (practice) return t('money.free');
  const price = estimate?.price ?? null;
  if (price === null || price.min !== price.max) return t('money.charged');
  return t('money.chargedAmount', { amount: format.money(price.min, price.currency) });
}

/** Chinese sentences follow each other without a space. */
function glue(t: TFunction): string {
  return t('common.sentenceGap') === 'no' ? '' : ' ';
}

function span(milliseconds: number, t: TFunction): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return t('units.hoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
