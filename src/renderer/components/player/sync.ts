// Keeps several films in step: from where each of them stands, which one hurries, slows down or holds. Pure.

/** Where a film stands, by the frames it showed. Times of the page in milliseconds, of the film in seconds. */
export interface FilmClock {
  readonly at: number;
  readonly time: number;
  /** 0 stands. */
  readonly rate: number;
  /** Frames that it was set by since it began or its rate was 0. */
  readonly frames: number;
}

/** A film that runs with the others. */
export interface Runner {
  /** Seconds of the film. */
  readonly place: number;
  /** Length of one frame in seconds. */
  readonly frame: number;
  /** Its next picture is not there yet, so that it stands against its will. */
  readonly stuck: boolean;
  /** What it was told last. */
  readonly factor: number;
  /** Shown since it began or held: too few say nothing. */
  readonly frames: number;
  /** It is heard: its rate is left alone as long as the others can follow. */
  readonly chosen: boolean;
}

/** What each runner does: a factor of the common rate, 0 holds. `gather`: all stop, go to one place and begin again. */
export type Step =
  { readonly type: 'rates'; readonly factors: readonly number[] } | { readonly type: 'gather' };

/** Further apart than this in seconds, as after a hidden window, to hold would look like a fault. */
const GATHER_FROM = 1;
/** Of a frame: further ahead it holds, until it is less than the last; the one that is heard holds later. */
const HOLD_FROM = 0.75;
const HEARD_HOLDS_FROM = 1;
const HOLD_UNTIL = 0.25;
/** Of a frame, and the change of rate from there on. Kept until it is over: every change costs the player time. */
const NUDGES = [
  { from: 0.5, by: 0.2 },
  { from: 0.25, by: 0.1 },
] as const;
const NUDGE_UNTIL = 0.08;
/** Frames shown before a nudge: the screen shows each up to a refresh late. */
const FEWEST = 4;
/** How much of what one frame says is believed: the screen shows it up to a refresh late. */
const TRUST = 0.2;
/** Seconds: what is this far off is believed at once, it is no rhythm. */
const JUMP = 0.15;

export function clockTime({ at, time, rate }: FilmClock, now: number): number {
  return time + ((now - at) / 1000) * rate;
}

/** The clock after the film has shown `mediaTime` at `now`: the first frames count for more. */
export function follow(clock: FilmClock, mediaTime: number, now: number): FilmClock {
  const expected = clockTime(clock, now);
  const off = mediaTime - expected;
  const trust = Math.min(1, Math.max(TRUST, Math.abs(off) / JUMP, 1 / (clock.frames + 3)));
  return { ...clock, at: now, time: expected + off * trust, frames: clock.frames + 1 };
}

/** The clock from `now` on, at another rate. */
export function paced(clock: FilmClock, rate: number, now: number): FilmClock {
  if (rate === clock.rate) return clock;
  const frames = rate === 0 || clock.rate === 0 ? 0 : clock.frames;
  return { at: now, time: clockTime(clock, now), rate, frames };
}

/**
 * Nobody is sought to catch up: a seek decodes from the last key frame, and what lags mostly does so because there is
 * no power left to decode. Those ahead hold instead.
 */
export function stepOf(runners: readonly Runner[]): Step {
  const places = runners.map(({ place }) => place);
  const slowest = Math.min(...places);
  if (Math.max(...places) - slowest > GATHER_FROM) return { type: 'gather' };
  const stuck = Math.min(...runners.map((runner) => (runner.stuck ? runner.place : Infinity)));
  const chosen = runners.find((runner) => runner.chosen);
  const mark = chosen === undefined || holds(chosen, slowest) ? slowest : chosen.place;
  const factors = runners.map((runner) => {
    if (!runner.stuck && runner.place >= stuck) return 0;
    if (holds(runner, mark)) return 0;
    return runner === chosen ? 1 : 1 - nudge(runner, mark);
  });
  return { type: 'rates', factors };
}

function holds({ place, frame, factor, chosen }: Runner, mark: number): boolean {
  const from = chosen ? HEARD_HOLDS_FROM : HOLD_FROM;
  return place - mark > frame * (factor === 0 ? HOLD_UNTIL : from);
}

/** How much slower it goes; negative: faster. */
function nudge({ place, frame, factor, frames }: Runner, mark: number): number {
  const ahead = (place - mark) / frame;
  const direction = Math.sign(ahead);
  const far = NUDGES.find(({ from }) => Math.abs(ahead) > from);
  const present = factor === 0 ? 0 : (1 - factor) * direction;
  if (present > 0 && Math.abs(ahead) > NUDGE_UNTIL) return Math.max(present, far?.by ?? 0) * direction;
  return far === undefined || frames < FEWEST ? 0 : far.by * direction;
}

/** Where a film of this length stands at a time of the clock: shorter ones hold their last frame. */
export function placeOf(time: number, seconds: number, fps: number): number {
  return Math.max(0, Math.min(time, seconds - 0.5 / fps));
}
