// Looks through the whole library and says what is wrong with it. Changes no file and no clip.
import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import type { Clip, LibraryCheck } from '@shared/domain/clip';
import { exists, headOf, sha256Of } from '../files/durableFile';
import { decodeCheckArgs, type MediaInput } from '../ffmpeg/args';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { sniffFilm, SNIFF_BYTES } from '../ffmpeg/sniff';
import type { ClipPort } from './clipPort';
import type { FiledClip, FileState, FileStore } from './fileStore';
import { readFirst } from './firstReading';
import { readSidecar } from './sidecar';
import { filmsIn } from './walkFilms';
import type { WorkHandle } from './Works';

export interface CheckOptions {
  readonly store: FileStore;
  readonly clips: Pick<ClipPort, 'root' | 'makePictures'>;
  readonly ffmpeg: Ffmpeg;
  /** Files read at once. */
  readonly parallel: number;
}

const BATCH = 200;
/** As when a clip is made: a few damaged frames are not worth a word. */
const LEAST_SHARE_DECODED = 0.9;

/**
 * What decoded once is not decoded again until its file changes.
 * @throws AppError `library_missing`, `ffmpeg_missing`; `cancelled`
 */
export async function checkLibrary(options: CheckOptions, handle: WorkHandle): Promise<LibraryCheck> {
  const { store, clips, parallel } = options;
  const { root } = clips;
  if (!(await exists(root).catch(() => false))) throw new AppError('library_missing');
  const missing: Clip[] = [];
  const damaged: Clip[] = [];
  const withoutSidecar: Clip[] = [];
  const queue = new PQueue({ concurrency: parallel });
  let done = 0;
  let broken: Error | null = null;
  handle.expect(store.count());
  const look = async (filed: FiledClip): Promise<void> => {
    await handle.ready();
    if (!(await hasSidecar(filed, root))) withoutSidecar.push(filed.clip);
    if (!(await exists(filed.path).catch(() => false))) missing.push(filed.clip);
    else if (!(await decodes(filed, options, handle.signal))) damaged.push(filed.clip);
    handle.step((done += 1));
  };
  for (let after = ''; ;) {
    const batch = store.batch(after, BATCH);
    const last = batch.at(-1);
    if (last === undefined || broken !== null) break;
    for (const filed of batch) void queue.add(() => look(filed)).catch((error: Error) => (broken ??= error));
    await queue.onIdle();
    after = last.clip.id;
  }
  if (broken !== null) throw broken as Error;
  const unknown = await unknownIn(root, store, handle);
  return { missing, damaged, withoutSidecar, unknown, duplicates: await duplicates(store, handle) };
}

/** Videos in the library's folder that are no clip's; with slashes, relative to it. @throws AppError `cancelled` */
export async function unknownIn(
  root: string,
  store: FileStore,
  handle: Pick<WorkHandle, 'ready'> | null,
): Promise<string[]> {
  const unknown: string[] = [];
  for await (const path of filmsIn(root)) {
    await handle?.ready();
    if (store.atPath(path) === null) unknown.push(relative(root, path).split(sep).join('/'));
  }
  return unknown;
}

/** Whether a clip's sidecar is there and can be read. */
export async function hasSidecar({ clip, relativePath }: FiledClip, root: string): Promise<boolean> {
  return (await readSidecar(join(root, ...relativePath.split('/'))))?.clip.id === clip.id;
}

async function decodes(filed: FiledClip, options: CheckOptions, signal: AbortSignal): Promise<boolean> {
  const { store, ffmpeg } = options;
  const { clip, path } = filed;
  const { size, mtimeMs } = await stat(path);
  const state: FileState = { path, bytes: size, modifiedMs: Math.floor(mtimeMs) };
  const known = store.decodes(clip.id, state);
  if (known !== null) return known;
  const whole = await decodesNow(clip, path, ffmpeg, signal);
  if (store.contentOf(clip.id) === null) await readFirst(filed, options);
  store.setDecodes(clip.id, state, whole);
  return whole;
}

async function decodesNow(
  { width, height, seconds, fps }: Clip,
  path: string,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  const format = sniffFilm(await headOf(path, SNIFF_BYTES));
  if (format === null) return false;
  const input: MediaInput = { path, format };
  let frames = 0;
  try {
    await ffmpeg.run(decodeCheckArgs(input), {
      limitMs: timeLimit({ width, height, seconds }),
      signal,
      onProgress: (progress) => (frames = Math.max(frames, progress.frames)),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'ffmpeg_failed') return false;
    throw error;
  }
  return frames >= Math.max(1, Math.floor(seconds * fps * LEAST_SHARE_DECODED));
}

/** Samples may be the same where the films are not: the whole file tells. */
async function duplicates(store: FileStore, handle: WorkHandle): Promise<Clip[][]> {
  const groups: Clip[][] = [];
  for (const alike of store.alike()) {
    const byHash = new Map<string, Clip[]>();
    for (const { clip, path } of alike) {
      await handle.ready();
      const hash = store.contentOf(clip.id)?.fullHash ?? (await sha256Of(path).catch(() => null));
      if (hash === null) continue;
      store.setFullHash(clip.id, hash);
      byHash.set(hash, [...(byHash.get(hash) ?? []), clip]);
    }
    groups.push(...[...byHash.values()].filter((same) => same.length > 1));
  }
  return groups;
}
