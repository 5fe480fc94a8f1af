// The run of tiles that a grid shows: clips by place, with live generations in front of their day.
import type { ClipOrder } from '@shared/contract/requests';

/** A generation among the clips: its shape, and when it was made in seconds since 1970. */
export interface LiveShape {
  readonly ratio: number;
  readonly time: number;
}

/** No object per tile: a library has a hundred thousand. */
export interface GridSequence {
  readonly count: number;
  /** Width over height, within `RATIO_RANGE`. */
  readonly ratios: Float32Array;
  /** First tile of each day; null: no headings. */
  readonly days: Uint32Array | null;
  /** Midnight of each day on this computer's clock, in seconds since 1970. */
  readonly dayTimes: Float64Array;
  /** Index of each live generation, ascending. */
  readonly live: Uint32Array;
}

export interface SequenceInput {
  readonly order: Pick<ClipOrder, 'ratios' | 'times'>;
  /** Newest first; only where the order is newest first too. */
  readonly live: readonly LiveShape[];
  /** The order goes by time, and each day has a heading. */
  readonly byDay: boolean;
}

/** A strip of film or a very tall picture must still leave room for its neighbours. */
const RATIO_RANGE = [0.45, 2.6] as const;
export const WIDE = 16 / 9;

export function gridSequence({ order, live, byDay }: SequenceInput): GridSequence {
  const { ratios: thousandths, times } = order;
  const clips = thousandths.length;
  const count = clips + live.length;
  const ratios = new Float32Array(count);
  const liveAt = new Uint32Array(live.length);
  const days: number[] = [];
  const dayTimes: number[] = [];
  let [clip, next, index] = [0, 0, 0];
  const putLive = (): void => {
    ratios[index] = clampRatio(live[next]?.ratio ?? WIDE);
    liveAt[next] = index;
    next += 1;
    index += 1;
  };
  const putClip = (): void => {
    ratios[index] = clampRatio((thousandths[clip] ?? 0) / 1000);
    clip += 1;
    index += 1;
  };
  while (index < count) {
    if (!byDay) {
      if (next < live.length) putLive();
      else putClip();
      continue;
    }
    const clipTime = clip < clips ? (times[clip] ?? 0) : -1;
    const liveTime = next < live.length ? (live[next]?.time ?? 0) : -1;
    const [from, to] = dayAround(Math.max(clipTime, liveTime));
    days.push(index);
    dayTimes.push(from);
    while (next < live.length && (live[next]?.time ?? 0) >= from) putLive();
    for (; clip < clips; putClip()) {
      const time = times[clip] ?? 0;
      if (time < from || time >= to) break;
    }
  }
  return {
    count,
    ratios,
    days: byDay ? Uint32Array.from(days) : null,
    dayTimes: Float64Array.from(dayTimes),
    live: liveAt,
  };
}

/** The clip's place in the order; null where a generation stands. */
export function placeAt({ live }: GridSequence, index: number): number | null {
  const before = firstNotBelow(live, index);
  return live[before] === index ? null : index - before;
}

/** Which of the generations stands there; null where a clip does. */
export function liveAtIndex({ live }: GridSequence, index: number): number | null {
  const at = firstNotBelow(live, index);
  return live[at] === index ? at : null;
}

export function indexOfPlace({ live }: GridSequence, place: number): number {
  let index = place;
  for (const at of live) {
    if (at > index) break;
    index += 1;
  }
  return index;
}

/** The first entry that is `value` or more; the length where there is none. */
export function firstNotBelow(sorted: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function clampRatio(ratio: number): number {
  if (!Number.isFinite(ratio) || ratio <= 0) return WIDE;
  return Math.max(RATIO_RANGE[0], Math.min(ratio, RATIO_RANGE[1]));
}

/** The local day around a moment, in seconds since 1970; a day may have 23 or 25 hours. */
function dayAround(seconds: number): readonly [number, number] {
  const date = new Date(seconds * 1000);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return [new Date(year, month, day).getTime() / 1000, new Date(year, month, day + 1).getTime() / 1000];
}
