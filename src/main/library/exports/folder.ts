// Copies chosen clips with all that belongs to them into a folder that works without Dailies, whole or not at all.
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@shared/contract/errors';
import { exists, sha256Of, syncFile, syncFolder } from '../../files/durableFile';
import { fileError } from '../../files/fileError';
import { freeBytes, REFERENCES_FOLDER } from '../folder';
import { readSidecar, sidecarOf, sidecarPath, writeSidecar } from '../sidecar';
import type { ExportClip } from './exportClip';

export interface FolderExport {
  readonly clips: readonly ExportClip[];
  /** Absolute; empty, or not there yet. */
  readonly folder: string;
  /** Where the library keeps references: `<sha256>.<ext>`. */
  readonly referencesFolder: string;
  readonly signal?: AbortSignal;
  /** 0 to 1, by bytes. */
  readonly onProgress?: (share: number) => void;
}

/** What came of it; the same stands in the folder's `dailies-export.json`. */
export interface ExportedFolder {
  readonly version: 1;
  readonly app: 'Dailies';
  readonly clips: readonly ExportedClip[];
  /** Names in the folder's `.references`. */
  readonly references: readonly { readonly file: string; readonly hash: string; readonly name: string }[];
  /** Ids of clips whose file is not there. */
  readonly missingClips: readonly string[];
  /** Hashes of references that are not kept any more. */
  readonly missingReferences: readonly string[];
}

export interface ExportedClip {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly sidecar: string;
  readonly lastFrame: string | null;
  readonly bytes: number;
  /** SHA-256 of the video. */
  readonly hash: string;
  /** Hashes of the references it was made with. */
  readonly references: readonly string[];
}

const MANIFEST = 'dailies-export.json';
/** What systems put into folders that a person calls empty. */
const SYSTEM_FILES = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '.localized']);
const WINDOWS_NAMES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Clips, their sidecars and last frames, and under `.references` what they were made with, as a library has it. Nothing
 * stands in the folder before everything is there; after a failure or an abort nothing of it is left.
 * @throws AppError `library_not_empty` (something is in the folder), `disk_full`, `no_permission`, `library_missing`,
 * `file_too_large`; the signal's reason when aborted
 */
export async function exportFolder(request: FolderExport): Promise<ExportedFolder> {
  const folder = resolve(request.folder);
  const { signal } = request;
  const staging = join(folder, `.dailies-${randomUUID()}.tmp`);
  let made: string | undefined;
  const placed: string[] = [];
  try {
    signal?.throwIfAborted();
    made = await mkdir(folder, { recursive: true });
    await requireEmpty(folder);
    await mkdir(staging);
    const manifest = await fill(staging, request);
    signal?.throwIfAborted();
    await requireEmpty(folder);
    for (const name of await readdir(staging)) {
      await rename(join(staging, name), join(folder, name));
      placed.push(join(folder, name));
    }
    await rmdir(staging);
    await syncFolder(folder);
    return manifest;
  } catch (error) {
    for (const path of [...placed, staging])
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    if (made !== undefined) await removeEmpty(folder, made);
    throw signal?.aborted === true ? signal.reason : fileError(error);
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.some((name) => !SYSTEM_FILES.has(name.toLowerCase()) && !/^\.dailies-.*\.tmp$/.test(name)))
    throw new AppError('library_not_empty', 'the folder is not empty');
}

