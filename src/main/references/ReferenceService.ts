// References: files, pasted pictures, addresses and clips become records; their bytes are kept by content.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { AppError, type ErrorCode } from '@shared/contract/errors';
import type { AddedReferences, Preview } from '@shared/contract/requests';
import type { ReferenceKind } from '@shared/domain/models';
import type { ClipOrigin, Reference } from '@shared/domain/reference';
import { sizeAfter, type Repair } from '@shared/domain/repair';
import type { Database } from '../database/open';
import { exists, headOf } from '../files/durableFile';
import type { MediaInput } from '../ffmpeg/args';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { extensionOf, sniff, SNIFF_BYTES } from '../ffmpeg/sniff';
import { addressReference } from './address';
import {
  clipAsParent,
  originOf,
  partName,
  requireClip,
  takeFrame,
  takeLastFrame,
  type ClipPart,
  type ClipPort,
  type ClipSource,
} from './clips';
import { isFolder, mediaIn, MOST_FILES } from './folders';
import type { DecodeHeic } from './heic';
import { makeThumb, measure, thumbPath, type Measured } from './intake';
import { displayName, keepBytes, keepFile, keepMade, removeLeftovers, type Kept } from './keep';
import { isPlayable, makePreview, previewPath } from './preview';
import { canonical, ReferenceStore, type StoredReference } from './referenceStore';
import { makeChange, planChange } from './repair';
import { readable, type StillTools } from './stills';

export interface ReferenceServiceOptions {
  readonly database: Database;
  /** `<library>/.references`, asked for each time: the library may move. */
  readonly referencesFolder: () => string;
  /** Thumbs go to `<derivedFolder>/<id>/thumb.webp`, copies for the window to `preview.{mp4,webp}` beside it. */
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly decodeHeic: DecodeHeic;
  readonly clips: ClipPort;
  readonly log: FfmpegLog;
  /** A repair or preview of this reference, or a part of this clip: 0 to 1. At most four times a second. */
  readonly announceProgress: (id: string, done: number | null) => void;
}

/** Where a reference comes from, as its record keeps it. */
type Origin = Pick<Reference, 'source' | 'name' | 'derived' | 'clip'>;

/** Files worked on at once: copying waits for the disk, measuring for the processor. */
const PARALLEL = 3;
/** ffmpeg takes every core for one already; the second waits less for a picture behind a film. */
const PARALLEL_REPAIRS = 2;
const PROGRESS_EVERY_MS = 250;
/** What is wrong with the file itself, and stays wrong. */
const USELESS: readonly ErrorCode[] = ['file_unreadable', 'file_too_large', 'repair_impossible'];

export class ReferenceService {
  private readonly queue = new PQueue({ concurrency: PARALLEL });
  private readonly making = new PQueue({ concurrency: PARALLEL_REPAIRS });
  private readonly store: ReferenceStore;
  /** Work on the same content is done one after the other. */
  private readonly inWork = new Map<string, Promise<unknown>>();
  /** The same repair or preview asked for twice is made once. */
  private readonly made = new Map<string, Promise<unknown>>();
  /** By the id of the reference that is repaired. */
  private readonly stops = new Map<string, Set<AbortController>>();

  constructor(private readonly options: ReferenceServiceOptions) {
    this.store = new ReferenceStore(options.database);
    void removeLeftovers(options.referencesFolder());
  }

  /**
   * Each path by itself: one that is refused says why and holds back none of the others. Order is kept. A folder
   * stands for the media in it, or is refused: `folder_without_media`, and `folder_too_full` beside the first 50.
   */
  async add(paths: readonly string[]): Promise<AddedReferences> {
    const outcomes = (await Promise.all(paths.map((path) => this.addPath(path)))).flat();
    const added: Reference[] = [];
    const refused: AddedReferences['refused'] = [];
    for (const outcome of outcomes) {
      if ('error' in outcome) refused.push(outcome);
      // The same content dropped twice in one go is one reference.
      else if (!added.some((reference) => reference.id === outcome.id)) added.push(outcome);
    }
    return { added, refused };
  }

  /** @throws AppError as `keepBytes` and `measure` do */
  async paste(bytes: Uint8Array, name: string): Promise<Reference> {
    return this.queue.add(async () => {
      const kept = await keepBytes(bytes, this.options.referencesFolder());
      return this.record(kept, { source: 'pasted', name: displayName(name) });
    });
  }

