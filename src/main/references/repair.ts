// Makes the file that a repair asks for: plans it from what the parent is, and tries until it is small enough.
import { stat } from 'node:fs/promises';
import { AppError } from '@shared/contract/errors';
import type { Reference } from '@shared/domain/reference';
import {
  cropPixels,
  factsAfter,
  formatAfter,
  LEAST_SPAN_SECONDS,
  sizeAfter,
  type Repair,
  type RepairFormat,
} from '@shared/domain/repair';
import { MOST_PIXELS, type MediaInput } from '../ffmpeg/args';
import { probe } from '../ffmpeg/probe';
import type { FfmpegProgress } from '../ffmpeg/progress';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import {
  isToneMappingMissing,
  JPEG_SCALES,
  MOST_LOOPS,
  MP3_KILOBITS,
  pictureArgs,
  soundArgs,
  videoArgs,
  type Change,
} from '../ffmpeg/transform';

const FORMATS: Readonly<Record<Reference['kind'], readonly RepairFormat[]>> = {
  image: ['jpeg', 'png'],
  video: ['mp4'],
  audio: ['mp3', 'wav'],
};
/** Writing costs about this much more than the reading that time limits are measured by. */
const ENCODING = 4;
/** How often a video is tried again with fewer bits. */
const VIDEO_TRIES = 3;
/** Headers of an MP3, and a frame begun at the end. */
const MP3_SPARE_BYTES = 4096;

export interface RepairRun {
  readonly ffmpeg: Ffmpeg;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Plans a repair of a file that ffmpeg can read.
 * @throws AppError `repair_impossible` (a range outside the file, a format of another kind); as `probe` does
 */
export async function planChange(
  parent: Reference,
  input: MediaInput,
  repair: Repair,
  ffmpeg: Ffmpeg,
): Promise<Change> {
  const facts = await probe(input, ffmpeg);
  const format = formatAfter(parent, repair);
  if (!FORMATS[parent.kind].includes(format)) throw impossible(`no ${format} of a ${parent.kind}`);
  const size = sizeAfter(parent, repair);
  if (size !== null && size.width * size.height > MOST_PIXELS) throw impossible('too many pixels');
  const whole = parent.kind === 'image' ? 0 : (parent.seconds ?? facts.seconds ?? 0);
  const { from, to } = { from: repair.span?.from ?? 0, to: Math.min(repair.span?.to ?? whole, whole) };
  const seconds = to - from;
  if (parent.kind !== 'image' && seconds < LEAST_SPAN_SECONDS) throw impossible('nothing in that range');
  const total = factsAfter(parent, repair).seconds ?? 0;
  if (total / seconds > MOST_LOOPS) throw impossible('too short to be repeated');
  const { width = 0, height = 0 } = parent;
  return {
    input,
    format,
    pixels: Math.max(width * height, (size?.width ?? 0) * (size?.height ?? 0)),
    span: repair.span === undefined ? null : { from, to },
    seconds,
    total,
    crop: size === null || repair.crop === undefined ? null : cropPixels({ width, height }, repair.crop),
    size,
    pad: repair.pad === true,
    fps: repair.fps ?? parent.fps ?? facts.fps ?? 24,
    hasSound: facts.hasSound === true,
    channels: facts.channels ?? 2,
    hdr: facts.hdr === true,
    cutStart: from > 0,
    cutEnd: to < whole,
  };
}

/**
 * Writes the new file to `output`. A `maxBytes` is reached in at most six tries.
 * @throws AppError `repair_impossible` when it cannot be that small or ffmpeg gives up, `disk_full`, `ffmpeg_missing`;
 * the signal's reason
 */
export async function makeChange(
  change: Change,
  maxBytes: number | undefined,
  output: string,
  run: RepairRun,
): Promise<void> {
  try {
    if (change.format === 'mp4') await makeVideo(change, maxBytes, output, run);
    else if (change.format === 'mp3' || change.format === 'wav')
      await makeSound(change, maxBytes, output, run);
    else await makePicture(change, maxBytes, output, run);
  } catch (error) {
    throw plain(error);
  }
}

async function makeVideo(
  change: Change,
  maxBytes: number | undefined,
  output: string,
  run: RepairRun,
): Promise<void> {
  let bits = maxBytes === undefined ? null : (maxBytes * 8) / (change.total + 1);
  let planned = change;
  for (let tries = 0; tries < VIDEO_TRIES; tries += 1) {
    try {
      await produce(planned, (to) => videoArgs(planned, bits, to), output, run);
    } catch (error) {
      if (!planned.hdr || !isToneMappingMissing(messageOf(error))) throw error;
      // Greyer than it was meant, but a video.
      planned = { ...planned, hdr: false };
      continue;
    }
    const { size } = await stat(output);
    if (maxBytes === undefined || bits === null || size <= maxBytes) return;
    bits *= (maxBytes / size) * 0.9;
  }
  throw impossible('not small enough');
}

async function makeSound(
  change: Change,
  maxBytes: number | undefined,
  output: string,
  run: RepairRun,
): Promise<void> {
  const fits = (kilobits: number): boolean =>
    maxBytes === undefined || kilobits * 125 * change.total + MP3_SPARE_BYTES <= maxBytes;
  const kilobits = MP3_KILOBITS.find(fits) ?? MP3_KILOBITS.at(-1) ?? 32;
  await produce(change, (to) => soundArgs(change, kilobits, to), output, run);
  if (maxBytes !== undefined && (await stat(output)).size > maxBytes) throw impossible('not small enough');
}

async function makePicture(
  change: Change,
  maxBytes: number | undefined,
  output: string,
  run: RepairRun,
): Promise<void> {
  for (const scale of change.format === 'png' ? [0] : JPEG_SCALES) {
    await produce(change, (to) => pictureArgs(change, scale, to), output, run);
    if (maxBytes === undefined || (await stat(output)).size <= maxBytes) return;
  }
  throw impossible('not small enough');
}

async function produce(
  change: Change,
  args: (path: string) => string[],
  output: string,
  { ffmpeg, signal, onProgress }: RepairRun,
): Promise<void> {
  const { total, pixels } = change;
  // The limit goes by the area.
  const limitMs = timeLimit({ width: pixels, height: ENCODING, seconds: Math.max(total, 1) });
  const report = ({ seconds }: FfmpegProgress): void => {
    if (seconds !== null && total > 0) onProgress?.(Math.min(1, seconds / total));
  };
  await ffmpeg.produce(output, args, { limitMs, signal, onProgress: report });
}

function plain(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'ffmpeg_failed') return error;
  const { rawMessage = '' } = error.detail;
  if (rawMessage.includes('No space left on device'))
    return new AppError('disk_full', 'the disk is full', { rawMessage }, { cause: error });
  return new AppError('repair_impossible', error.message, { rawMessage }, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? (error.detail.rawMessage ?? '') : '';
}

function impossible(why: string): AppError {
  return new AppError('repair_impossible', why, { values: { reason: why } });
}
