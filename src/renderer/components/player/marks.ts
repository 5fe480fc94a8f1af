// In and out points of a film, as frames. Pure.
import type { Span } from '@shared/domain/repair';

/** Both inclusive; null: the film's own end. */
export interface Marks {
  readonly first: number | null;
  readonly last: number | null;
}

export const NO_MARKS: Marks = { first: null, last: null };

/** A point that passes the other one takes its place away. */
export function markFirst({ last }: Marks, frame: number): Marks {
  return { first: frame, last: last !== null && last < frame ? null : last };
}

export function markLast({ first }: Marks, frame: number): Marks {
  return { first: first !== null && first > frame ? null : first, last: frame };
}

/** The frames to play, of `count`. */
export function markedFrames({ first, last }: Marks, count: number): { first: number; last: number } {
  return { first: first ?? 0, last: Math.min(last ?? count - 1, count - 1) };
}

/** Seconds from the beginning of the first frame to the end of the last; null: nothing is marked. */
export function markedSpan(marks: Marks, fps: number, seconds: number): Span | null {
  if (marks.first === null && marks.last === null) return null;
  const from = (marks.first ?? 0) / fps;
  return { from, to: marks.last === null ? seconds : Math.min(seconds, (marks.last + 1) / fps) };
}
