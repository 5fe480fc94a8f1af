// How long what is paid for and not yet safe can still be fetched, in words.
import type { TFunction } from 'i18next';
import { isEnded, type Generation } from '@shared/domain/generation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The one clock that matters now: the link's while a file is fetched, the record's while something waits. */
export function lifeClock(generation: Generation, now: number, t: TFunction): string | null {
  const { state, hold } = generation;
  if (isEnded(state) || state === 'held') return null;
  if (state === 'downloading' || (state === 'finishing' && hold !== null))
    return linkClock(generation, now, t) ?? recordClock(generation, now, t);
  return hold === null ? null : recordClock(generation, now, t);
}

/** Null once the link is dead: then only the record helps. */
export function linkClock({ linkExpiresAt }: Generation, now: number, t: TFunction): string | null {
  const left = leftOf(linkExpiresAt, now);
  return left === null || left === 0 ? null : t('states.linkLives', { time: lifeText(left, t) });
}

export function recordClock({ recordExpiresAt }: Generation, now: number, t: TFunction): string | null {
  const left = leftOf(recordExpiresAt, now);
  if (left === null) return null;
  return left === 0 ? t('states.recordGone') : t('states.recordLives', { time: lifeText(left, t) });
}

function leftOf(iso: string | null, now: number): number | null {
  return iso === null ? null : Math.max(0, Date.parse(iso) - now);
}

/** Cut, never rounded up: a clock that promises more than there is costs the file. */
export function lifeText(milliseconds: number, t: TFunction): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (milliseconds >= 2 * DAY)
    return t('units.daysHours', {
      days: Math.floor(milliseconds / DAY),
      hours: Math.floor((milliseconds % DAY) / HOUR),
    });
  if (milliseconds >= HOUR)
    return t('units.hoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return t('units.minutes', { minutes });
}
