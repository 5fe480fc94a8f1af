// Turns what was asked into what will be made: size, length, seed and tokens. Pure.
import {
  nearestRatio,
  outputPixels,
  OUTPUT_FPS,
  type FixedRatio,
  type PixelSize,
} from '../shared/domain/models';
import type { MediaFacts } from './probe';
import type { CreateRequest, MediaItem } from './validate';

export interface SettledOutput {
  readonly ratio: FixedRatio;
  readonly size: PixelSize;
  readonly duration: number;
  readonly totalFrames: number;
  readonly seed: number;
  readonly tokens: number;
}

/** What `duration: -1` becomes here; the vendor's model chooses between 4 and 15. */
const AUTO_DURATION = 5;

/** Settles the open values of a request. `draw` gives a whole number below its argument. */
export function settleOutput(
  request: CreateRequest,
  measured: readonly { item: MediaItem; facts: MediaFacts | null }[],
  draw: (below: number) => number,
): SettledOutput {
  const ratio = request.ratio === 'adaptive' ? adaptiveRatio(measured) : request.ratio;
  const size = outputPixels(request.model, request.resolution, ratio);
  const asked = request.duration === -1 ? AUTO_DURATION : request.duration;
  const totalFrames = request.frames ?? OUTPUT_FPS * asked + 1;
  const inputSeconds = measured
    .filter(({ item }) => item.kind === 'video')
    .reduce((sum, { facts }) => sum + (facts?.seconds ?? 0), 0);
  return {
    ratio,
    size,
    duration: Math.floor(totalFrames / OUTPUT_FPS),
    totalFrames,
    seed: request.seed === -1 ? draw(2 ** 31) : request.seed,
    tokens: billedTokens(size, totalFrames, inputSeconds),
  };
}

/**
 * `floor(W × H × (24·d + 1) / 1024)`, d being output plus input video seconds: fits every published live number.
 * Input seconds count as whole frames.
 */
export function billedTokens(size: PixelSize, totalFrames: number, inputSeconds: number): number {
  const frames = totalFrames + Math.round(inputSeconds * OUTPUT_FPS);
  return Math.floor((size.width * size.height * frames) / 1024);
}

/** Nearest to the first frame; else to the first medium, a video before an image; else 16:9. */
function adaptiveRatio(measured: readonly { item: MediaItem; facts: MediaFacts | null }[]): FixedRatio {
  const first = (matches: (item: MediaItem) => boolean): MediaFacts | null | undefined =>
    measured.find(({ item }) => matches(item))?.facts;
  const facts =
    first((item) => item.role === 'first_frame') ??
    first((item) => item.kind === 'video') ??
    first((item) => item.kind === 'image');
  return facts?.width && facts.height ? nearestRatio(facts.width / facts.height) : '16:9';
}
