// Whether a reference that was fetched is one the model takes: format, size, shape, length. Pure.
import type { ModelSpec, ReferenceLimits } from '../shared/domain/models';
import { ApiError, invalidParameter } from './apiError';
import type { MediaFacts } from './probe';
import type { MediaItem } from './validate';

/** One reference with what was measured; null: its content could not be read as media. */
export interface MeasuredItem {
  readonly item: MediaItem;
  readonly facts: MediaFacts | null;
}

// The model data names H.264 as people do; mediabunny calls it avc.
const CODEC_NAMES: Record<string, string> = { avc: 'h264' };

/** Throws the ApiError (400) for the first reference that breaks a rule; messages name `content[i]`. */
export function checkMedia(model: ModelSpec, mode: string, measured: readonly MeasuredItem[]): void {
  const limits = model.referenceLimits;
  for (const { item, facts } of measured) checkOne(limits, item, facts);
  for (const kind of ['video', 'audio'] as const) {
    const total = measured
      .filter(({ item }) => item.kind === kind)
      .reduce((sum, { facts }) => sum + (facts?.seconds ?? 0), 0);
    const most = limits[kind].totalSeconds;
    if (total > most + 1e-6) {
      throw new ApiError(
        400,
        'InvalidParameter',
        `the total duration (${total.toFixed(2)}s) of reference ${kind} contents must be less than or equal to ${most} for model ${model.family} in ${mode}.`,
        'content',
      );
    }
  }
}

function checkOne(limits: ReferenceLimits, item: MediaItem, facts: MediaFacts | null): void {
  const at = `content[${item.index}].${item.kind}_url.url`;
  const refuse = (why: string): ApiError => invalidParameter(at, `${why} (content[${item.index}])`);
  if (facts === null || facts.kind !== item.kind || !limits[item.kind].formats.includes(facts.format)) {
    const found = facts === null ? 'unknown' : facts.format;
    const expected = limits[item.kind].formats.join(', ');
    const why = `the format of the ${item.kind} is not supported, expected ${expected} but got ${found}`;
    if (item.kind === 'image') {
      throw new ApiError(
        400,
        'InvalidImageURL.InvalidFormat',
        `The parameter \`${at}\` is not valid: ${why}.`,
        at,
      );
    }
    throw refuse(why);
  }
  const megabytes = limits[item.kind].maxBytes / 1024 / 1024;
  // Images must be smaller than the limit; videos and sounds may reach it.
  if (
    facts.bytes > limits[item.kind].maxBytes ||
    (item.kind === 'image' && facts.bytes === limits.image.maxBytes)
  ) {
    throw refuse(`the size of the ${item.kind} must be less than ${megabytes} MB`);
  }
  if (item.kind === 'image') checkImage(limits.image, facts, refuse);
  if (item.kind === 'video') checkVideo(limits.video, facts, refuse);
  if (item.kind !== 'image') {
    const [shortest, longest] = limits[item.kind].seconds;
    const seconds = facts.seconds;
    if (seconds === null || seconds < shortest || seconds > longest + 1e-6) {
      throw refuse(
        `the duration of the ${item.kind} must be between ${shortest} and ${longest} seconds, got ${seconds?.toFixed(2) ?? 'none'}`,
      );
    }
  }
}

type Refuse = (why: string) => ApiError;

function checkImage(limits: ReferenceLimits['image'], { width, height }: MediaFacts, refuse: Refuse): void {
  if (width === null || height === null) throw refuse('the image cannot be decoded');
  const [least, most] = limits.side;
  if (width <= least || height <= least || width >= most || height >= most) {
    throw refuse(
      `the width and height of the image must be between ${least} and ${most} pixels, got ${width}x${height}`,
    );
  }
  const [narrow, wide] = limits.ratio;
  if (width / height <= narrow || width / height >= wide)
    throw refuse(ratioText('image', limits.ratio, width, height));
}

function checkVideo(limits: ReferenceLimits['video'], facts: MediaFacts, refuse: Refuse): void {
  const { width, height, fps, videoCodec } = facts;
  if (width === null || height === null || videoCodec === null) throw refuse('the video has no picture');
  const codec = CODEC_NAMES[videoCodec] ?? videoCodec;
  if (!limits.codecs.includes(codec)) {
    throw refuse(
      `the codec of the video is not supported, expected ${limits.codecs.join(', ')} but got ${codec}`,
    );
  }
  const [least, most] = limits.side;
  if (width < least || height < least || width > most || height > most) {
    throw refuse(
      `the width and height of the video must be between ${least} and ${most} pixels, got ${width}x${height}`,
    );
  }
  const [narrow, wide] = limits.ratio;
  if (width / height < narrow || width / height > wide)
    throw refuse(ratioText('video', limits.ratio, width, height));
  const [fewest, top] = limits.pixels;
  if (width * height < fewest || width * height > top) {
    throw refuse(`the pixel count of the video must be between ${fewest} and ${top}, got ${width * height}`);
  }
  const [slow, fast] = limits.fps;
  // A clip of 60 fps measures a hair above it.
  if (fps === null || fps < slow || fps > fast + 0.2) {
    throw refuse(
      `the fps of the video must be between ${slow} and ${fast}, got ${fps?.toFixed(2) ?? 'none'}`,
    );
  }
}

function ratioText(
  kind: string,
  [narrow, wide]: readonly [number, number],
  width: number,
  height: number,
): string {
  return `the aspect ratio (width/height) of the ${kind} must be between ${narrow.toFixed(2)} and ${wide.toFixed(2)}, got ${(width / height).toFixed(2)}`;
}
