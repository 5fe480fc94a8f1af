// From a downloaded `.part` to a named, recorded clip. Each step may be the last before a crash.
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Clip, ClipTask } from '@shared/domain/clip';
import type { Recipe } from '@shared/domain/draft';
import {
  exists,
  headOf,
  renameDurably,
  sha256Of,
  syncFile,
  syncFolder,
  temporaryBeside,
} from '../files/durableFile';
import { errnoOf } from '../files/fileError';
import type { MediaInput } from '../ffmpeg/args';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { extensionOf, sniff, SNIFF_BYTES } from '../ffmpeg/sniff';
import { clipPlace, clipPlaces, shortIdOf, type ClipFacts, type ClipPlace } from './clipPlace';
import { NEW_CLIP, type StoredClip } from './clipStore';
import { embeddedRecipeOf, embedRecipe, readEmbeddedRecipe } from './embeddedRecipe';
import { readSidecar, sidecarOf, writeSidecar, type Sidecar } from './sidecar';
import { verifyVideo, type VideoFacts } from './verify';

/** Containers round differently; a frame missing at the end would be more. */
const LONGEST_DIFFERENCE_SECONDS = 0.1;

export interface AdoptRequest extends ClipFacts {
  /** Absolute; as `partPathFor` answered. */
  readonly partPath: string;
  /** The result's last frame, where it was asked for. Losing it loses no clip. */
  readonly lastFramePartPath?: string | null;
  readonly recipe: Recipe;
  readonly task: ClipTask;
  readonly tokens: number | null;
  readonly price: Clip['price'];
  readonly practice: boolean;
}

export interface AdoptTools {
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
  /** How new clips are named. */
  readonly template: string;
}

/**
 * Everything but the database write: verify, write the recipe into the video, hash, sync, name, sidecar. Called again
 * after a crash at any point it ends the same: a file that has its name already is verified there.
 * @throws AppError `not_a_video`, `ffmpeg_missing`, `download_interrupted` (neither part nor clip is there);
 * what the file system throws
 */
export async function settleClip(
  request: AdoptRequest,
  root: string,
  { ffmpeg, log, template }: AdoptTools,
): Promise<StoredClip> {
  const { id, createdAt, title, partPath, recipe, task, tokens, price, practice } = request;
  const waiting = await exists(partPath);
  const settled = await findSettled(request, root, waiting);
  if (!waiting && settled === null) throw new AppError('download_interrupted', 'nothing to adopt');
  const source = settled === null ? partPath : join(root, settled.relativePath);
  const { format, ...verified } = await verifyVideo(source, ffmpeg);
  const drafted: Clip = {
    id,
    ...NEW_CLIP,
    generationId: id,
    title,
    fileName: '',
    createdAt,
    ...verified,
    tokens,
    price,
    practice,
    missing: false,
    origin: 'generated',
    outside: null,
  };
  const facts = { recipe, task, lastFrame: null };
  let place = settled;
  if (place === null) {
    const sidecar = sidecarOf({ ...facts, clip: drafted, contentHash: '' });
    const ready = await withRecipe({ path: partPath, format }, sidecar, verified, { ffmpeg, log });
    const seed = task.seed ?? recipe.parameters.seed;
    place = await moveIn(ready, clipPlaces({ ...request, model: recipe.model, seed }, template), root);
  }
  await rm(partPath, { force: true });
  const path = join(root, place.relativePath);
  const contentHash = await sha256Of(path);
  const clip: Clip = { ...drafted, fileName: place.fileName, bytes: (await stat(path)).size };
  const lastFrame = await settleLastFrame(request.lastFramePartPath ?? null, path);
  await writeSidecar(path, sidecarOf({ ...facts, clip, contentHash, lastFrame }));
  await syncFolder(dirname(path));
  return { clip, relativePath: place.relativePath, contentHash, lastFrame };
}

/**
 * A copy of the part that holds its recipe, or the part itself where that cannot be made: a paid video is not put at
 * risk for it. Always the same name, so that the next try writes over what a crash left.
 */
