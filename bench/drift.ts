// How far apart films are, from the frames that each of them showed. Pure.

/** A frame on the screen: seconds of the film, milliseconds of the page. */
export interface Shown {
  readonly time: number;
  readonly at: number;
}

export interface Drifts {
  /** Milliseconds between the foremost and the last at the same instant, without the rhythm of the screen. */
  readonly clocks: readonly number[];
  /** The same of the frames that are on the screen, which change up to a refresh late. */
  readonly frames: readonly number[];
}

/** Shown frames to either side that a film's place is the middle of. */
const AROUND = 3;
/** Milliseconds: a frame that is older was the last before a halt. */
const OLDEST = 150;

/** One value for every frame that any of them shows while at least two run. @param seconds their lengths. */
export function driftsOf(
  rows: readonly (readonly Shown[])[],
  seconds: readonly number[],
  fps: number,
): Drifts {
  const clocks: number[] = [];
  const frames: number[] = [];
  const times = [...new Set(rows.flatMap((row) => row.map(({ at }) => at)))].sort((a, b) => a - b);
  const next = rows.map(() => 0);
  for (const now of times) {
    const live = rows.flatMap((row, film) => {
      while ((row[next[film] ?? 0]?.at ?? Infinity) <= now) next[film] = (next[film] ?? 0) + 1;
      const last = (next[film] ?? 0) - 1;
      const frame = row[last];
      // One that holds its last frame has no place of its own; neither has one that begins again.
      const over = frame === undefined || frame.time > (seconds[film] ?? 0) - 1.5 / fps;
      const following = row[last + 1];
      if (over || following === undefined || following.time < frame.time) return [];
      const stands = now - frame.at > OLDEST || following.at - frame.at > OLDEST;
      return [
        { shown: frame.time, place: stands ? placeBetween(frame, following, now) : placeAt(row, last, now) },
      ];
    });
    if (live.length < 2) continue;
    clocks.push(spread(live.map(({ place }) => place)));
    frames.push(spread(live.map(({ shown }) => shown)));
  }
  return { clocks, frames };
}

/** Where it stands by the frames around: the middle of what each of them says. */
function placeAt(row: readonly Shown[], index: number, now: number): number {
  const said: number[] = [];
  for (let at = Math.max(0, index - AROUND); at <= Math.min(row.length - 1, index + AROUND); at += 1) {
    const { time, at: shownAt } = row[at] ?? { time: 0, at: 0 };
    // Not across a loop.
    const steady = Math.abs(time - (row[index]?.time ?? 0) - (shownAt - (row[index]?.at ?? 0)) / 1000) < 0.5;
    if (steady) said.push(time + (now - shownAt) / 1000);
  }
  said.sort((a, b) => a - b);
  return said[Math.floor(said.length / 2)] ?? 0;
}

function placeBetween(before: Shown, after: Shown, now: number): number {
  return before.time + ((after.time - before.time) * (now - before.at)) / (after.at - before.at);
}

function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) * 1000;
}
