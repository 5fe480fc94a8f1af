// Turns kept bytes into a reference: measured, with a small picture of it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Reference } from '@shared/domain/reference';
import { fitWithin, MOST_PIXELS, posterArgs, posterMoment, waveformArgs } from '../ffmpeg/args';
import { exists } from '../files/durableFile';
import { probe, type MediaFacts } from '../ffmpeg/probe';
import { timeLimit } from '../ffmpeg/run';
import { traitsOf } from '../ffmpeg/traits';
import { isWhole } from '../ffmpeg/wholeness';
import { tooManyPixels } from './heic';
import type { Kept } from './keep';
import { readable, type StillTools } from './stills';

/** The longer side of a picture's or video's thumb, in pixels. */
export const THUMB_SIDE = 256;
/** A sound's waveform: a mask in pixels. */
export const WAVEFORM = { width: 320, height: 64 } as const;

/** Where a reference's thumb lies. */
export function thumbPath(derivedFolder: string, id: string): string {
  return join(derivedFolder, id, 'thumb.webp');
}

/** What measuring tells of a reference. */
export type Measured = Omit<Reference, 'source' | 'name' | 'hasThumb'>;

/**
 * Measures a kept file. A video's container without a picture is a sound.
 * @throws AppError `file_unreadable` (damaged or cut off), `file_too_large` (more than 200 megapixels),
 * `ffmpeg_missing` (only ffmpeg could measure it)
 */
export async function measure(kept: Kept, path: string, tools: StillTools): Promise<Measured> {
  const { id, format, bytes } = kept;
  if (!(await isWhole(path, format)))
    throw new AppError('file_unreadable', `a ${format} that was cut off`, {
      values: { reason: 'damaged' },
    });
  const traits = await traitsOf(path, format);
  // A HEIC's header lists the tiles it is laid out of, and its turn apart: decoding is what tells its size.
  const photo = format === 'heic' || format === 'heif';
  const input = photo ? await readable({ id, path, format }, tools).catch(asDamaged) : { path, format };
  const { width, height, seconds, fps, codec, hasSound } = await probe(input, tools.ffmpeg);
  if ((width ?? 0) * (height ?? 0) > MOST_PIXELS) throw tooManyPixels();
  const kind = kept.kind === 'video' && width === undefined ? 'audio' : kept.kind;
  return { id, kind, format, bytes, width, height, seconds, fps, codec, hasSound, ...traits };
}

function asDamaged(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'ffmpeg_failed') throw error;
  throw new AppError('file_unreadable', 'not decodable', { values: { reason: 'damaged' } }, { cause: error });
}

/**
 * Makes the thumb where it is missing. False where none can be made: no ffmpeg, or a format it does not decode; a
 * reference is as good without.
 */
export async function makeThumb(reference: Measured, path: string, tools: StillTools): Promise<boolean> {
  const { id, kind } = reference;
  const format = reference.format as Kept['format'];
  const output = thumbPath(tools.derivedFolder, id);
  if (await exists(output).catch(() => false)) return true;
  const facts: MediaFacts = reference;
  const size = fitWithin(
    { width: facts.width ?? THUMB_SIDE, height: facts.height ?? THUMB_SIDE },
    THUMB_SIDE,
  );
  const at = kind === 'video' ? posterMoment(facts.seconds ?? 0) : 0;
  try {
    const input = await readable({ id, path, format, animated: reference.animated }, tools);
    await mkdir(join(tools.derivedFolder, id), { recursive: true });
    await tools.ffmpeg.produce(
      output,
      (to) =>
        kind === 'audio'
          ? waveformArgs(input, WAVEFORM.width, WAVEFORM.height, to)
          : posterArgs(input, at, size, to),
      { limitMs: timeLimit({ ...facts, seconds: 1 }) },
    );
    return true;
  } catch {
    // The runner has logged it.
    return false;
  }
}
