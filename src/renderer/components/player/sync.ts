// Keeps several films on one clock: what to do about a film that is ahead or behind. Pure.

/** A clock that runs with the film that leads. Times of the page in milliseconds, of the film in seconds. */
export interface FilmClock {
  readonly at: number;
  readonly time: number;
  /** 0 stands. */
  readonly rate: number;
}

export type Correction =
  /** `factor` of the common rate. */
  { readonly type: 'rate'; readonly factor: number } | { readonly type: 'seek' };

/** Further apart than this in seconds, a small change of rate takes longer than a seek. */
const SEEK_FROM = 0.3;
/** Seconds in which a drift is caught up with, and the most that the rate is changed for it. */
const SETTLE = 0.4;
const MOST = 0.1;
/** Of a frame: below, what is measured is the screen's own rhythm. */
const DEAD_ZONE = 1 / 8;
/** How much of what one frame says is believed: the screen shows it up to a refresh late. */
const TRUST = 0.2;

export function clockTime({ at, time, rate }: FilmClock, now: number): number {
  return time + ((now - at) / 1000) * rate;
}

/** The clock after the leading film has shown `mediaTime` at `now`. */
export function follow(clock: FilmClock, mediaTime: number, now: number): FilmClock {
  const expected = clockTime(clock, now);
  const off = mediaTime - expected;
  const believed = Math.abs(off) > SEEK_FROM ? off : off * TRUST;
  return { ...clock, at: now, time: expected + believed };
}

/** One more measured drift, smoothed. Seconds; positive: ahead of the clock. */
export function smoothed(before: number | null, drift: number): number {
  return before === null || Math.abs(drift) > SEEK_FROM ? drift : before + (drift - before) * TRUST;
}

/** @param drift seconds; positive: ahead of the clock. @param frame the length of one frame in seconds. */
export function correctionOf(drift: number, frame: number): Correction {
  if (Math.abs(drift) > SEEK_FROM) return { type: 'seek' };
  if (Math.abs(drift) < frame * DEAD_ZONE) return { type: 'rate', factor: 1 };
  return { type: 'rate', factor: 1 - Math.max(-MOST, Math.min(drift / SETTLE, MOST)) };
}

/** Where a film of this length stands at a time of the clock: shorter ones hold their last frame. */
export function placeOf(time: number, seconds: number, fps: number): number {
  return Math.max(0, Math.min(time, seconds - 0.5 / fps));
}
