// Reads clips out of the folder alone: sidecars with their videos, and videos without one.
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, parse, relative, sep } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Clip, ClipTask } from '@shared/domain/clip';
import type { Recipe } from '@shared/domain/draft';
import { exists, headOf, sha256Of } from '../files/durableFile';
import { probe } from '../ffmpeg/probe';
import type { Ffmpeg } from '../ffmpeg/run';
import { sniffFilm, SNIFF_BYTES } from '../ffmpeg/sniff';
import { lastFrameNames } from './adopt';
import { isInside, LOST_FOLDER, OUTSIDE_FOLDER } from './clipPort';
import { NEW_CLIP, type StoredClip } from './clipStore';
import { contentIdOf } from './contentId';
import { readEmbeddedRecipe } from './embeddedRecipe';
import { NO_EDITS, readSidecarFile, recipeOf, sidecarPath, type Sidecar, type SidecarEdits } from './sidecar';
import { verifyVideo, type VideoFacts } from './verify';
import { FILM_NAME } from './walkFilms';

export interface FoundClip {
  readonly stored: StoredClip;
  readonly recipe: Recipe | null;
  readonly task: ClipTask | null;
  readonly edits: SidecarEdits;
  /** Nothing tells of it in the folder yet. */
  readonly withoutSidecar: boolean;
}

/** What the library takes for a video by its name; what it is shows when it is opened. */

/** Every folder of the library that clips can be in, with the names in it. Throws what the file system throws. */
export async function* foldersOf(root: string): AsyncGenerator<{ folder: string; names: string[] }> {
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries)
      if (entry.isDirectory() && (!entry.name.startsWith('.') || isOutsideFolder(entry.name, folder, root)))
        waiting.push(join(folder, entry.name));
    const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
    yield { folder, names: names.map(({ name }) => name) };
  }
}

function isOutsideFolder(name: string, folder: string, root: string): boolean {
  return name === OUTSIDE_FOLDER && folder === root;
}

/** Whether the folder holds what a library was made of: then an empty database is a lost one. */
export async function hasSidecars(root: string): Promise<boolean> {
  for await (const { folder, names } of foldersOf(root))
    for (const name of names)
      if (name.endsWith('.json') && (await readSidecarFile(join(folder, name))) !== null) return true;
  return false;
}

/** The clips of one folder, sidecars first. Videos that cannot be read are passed over and told to `passed`. */
export async function* clipsIn(
  root: string,
  folder: string,
  names: readonly string[],
  ffmpeg: Ffmpeg,
  passed: (path: string, error: unknown) => void,
): AsyncGenerator<FoundClip> {
  const present = new Set(names);
  const told = new Set<string>();
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const sidecar = await readSidecarFile(join(folder, name));
    if (sidecar === null) continue;
    const stem = name.replace(/\.json$/, '');
    const video =
      names.find((each) => FILM_NAME.test(each) && parse(each).name === stem) ??
      (present.has(sidecar.clip.fileName) ? sidecar.clip.fileName : null);
    if (video !== null) told.add(video);
    yield await ofSidecar(root, join(folder, video ?? `${stem}${extname(sidecar.clip.fileName)}`), sidecar);
  }
  for (const name of names) {
    if (!FILM_NAME.test(name) || told.has(name)) continue;
    const path = join(folder, name);
    try {
      yield await ofVideo(root, path, ffmpeg);
    } catch (error) {
      passed(path, error);
    }
  }
}

/** What a video of the library's folder is, by its sidecar or by itself. @throws as `adoptFound` does */
export async function clipAt(root: string, path: string, ffmpeg: Ffmpeg): Promise<FoundClip> {
  const sidecar = await readSidecarFile(sidecarPath(path));
  return sidecar === null ? ofVideo(root, path, ffmpeg) : ofSidecar(root, path, sidecar);
}

/** An id for a clip that has none, or whose id another has: the same each time it is found. */
export function idByPlace(relativePath: string): string {
  return createHash('sha256').update(`found ${relativePath}`).digest('hex').slice(0, 32);
}

