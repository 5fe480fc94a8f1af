// From a downloaded `.part` to a named, recorded clip. Each step may be the last before a crash.
import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
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
import type { Ffmpeg } from '../ffmpeg/run';
import { extensionOf, sniff, SNIFF_BYTES } from '../ffmpeg/sniff';
import { clipPlaces, type ClipFacts, type ClipPlace } from './clipPlace';
import type { StoredClip } from './clipStore';
import { readSidecar, sidecarOf, writeSidecar } from './sidecar';
import { verifyVideo } from './verify';

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

/**
 * Everything but the database write: verify, hash, sync, name, sidecar. Called again after a crash at any point it
 * ends the same: a file that has its name already is verified there.
 * @throws AppError `not_a_video`, `ffmpeg_missing`, `download_interrupted` (neither part nor clip is there);
 * what the file system throws
 */
export async function settleClip(request: AdoptRequest, root: string, ffmpeg: Ffmpeg): Promise<StoredClip> {
  const { id, createdAt, title, partPath, recipe, task, tokens, price, practice } = request;
  const places = clipPlaces(request);
  const waiting = await exists(partPath);
  const settled = waiting ? null : await findSettled(places, root, id);
  if (!waiting && settled === null) throw new AppError('download_interrupted', 'nothing to adopt');
  const source = settled === null ? partPath : join(root, settled.relativePath);
  const { format: _, ...facts } = await verifyVideo(source, ffmpeg);
  const contentHash = await sha256Of(source);
  const place = settled ?? (await moveIn(partPath, contentHash, places, root));
  const path = join(root, place.relativePath);
  const clip: Clip = {
    id,
    revision: 1,
    generationId: id,
    title,
    fileName: place.fileName,
    createdAt,
    ...facts,
    hasPoster: false,
    sprite: null,
    tokens,
    price,
    practice,
    missing: false,
  };
  const lastFrame = await settleLastFrame(request.lastFramePartPath ?? null, path);
  await writeSidecar(path, sidecarOf({ clip, recipe, task, contentHash, lastFrame }));
  await syncFolder(dirname(path));
  return { clip, relativePath: place.relativePath, contentHash };
}

/** Where an interrupted call left the file. A longer name was only used because the shorter one was taken. */
async function findSettled(
  places: readonly ClipPlace[],
  root: string,
  id: string,
): Promise<ClipPlace | null> {
  for (const place of [...places].reverse()) {
    const path = join(root, place.relativePath);
    if (!(await exists(path))) continue;
    const sidecar = await readSidecar(path);
    if (sidecar === null || sidecar.clip.id === id) return place;
  }
  return null;
}

/** Gives the part its final name, never that of a different file. */
async function moveIn(
  partPath: string,
  contentHash: string,
  places: readonly ClipPlace[],
  root: string,
): Promise<ClipPlace> {
  const { size } = await stat(partPath);
  for (const place of places) {
    const path = join(root, place.relativePath);
    if (!(await exists(path))) {
      await mkdir(dirname(path), { recursive: true });
      await moveFile(partPath, path);
      return place;
    }
    const present = await stat(path);
    if (present.isFile() && present.size === size && (await sha256Of(path)) === contentHash) {
      await rm(partPath, { force: true });
      return place;
    }
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

/** The last frame beside a clip's file, or null. Throws what the file system throws. */
export async function savedLastFrame(clipPath: string): Promise<string | null> {
  const stem = clipPath.replace(/\.mp4$/, '');
  for (const extension of ['png', 'jpg', 'webp'])
    if (await exists(`${stem}.last.${extension}`)) return `${stem}.last.${extension}`;
  return null;
}