  /** @throws AppError `url_invalid`, `kind_unknown` */
  async addUrl(url: string, kind?: ReferenceKind): Promise<Reference> {
    const reference = addressReference(url, kind);
    this.store.write(reference, null);
    return reference;
  }

  /** In the order asked for. @throws AppError `not_found` for an id that was never given out */
  get(ids: readonly string[]): Reference[] {
    return ids.map((id) => this.require(id).reference);
  }

  /** The kept file, or null for an address and for an unknown id. The disk is not asked. */
  fileOf(id: string): string | null {
    const file = this.store.find(id)?.file ?? null;
    return file === null ? null : join(this.options.referencesFolder(), file);
  }

  thumbOf(id: string): string | null {
    const hasThumb = this.store.find(id)?.reference.hasThumb === true;
    return hasThumb ? thumbPath(this.options.derivedFolder, id) : null;
  }

  /** Where a copy lies that the window can show, once `preview` has made it; null for an unknown id. */
  previewOf(id: string): string | null {
    const known = this.store.find(id);
    return known === null ? null : previewPath(this.options.derivedFolder, known.reference);
  }

  /**
   * A clip of the library, one frame of it (as PNG, or as the provider saved the last one), or an exact part.
   * @throws AppError `not_found` (no such clip, or its file is gone), `repair_impossible` (outside it),
   * `ffmpeg_missing`, and as `keepFile` and `measure` do
   */
  async fromClip(clipId: string, part: ClipPart): Promise<Reference> {
    const { clips } = this.options;
    const clip = requireClip(clips, clipId);
    if (!(await exists(clip.path))) throw new AppError('not_found', 'the file of the clip is gone');
    const origin = originOf(clipId, clip, part);
    const saved = part.moment === 'last' ? await clips.lastFrameOf(clipId) : null;
    if (origin.moment === undefined && origin.span === undefined) {
      const result = clips.resultOf(clipId);
      return this.keepClipFile(clip.path, clip, result === null ? origin : { ...origin, result });
    }
    if (saved !== null) return this.keepClipFile(saved, clip, origin);
    const known = this.store.takenFrom(origin);
    if (known !== null && (await this.isKept(known))) return known.reference;
    return this.once(`clip ${canonical(origin)}`, () => this.takePart(clip, origin, part));
  }

  /**
   * Writes the frame of a clip that `fromClip` would take at this moment, as PNG.
   * @throws AppError `not_found`, `ffmpeg_missing`, `ffmpeg_failed`, `file_unreadable`, and the file system's
   */
  async saveFrame(clipId: string, moment: number, output: string): Promise<void> {
    const clip = requireClip(this.options.clips, clipId);
    if (!(await exists(clip.path))) throw new AppError('not_found', 'the file of the clip is gone');
    const { moment: at = 0 } = originOf(clipId, clip, { moment });
    await this.making.add(async () =>
      takeFrame(clip, await clipInput(clip.path), at, output, this.options.ffmpeg),
    );
  }

  /** The reference of this content where its bytes are kept here, else null. */
  async keptOf(id: string): Promise<Reference | null> {
    const known = this.store.find(id);
    return known !== null && (await this.isKept(known)) ? known.reference : null;
  }

  /**
   * Makes a new reference from this one, which stays as it is. The same asked for again answers with the known one.
   * @throws AppError `cancelled`, `repair_impossible`, `file_unreadable` (the kept file is gone), `ffmpeg_missing`,
   * `disk_full`, `no_permission`, `library_missing`, `not_found`
   */
  async repair(id: string, repair: Repair): Promise<Reference> {
    const parent = this.require(id);
    const known = this.store.madeBy(id, repair);
    if (known !== null && (await this.isKept(known))) return known.reference;
    return this.once(`repair ${id} ${canonical(repair)}`, () => this.repairAlone(parent, repair));
  }

  /** Ends every repair of this reference: ffmpeg within a second, and nothing half done stays behind. */
  cancelRepair(id: string): void {
    for (const stop of this.stops.get(id) ?? []) stop.abort(new AppError('cancelled'));
  }

