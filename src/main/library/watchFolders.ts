// Folders that the person watches: what comes, goes, moves or changes in them is followed, also while Dailies was closed.
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import { errnoOf } from '../files/fileError';
import type { FfmpegLog } from '../ffmpeg/run';
import type { ClipPort } from './clipPort';
import { shownName, type FileStore, type WatchedFolder } from './fileStore';
import { FolderNames, markThese } from './findMissing';
import type { ImportFiles } from './importFiles';
import { isNetworkPath } from './networkPath';
import { RootWatch } from './rootWatch';
import { filmsIn, isPassedOver } from './walkFilms';
import type { WorkHandle, Works } from './Works';

export interface WatchFoldersOptions {
  readonly store: FileStore;
  readonly clips: ClipPort;
  readonly files: ImportFiles;
  readonly works: Pick<Works, 'begin' | 'dismiss' | 'ready'>;
  readonly log: FfmpegLog;
  /** Milliseconds that a file must keep its size for. */
  readonly settleMs?: number;
}

/** A program that writes a film pauses for less; a download that stalls for longer is looked at again when it grows. */
const SETTLE_MS = 2000;
/** On a network, where the folder is asked. */
const POLL_EVERY_MS = 5000;
const PARALLEL = 2;

interface Watching {
  readonly folder: WatchedFolder;
  readonly presence: RootWatch;
  /** Null: not listened to. */
  watcher: FSWatcher | null;
  /** Aborted when this is no longer listened to. */
  stop: AbortController;
}

export class WatchFolders {
  private readonly watching = new Map<string, Watching>();
  private readonly queue = new PQueue({ concurrency: PARALLEL });
  private readonly stop = new AbortController();
  private handle: WorkHandle | null = null;
  private asked = 0;
  private done = 0;

  constructor(private readonly options: WatchFoldersOptions) {}

  /** Resolves when the folder is being listened to and what was in it has been looked at. */
  async begin(folder: WatchedFolder): Promise<void> {
    await this.end(folder.path);
    const presence = new RootWatch({
      path: folder.path,
      changed: (there) => void this.comeOrGone(folder, there),
    });
    const watching: Watching = { folder, presence, watcher: null, stop: new AbortController() };
    this.watching.set(folder.path, watching);
    await this.listen(watching);
    await this.compare(folder);
  }

  /** Whether the folders are there; what is in them is not looked at. */
  look(): void {
    for (const { presence } of this.watching.values()) presence.look();
  }

  /** The clips stay. */
  async end(path: string): Promise<void> {
    const watching = this.watching.get(path);
    this.watching.delete(path);
    watching?.presence.close();
    await stopListening(watching);
  }

  /** Resolves when everything noticed so far is taken in. */
  idle(): Promise<void> {
    return this.queue.onIdle();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.queue.clear();
    await Promise.all([...this.watching.keys()].map((path) => this.end(path)));
    await this.queue.onIdle();
  }

  private async comeOrGone(folder: WatchedFolder, there: boolean): Promise<void> {
    const watching = this.watching.get(folder.path);
    if (watching === undefined) return;
    await stopListening(watching);
    if (there) await this.listen(watching);
    await this.compare(folder);
  }

  private async listen(watching: Watching): Promise<void> {
    const { store, clips, log, settleMs = SETTLE_MS } = this.options;
    const { path } = watching.folder;
    const { signal } = (watching.stop = new AbortController());
    const usePolling = await isNetworkPath(path);
    if (signal.aborted) return;
    const watcher = watch(path, {
      ignoreInitial: true,
      followSymlinks: false,
      usePolling,
      interval: POLL_EVERY_MS,
      awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.min(250, settleMs / 4) },
      ignored: (inside) => inside !== path && (isPassedOver(basename(inside)) || inside === clips.root),
    });
    watching.watcher = watcher;
    const took = (file: string): void => void this.take(file, watching.folder);
    watcher.on('add', took).on('change', took);
    watcher.on('unlink', (file) => {
      const filed = store.atPath(file);
      if (filed !== null) void markThese([filed], clips, new FolderNames(), () => this.closed);
    });
    watcher.on('error', (error) => log.warn(`a watched folder: ${errnoOf(error) ?? 'unknown'}`));
    // A folder that is gone is listened to when it is back.
    if (!(await isFolder(path))) return;
    await once(watcher, 'ready', { signal }).catch(() => undefined);
  }

  /** What came and went while nobody listened. */
  private async compare(folder: WatchedFolder): Promise<void> {
    const { store, clips } = this.options;
    for await (const file of filmsIn(folder.path, clips.root)) {
      if (this.closed || !this.watching.has(folder.path)) return;
      const known = store.atPath(file);
      if (known === null || known.clip.missing || !(await isOfSize(file, known.clip.bytes)))
        this.take(file, folder);
    }
    // Not before: what was moved is found again by its content, and was never missing.
    await this.queue.onIdle();
    await markThese(store.outsideIn(folder.path), clips, new FolderNames(), () => this.closed);
  }

  private take(path: string, folder: WatchedFolder): void {
    if (this.closed) return;
    this.asked += 1;
    this.handle?.expect(this.asked);
    void this.queue.add(async () => {
      await this.takeNow(path, folder);
      this.done += 1;
      this.handle?.step(this.done);
      if (this.done === this.asked) this.finish();
    });
  }

  private async takeNow(path: string, { mode }: WatchedFolder): Promise<void> {
    const { files, works, log } = this.options;
    try {
      await works.ready(this.stop.signal);
      if (this.handle?.signal.aborted === true || !(await lstat(path)).isFile()) return;
      const outcome = await files.take({ path, mode, named: false, signal: this.stop.signal });
      if (outcome === 'added') this.shown();
    } catch (error) {
      // Gone again, or moved on, before anybody looked.
      if (this.closed || errnoOf(error) === 'ENOENT' || isGone(error)) return;
      this.shown().fail(shownName(path), error);
      log.warn(`a watched file: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  private shown(): WorkHandle {
    return (this.handle ??= this.options.works.begin('import', this.asked));
  }

  private finish(): void {
    const { handle } = this;
    [this.handle, this.asked, this.done] = [null, 0, 0];
    if (handle === null) return;
    const { failed } = handle.work;
    handle.done();
    // It was asked for once, long ago: only trouble is news.
    if (failed.length === 0) this.options.works.dismiss(handle.id);
  }

  private get closed(): boolean {
    return this.stop.signal.aborted;
  }
}

async function stopListening(watching: Watching | undefined): Promise<void> {
  watching?.stop.abort();
  await watching?.watcher?.close();
  if (watching !== undefined) watching.watcher = null;
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(join(path, '.')).catch(() => null))?.isDirectory() === true;
}

async function isOfSize(path: string, bytes: number): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.size === bytes;
}

function isGone(error: unknown): boolean {
  return error instanceof AppError && error.detail.values?.['reason'] === 'gone';
}
