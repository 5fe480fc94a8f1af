// Where in the strip a moment is, and what is shown next. All values in seconds. Pure.
import type { Clip } from '@shared/domain/clip';
import type { StripItem } from '@shared/domain/stitch';
import { fpsOf } from '../../components/player/timecode';
import { shownSpan } from '../../stores/stitchStore';

export interface StripPart {
  readonly key: string;
  readonly clip: Clip;
  /** In the clip. */
  readonly from: number;
  readonly to: number;
  /** In the film. */
  readonly start: number;
}

/** The items with their places in the film; those whose clip is not known are left out. */
export function stripParts(items: readonly StripItem[], clips: ReadonlyMap<string, Clip>): StripPart[] {
  let start = 0;
  return items.flatMap((item) => {
    const clip = clips.get(item.clipId);
    if (clip === undefined) return [];
    const { from, to } = shownSpan(item, clip);
    const part = { key: item.key, clip, from, to, start };
    start += to - from;
    return [part];
  });
}

export function stripSeconds(parts: readonly StripPart[]): number {
  return parts.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Whether a player at this moment of the clip has shown all of the part: the last frame begins one frame before. */
export function isOver({ to, clip }: StripPart, moment: number): boolean {
  return moment >= to - 0.5 / fpsOf(clip);
}
