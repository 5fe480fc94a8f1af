// Files on their way into the library and back into sight: import, watched folders, missing clips, the check.
import { cpus } from 'node:os';
import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import PQueue from 'p-queue';
import { AppError, type ErrorCode } from '@shared/contract/errors';
import type { LibraryCheck, Work } from '@shared/domain/clip';
import type { Database } from '../database/open';
import { exists } from '../files/durableFile';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { checkLibrary, hasSidecar, unknownIn } from './checkLibrary';
import { isInside, type ClipPort } from './clipPort';
import { FileStore, shownName, type WatchedFolder } from './fileStore';
import { findMissing, refreshMissing } from './findMissing';
import { IdleReading } from './idleReading';
import { ImportFiles } from './importFiles';
import { RootWatch } from './rootWatch';
import { filmsIn } from './walkFilms';
import { WatchFolders } from './watchFolders';
import type { WorkHandle, Works } from './Works';

export interface LibraryFilesOptions {
  readonly database: Database;
  readonly clips: ClipPort;
  readonly ffmpeg: Ffmpeg;
  readonly works: Works;
  readonly log: FfmpegLog;
  /** Whether something has the computer to itself for now: a video that was paid for is being secured. */
  readonly isBusy: () => boolean;
  /** The library's folder went away or came back. */
  readonly folderChanged?: () => void;
  /** Milliseconds that a file in a watched folder must keep its size for. */
  readonly settleMs?: number;
}

/** Measuring waits for the disk as much as for the processor. */
const PARALLEL = Math.max(2, cpus().length);
/** Found files that wait in memory; the walk through the folder waits for the rest. */
const MOST_WAITING = 200;
/** These concern every file that is still to come. */
const FATAL: readonly ErrorCode[] = ['disk_full', 'no_permission', 'library_missing', 'cancelled'];
const BATCH = 200;

