// Turns kept bytes into a reference: measured, with a small picture of it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Reference } from '@shared/domain/reference';
import { fitWithin, posterArgs, posterMoment, waveformArgs, type MediaInput } from '../ffmpeg/args';
import { exists } from '../files/durableFile';
import { probe, type MediaFacts } from '../ffmpeg/probe';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { isWhole } from '../ffmpeg/wholeness';
import type { Kept } from './keep';

/** The longer side of a picture's or video's thumb, in pixels. */
export const THUMB_SIDE = 256;
/** A sound's waveform: a mask in pixels. */
export const WAVEFORM = { width: 320, height: 64 } as const;

/** Where a reference's thumb lies. */
export function thumbPath(derivedFolder: string, id: string): string {
  return join(derivedFolder, id, 'thumb.webp');
}

/**
 * Measures a kept file.
 * @throws AppError `file_unreadable` (damaged or cut off), `ffmpeg_missing` (only ffmpeg could measure it)
 */
export async function measure(
  kept: Kept,
  path: string,
  ffmpeg: Ffmpeg,
): Promise<Omit<Reference, 'source' | 'name' | 'hasThumb'>> {
  if (!(await isWhole(path, kept.format)))
    throw new AppError('file_unreadable', `a ${kept.format} that was cut off`, {
      values: { reason: 'damaged' },
    });
  const { pictureSeconds: _, ...facts } = await probe({ path, format: kept.format }, ffmpeg);
  return { id: kept.id, kind: kept.kind, format: kept.format, bytes: kept.bytes, ...facts };
}

/**
 * Makes the thumb where it is missing. False where none can be made: no ffmpeg, or a format it does not decode
 * (many builds have no HEIC); a reference is as good without.
 */
export async function makeThumb(
  { id, kind, format }: Pick<Kept, 'id' | 'kind' | 'format'>,
  facts: MediaFacts,
  path: string,
  derivedFolder: string,
  ffmpeg: Ffmpeg,
): Promise<boolean> {
  const output = thumbPath(derivedFolder, id);
  if (await exists(output).catch(() => false)) return true;
  const input: MediaInput = { path, format };
  const size = fitWithin(
    { width: facts.width ?? THUMB_SIDE, height: facts.height ?? THUMB_SIDE },
    THUMB_SIDE,
  );
  const at = kind === 'video' ? posterMoment(facts.pictureSeconds ?? facts.seconds ?? 0) : 0;
  try {
    await mkdir(join(derivedFolder, id), { recursive: true });
    await ffmpeg.produce(
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
