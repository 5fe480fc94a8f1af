// The library: adopts finished videos, lists them, and says where they and their pictures lie.
import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, parse, posix, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '@shared/contract/errors';
import type { Events } from '@shared/contract/events';
import type { ClipOrder, LibraryLocation, SearchCompletion } from '@shared/contract/requests';
import type {
  Clip,
  ClipCursor,
  ClipDetail,
  ClipEdit,
  ClipPage,
  Collection,
  EditDone,
  LibraryCounts,
  Lineage,
} from '@shared/domain/clip';
import type { Reference } from '@shared/domain/reference';
import { parseSearch, type Sort } from '@shared/domain/search';
import type { Database } from '../database/open';
import { fileError } from '../files/fileError';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { lastFrameNames, savedLastFrame, settleClip, type AdoptRequest } from './adopt';
import { ClipIndex } from './clipIndex';
import { clipPlace, STANDARD_TEMPLATE, type ClipFacts } from './clipPlace';
import { pathOfClip, type ClipPort, type FilePlace, type NewClip, type NewContent } from './clipPort';
import { ClipStore, flagNumber, NO_PICTURES, type ClipChange, type StoredClip } from './clipStore';
import { Collections } from './collections';
import { completeSearch } from './completion';
import { derivedPath } from './derived';
import { DerivedQueue, type DerivedQueueOptions } from './derivedQueue';
import { FileStore } from './fileStore';
import { copyReferences, freeBytes, requireRoot, requireWritable, rootTrouble } from './folder';
import { LibraryChanges } from './libraryChanges';
import { LibraryEdits, markSidecars, type Edited, type FileMove } from './libraryEdits';
import { lineageOf } from './lineage';
import { clipAt, clipsIn, foldersOf, hasSidecars, idByPlace, type FoundClip } from './rebuild';
import { Renames } from './renames';
import { NO_EDITS, recipeOf, sidecarOf, sidecarPath, writeOutsideSidecar, writeSidecar } from './sidecar';
import { SidecarQueue } from './sidecarQueue';
import { moveToTrash } from './trash';

export type LibraryEvent =
  'clip.changed' | 'clips.changed' | 'clip.removed' | 'library.changed' | 'collections.changed';

export interface LibraryServiceOptions {
  readonly database: Database;
  /** Absolute path of the library's folder. */
  readonly root: string;
  /** Pictures go to `<derivedFolder>/<content hash>/`. */
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
  readonly announce: <E extends LibraryEvent>(event: E, payload: Events[E]) => void;
  /** How new clips are named; asked each time. */
  readonly nameTemplate?: () => string;
  /** A kept reference, for where a repaired one comes from; null: unknown. */
  readonly reference?: (id: string) => Reference | null;
  /** The system's own trash. Without one, files cannot be deleted. */
  readonly trashItem?: (path: string) => Promise<void>;
  readonly works: DerivedQueueOptions['works'];
  /** The person chose another folder; to be remembered. */
  readonly rootChanged?: (root: string) => void;
}

/** Clips looked at in one go at start. */
const BATCH = 500;
/** Clips whose words are found anew in one write. */
const WORDS_BATCH = 100;
/** More changed clips than this are not sent one by one: the window asks for those it shows. */
const MOST_ANNOUNCED = 500;
/** A repaired reference of a repaired one: no person goes further. */
const MOST_REPAIRS = 20;

