// Posters, sprites and proxies: small pictures and copies made once per content, rebuilt when they are gone.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
/** On a busy machine a good clip runs into its time limit too: it is tried at so many starts. */
const MOST_TIME_OUTS = 5;

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

/**
 * Makes the poster unless it is there. `patience`: how many times the usual time limit it may take.
 * @throws as `Ffmpeg.run` and the file system do
 */
export async function makePoster(
  source: Source,
  output: string,
  ffmpeg: Ffmpeg,
  patience = 1,
): Promise<void> {
  if (await exists(output)) return;
  await mkdir(join(output, '..'), { recursive: true });
  const size = fitWithin(source, POSTER_SIDE);
  const at = posterMoment(source.seconds);
  await ffmpeg.produce(output, (to) => posterArgs(source.input, at, size, to), {
    limitMs: patience * timeLimit(source),
  });
}

/** Makes the sprite unless it is there, and answers with its geometry. @throws as `makePoster` */
export async function makeSprite(
  source: Source,
  output: string,
  ffmpeg: Ffmpeg,
  patience = 1,
): Promise<SpriteSheet> {
  const sheet = sheetFor(source);
  if (await exists(output)) return sheet;
  await mkdir(join(output, '..'), { recursive: true });
  const args = (to: string): string[] => spriteArgs(source.input, sheet, source.seconds, to);
  await ffmpeg.produce(output, args, { limitMs: patience * timeLimit(source) });
  return sheet;
}

/** How often a picture could not be made: for itself, and for want of time. */
export interface Failures {
  readonly broken: number;
  readonly late: number;
}

/** As remembered beside the picture's place; survives a restart. */
export async function failuresOf(output: string): Promise<Failures> {
  const text = await readFile(`${output}.failed`, 'utf8').catch(() => '');
  const [broken = 0, late = 0] = text.split(' ').map((word) => Number.parseInt(word, 10) || 0);
  return { broken, late };
}

/** Whether this picture failed too often to be tried again. */
export function isGivenUp({ broken, late }: Failures): boolean {
  return broken >= MOST_FAILURES || late >= MOST_TIME_OUTS;
}

/** Remembers one more; answers with all of them. Throws what the file system throws. */
export async function noteFailure(output: string, kind: keyof Failures): Promise<Failures> {
  await mkdir(join(output, '..'), { recursive: true });
  const before = await failuresOf(output);
  const failures = { ...before, [kind]: before[kind] + 1 };
  await writeFile(`${output}.failed`, `${failures.broken} ${failures.late}`);
  return failures;
}

/** The picture is there after all. */
export async function forgetFailures(output: string): Promise<void> {
  await rm(`${output}.failed`, { force: true });
}
