// What a tile says when its job ended without a clip, or when nobody knows.
import { Ban, CircleAlert, CircleQuestionMark, FileX2 } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ErrorCode } from '@shared/contract/errors';
import { chargeOf, type Generation } from '@shared/domain/generation';
import { ERROR_ACTIONS } from '../../i18n/errorAction';
import { errorText } from '../../i18n/errorText';
import type { Format } from '../../i18n/useFormat';
import { PLAIN, type LiveActionName, type LiveWords } from './wordsShape';

/** Refusals that have nothing to do with what was asked for: the same request may pass later. */
const MAY_PASS = new Set<ErrorCode>([
  'account_overdue',
  'quota_exhausted',
  'access_denied',
  'model_unavailable',
  'rate_limited',
  'server_error',
  'bad_gateway',
  'offline',
  'timeout',
]);

const AGAIN_FIRST: readonly LiveActionName[] = ['sendAgain', 'reuse'];
const REUSE_FIRST: readonly LiveActionName[] = ['reuse', 'sendAgain'];

export function endWords(generation: Generation, practice: boolean, t: TFunction, format: Format): LiveWords {
  const { state, error, recipe } = generation;
  const money = practice ? t('money.free') : t(`money.${chargeOf(state)}`);
  const words = error === null ? null : errorText(error, t, format, recipe);
  const base = { ...PLAIN, figure: null, leader: false, next: words?.next ?? null } as const;
  const told = (fallback: string): string => `${words?.sentence ?? fallback}${glue(t)}${money}`;
  switch (state) {
    case 'unconfirmed':
      return {
        ...base,
        next: null,
        icon: CircleQuestionMark,
        tone: 'warning',
        heading: t('states.unconfirmed'),
        line: unconfirmedLine(generation, t),
        actions: ['lookFor', 'sendAgain', 'forget'],
      };
    case 'cancelled':
      return {
        ...base,
        icon: Ban,
        tone: 'plain',
        heading: t('states.cancelled'),
        line: `${t('states.cancelledLine')}${glue(t)}${money}`,
        actions: ['sendAgain', 'reuse'],
      };
    case 'expired':
      return {
        ...base,
        icon: Ban,
        tone: 'plain',
        heading: t('states.expired'),
        line: `${t('states.expiredLine')}${glue(t)}${money}`,
        actions: ['sendAgain', 'reuse'],
      };
    case 'lost':
      return {
        ...base,
        icon: FileX2,
        tone: 'danger',
        heading: generation.succeededAt === null ? t('states.lostTrack') : t('states.lost'),
        line: `${words?.sentence ?? t('states.lostLine')}${glue(t)}${lostMoney(generation, practice, t, format)}`,
        actions: ['lookFor', 'journal', 'sendAgain', 'reuse'],
      };
    case 'rejected':
      return {
        ...base,
        icon: CircleAlert,
        tone: 'danger',
        heading: t('states.rejected'),
        line: told(''),
        actions: [
          ...(error !== null && MAY_PASS.has(error.code) ? AGAIN_FIRST : REUSE_FIRST),
          ...wayOut(error),
        ],
      };
    default:
      return {
        ...base,
        icon: CircleAlert,
        tone: 'danger',
        heading: failedHeading(generation, t),
        line: told(''),
        actions: [...(generation.submittedAt === null ? REUSE_FIRST : AGAIN_FIRST), ...wayOut(error)],
      };
  }
}

/** Where the reason is put right. */
function wayOut(error: Generation['error']): LiveActionName[] {
  const place = error === null ? null : ERROR_ACTIONS[error.code];
  // The budget's own question stands before anything is sent.
  return place === null || place === 'money' ? [] : [place];
}

function failedHeading({ submittedAt, succeededAt }: Generation, t: TFunction): string {
  if (submittedAt === null) return t('states.failedHere');
  return succeededAt === null ? t('states.failed') : t('states.failedSaving');
}

function lostMoney(
  { estimate, succeededAt }: Generation,
  practice: boolean,
  t: TFunction,
  format: Format,
): string {
  if (practice) return t('money.free');
  // Nobody saw it succeed: it may have been billed or not.
  if (succeededAt === null) return t('money.unknown');
  const price = estimate?.price ?? null;
  if (price === null || price.min !== price.max) return t('money.charged');
  return t('money.chargedAmount', { amount: format.money(price.min, price.currency) });
}

/** Chinese sentences follow each other without a space. */
function glue(t: TFunction): string {
  return t('common.sentenceGap') === 'no' ? '' : ' ';
}

/** What looking for it has shown so far: whether there is a list, and how many of it fit. */
function unconfirmedLine({ error }: Generation, t: TFunction): string {
  const { listed, found } = error?.detail.values ?? {};
  if (listed === 0) return t('states.unconfirmedNoList');
  if (typeof found === 'number' && found > 1) return t('states.unconfirmedSeveral', { count: found });
  if (found === 0) return t('states.unconfirmedNone');
  return t('states.unconfirmedLine');
}
