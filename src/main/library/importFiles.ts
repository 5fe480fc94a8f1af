// Takes one file of the person's into the library: told by content, measured, copied or left where it is, recorded.
import { randomUUID } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import { exists, headOf, renameDurably, temporaryBeside } from '../files/durableFile';
import { errnoOf, fileError } from '../files/fileError';
import { probe } from '../ffmpeg/probe';
import type { Ffmpeg } from '../ffmpeg/run';
import { sniffFilm, SNIFF_BYTES, type FilmFormat } from '../ffmpeg/sniff';
import { isWhole } from '../ffmpeg/wholeness';
import { cutToBytes } from './clipPlace';
import { isInside, LOST_FOLDER, placeOf, type ClipPort, type NewContent } from './clipPort';
import { NEW_CLIP } from './clipStore';
import { containerTime } from './containerTime';
import { contentIdOf, sameBytes } from './contentId';
import { readEmbeddedRecipe, type EmbeddedRecipe } from './embeddedRecipe';
import type { FiledClip, FileState, FileStore } from './fileStore';
import { removeOldSidecar } from './findMissing';
import { isPlayable } from './proxies';
import { readSidecar, sidecarPath, type Sidecar } from './sidecar';

export interface ImportRequest {
  /** Absolute. */
  readonly path: string;
  readonly mode: 'inPlace' | 'copy';
  /** The person named this very file: what is no video is refused in words, and what failed is tried again. */
  readonly named: boolean;
  readonly signal?: AbortSignal;
}

/** `found`: the file of a missing clip; `changed`: a clip's file was saved over; `passed`: no video of use. */
export type Imported = 'added' | 'found' | 'changed' | 'known' | 'passed';

export interface ImportFilesOptions {
  readonly clips: ClipPort;
  readonly store: FileStore;
  readonly ffmpeg: Ffmpeg;
}

/** In the library: what was imported by copy, by year and month. */
const COPIES_FOLDER = 'imported';
/** Sniffing, sampling and measuring of one file; a share that hangs holds up no others. Copying is not counted. */
const LIMIT_MS = 60_000;
/** As the window's field for it. */
const MOST_TITLE = 300;

interface Measured extends Omit<NewContent, 'contentHash'> {
  readonly playable: boolean;
}

export class ImportFiles {
  /** The same content is taken in one after the other, and names in a folder are given once. */
  private readonly inWork = new Map<string, Promise<unknown>>();
  private readonly names = new Set<string>();

  constructor(private readonly options: ImportFilesOptions) {}

  /**
   * @throws AppError `file_empty`, `file_not_a_video`, `file_unreadable` (the file's own); `disk_full`,
   * `no_permission`, `library_missing` (the library's); `ffmpeg_missing`; the signal's reason
   */
  async take(request: ImportRequest): Promise<Imported> {
    const { store } = this.options;
    const { path, named, signal } = request;
    signal?.throwIfAborted();
    const facts = await ofSource(stat(path));
    if (!facts.isFile()) throw unreadable('device');
    const state: FileState = { path, bytes: facts.size, modifiedMs: Math.floor(facts.mtimeMs) };
    const here = store.atPath(path);
    if (here !== null && !here.clip.missing && here.clip.bytes === facts.size) return 'known';
    const failed = store.failureOf(state);
    if (failed !== null && !named) return 'passed';
    try {
      if (facts.size === 0) throw new AppError('file_empty');
      const format = sniffFilm(await ofSource(withinLimit(headOf(path, SNIFF_BYTES))));
      if (format === null) {
        if (named) throw new AppError('file_not_a_video', 'no known video');
        return 'passed';
      }
      const content = await ofSource(withinLimit(contentIdOf(path)));
      const outcome = await this.oneByOne(content.id, () =>
        this.takeContent(request, state, format, content.id, here),
      );
      if (failed !== null) store.forgetFailure(path);
      return outcome;
    } catch (error) {
      if (error instanceof AppError && (error.code === 'file_unreadable' || error.code === 'file_empty'))
        if (error.detail.values?.['reason'] !== 'gone') store.noteFailure(state, error);
      throw error;
    }
  }

