// Posters, sprites and proxies: small pictures and copies made once per content, rebuilt when they are gone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpriteSheet } from '@shared/domain/clip';
import { fitWithin, posterArgs, posterMoment, spriteArgs, type MediaInput } from '../ffmpeg/args';
import { exists } from '../files/durableFile';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';

export type DerivedName = 'poster' | 'sprite' | 'proxy';

/** What is known of the clip that pictures are made of. */
export interface Source {
  readonly input: MediaInput;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly fps: number;
}

/** The longer side of a poster in pixels: a tile of the widest grid on a screen of twice the density. */
export const POSTER_SIDE = 640;
const CELL_HEIGHT = 160;
/** Wider than 21:9 at that height would only waste memory. */
const MOST_CELL_WIDTH = 400;
const MOST_CELLS = 12;
const COLUMNS = 4;
/** A clip that failed so often fails again: it is left alone until its file changes. */
const MOST_FAILURES = 2;

/** `<derived>/<content hash>/poster.webp`, `sprite.webp` or `proxy.mp4`. */
export function derivedPath(derivedFolder: string, contentHash: string, name: DerivedName): string {
  return join(derivedFolder, contentHash, name === 'proxy' ? 'proxy.mp4' : `${name}.webp`);
}

/** The sprite's geometry for a clip: 12 cells in its own shape, fewer where it has under 4 s at 12 fps. */
export function sheetFor({ width, height, seconds, fps }: Omit<Source, 'input'>): SpriteSheet {
  // Every fourth frame at most: see `-skip_frame` in the arguments.
  const count = Math.min(MOST_CELLS, Math.max(1, Math.floor((seconds * fps) / 4)));
  const columns = Math.min(COLUMNS, count);
  const cellWidth = Math.min(
    MOST_CELL_WIDTH,
    Math.max(16, 2 * Math.round((CELL_HEIGHT * width) / height / 2)),
  );
  return { columns, rows: Math.ceil(count / columns), count, cellWidth, cellHeight: CELL_HEIGHT };
}

/** Makes the poster unless it is there. @throws as `Ffmpeg.run` and the file system do */
export async function makePoster(source: Source, output: string, ffmpeg: Ffmpeg): Promise<void> {
  if (await exists(output)) return;
  await mkdir(join(output, '..'), { recursive: true });
  const size = fitWithin(source, POSTER_SIDE);
  const at = posterMoment(source.seconds);
  await ffmpeg.produce(output, (to) => posterArgs(source.input, at, size, to), {
    limitMs: timeLimit(source),
  });
}

/** Makes the sprite unless it is there, and answers with its geometry. @throws as `makePoster` */
export async function makeSprite(source: Source, output: string, ffmpeg: Ffmpeg): Promise<SpriteSheet> {
  const sheet = sheetFor(source);
  if (await exists(output)) return sheet;
  await mkdir(join(output, '..'), { recursive: true });
  const args = (to: string): string[] => spriteArgs(source.input, sheet, source.seconds, to);
  await ffmpeg.produce(output, args, { limitMs: timeLimit(source) });
  return sheet;
}

/** Whether this picture failed too often to be tried again. */
export async function isGivenUp(output: string): Promise<boolean> {
  return (await failures(output)) >= MOST_FAILURES;
}

/** Remembers beside the picture's place that it could not be made, and says how often by now; survives a restart. */
export async function noteFailure(output: string): Promise<number> {
  await mkdir(join(output, '..'), { recursive: true });
  const times = (await failures(output)) + 1;
  await writeFile(`${output}.failed`, String(times));
  return times;
}

async function failures(output: string): Promise<number> {
  const text = await readFile(`${output}.failed`, 'utf8').catch(() => '0');
  return Number.parseInt(text, 10) || 0;
}