/** The folders that were made for this, from the inside out, as long as nothing else is in them. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  for (let place = folder; place.length >= outermost.length; place = dirname(place)) {
    const done = await rmdir(place).then(
      () => true,
      () => false,
    );
    if (!done) return;
  }
}

async function fill(staging: string, request: FolderExport): Promise<ExportedFolder> {
  const { clips, referencesFolder } = request;
  const sizes = await Promise.all(clips.map(({ path }) => sizeOf(path)));
  const kept = await keptReferences(referencesFolder);
  const wanted = new Map(clips.flatMap((clip) => hashesOf(clip)));
  const found = [...wanted].flatMap(([hash, name]) => {
    const file = kept.get(hash);
    return file === undefined ? [] : [{ hash, name, file }];
  });
  const referenceSizes = await Promise.all(found.map(({ file }) => sizeOf(join(referencesFolder, file))));
  const total = [...sizes, ...referenceSizes].reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const copier = new Copier(staging, total, request);
  const names = new Names();
  const exported: ExportedClip[] = [];
  const missingClips: string[] = [];
  for (const [index, clip] of clips.entries()) {
    const bytes = sizes[index] ?? null;
    if (bytes === null) missingClips.push(clip.id);
    else exported.push(await exportClip(clip, bytes, staging, names, copier));
  }
  if (found.length > 0) await mkdir(join(staging, REFERENCES_FOLDER));
  for (const { file } of found)
    await copier.copy(join(referencesFolder, file), join(staging, REFERENCES_FOLDER, file));
  const manifest: ExportedFolder = {
    version: 1,
    app: 'Dailies',
    clips: exported,
    references: found,
    missingClips,
    missingReferences: [...wanted.keys()].filter((hash) => !kept.has(hash)),
  };
  await writeFile(join(staging, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncFile(join(staging, MANIFEST));
  return manifest;
}

async function exportClip(
  clip: ExportClip,
  bytes: number,
  staging: string,
  names: Names,
  copier: Copier,
): Promise<ExportedClip> {
  const file = names.take(basename(clip.path));
  const target = join(staging, file);
  await copier.copy(clip.path, target);
  const known =
    (await readSidecar(clip.path)) ??
    sidecarOf({
      clip,
      recipe: clip.recipe,
      task: clip.task,
      contentHash: await sha256Of(target),
      lastFrame: null,
    });
  const lastFrame = await exportLastFrame(clip.path, known.lastFrame, target, copier);
  await writeSidecar(target, { ...known, clip: { ...known.clip, fileName: file }, lastFrame });
  return {
    id: clip.id,
    title: clip.title,
    file,
    sidecar: basename(sidecarPath(target)),
    lastFrame,
    bytes,
    hash: known.hashes.video,
    references: hashesOf(clip).map(([hash]) => hash),
  };
}

/** The name of the copy; null where there is none. */
async function exportLastFrame(
  clipPath: string,
  name: string | null,
  target: string,
  copier: Copier,
): Promise<string | null> {
  // A name in a sidecar may have been written by anybody: only one beside the clip is meant.
  if (name === null || basename(name) !== name) return null;
  const source = join(dirname(clipPath), name);
  if ((await sizeOf(source)) === null) return null;
  const copy = `${target.slice(0, target.length - extname(target).length)}.last${extname(name)}`;
  await copier.copy(source, copy);
  return basename(copy);
}

/** Bytes of a file; null where there is none. Throws when that cannot be told. */
async function sizeOf(path: string): Promise<number | null> {
  if (!(await exists(path))) return null;
  const facts = await stat(path);
  return facts.isFile() ? facts.size : null;
}

/** Hash and name of each reference that is a local file. */
function hashesOf({ recipe }: ExportClip): [hash: string, name: string][] {
  const local = (recipe?.references ?? []).filter(({ reference }) => reference.source !== 'url');
  return local.map(({ reference }) => [reference.id, reference.name.replace(/^.*[\\/]/, '')]);
}

async function keptReferences(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /^[0-9a-f]{64}\.\w+$/.test(name));
  return new Map(files.map((name) => [name.slice(0, 64), name]));
}

/** Names that every system takes, each once: `a.mp4` and `A (2).mp4`. A clip's sidecar shares its stem. */
class Names {
  private readonly taken = new Set([keyOf(MANIFEST)]);

  take(wanted: string): string {
    const ending = extname(wanted);
    const stem = portable(wanted.slice(0, wanted.length - ending.length));
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? stem : `${stem} (${number})`;
      if (this.taken.has(keyOf(`${name}.`))) continue;
      this.taken.add(keyOf(`${name}.`));
      return `${name}${ending}`;
    }
  }
}

/** Two names with the same key are one to some file system, or would share a sidecar. */
function keyOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).normalize('NFC').toLowerCase();
}

function portable(stem: string): string {
  const clean = stem.replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ').replace(/[. ]+$/, '');
  return clean === '' || WINDOWS_NAMES.test(clean) ? `clip ${clean}`.trim() : clean;
}

/** Copies file after file, and says how far it is. */
class Copier {
  private done = 0;
  private spaceChecked = false;

  constructor(
    private readonly folder: string,
    private readonly total: number,
    private readonly run: Pick<FolderExport, 'signal' | 'onProgress'>,
  ) {}

  async copy(from: string, to: string): Promise<void> {
    const { signal } = this.run;
    signal?.throwIfAborted();
    const { size } = await stat(from);
    // A clone costs nothing where the file system can, whatever the size.
    const cloned = await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE).then(
      () => true,
      () => false,
    );
    if (cloned) {
      await chmod(to, 0o644);
      this.report(size);
    } else await this.stream(from, to);
    if ((await stat(to)).size !== size) throw new AppError('file_unreadable', 'changed while it was copied');
    await syncFile(to);
  }

  private async stream(from: string, to: string): Promise<void> {
    await this.requireSpace();
    const counter = new Transform({
      transform: (chunk: Buffer, _, next) => {
        this.report(chunk.length);
        next(null, chunk);
      },
    });
    const source = createReadStream(from, { highWaterMark: 1024 * 1024 });
    await pipeline(source, counter, createWriteStream(to), { signal: this.run.signal });
  }

  /** Says it before gigabytes were written for nothing. */
  private async requireSpace(): Promise<void> {
    if (this.spaceChecked) return;
    this.spaceChecked = true;
    const free = await freeBytes(this.folder);
    if (free !== null && free < this.total - this.done) throw new AppError('disk_full', 'not enough space');
  }

  private report(bytes: number): void {
    this.done += bytes;
    this.run.onProgress?.(this.total === 0 ? 1 : Math.min(1, this.done / this.total));
  }
}