  private async takeContent(
    request: ImportRequest,
    state: FileState,
    format: FilmFormat,
    contentId: string,
    here: FiledClip | null,
  ): Promise<Imported> {
    const { clips, store } = this.options;
    const { path } = request;
    for (const known of store.withContent(contentId)) {
      if (await isThere(known.path)) {
        if (known.path === path || (await this.isSame(request, state, known))) {
          // It was away, and is back where it was.
          if (known.clip.missing) clips.markMissing([known.clip.id], false);
          return 'known';
        }
      } else if (await this.findAgain(request, known)) return 'found';
    }
    if (here?.clip.missing === true) this.vacate(here);
    if (isInside(path, clips.root) && (here === null || here.clip.missing)) {
      await clips.adoptFound(path);
      return 'added';
    }
    const measured = await this.measure(path, format, state.bytes);
    if (here !== null && !here.clip.missing) {
      const { playable, ...facts } = measured;
      const { id } = here.clip;
      store.setContent(id, contentId, playable);
      clips.relocate(id, placeOf(path, clips.root, id), { ...facts, contentHash: contentId });
      await this.settleSidecar(id);
      clips.makePictures(id, !playable);
      return 'changed';
    }
    await this.add(request, state, format, contentId, measured);
    return 'added';
  }

  /** What is found again and again is not read to its end each time: a copy has the time of what it was made from. */
  private async isSame(
    { named, path }: ImportRequest,
    { modifiedMs }: FileState,
    known: FiledClip,
  ): Promise<boolean> {
    if (!named) {
      const there = await stat(known.path).catch(() => null);
      if (there !== null && Math.floor(there.mtimeMs) === modifiedMs) return true;
    }
    return ofSource(sameBytes(known.path, path));
  }

  /** The clip's file is here now; false where another clip has this place. */
  private async findAgain(request: ImportRequest, filed: FiledClip): Promise<boolean> {
    const { clips, store } = this.options;
    const { clip } = filed;
    const there = store.atPath(request.path);
    if (there !== null && there.clip.id !== clip.id && !there.clip.missing) return false;
    const copied = request.mode === 'copy' && !isInside(request.path, clips.root);
    const path = copied ? await this.copyIn(request, new Date(clip.createdAt)) : request.path;
    const place = placeOf(path, clips.root, clip.id);
    clips.relocate(clip.id, place);
    await this.settleSidecar(clip.id);
    await removeOldSidecar(filed, place, clips.root).catch(() => undefined);
    clips.makePictures(clip.id, false);
    return true;
  }

  /** Another film has the name of one that is missing: that one stays missing, at a place that nothing else has. */
  private vacate({ clip, relativePath }: FiledClip): void {
    const { clips } = this.options;
    const { id, fileName } = clip;
    const place =
      clip.outside === null
        ? { relativePath: `${LOST_FOLDER}/${id}/${fileName}`, fileName, outside: null }
        : { relativePath, fileName, outside: join(clips.root, LOST_FOLDER, id) };
    clips.relocate(id, place);
    clips.markMissing([id], true);
  }

  private async add(
    request: ImportRequest,
    state: FileState,
    format: FilmFormat,
    contentId: string,
    { playable, ...measured }: Measured,
  ): Promise<void> {
    const { clips, store } = this.options;
    const { path, mode } = request;
    const sidecar = await readSidecar(path);
    const embedded = sidecar === null ? await embeddedIn(path, format) : null;
    const createdAt = await timeOf(state, format, sidecar, embedded);
    const wanted = sidecar?.clip.id;
    // The id it has in the library it comes from, so that what was made from it still says so.
    const id = wanted !== undefined && store.find(wanted) === null ? wanted : randomUUID();
    const settled = mode === 'copy' ? await this.copyIn(request, createdAt) : path;
    const place = placeOf(settled, clips.root, id);
    const title = sidecar?.clip.title ?? embedded?.title ?? parse(path).name;
    const clip: Clip = {
      id,
      ...NEW_CLIP,
      generationId: null,
      title: title.slice(0, MOST_TITLE),
      fileName: place.fileName,
      createdAt: createdAt.toISOString(),
      ...measured,
      tokens: sidecar?.clip.tokens ?? null,
      price: sidecar?.clip.price ?? null,
      practice: sidecar?.clip.practice ?? false,
      missing: false,
      origin: 'imported',
      outside: place.outside,
    };
    clips.insert({
      clip,
      relativePath: place.relativePath,
      contentHash: contentId,
      recipe: sidecar?.recipe ?? withSeed(embedded),
      task: sidecar?.task ?? null,
      sidecar,
      playable,
    });
    clips.makePictures(id, !playable);
  }

  private async settleSidecar(id: string): Promise<void> {
    try {
      await this.options.clips.writeSidecar(id);
    } catch (error) {
      throw fileError(error);
    }
  }