export class LibraryFiles {
  private readonly store: FileStore;
  private readonly files: ImportFiles;
  private readonly folders: WatchFolders;
  private readonly reading: IdleReading;
  private presence: RootWatch | null = null;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly options: LibraryFilesOptions) {
    const { database, clips, ffmpeg } = options;
    this.store = new FileStore(database, () => clips.root);
    const { store } = this;
    this.files = new ImportFiles({ clips, store, ffmpeg });
    this.folders = new WatchFolders({ ...options, store, files: this.files });
    this.reading = new IdleReading({ ...options, store });
  }

  /**
   * To be called once the window is open: follows the watched folders, notices when the library goes and comes, and reads what was not read yet.
   */
  async start(): Promise<void> {
    if (this.closed) return;
    this.lookAtRoot();
    await Promise.all(this.store.watched().map((folder) => this.folders.begin(folder)));
    for (const id of this.store.withoutProxy()) this.options.clips.makePictures(id, true);
    this.reading.start();
  }

  /**
   * Looks whether the library's folder and the watched ones are there, for when the window comes to the front. Asks
   * once for each folder, never for a file: those are looked at only when one of them went or came.
   */
  look(): void {
    this.presence?.look();
    this.folders.look();
  }

  /** The same for every file, because the person asked. */
  async lookAgain(): Promise<void> {
    this.look();
    await this.keep(this.refresh());
  }

  /** The library has another folder now. */
  async moved(): Promise<void> {
    await this.start();
    await this.keep(this.refresh());
  }

  /**
   * Files and folders; answers at once with the work that has begun. What cannot be taken in is named there.
   * @throws AppError `library_missing`
   */
  async import(paths: readonly string[], mode: 'inPlace' | 'copy'): Promise<Work> {
    await this.requireLibrary();
    const handle = this.options.works.begin('import', paths.length);
    void this.keep(
      this.importAll(
        paths.map((path) => resolve(path)),
        mode,
        handle,
      ),
    );
    return handle.work;
  }

  /**
   * Takes in what is in a folder, and follows it from then on; who stops that does not follow it.
   * @throws AppError `file_unreadable`, `library_missing`
   */
  async watch(path: string, mode: 'inPlace' | 'copy'): Promise<Work> {
    await this.requireLibrary();
    const folder = { path: resolve(path), mode };
    const facts = await lstat(folder.path).catch(() => null);
    if (facts?.isDirectory() !== true)
      throw new AppError('file_unreadable', 'no folder', { values: { reason: 'gone' } });
    this.store.watch(folder);
    const handle = this.options.works.begin('import', 1);
    void this.keep(this.beginWatching(folder, handle));
    return handle.work;
  }

  private async beginWatching(folder: WatchedFolder, handle: WorkHandle): Promise<void> {
    await this.importAll([folder.path], folder.mode, handle);
    if (this.closed) return;
    if (handle.signal.aborted) await this.unwatch(folder.path);
    else await this.folders.begin(folder);
  }

  watched(): string[] {
    return this.store.watched().map(({ path }) => path);
  }

  /** The clips stay. */
  async unwatch(path: string): Promise<void> {
    this.store.unwatch(path);
    await this.folders.end(path);
  }

  /** Looks for missing clips in a file or folder; for one clip or all. @throws as `findMissing` */
  async find(id: string | null, path: string): Promise<{ found: number }> {
    await this.requireLibrary();
    return findMissing({ id, path: resolve(path) }, this.store, this.options.clips);
  }

  /** Shown as work that can be paused and stopped. @throws as `checkLibrary` */
  async check(): Promise<LibraryCheck> {
    const { works, ffmpeg, clips } = this.options;
    const handle = works.begin('check', this.store.count());
    const parallel = Math.max(1, PARALLEL - 1);
    try {
      const found = await this.keep(checkLibrary({ store: this.store, clips, ffmpeg, parallel }, handle));
      handle.done();
      works.dismiss(handle.id);
      return found;
    } catch (error) {
      handle.giveUp(shownName(clips.root), error);
      throw error;
    }
  }

  /**
   * `unknown`: videos in the library's folder become clips; `withoutSidecar`: sidecars are written.
   * @throws AppError `library_missing`, `no_permission`, `disk_full`
   */
  async repair(what: 'unknown' | 'withoutSidecar'): Promise<{ repaired: number }> {
    await this.requireLibrary();
    const repaired = await this.keep(what === 'unknown' ? this.adoptUnknown() : this.writeSidecars());
    this.reading.start();
    return { repaired };
  }

  /** Resolves when everything begun so far is done, the reading in idle time too. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
    await this.folders.idle();
    await this.reading.idle();
  }

  /** Ends the background work; call before the database is closed, after `ffmpeg.stopAll()`. */
  async close(): Promise<void> {
    this.closed = true;
    this.presence?.close();
    await Promise.all([this.folders.close(), this.reading.close()]);
    await Promise.allSettled(this.running);
  }

  private lookAtRoot(): void {
    const { clips } = this.options;
    this.presence?.close();
    this.presence = new RootWatch({
      path: clips.root,
      changed: () => {
        this.options.folderChanged?.();
        void this.keep(this.refresh());
      },
    });
    // It may have come or gone before it was watched.
    this.options.folderChanged?.();
  }

  private refresh(): Promise<void> {
    return refreshMissing(this.store, this.options.clips, () => this.closed);
  }

  private async requireLibrary(): Promise<void> {
    const { root } = this.options.clips;
    if (!(await exists(root).catch(() => false)) && this.store.count() > 0)
      throw new AppError('library_missing');
  }

  private async importAll(
    paths: readonly string[],
    mode: 'inPlace' | 'copy',
    handle: WorkHandle,
  ): Promise<void> {
    const queue = new PQueue({ concurrency: PARALLEL });
    let [found, done] = [0, 0];
    let broken: AppError | null = null;
    const take = async (path: string, named: boolean): Promise<void> => {
      await queue.onSizeLessThan(MOST_WAITING);
      handle.expect((found += 1));
      void queue.add(async () => {
        // Another file that is worked on beside this one may have failed meanwhile: that stands.
        if (broken === null) broken = (await this.importOne(path, mode, named, handle)) ?? broken;
        handle.step((done += 1));
      });
    };
    for (const path of paths) {
      if (broken !== null || handle.signal.aborted) break;
      const before = found;
      const folder = (await lstat(path).catch(() => null))?.isDirectory() === true;
      if (!folder) await take(path, true);
      else
        for await (const film of filmsIn(path, this.without(path))) {
          await take(film, false);
          if (broken !== null || handle.signal.aborted) break;
        }
      if (folder && found === before) handle.fail(shownName(path), new AppError('folder_without_videos'));
    }
    await queue.onIdle();
    this.reading.start();
    if (broken === null) handle.done();
    else handle.giveUp(shownName(this.options.clips.root), broken);
  }

  /** The library in a folder is not imported along with it; what is dropped out of the library itself is looked at. */
  private without(folder: string): string | null {
    const { root } = this.options.clips;
    return isInside(root, folder) ? root : null;
  }

  /** What ends the whole import, or null. */
  private async importOne(
    path: string,
    mode: 'inPlace' | 'copy',
    named: boolean,
    handle: WorkHandle,
  ): Promise<AppError | null> {
    try {
      await handle.ready();
      const outcome = await this.files.take({ path, mode, named, signal: handle.signal });
      if (outcome === 'known') handle.known();
    } catch (error) {
      if (handle.signal.aborted || this.closed) return new AppError('cancelled');
      if (error instanceof AppError && FATAL.includes(error.code)) return error;
      if (!(error instanceof AppError)) this.options.log.error('importing a file', error);
      handle.fail(shownName(path), error);
    }
    return null;
  }

  private async adoptUnknown(): Promise<number> {
    const { clips, log } = this.options;
    // One that was moved within the folder is the clip it was, not another one.
    await this.refresh();
    let repaired = (await findMissing({ id: null, path: clips.root }, this.store, clips)).found;
    for (const relativePath of await unknownIn(clips.root, this.store, null)) {
      if (this.closed) break;
      try {
        await clips.adoptFound(resolve(clips.root, relativePath));
        repaired += 1;
      } catch (error) {
        if (error instanceof AppError && FATAL.includes(error.code)) throw error;
        log.warn(`an unknown video: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
    return repaired;
  }

  private async writeSidecars(): Promise<number> {
    const { clips } = this.options;
    let repaired = 0;
    for (let after = ''; !this.closed;) {
      const batch = this.store.batch(after, BATCH);
      const last = batch.at(-1);
      if (last === undefined) break;
      for (const filed of batch) {
        // Beside a file that is missing it would stand alone.
        if (filed.clip.missing || (await hasSidecar(filed, clips.root))) continue;
        await clips.writeSidecar(filed.clip.id);
        repaired += 1;
      }
      after = last.clip.id;
    }
    return repaired;
  }

  /** Waited for when Dailies closes. */
  private keep<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    const forget = (error?: unknown): void => {
      this.running.delete(work);
      if (error !== undefined && !(error instanceof AppError) && !this.closed)
        this.options.log.error('filing', error);
    };
    work.then(() => forget(), forget);
    return work;
  }
}
