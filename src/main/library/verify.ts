// Is this file a video that plays? Asked of everything before it enters the library.
import { stat } from 'node:fs/promises';
import { AppError } from '@shared/contract/errors';
import { decodeCheckArgs, type MediaInput } from '../ffmpeg/args';
import { headOf } from '../files/durableFile';
import { probe, type MediaFacts } from '../ffmpeg/probe';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { sniff, SNIFF_BYTES } from '../ffmpeg/sniff';
import { isWhole } from '../ffmpeg/wholeness';

/** What a verified video certainly has. */
export interface VideoFacts {
  readonly format: 'mp4' | 'mov';
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly fps: number;
  readonly hasSound: boolean;
}

/** A result with a few damaged frames is still worth its price; one that stops early is not the result. */
const LEAST_SHARE_DECODED = 0.9;

/**
 * Checks content, completeness, facts, and decodes the whole picture once, in a time bounded by its size.
 * @throws AppError `not_a_video` with the reason in `detail.values`; `ffmpeg_missing`; what the file system throws
 */
export async function verifyVideo(path: string, ffmpeg: Ffmpeg): Promise<VideoFacts> {
  const { size: bytes } = await stat(path);
  const format = sniff(await headOf(path, SNIFF_BYTES))?.format;
  if (format !== 'mp4' && format !== 'mov') throw notVideo(bytes === 0 ? 'empty' : 'other_content');
  if (!(await isWhole(path, format))) throw notVideo('cut_off');
  const input: MediaInput = { path, format };
  const facts = await probe(input, ffmpeg).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'file_unreadable' ? notVideo('damaged', error) : error;
  });
  await decode(input, facts, ffmpeg);
  const { width = 0, height = 0, seconds = 0, fps = 0, hasSound = false } = facts;
  return { format, bytes, width, height, seconds, fps, hasSound };
}

async function decode(input: MediaInput, facts: MediaFacts, ffmpeg: Ffmpeg): Promise<void> {
  let frames = 0;
  const onProgress = (progress: { frames: number }): void =>
    void (frames = Math.max(frames, progress.frames));
  try {
    await ffmpeg.run(decodeCheckArgs(input), { limitMs: timeLimit(facts), onProgress });
  } catch (error) {
    throw error instanceof AppError && error.code === 'ffmpeg_failed' ? notVideo('damaged', error) : error;
  }
  const expected = (facts.pictureSeconds ?? facts.seconds ?? 0) * (facts.fps ?? 0);
  if (frames < Math.max(1, expected * LEAST_SHARE_DECODED)) throw notVideo('damaged');
}

function notVideo(reason: string, cause?: AppError): AppError {
  const { rawMessage } = cause?.detail ?? {};
  return new AppError(
    'not_a_video',
    `not a video that plays: ${reason}`,
    { rawMessage, values: { reason } },
    { cause },
  );
}
