// The strip: takes in order, each with its in and out, that become one film. Types and rules, no files.
import type { PixelSize } from './models';
import type { Span } from './repair';

/** One take in the strip. Without a span all of it is used. Its source is never changed. */
export interface StripItem {
  /** Unique in the strip: a clip may stand in it twice. */
  readonly key: string;
  readonly clipId: string;
  /** Seconds in the clip; `to` is the first moment that is not shown any more. */
  readonly span?: Span;
}

/** What the film is made in; what is left out follows the takes. */
export interface StitchChoice {
  /** Even sides. Takes of another shape get black bars. */
  readonly size?: PixelSize;
  /** Constant frames per second. */
  readonly fps?: number;
}

/**
 * Why pictures cannot be taken over as they are. Between two takes, they differ in: `codec`, `size`, `rate`, `colours`,
 * `settings` (of the encoder). Of one take: `codec` and `container` (an MP4 cannot hold it as it is), `turned` (shown
 * rotated), `uneven` (frames not evenly spaced), `cut` (cut where no picture stands alone), `chosen_size` and
 * `chosen_rate` (the person wants another), `copy_failed` (it was tried, and did not come out whole).
 */
export const STITCH_REASONS = [
  'codec',
  'size',
  'rate',
  'colours',
  'settings',
  'container',
  'turned',
  'uneven',
  'cut',
  'chosen_size',
  'chosen_rate',
  'copy_failed',
] as const;
export type StitchReason = (typeof STITCH_REASONS)[number];

/** How a strip becomes a film, before and after it is made. */
export interface StitchPlan {
  /** `copy`: every picture as it is, at the speed of the disk. `encode`: all of them anew. */
  readonly mode: 'copy' | 'encode';
  readonly items: readonly StitchPiece[];
  /** Between item n and item n + 1. Copied where both lists of reasons are empty. */
  readonly joins: readonly { readonly copy: boolean; readonly reasons: readonly StitchReason[] }[];
  /** Not of one item alone. */
  readonly reasons: readonly StitchReason[];
  readonly size: PixelSize;
  readonly fps: number;
  readonly frames: number;
  readonly seconds: number;
  /**
   * `encoded` where any take has sound: compressed sound joined as it is would fall behind the picture by a fiftieth of
   * a second at each join. Encoding it takes a moment, and no picture is touched.
   */
  readonly sound: 'none' | 'encoded';
}

export interface StitchPiece {
  /** Of the clip: the first frame that is shown, and how many are. */
  readonly firstFrame: number;
  readonly frames: number;
  /** Seconds in the film. */
  readonly from: number;
  readonly seconds: number;
  readonly reasons: readonly StitchReason[];
  /** Has no sound while the film has: it gets silence. */
  readonly silent: boolean;
}

/** More takes than this are no strip any more. */
export const MOST_STRIP_ITEMS = 200;

/** The frames that a span means, at least one; the nearest to what was asked for. */
export function framesOfSpan(
  span: Span | undefined,
  { fps, frames }: { readonly fps: number; readonly frames: number },
): { readonly firstFrame: number; readonly frames: number } {
  const nearest = (seconds: number): number => Math.min(frames, Math.max(0, Math.round(seconds * fps)));
  const first = Math.min(frames - 1, nearest(span?.from ?? 0));
  const end = span === undefined ? frames : nearest(span.to);
  return { firstFrame: first, frames: Math.max(1, end - first) };
}

/** The strip with one item elsewhere; unknown keys change nothing. `to` is its place in the new order, from 0. */
export function moveStripItem(strip: readonly StripItem[], key: string, to: number): readonly StripItem[] {
  const item = strip.find((candidate) => candidate.key === key);
  if (item === undefined) return strip;
  const rest = strip.filter((candidate) => candidate.key !== key);
  return rest.toSpliced(Math.min(rest.length, Math.max(0, to)), 0, item);
}

/** The strip with one item cut to a span inside its clip of so many seconds; the whole clip loses its span. */
export function trimStripItem(
  strip: readonly StripItem[],
  key: string,
  { from, to }: Span,
  clip: { readonly seconds: number; readonly fps: number },
): readonly StripItem[] {
  const frame = 1 / clip.fps;
  const first = Math.min(Math.max(0, from), Math.max(0, clip.seconds - frame));
  const span = { from: first, to: Math.min(clip.seconds, Math.max(first + frame, to)) };
  const whole = span.from < frame / 2 && span.to > clip.seconds - frame / 2;
  return strip.map((item) => {
    if (item.key !== key) return item;
    const { span: _, ...bare } = item;
    return whole ? bare : { ...bare, span };
  });
}

/** The size that most of the time is shown in, the first of several, with even sides as encoders want them. */
export function commonSize(items: readonly (PixelSize & { readonly seconds: number })[]): PixelSize {
  const best = mostSeconds(items, ({ width, height }) => `${width}x${height}`);
  const even = (side: number): number => Math.max(2, Math.floor(side / 2) * 2);
  return { width: even(best?.width ?? 1280), height: even(best?.height ?? 720) };
}

/** The frame rate of most of the time, the first of several. */
export function commonRate(items: readonly { readonly fps: number; readonly seconds: number }[]): number {
  return mostSeconds(items, ({ fps }) => String(fps))?.fps ?? 24;
}

function mostSeconds<T extends { readonly seconds: number }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): T | undefined {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + item.seconds);
  const most = Math.max(...sums.values());
  return items.find((item) => (sums.get(keyOf(item)) ?? 0) >= most - 1e-9);
}
