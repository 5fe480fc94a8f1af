// What ffmpeg can read of a picture: the kept file itself, or a still made once where it cannot read that.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { MediaInput } from '../ffmpeg/args';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import type { MediaFormat } from '../ffmpeg/sniff';
import { canvasArgs, rawToJpegArgs } from '../ffmpeg/transform';
import { firstWebpFrame } from '../ffmpeg/webpFrame';
import { exists, temporaryBeside } from '../files/durableFile';
import type { DecodeHeic } from './heic';

export interface StillTools {
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly decodeHeic: DecodeHeic;
}

export interface PictureSource {
  readonly id: string;
  readonly path: string;
  readonly format: MediaFormat;
  readonly animated?: boolean;
}

/**
 * The input for ffmpeg. A HEIC's or an animated WebP's still lies at `<derivedFolder>/<id>/still.{jpg,png}`.
 * @throws AppError `file_unreadable`, `file_too_large`, `ffmpeg_missing`, `ffmpeg_failed`
 */
export async function readable(source: PictureSource, tools: StillTools): Promise<MediaInput> {
  const { id, path, format, animated } = source;
  const photo = format === 'heic' || format === 'heif';
  if (!photo && !(format === 'webp' && animated === true)) return { path, format };
  const folder = join(tools.derivedFolder, id);
  const still: MediaInput = photo
    ? { path: join(folder, 'still.jpg'), format: 'jpeg' }
    : { path: join(folder, 'still.png'), format: 'png' };
  if (await exists(still.path)) return still;
  await mkdir(folder, { recursive: true });
  const temporary = temporaryBeside(still.path);
  try {
    await (photo ? fromHeic : fromAnimation)(path, temporary, still.path, tools);
  } finally {
    await rm(temporary, { force: true });
  }
  return still;
}

async function fromHeic(
  path: string,
  raw: string,
  output: string,
  { ffmpeg, decodeHeic }: StillTools,
): Promise<void> {
  const size = await decodeHeic(path, raw);
  await ffmpeg.produce(output, (to) => rawToJpegArgs(raw, size, to), { limitMs: timeLimit(size) });
}

async function fromAnimation(
  path: string,
  frame: string,
  output: string,
  { ffmpeg }: StillTools,
): Promise<void> {
  const first = firstWebpFrame(await readFile(path));
  if (first === null)
    throw new AppError('file_unreadable', 'an animation without a frame', { values: { reason: 'damaged' } });
  await writeFile(frame, first.bytes);
  const input: MediaInput = { path: frame, format: 'webp' };
  await ffmpeg.produce(output, (to) => canvasArgs(input, first, to), { limitMs: timeLimit(first) });
}