  /**
   * Sees to it that the window has something it can show.
   * @throws AppError `not_found` (also for an address), `file_unreadable`, `ffmpeg_missing`, `ffmpeg_failed`
   */
  async preview(id: string): Promise<Preview> {
    const { reference } = this.require(id);
    const { ffmpeg, derivedFolder } = this.options;
    const path = await this.requireFile(id);
    const input: MediaInput = { path, format: formatOf(reference) };
    if (await isPlayable(reference, input, ffmpeg)) return { kind: 'reference', proxy: false };
    const output = previewPath(derivedFolder, reference);
    await this.once(`preview ${id}`, () =>
      this.making.add(async () => {
        const source = await readable({ ...reference, path, format: formatOf(reference) }, this.tools);
        await makePreview(reference, source, output, ffmpeg, this.progressOf(id));
      }),
    );
    return { kind: 'preview', proxy: true };
  }

  private get tools(): StillTools {
    return this.options;
  }

  private async addPath(path: string): Promise<(Reference | AddedReferences['refused'][number])[]> {
    if (!(await isFolder(path))) return [await this.addOne(path)];
    const { paths, cut } = await mediaIn(path);
    if (paths.length === 0) return [this.refusal(path, new AppError('folder_without_media'))];
    const outcomes = await Promise.all(paths.map((inside) => this.addOne(inside)));
    const full = new AppError('folder_too_full', undefined, { values: { most: MOST_FILES } });
    return cut ? [...outcomes, this.refusal(path, full)] : outcomes;
  }

  private addOne(path: string): Promise<Reference | AddedReferences['refused'][number]> {
    return this.queue.add(async () => {
      try {
        const kept = await keepFile(path, this.options.referencesFolder());
        return await this.record(kept, { source: 'file', name: displayName(path) });
      } catch (error) {
        return this.refusal(path, error);
      }
    });
  }

  private keepClipFile(path: string, clip: ClipSource, origin: ClipOrigin): Promise<Reference> {
    return this.queue.add(async () => {
      const kept = await keepFile(path, this.options.referencesFolder());
      const name = renamed(partName(clip, origin), kept);
      return this.record(kept, { source: 'clip', name, clip: origin });
    });
  }

  private takePart(clip: ClipSource, origin: ClipOrigin, part: ClipPart): Promise<Reference> {
    const { ffmpeg, referencesFolder } = this.options;
    return this.making.add(async () => {
      const input = await clipInput(clip.path);
      const { moment = 0, span } = origin;
      const kept = await keepMade(referencesFolder(), async (to) => {
        if (part.moment === 'last') return takeLastFrame(clip, input, to, ffmpeg);
        if (span === undefined) return takeFrame(clip, input, moment, to, ffmpeg);
        const change = await planChange(clipAsParent(clip), input, { span }, ffmpeg);
        await makeChange(change, undefined, to, { ffmpeg, onProgress: this.progressOf(origin.id) });
      });
      return this.record(kept, { source: 'clip', name: partName(clip, origin), clip: origin });
    });
  }

  private async repairAlone({ reference: parent }: StoredReference, repair: Repair): Promise<Reference> {
    const stop = new AbortController();
    const { signal } = stop;
    const stops = this.stops.get(parent.id) ?? new Set();
    this.stops.set(parent.id, stops.add(stop));
    try {
      const path = await this.requireFile(parent.id);
      return await this.turn(signal, () => this.makeRepaired(parent, path, repair, signal));
    } finally {
      stops.delete(stop);
      if (stops.size === 0) this.stops.delete(parent.id);
    }
  }

  private async makeRepaired(
    parent: Reference,
    path: string,
    repair: Repair,
    signal: AbortSignal,
  ): Promise<Reference> {
    const { ffmpeg, referencesFolder } = this.options;
    const onProgress = this.progressOf(parent.id);
    signal.throwIfAborted();
    const input = await readable({ ...parent, path, format: formatOf(parent) }, this.tools);
    const change = await planChange(parent, input, repair, ffmpeg);
    const kept = await keepMade(referencesFolder(), (to) =>
      makeChange(change, repair.maxBytes, to, { ffmpeg, signal, onProgress }),
    );
    // Nothing to change after all.
    if (kept.id === parent.id) return parent;
    const name = renamed(parent.name, kept);
    const derived = { parentId: parent.id, repair };
    return this.record(kept, { source: 'derived', name, derived }, (made) => {
      const wanted = sizeAfter(parent, repair);
      const sized = wanted === null || (made.width === wanted.width && made.height === wanted.height);
      if (made.kind !== parent.kind || !sized)
        throw new AppError('repair_impossible', `came out as ${made.kind} ${made.width}x${made.height}`);
    });
  }