async function ofSidecar(root: string, path: string, sidecar: Sidecar): Promise<FoundClip> {
  const { edits = NO_EDITS, clip: told, task } = sidecar;
  const outside = await outsideOf(root, sidecar);
  const fileName = outside === null ? basename(path) : told.fileName;
  const file = outside === null ? path : join(outside, fileName);
  const facts = await stat(file).catch(() => null);
  // Another program wrote over it: then it is another content.
  const changed = facts !== null && facts.size !== told.bytes;
  const clip: Clip = {
    ...told,
    ...NEW_CLIP,
    origin: told.origin ?? (told.generationId === null ? 'imported' : 'generated'),
    outside,
    fileName,
    bytes: facts?.size ?? told.bytes,
    missing: facts === null,
  };
  const stored = {
    clip,
    relativePath: inLibrary(root, path),
    contentHash: changed ? await sha256Of(file) : sidecar.hashes.video,
    lastFrame: await lastFrameOf(path, sidecar.lastFrame),
  };
  return { stored, recipe: recipeOf(sidecar), task, edits, withoutSidecar: false };
}

/** Where the clip's file lies outside; a folder that is never there where that cannot be believed. */
async function outsideOf(root: string, { clip, hashes }: Sidecar): Promise<string | null> {
  const { id, outside, fileName, bytes } = clip;
  if (outside === undefined) return null;
  // A stranger's sidecar could name any file: only who knows its content already may say where it lies.
  const believed =
    isAbsolute(outside) &&
    // On Windows asking another computer tells it who is logged in.
    !/^[\\/]{2}/.test(outside) &&
    !isInside(join(outside, fileName), root) &&
    (await holds(join(outside, fileName), bytes, hashes.video));
  return believed ? outside : join(root, LOST_FOLDER, idByPlace(id));
}

/** By the content id of what was imported, or the hash of the whole file of what was generated. */
async function holds(path: string, bytes: number, hash: string): Promise<boolean> {
  try {
    const facts = await stat(path);
    if (!facts.isFile() || facts.size !== bytes) return false;
    return (await contentIdOf(path)).id === hash || (await sha256Of(path)) === hash;
  } catch {
    return false;
  }
}

async function ofVideo(root: string, path: string, ffmpeg: Ffmpeg): Promise<FoundClip> {
  const relativePath = inLibrary(root, path);
  const format = sniffFilm(await headOf(path, SNIFF_BYTES));
  const embedded = format === 'mp4' || format === 'mov' ? await readEmbeddedRecipe(path) : null;
  const whole = format === null || format === 'mp4' || format === 'mov';
  const facts = whole ? await verifyLocal(path, ffmpeg) : await probe({ path, format }, ffmpeg);
  const { size: bytes, mtime } = await stat(path);
  const { width, height, seconds, fps = 0, hasSound = false } = facts;
  if (width === undefined || height === undefined || seconds === undefined)
    throw new AppError('file_unreadable', 'no picture', { values: { reason: 'no_picture' } });
  const id = embedded?.id ?? idByPlace(relativePath);
  const clip: Clip = {
    id,
    ...NEW_CLIP,
    generationId: embedded === null ? null : id,
    title: embedded?.title ?? parse(path).name,
    fileName: basename(path),
    createdAt: validTime(embedded?.createdAt) ?? mtime.toISOString(),
    ...{ bytes, width, height, seconds, fps, hasSound },
    tokens: null,
    price: null,
    practice: false,
    missing: false,
    origin: embedded === null ? 'imported' : 'generated',
    outside: null,
  };
  const contentHash = embedded === null ? (await contentIdOf(path)).id : await sha256Of(path);
  const stored = { clip, relativePath, contentHash, lastFrame: await lastFrameOf(path, null) };
  const recipe = embedded === null ? null : recipeOf(embedded);
  return { stored, recipe, task: null, edits: NO_EDITS, withoutSidecar: true };
}

/** No server sent this one. */
async function verifyLocal(path: string, ffmpeg: Ffmpeg): Promise<VideoFacts> {
  try {
    return await verifyVideo(path, ffmpeg);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_a_video') throw error;
    const code = error.detail.values?.['reason'] === 'empty' ? 'file_empty' : 'file_not_a_video';
    throw new AppError(code, error.message, error.detail, { cause: error });
  }
}

function validTime(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

async function lastFrameOf(path: string, told: string | null): Promise<string | null> {
  const names = lastFrameNames(parse(path).name);
  // Only a name: it comes from a file.
  if (told !== null && basename(told) === told) names.push(told);
  for (const name of names) if (await exists(join(dirname(path), name)).catch(() => false)) return name;
  return null;
}

function inLibrary(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