  private async measure(path: string, format: FilmFormat, bytes: number): Promise<Measured> {
    const other = format === 'mpegts' || format === 'mpeg' || format === 'flv' || format === 'asf';
    if (!other && !(await ofSource(withinLimit(isWhole(path, format))))) throw unreadable('cut_off');
    const facts = await withinLimit(probe({ path, format }, this.options.ffmpeg));
    const { width, height, seconds, fps = 0, hasSound = false } = facts;
    if (width === undefined || height === undefined || seconds === undefined) throw unreadable('no_picture');
    return { bytes, width, height, seconds, fps, hasSound, playable: isPlayable(format, facts) };
  }

  /** A copy in the library under its own name, or with a number where that is taken. */
  private async copyIn({ path, signal }: ImportRequest, time: Date): Promise<string> {
    const { root } = this.options.clips;
    if (!(await isThere(root))) throw new AppError('library_missing');
    const folder = join(root, COPIES_FOLDER, ...time.toISOString().slice(0, 7).split('-'));
    const temporary = temporaryBeside(join(folder, 'incoming'));
    let target: string | null = null;
    try {
      await mkdir(folder, { recursive: true });
      await copy(path, temporary, signal);
      const { atime, mtime } = await stat(path);
      await utimes(temporary, atime, mtime);
      target = await this.freeName(folder, path);
      await renameDurably(temporary, target);
      return target;
    } catch (error) {
      signal?.throwIfAborted();
      throw fileError(error);
    } finally {
      if (target !== null) this.names.delete(nameKey(target));
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** No file, no sidecar of another clip, and no other import has it. It is given back by who asked. */
  private async freeName(folder: string, path: string): Promise<string> {
    const { name: whole, ext } = parse(path);
    const name = cutToBytes(whole, MOST_COPIED_BYTES);
    for (let number = 1; ; number += 1) {
      const target = join(folder, `${number === 1 ? name : `${name} ${number}`}${ext}`);
      if (this.names.has(nameKey(target))) continue;
      this.names.add(nameKey(target));
      if (!(await exists(target)) && !(await exists(sidecarPath(target)))) return target;
      this.names.delete(nameKey(target));
    }
  }

  private async oneByOne<T>(key: string, action: () => Promise<T>): Promise<T> {
    const before = this.inWork.get(key) ?? Promise.resolve();
    const work = before.catch(() => undefined).then(action);
    this.inWork.set(key, work);
    try {
      return await work;
    } finally {
      if (this.inWork.get(key) === work) this.inWork.delete(key);
    }
  }
}

/** A file system takes 255 bytes: a number, and the sidecar's ending while it is written, go behind the name. */
const MOST_COPIED_BYTES = 220;

/** Two films of one name share a sidecar, and some systems know no capitals. */
function nameKey(path: string): string {
  return path.slice(0, path.length - extname(path).length).toLowerCase();
}

/** Cloned where the file system can: that costs nothing. Else copied in pieces, so that it can be stopped. */
async function copy(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
  } catch {
    await pipeline(
      createReadStream(from, { highWaterMark: 1024 * 1024 }),
      createWriteStream(to, { flags: 'w', highWaterMark: 4 * 1024 * 1024 }),
      { signal },
    );
  }
}

async function embeddedIn(path: string, format: FilmFormat): Promise<EmbeddedRecipe | null> {
  if (format !== 'mp4' && format !== 'mov') return null;
  return readEmbeddedRecipe(path).catch(() => null);
}

/** The seed that was used is worth more than that none was asked for. */
function withSeed(embedded: EmbeddedRecipe | null): Sidecar['recipe'] {
  if (embedded === null) return null;
  const { recipe, seed } = embedded;
  return { ...recipe, parameters: { ...recipe.parameters, seed: recipe.parameters.seed ?? seed } };
}

async function timeOf(
  { path, modifiedMs }: FileState,
  format: FilmFormat,
  sidecar: Sidecar | null,
  embedded: EmbeddedRecipe | null,
): Promise<Date> {
  const said = new Date(sidecar?.clip.createdAt ?? embedded?.createdAt ?? Number.NaN);
  const year = said.getUTCFullYear();
  if (year >= 1970 && year <= 9999) return said;
  const inside = format === 'mp4' || format === 'mov' ? await containerTime(path).catch(() => null) : null;
  return new Date(inside ?? modifiedMs);
}

/** False also where it cannot be told. */
async function isThere(path: string): Promise<boolean> {
  return exists(path).catch(() => false);
}

function unreadable(reason: string): AppError {
  return new AppError('file_unreadable', `cannot be read: ${reason}`, { values: { reason } });
}

/** What goes wrong while the person's own file is read is not the library's. */
async function ofSource<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const errno = errnoOf(error);
    throw unreadable(
      errno === 'ENOENT' || errno === 'EIO' || errno === 'ESTALE' ? 'gone' : (errno ?? 'unknown'),
    );
  }
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreadable('slow')), LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