  /**
   * Measures what is new; what is known keeps its facts and takes the name the person used last. What `verify`
   * refuses is not kept.
   */
  private async record(
    kept: Kept,
    origin: Origin,
    verify: (measured: Measured) => void = () => undefined,
  ): Promise<Reference> {
    const before = this.inWork.get(kept.id) ?? Promise.resolve();
    const work = before.catch(() => undefined).then(() => this.recordAlone(kept, origin, verify));
    this.inWork.set(kept.id, work);
    try {
      return await work;
    } finally {
      if (this.inWork.get(kept.id) === work) this.inWork.delete(kept.id);
    }
  }

  private async recordAlone(
    kept: Kept,
    origin: Origin,
    verify: (measured: Measured) => void,
  ): Promise<Reference> {
    const { referencesFolder, derivedFolder } = this.options;
    const path = join(referencesFolder(), kept.file);
    const known = this.store.find(kept.id)?.reference ?? null;
    const facts = known ?? (await this.measureOrDrop(kept, path, verify));
    const thumbed = known?.hasThumb === true && (await exists(thumbPath(derivedFolder, kept.id)));
    const hasThumb = thumbed || (await makeThumb(facts, path, this.tools));
    const reference: Reference = { ...facts, ...origin, hasThumb };
    this.store.write(reference, kept.file);
    return reference;
  }

  /** A file that turns out to be no reference does not stay beside the library. */
  private async measureOrDrop(
    kept: Kept,
    path: string,
    verify: (measured: Measured) => void,
  ): Promise<Measured> {
    try {
      const measured = await measure(kept, path, this.tools);
      verify(measured);
      return measured;
    } catch (error) {
      const useless = error instanceof AppError && USELESS.includes(error.code);
      if (useless) await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  private require(id: string): StoredReference {
    const known = this.store.find(id);
    if (known === null) throw new AppError('not_found', 'unknown reference');
    return known;
  }

  private async requireFile(id: string): Promise<string> {
    const path = this.fileOf(id);
    if (path === null) throw new AppError('not_found', 'an address has no file here');
    if (await exists(path)) return path;
    throw new AppError('file_unreadable', 'the kept file is gone', { values: { reason: 'ENOENT' } });
  }

  private async isKept({ file }: StoredReference): Promise<boolean> {
    return file !== null && (await exists(join(this.options.referencesFolder(), file)));
  }

  /** In its turn. What still waits ends at once when it is stopped; what has begun cleans up first. */
  private turn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      const begin = async (): Promise<void> => {
        signal.removeEventListener('abort', leave);
        if (!signal.aborted) await work().then(resolve, reject);
      };
      void this.making.add(begin);
    });
  }

  private async once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const present = this.made.get(key) as Promise<T> | undefined;
    if (present !== undefined) return present;
    const promise = work().finally(() => this.made.delete(key));
    this.made.set(key, promise);
    return promise;
  }

  private progressOf(id: string): (done: number) => void {
    let last = -Infinity;
    return (done) => {
      const now = performance.now();
      if (now - last < PROGRESS_EVERY_MS) return;
      last = now;
      this.options.announceProgress(id, done);
    };
  }

  private refusal(path: string, error: unknown): AddedReferences['refused'][number] {
    if (!(error instanceof AppError)) this.options.log.error('adding a reference', error);
    const known = error instanceof AppError ? error : new AppError('internal', 'adding a reference failed');
    return { name: displayName(path), error: known.toRecord() };
  }
}

/** The format was sniffed when it was kept. */
function formatOf({ format }: Reference): Kept['format'] {
  return format as Kept['format'];
}

/** A name with the extension of what the file is now. A version (`v2.0`) is no extension. */
function renamed(name: string, { format }: Kept): string {
  return `${name.replace(/(?<=.)\.[a-z][a-z0-9]{1,4}$/i, '')}.${extensionOf(format)}`;
}

async function clipInput(path: string): Promise<MediaInput> {
  const format = sniff(await headOf(path, SNIFF_BYTES))?.format;
  if (format === undefined) throw new AppError('file_unreadable', 'a clip of no known format');
  return { path, format };
}