export class LibraryService implements ClipPort {
  private readonly store: ClipStore;
  private readonly files: FileStore;
  private readonly index: ClipIndex;
  private readonly edits: LibraryEdits;
  private readonly kept: Collections;
  private readonly sidecars: SidecarQueue;
  private readonly renames: Renames;
  private readonly changes: LibraryChanges;
  private readonly derived: DerivedQueue;
  private readonly adopting = new Map<string, Promise<Clip>>();
  private folder: string;
  private catchingUp: Promise<void> | null = null;
  private rebuilding: Promise<void> | null = null;
  /** What renames files, one after the other. */
  private renaming: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly options: LibraryServiceOptions) {
    const { database, derivedFolder, ffmpeg, log, works } = options;
    this.store = new ClipStore(database);
    this.files = new FileStore(database, () => this.folder);
    this.index = new ClipIndex(database, Date.now, (reference) => this.sourceOf(reference));
    this.edits = new LibraryEdits(database, this.store, this.index);
    this.kept = new Collections(database, this.index);
    this.folder = resolve(options.root);
    this.sidecars = new SidecarQueue({
      database,
      write: (id) => this.writeSidecarNow(id),
      log,
    });
    this.renames = new Renames(
      database,
      this.store,
      () => this.folder,
      (id, relativePath, lastFrame) => this.recordName(id, relativePath, lastFrame),
      log,
    );
    this.changes = new LibraryChanges({
      announce: options.announce,
      state: () => ({
        version: this.index.version,
        canUndo: this.edits.canUndo,
        canRedo: this.edits.canRedo,
      }),
      collections: () => this.kept.list(),
    });
    this.derived = new DerivedQueue({
      ...{ derivedFolder, ffmpeg, log, works },
      isBusy: () => this.isAdopting,
      find: (id) => this.store.find(id),
      pathOf: (stored) => this.absolute(stored),
      change: (id, change) => this.announceAll(this.store.changeAll([{ id, change }])),
    });
    this.makeRoot();
  }

  /** Where nothing is in the library yet. */
  private makeRoot(): void {
    try {
      requireRoot(this.folder, this.store.count());
    } catch (error) {
      this.options.log.warn(`library folder: ${fileError(error).code}`);
    }
  }

  /** Absolute path of the library's folder. */
  get root(): string {
    return this.folder;
  }

  /** A video that was paid for is being made safe: it has the computer to itself. */
  get isAdopting(): boolean {
    return this.adopting.size > 0;
  }

  /**
   * Where to download a clip to, its folders made: `<final name>.part`. The same every time for the same clip.
   * @throws AppError `library_missing`, `no_permission`, `disk_full`
   */
  async partPathFor(clip: ClipFacts): Promise<string> {
    requireRoot(this.folder, this.store.count());
    const path = join(this.folder, clipPlace(clip).relativePath);
    try {
      mkdirSync(dirname(path), { recursive: true });
    } catch (error) {
      throw fileError(error);
    }
    return `${path}.part`;
  }

  /**
   * Makes a downloaded file a clip; its id is the generation's. Called again with the same id, also after a crash at
   * any step, it ends the same. Poster and sprite follow in the background.
   * @throws AppError `not_a_video`, `ffmpeg_missing`, `download_interrupted` (nothing there), `library_missing`,
   * `no_permission`, `disk_full`; the AbortError of `stopAll`. The part is kept.
   */
  adopt(request: AdoptRequest): Promise<Clip> {
    const present = this.adopting.get(request.id);
    if (present !== undefined) return present;
    const work = this.adoptAlone(request).finally(() => {
      this.adopting.delete(request.id);
      this.derived.add(request.id);
    });
    this.adopting.set(request.id, work);
    return work;
  }

  private async adoptAlone(request: AdoptRequest): Promise<Clip> {
    const { ffmpeg, log } = this.options;
    const known = this.store.find(request.id);
    if (known !== null) {
      await rm(request.partPath, { force: true }).catch(() => undefined);
      return known.clip;
    }
    try {
      requireRoot(this.folder, this.store.count());
      const template = this.options.nameTemplate?.() ?? STANDARD_TEMPLATE;
      const settled = await settleClip(request, this.folder, { ffmpeg, log, template });
      this.options.database.transaction(() => {
        this.store.insert(settled, request.recipe, request.task);
        this.index.put(request.id);
      });
      this.announceAll([settled.clip]);
      return settled.clip;
    } catch (error) {
      // Stopped by quitting: nothing is wrong with the file.
      throw error instanceof Error && error.name === 'AbortError' ? error : fileError(error);
    }
  }

  /** Newest first; `limit` clips from behind the cursor. */
  list(after: ClipCursor | null, limit: number): ClipPage {
    return this.store.page(after, limit);
  }

  /** @throws AppError `not_found` */
  get(id: string): ClipDetail {
    const detail = this.store.detail(id);
    if (detail === null) throw new AppError('not_found', 'unknown clip');
    return detail;
  }

  /** Absolute path of the clip's file, or null for an unknown id. The disk is not asked. */
  pathOf(id: string): string | null {
    const stored = this.store.find(id);
    return stored === null ? null : this.absolute(stored);
  }

  /** The folder that the clip's file must be in: the library's, or the person's own for a clip outside. */
  folderOf(id: string): string {
    return this.store.find(id)?.clip.outside ?? this.folder;
  }

  /** The last frame as the provider gave it, saved beside the clip; null where there is none. */
  async lastFrameOf(id: string): Promise<string | null> {
    const path = this.pathOf(id);
    return path === null ? null : savedLastFrame(path);
  }

  /** The same as the records know it; the disk is not asked. */
  lastOf(id: string): string | null {
    const stored = this.store.find(id);
    if (stored === null || typeof stored.lastFrame !== 'string') return null;
    return join(dirname(this.insidePath(stored)), stored.lastFrame);
  }

  proxyOf(id: string): string | null {
    const stored = this.store.find(id);
    if (stored?.clip.hasProxy !== true) return null;
    return derivedPath(this.options.derivedFolder, stored.contentHash, 'proxy');
  }

  posterOf(id: string): string | null {
    const stored = this.store.find(id);
    if (stored?.clip.hasPoster !== true) return null;
    return derivedPath(this.options.derivedFolder, stored.contentHash, 'poster');
  }

  spriteOf(id: string): string | null {
    const stored = this.store.find(id);
    if (stored === null || stored.clip.sprite === null) return null;
    return derivedPath(this.options.derivedFolder, stored.contentHash, 'sprite');
  }

  async location(): Promise<LibraryLocation> {
    const clips = this.store.count();
    const [freeNow, trouble] = await Promise.all([freeBytes(this.folder), rootTrouble(this.folder, clips)]);
    return { path: this.folder, trouble, clips, bytes: this.store.bytes(), freeBytes: freeNow };
  }

  /** The folder may be there again: makes it where nothing is in the library yet, else reads it where it must. */
  async lookAgain(): Promise<void> {
    this.makeRoot();
    await this.rebuildLost();
  }

  /**
   * Takes another folder for the library, while no clip is in the one it has, or that one is not to be had: then the
   * clips are there in the new one, or stay missing. The kept references move along. The caller remembers the choice.
   * @throws AppError `library_has_clips`, `no_permission`, `disk_full`, `library_missing`
   */
  async setRoot(path: string): Promise<void> {
    const folder = resolve(path);
    if (folder === this.folder) return;
    const lost = (await rootTrouble(this.folder, this.store.count())) !== null;
    const requireFree = (): void => {
      if ((!lost && this.store.countThere() > 0) || this.adopting.size > 0)
        throw new AppError('library_has_clips');
    };
    requireFree();
    await requireWritable(folder);
    const removeOld = lost ? null : (await copyReferences(this.folder, folder)).removeOld;
    requireFree();
    this.folder = folder;
    await removeOld?.();
    // What is known of videos in other folders belongs into the new one too.
    markSidecars(this.options.database, this.store.idsOutside());
    this.sidecars.poke();
    this.options.rootChanged?.(folder);
    // A library that was chosen again is read; nobody waits for it.
    void this.rebuildLost();
  }

  // ── finding ──

  /** What a search finds, in order. */
  query(text: string, sort: Sort): ClipOrder {
    return this.index.query(parseSearch(text), sort);
  }

  /** The records at some places of what `query` answered. */
  page(text: string, sort: Sort, from: number, count: number): { clips: Clip[]; version: number } {
    const clips = this.index.page(parseSearch(text), sort, from, count);
    return { clips, version: this.index.version };
  }

  /** Every id that a search finds, in order. */
  ids(text: string, sort: Sort): string[] {
    return this.index.ids(parseSearch(text), sort, 0, Number.MAX_SAFE_INTEGER);
  }

  /** Null: it is not among what the search finds. */
  placeOf(text: string, sort: Sort, id: string): number | null {
    return this.index.placeOf(parseSearch(text), sort, id);
  }

  /** Null where there is nothing to complete. */
  complete(text: string, caret: number): SearchCompletion | null {
    return completeSearch(text, caret, this.index);
  }

  /** How many clips stand in each of the library's own lists and under each tag. Milliseconds. */
  counts(): LibraryCounts {
    return this.index.counts();
  }

  /** @throws AppError `not_found` */
  lineage(id: string): Lineage {
    if (this.store.find(id) === null) throw new AppError('not_found', 'unknown clip');
    return lineageOf(this.options.database, this.store, id);
  }

  /** In this order; unknown ids are left out. Paths are absolute. */
  details(ids: readonly string[]): (ClipDetail & { path: string })[] {
    return ids.flatMap((id) => {
      const [detail, path] = [this.store.detail(id), this.pathOf(id)];
      return detail === null || path === null ? [] : [{ ...detail, path }];
    });
  }

  // ── editing ──

  /**
   * One edit of many clips, all or nothing; null when nothing changed.
   * @throws AppError `not_found` for a collection that is not there or follows a search
   */
  edit(ids: readonly string[], edit: ClipEdit): EditDone | null {
    return this.edited(this.edits.edit(ids, edit));
  }

  /**
   * Null: there is nothing to undo. A file whose old name another has meanwhile keeps its new one.
   * @throws AppError `no_permission`, `library_missing` when no file could be renamed back; it can be undone later
   */
  undo(): Promise<EditDone | null> {
    return this.inTurn(() => this.step(true));
  }

  /** @throws as `undo` */
  redo(): Promise<EditDone | null> {
    return this.inTurn(() => this.step(false));
  }

  private async step(back: boolean): Promise<EditDone | null> {
    const moves = this.edits.movesOf(back);
    if (moves === null) return this.edited(back ? this.edits.undo() : this.edits.redo());
    const done = await this.renameEach(moves, async ({ id, from, to }) => {
      const stored = this.store.find(id);
      const there = stored !== null && stored.relativePath === from && !stored.clip.missing;
      return there && (await this.renames.moveBack(stored, to)) ? { id, from, to } : null;
    });
    this.edits.moved(back, done);
    this.changes.changed();
    return { edit: 'fileNames', clips: done.length };
  }

  /** @throws AppError what went wrong, when none could be renamed */
  private async renameEach<T extends { readonly id: string }>(
    files: readonly T[],
    rename: (file: T) => Promise<FileMove | null>,
  ): Promise<FileMove[]> {
    const moves: FileMove[] = [];
    let trouble: unknown = null;
    for (const file of files) {
      if (this.closed) break;
      try {
        const move = await this.sidecars.exclusively(() => rename(file));
        if (move === null) continue;
        moves.push(move);
        this.announceIds([file.id]);
      } catch (error) {
        trouble = error;
        this.options.log.warn(`rename: ${fileError(error).code}`);
      }
    }
    this.sidecars.poke();
    if (moves.length === 0 && trouble !== null) throw fileError(trouble);
    return moves;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.renaming.then(work);
    this.renaming = turn.catch(() => undefined);
    return turn;
  }

  private edited(edited: Edited | null): EditDone | null {
    if (edited === null) return null;
    const { edit, clips, ids, wordsFollow } = edited;
    this.announceIds(ids);
    if (wordsFollow) void this.catchUp();
    this.sidecars.poke();
    if (edit === 'collections') this.collectionsChanged();
    return { edit, clips };
  }

  collections(): Collection[] {
    return this.kept.list();
  }

  /**
   * Makes a collection (`id` null) or changes it; with a query it follows the search. Can be undone, as the two below.
   * @throws AppError `name_taken`, `not_found`, `collection_in_itself`
   */
  saveCollection(id: string | null, name: string, query: string | null): Collection {
    const savedId = this.edits.editCollections(id, () => this.kept.save(id, name, query));
    this.collectionsChanged();
    const saved = this.kept.list().find((each) => each.id === savedId);
    if (saved === undefined) throw new AppError('internal', 'the collection is gone');
    return saved;
  }

  /** The clips in it stay where they are. */
  removeCollection(id: string): void {
    this.edits.editCollections(id, () => this.kept.remove(id));
    this.collectionsChanged();
  }

  /** Those named come first, in this order; the others keep theirs behind them. */
  orderCollections(ids: readonly string[]): Collection[] {
    this.edits.editCollections(null, () => this.kept.order(ids));
    this.collectionsChanged();
    return this.kept.list();
  }

  private collectionsChanged(): void {
    this.changes.collectionsChanged();
    this.changes.changed();
    this.sidecars.poke();
    void this.writeCollections();
  }

  private async writeCollections(): Promise<void> {
    await this.kept
      .writeFile(this.folder)
      .catch((error: unknown) => this.options.log.warn(`collections: ${fileError(error).code}`));
  }

  /**
   * Gives the files of clips in the trash (null: of all of them) to the system's trash, each with its sidecar. What the
   * system does not take stays.
   * @throws AppError `library_missing`, `no_permission` when it took none
   */
  async emptyTrash(ids: readonly string[] | null): Promise<{ removed: number }> {
    const trashed = this.index.ids(
      parseSearch('is:trashed'),
      { key: 'created', descending: true },
      0,
      Infinity,
    );
    const named = ids === null ? null : new Set(ids);
    const wanted = trashed.filter((id) => named?.has(id) ?? true);
    if (wanted.length > 0 && !existsSync(this.folder)) throw new AppError('library_missing');
    let removed = 0;
    let trouble: unknown = null;
    for (const id of wanted) {
      if (this.closed) break;
      try {
        await this.sidecars.exclusively(() => this.removeOne(id));
        removed += 1;
      } catch (error) {
        trouble = error;
        this.options.log.warn(`trash: ${fileError(error).code}`);
        this.sidecars.poke();
      }
    }
    if (removed === 0 && trouble !== null) throw fileError(trouble);
    return { removed };
  }

  private async removeOne(id: string): Promise<void> {
    const stored = this.store.find(id);
    const { trashItem } = this.options;
    if (trashItem === undefined) throw new AppError('no_permission', 'this system has no trash');
    // Put back by the person while others were being removed.
    if (stored === null || stored.clip.trashedAt === null)
      throw new AppError('not_found', 'not in the trash');
    markSidecars(this.options.database, [id]);
    // Who takes the files out of the system's trash wants the clip, not one in the trash.
    await this.writeSidecarNow(id, { trashedAt: null });
    const sidecar = sidecarPath(this.insidePath(stored));
    await moveToTrash({ video: this.absolute(stored), lastFrame: this.lastOf(id), sidecar }, trashItem);
    this.index.remove(id);
    this.edits.forgetClips([id]);
    this.options.announce('clip.removed', { id });
    this.changes.changed();
  }

  /**
   * Gives files in the library other names, with their sidecars; no other file is touched. `{id}` is added to the
   * template where it is missing. Can be undone.
   * @throws AppError `no_permission`, `disk_full`, `library_missing` when none could be renamed
   */
  rename(ids: readonly string[], template: string): Promise<{ renamed: number }> {
    return this.inTurn(async () => {
      const files = ids.map((id) => ({ id }));
      const moves = await this.renameEach(files, ({ id }) => this.renameOne(id, template));
      this.edits.renamed(moves);
      this.changes.changed();
      return { renamed: moves.length };
    });
  }

  private async renameOne(id: string, template: string): Promise<FileMove | null> {
    const stored = this.store.find(id);
    if (stored === null || stored.clip.missing || stored.clip.outside !== null) return null;
    const { createdAt, title } = stored.clip;
    const { recipe, task } = this.get(id);
    const seed = task?.seed ?? recipe?.parameters.seed ?? null;
    const name = { id, createdAt, title, model: recipe?.model ?? null, seed };
    const to = await this.renames.rename({ stored, name }, template);
    return to === null ? null : { id, from: stored.relativePath, to };
  }

  private recordName(id: string, relativePath: string, lastFrame: string | null): void {
    const fileName = posix.basename(relativePath);
    this.store.changeOne(id, { relativePath, fileName, lastFrame });
    this.index.put(id);
    markSidecars(this.options.database, [id]);
  }

  // ── files, for those who bring them ──

  /** Records a clip with what its sidecar says the person did, and announces it. */
  insert({ clip, relativePath, contentHash, recipe, task, sidecar, playable }: NewClip): void {
    const stored = { clip, relativePath, contentHash };
    const edits = sidecar?.edits ?? NO_EDITS;
    const found = { stored, recipe: recipeOf({ recipe }), task, edits, withoutSidecar: true };
    this.recordFound([found], (id) => this.files.setContent(id, contentHash, playable));
  }

  markMissing(ids: readonly string[], missing: boolean): void {
    this.announceAll(this.store.changeAll(ids.map((id) => ({ id, change: { missing } }))));
    if (!missing) this.sidecars.poke();
  }

  /** The file is here now; with `content` it is another one, whose pictures are made again. */
  relocate(id: string, { relativePath, fileName, outside }: FilePlace, content?: NewContent): void {
    const { contentHash, ...facts } = content ?? {};
    const anew = contentHash === undefined ? {} : { ...facts, contentHash, ...NO_PICTURES };
    const changed = this.options.database.transaction(() => {
      const clips = this.store.changeOne(id, { relativePath, fileName, outside, missing: false, ...anew });
      this.index.put(id);
      markSidecars(this.options.database, [id]);
      return clips;
    });
    this.announceAll(changed);
    this.sidecars.poke();
    if (content !== undefined) this.derived.add(id);
  }

  /** @throws what the file system throws */
  async writeSidecar(id: string): Promise<void> {
    // The queue may be at the same file: both write it under one temporary name.
    await this.sidecars.exclusively(() => this.writeSidecarNow(id));
  }

  makePictures(id: string, proxy: boolean): void {
    this.derived.add(id, proxy);
  }

  /**
   * Makes a video in the library's folder a clip, with what its sidecar or the video itself tells.
   * @throws AppError `file_not_a_video`, `file_empty`, `file_unreadable`, `ffmpeg_missing`, and what the file system
   * throws
   */
  async adoptFound(path: string): Promise<void> {
    this.recordFound([await clipAt(this.folder, resolve(path), this.options.ffmpeg)]);
  }

  /** In one write, with what `also` adds to each; what is there already stays as it is. */
  private recordFound(found: readonly FoundClip[], also?: (id: string) => void): void {
    const recorded: string[] = [];
    this.options.database.transaction(() => {
      for (const each of found) {
        const id = this.recordOne(each);
        if (id === null) continue;
        also?.(id);
        recorded.push(id);
      }
    });
    if (recorded.length === 0) return;
    this.announceIds(recorded);
    for (const id of recorded) this.derived.add(id);
    this.sidecars.poke();
  }

  private recordOne({ stored, recipe, task, edits, withoutSidecar }: FoundClip): string | null {
    const { relativePath } = stored;
    const at = this.store.idAt(relativePath);
    if (at !== null || this.adopting.has(stored.clip.id)) return null;
    const known = this.store.find(stored.clip.id);
    if (known?.clip.missing === true) {
      // It was moved by hand, with its sidecar or with its recipe inside.
      const { fileName, outside, missing } = stored.clip;
      if (missing) return null;
      this.store.changeOne(known.clip.id, { relativePath, fileName, outside, missing });
      this.index.put(known.clip.id);
      markSidecars(this.options.database, [known.clip.id]);
      return known.clip.id;
    }
    const id = known === null ? stored.clip.id : idByPlace(relativePath);
    if (this.store.find(id) !== null) return null;
    this.store.insert({ ...stored, clip: { ...stored.clip, id } }, recipe, task);
    const { rating, flag, tags, note, trashedAt } = edits;
    this.index.put(id, { rating, flag: flagNumber(flag), tags, note, trashedAt });
    this.kept.join(id, edits.collections);
    if (withoutSidecar || id !== stored.clip.id) markSidecars(this.options.database, [id]);
    return id;
  }

  /** False: its file is not there, so that a sidecar would stand alone. */
  private async writeSidecarNow(id: string, change: { trashedAt?: null } = {}): Promise<boolean> {
    const stored = this.store.find(id);
    const detail = this.store.detail(id);
    if (stored === null || detail === null || !existsSync(this.folder)) return false;
    const { rating, flag, tags, note, trashedAt, recipe, task, outside } = detail;
    const edits = {
      rating,
      flag,
      tags: [...tags],
      note,
      trashedAt,
      collections: this.kept.of(id),
      ...change,
    };
    const { contentHash, lastFrame = null } = stored;
    const sidecar = sidecarOf({ clip: detail, recipe, task, contentHash, lastFrame, edits });
    const path = this.insidePath(stored);
    if (outside !== null) await writeOutsideSidecar(path, sidecar, outside);
    else if (existsSync(dirname(path))) await writeSidecar(path, sidecar);
    else return false;
    return true;
  }

  /** Resolves when every sidecar says what the library knows, as far as the disk allows. */
  sidecarsWritten(): Promise<void> {
    return this.sidecars.flush();
  }

  // ── what goes on from last time ──

  /**
   * To be called once at start, without waiting for it. Everything in small steps. Files and pictures are looked
   * through after `calm`: a large library keeps this busy while the window is being drawn.
   */
  async resume(calm: Promise<void> = Promise.resolve()): Promise<void> {
    await this.sidecars.exclusively(() => this.renames.resume());
    await this.rebuildLost();
    if (this.closed) return;
    await this.writeCollections();
    await this.catchUp();
    this.sidecars.poke(0);
    await calm;
    await this.resumeDerived();
    await this.index.readAhead(async () => {
      await breathe();
      return !this.closed;
    });
  }

  /** Reads the library out of its folder, where the database knows of no clip. */
  rebuildLost(): Promise<void> {
    this.rebuilding ??= this.rebuild().finally(() => (this.rebuilding = null));
    return this.rebuilding;
  }

  private async rebuild(): Promise<void> {
    const { log, ffmpeg } = this.options;
    try {
      if (this.store.count() > 0) return;
      // Also where there is no clip yet: what is written next must not write over them.
      if (await this.kept.readFile(this.folder)) this.changes.collectionsChanged();
      if (!(await hasSidecars(this.folder))) return;
      log.warn('The library is read from its folder');
      const passed = (_path: string, error: unknown): void =>
        log.warn(`passed over in the library's folder: ${fileError(error).code}`);
      let batch: FoundClip[] = [];
      for await (const { folder, names } of foldersOf(this.folder))
        for await (const found of clipsIn(this.folder, folder, names, ffmpeg, passed)) {
          if (this.closed) return;
          batch.push(found);
          if (batch.length < WORDS_BATCH) continue;
          this.recordFound(batch);
          batch = [];
          await breathe();
        }
      if (!this.closed) this.recordFound(batch);
    } catch (error) {
      log.warn(`reading the library's folder: ${fileError(error).code}`);
    }
  }

  /** Makes found what came or changed without its words. */
  private catchUp(): Promise<void> {
    this.catchingUp ??= this.catchUpAll().finally(() => (this.catchingUp = null));
    return this.catchingUp;
  }

  private async catchUpAll(): Promise<void> {
    while (!this.closed && this.index.catchUp(WORDS_BATCH) > 0) {
      this.changes.changed();
      await breathe();
    }
  }

  /**
   * To be called once at start, without waiting for it: marks clips whose file is gone (or back) and makes pictures
   * that are missing. Looks at each folder once, not at each file.
   */
  async resumeDerived(): Promise<void> {
    const pictured = new Set(await readdir(this.options.derivedFolder).catch(() => []));
    const names = new Map<string, Set<string>>();
    let after: ClipCursor | null = null;
    while (!this.closed) {
      const batch = this.store.stored(after, BATCH);
      const changes: { id: string; change: ClipChange }[] = [];
      for (const stored of batch) {
        const listed = await this.listed(stored, names);
        const missing = !listed.has(stored.clip.fileName.normalize('NFC'));
        const still =
          missing || stored.clip.outside !== null ? {} : { lastFrame: lastFrameIn(stored, listed) };
        const lost = pictured.has(stored.contentHash) ? {} : NO_PICTURES;
        changes.push({ id: stored.clip.id, change: { missing, ...still, ...lost } });
      }
      if (this.closed) return;
      this.announceAll(this.store.changeAll(changes));
      for (const { clip } of batch) if (!clip.hasPoster || clip.sprite === null) this.derived.add(clip.id);
      // What had a copy for the window needs one again.
      for (const { clip, contentHash } of batch)
        if (!pictured.has(contentHash)) this.derived.add(clip.id, clip.hasProxy);
      const last = batch.at(-1)?.clip;
      if (last === undefined) return;
      after = { createdAt: last.createdAt, id: last.id };
      await breathe();
    }
  }

  /** The names in the folder of the clip's file, as they are compared. */
  private async listed(stored: StoredClip, names: Map<string, Set<string>>): Promise<Set<string>> {
    const folder = dirname(this.absolute(stored));
    let listed = names.get(folder);
    if (listed === undefined) {
      const found = await readdir(folder).catch(() => []);
      // Some file systems answer with decomposed letters.
      names.set(folder, (listed = new Set(found.map((name) => name.normalize('NFC')))));
    }
    return listed;
  }

  /** Resolves when every poster and sprite asked for so far is made or given up. */
  picturesMade(): Promise<void> {
    return this.derived.idle();
  }

  /** Ends the background work; call before the database is closed, after `ffmpeg.stopAll()`. */
  async close(): Promise<void> {
    this.closed = true;
    this.changes.close();
    await Promise.allSettled([...this.adopting.values(), this.rebuilding, this.catchingUp, this.renaming]);
    await this.sidecars.close();
    await this.derived.close();
  }

  /** Which clip a reference was taken from, through all its repairs. */
  private sourceOf(reference: Reference): string | null {
    const { database } = this.options;
    let each: Reference | null = reference;
    for (let steps = 0; each !== null && steps < MOST_REPAIRS; steps += 1) {
      if (each.clip !== undefined) return each.clip.id;
      const parentId: string | undefined = each.derived?.parentId;
      if (parentId === undefined) return null;
      const parent: Reference | null = this.options.reference?.(parentId) ?? null;
      // A recipe that used the parent itself knows it after the references were lost.
      if (parent === null)
        return (
          database.get<{ id: string }>(
            `SELECT source_clip_id AS id FROM clip_references
             WHERE reference_id = ? AND source_clip_id IS NOT NULL LIMIT 1`,
            parentId,
          )?.id ?? null
        );
      each = parent;
    }
    return null;
  }

  private absolute({ clip, relativePath }: StoredClip): string {
    return pathOfClip(clip, relativePath, this.folder);
  }

  /** Where the sidecar belongs to: the file, or what stands for it when it lies outside. */
  private insidePath({ relativePath }: StoredClip): string {
    return join(this.folder, ...relativePath.split('/'));
  }

  private announceIds(ids: readonly string[]): void {
    if (ids.length > MOST_ANNOUNCED) this.announceMany();
    else this.announceAll(this.store.several(ids).map(({ clip }) => clip));
    this.changes.changed();
  }

  private announceAll(clips: readonly Clip[]): void {
    if (clips.length === 0) return;
    if (clips.length > MOST_ANNOUNCED) this.announceMany();
    else for (const clip of clips) this.options.announce('clip.changed', clip);
    this.changes.changed();
  }

  private announceMany(): void {
    this.options.announce('clips.changed', null);
  }
}

function lastFrameIn({ relativePath }: StoredClip, listed: ReadonlySet<string>): string | null {
  const names = lastFrameNames(parse(relativePath).name);
  return names.find((name) => listed.has(name.normalize('NFC'))) ?? null;
}