async function withRecipe(
  input: MediaInput,
  sidecar: Sidecar,
  verified: Omit<VideoFacts, 'format'>,
  { ffmpeg, log }: Pick<AdoptTools, 'ffmpeg' | 'log'>,
): Promise<string> {
  const embedded = embeddedRecipeOf(sidecar);
  if (embedded === null) return input.path;
  // The clip's alone: what begins with this name is what a crash left of it.
  const name = `${shortIdOf(sidecar.clip.id, 32)}.recipe.part`;
  const folder = dirname(input.path);
  const output = join(folder, name);
  try {
    for (const left of await readdir(folder))
      if (left === name || left.startsWith(`.${name.slice(0, 40)}.`))
        await rm(join(folder, left), { force: true });
    await embedRecipe({ input, output, embedded }, ffmpeg);
    const copy = await verifyVideo(output, ffmpeg);
    const same =
      copy.width === verified.width &&
      copy.height === verified.height &&
      copy.hasSound === verified.hasSound &&
      Math.abs(copy.seconds - verified.seconds) < LONGEST_DIFFERENCE_SECONDS;
    if (!same) throw new AppError('ffmpeg_failed', 'the copy with the recipe is not the same video');
    return output;
  } catch (error) {
    await rm(output, { force: true });
    if (error instanceof Error && error.name === 'AbortError') throw error;
    log.warn(
      `recipe into clip ${sidecar.clip.id}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return input.path;
  }
}

/**
 * Where an interrupted call left the file, whatever the template was then: the short id is in each name. While the
 * part still waits, only what is certainly the same video counts.
 */
async function findSettled(request: AdoptRequest, root: string, waiting: boolean): Promise<ClipPlace | null> {
  const { folder } = clipPlace(request);
  const names = await readdir(join(root, folder)).catch(() => []);
  const ours = names.filter((name) => name.endsWith('.mp4') && name.includes(shortIdOf(request.id)));
  // A longer name was only used because the shorter one was taken.
  for (const fileName of ours.sort((a, b) => b.length - a.length)) {
    const place = { folder, fileName, relativePath: `${folder}/${fileName}` };
    const path = join(root, place.relativePath);
    const id = (await readSidecar(path))?.clip.id ?? (await embeddedId(path));
    if (id === request.id) return place;
    if (id !== null) continue;
    if (!waiting || (await isSameFile(path, request.partPath))) return place;
  }
  return null;
}

async function embeddedId(path: string): Promise<string | null> {
  const embedded = await readEmbeddedRecipe(path).catch(() => null);
  return embedded?.id ?? null;
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  return a.isFile() && a.size === b.size && (await sha256Of(one)) === (await sha256Of(other));
}

/** Gives the finished file its name, never that of a different one. */
async function moveIn(from: string, places: readonly ClipPlace[], root: string): Promise<ClipPlace> {
  for (const place of places) {
    const path = join(root, place.relativePath);
    if (await exists(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    await moveFile(from, path);
    return place;
  }
  throw new AppError('no_permission', 'every name of this clip is taken by another file');
}

async function moveFile(from: string, to: string): Promise<void> {
  await syncFile(from);
  try {
    await rename(from, to);
    await syncFolder(dirname(to));
  } catch (error) {
    // The library was moved to another disk while this was downloaded.
    if (errnoOf(error) !== 'EXDEV') throw error;
    const temporary = temporaryBeside(to);
    try {
      await copyFile(from, temporary, constants.COPYFILE_FICLONE);
      await renameDurably(temporary, to);
    } finally {
      await rm(temporary, { force: true });
    }
    await rm(from, { force: true });
  }
}

/** Puts the last frame beside the clip and answers with its file name; null when there is none that is a picture. */
async function settleLastFrame(partPath: string | null, clipPath: string): Promise<string | null> {
  if (partPath === null) return null;
  const stem = clipPath.replace(/\.mp4$/, '');
  try {
    if (await exists(partPath)) {
      const sniffed = sniff(await headOf(partPath, SNIFF_BYTES));
      if (sniffed?.kind !== 'image') {
        await rm(partPath, { force: true });
        return null;
      }
      const target = `${stem}.last.${extensionOf(sniffed.format)}`;
      await moveFile(partPath, target);
      return basename(target);
    }
    const saved = await savedLastFrame(clipPath);
    return saved === null ? null : basename(saved);
  } catch (error) {
    // A full disk concerns the sidecar as well and is reported there.
    if (errnoOf(error) === null) throw error;
  }
  return null;
}

/** What a clip's last frame may be called beside it; `stem`: the clip's name or path without its extension. */
export function lastFrameNames(stem: string): string[] {
  return ['png', 'jpg', 'webp'].map((extension) => `${stem}.last.${extension}`);
}

/** The last frame beside a clip's file, or null. Throws what the file system throws. */
export async function savedLastFrame(clipPath: string): Promise<string | null> {
  const stem = clipPath.replace(/\.[^.\\/]+$/, '');
  for (const name of lastFrameNames(stem)) if (await exists(name)) return name;
  return null;
}
