// How a range of a timed file moves: never outside the file, never shorter than allowed. All values in seconds.
import type { Span } from '@shared/domain/repair';

export interface RangeBounds {
  readonly seconds: number;
  /** The shortest range; a shorter file is taken whole. */
  readonly least: number;
  /** One step of the grid that both ends keep to. */
  readonly step: number;
}

export type RangePart = 'from' | 'to' | 'whole';

/** Moves one end, or the whole range with its length kept, so that it begins or ends at `at`. */
export function moveRange(span: Span, part: RangePart, at: number, bounds: RangeBounds): Span {
  const { seconds } = bounds;
  const least = Math.min(bounds.least, seconds);
  if (part === 'from') return { from: clamp(snap(at, bounds), 0, span.to - least), to: span.to };
  if (part === 'to') return { from: span.from, to: clamp(snap(at, bounds), span.from + least, seconds) };
  const length = span.to - span.from;
  const from = clamp(snap(at, bounds), 0, seconds - length);
  return { from, to: from + length };
}

function snap(at: number, { step, seconds }: RangeBounds): number {
  // The end of the file is a place of its own: it rarely lies on the grid.
  return Math.abs(at - seconds) < step / 2 ? seconds : Math.round(at / step) * step;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(0, least, Math.min(value, Math.max(least, most)));
}
