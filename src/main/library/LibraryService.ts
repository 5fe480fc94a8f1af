// The library: adopts finished videos, lists them, and says where they and their pictures lie.
import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '@shared/contract/errors';
import type { LibraryLocation } from '@shared/contract/requests';
import type { Clip, ClipCursor, ClipDetail, ClipPage } from '@shared/domain/clip';
import type { Database } from '../database/open';
import { fileError } from '../files/fileError';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { savedLastFrame, settleClip, type AdoptRequest } from './adopt';
import { clipPlace, type ClipFacts } from './clipPlace';
import { ClipStore, type ClipChange, type StoredClip } from './clipStore';
import { derivedPath } from './derived';
import { DerivedQueue } from './derivedQueue';
import { copyReferences, freeBytes, requireRoot, requireWritable } from './folder';

export interface LibraryServiceOptions {
  readonly database: Database;
  /** Absolute path of the library's folder. */
  readonly root: string;
  /** Pictures go to `<derivedFolder>/<content hash>/`. */
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
  readonly announce: (event: 'clip.changed', clip: Clip) => void;
}

/** Clips looked at in one go at start. */
const BATCH = 500;

export class LibraryService {
  private readonly store: ClipStore;
  private readonly derived: DerivedQueue;
  private readonly adopting = new Map<string, Promise<Clip>>();
  private folder: string;
  private closed = false;

  constructor(private readonly options: LibraryServiceOptions) {
    this.store = new ClipStore(options.database);
    this.folder = resolve(options.root);
    this.derived = new DerivedQueue({
      derivedFolder: options.derivedFolder,
      ffmpeg: options.ffmpeg,
      log: options.log,
      find: (id) => this.store.find(id),
      pathOf: (stored) => this.absolute(stored),
      change: (id, change) => this.announceAll(this.store.changeAll([{ id, change }])),
    });
    try {
      requireRoot(this.folder, this.store.count());
    } catch (error) {
      options.log.warn(`library folder: ${fileError(error).code}`);
    }
  }

  /** Absolute path of the library's folder. */
  get root(): string {
    return this.folder;
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
    const work = this.adoptAlone(request).finally(() => this.adopting.delete(request.id));
    this.adopting.set(request.id, work);
    return work;
  }

  private async adoptAlone(request: AdoptRequest): Promise<Clip> {
    const { ffmpeg } = this.options;
    const known = this.store.find(request.id);
    if (known !== null) {
      await rm(request.partPath, { force: true }).catch(() => undefined);
      this.derived.add(request.id);
      return known.clip;
    }
    try {
      requireRoot(this.folder, this.store.count());
      const settled = await settleClip(request, this.folder, ffmpeg);
      this.store.insert(settled, request.recipe, request.task);
      this.announceAll([settled.clip]);
      this.derived.add(request.id);
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

  /** The last frame as the provider gave it, saved beside the clip; null where there is none. */
  async lastFrameOf(id: string): Promise<string | null> {
    const path = this.pathOf(id);
    return path === null ? null : savedLastFrame(path);
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
    const free = await freeBytes(this.folder);
    return { path: this.folder, clips: this.store.count(), bytes: this.store.bytes(), freeBytes: free };
  }

  /**
   * Takes another folder for the library, while no clip is in it. The kept references move along. The caller
   * remembers the choice.
   * @throws AppError `library_not_empty`, `no_permission`, `disk_full`, `library_missing`
   */
  async setRoot(path: string): Promise<void> {
    const folder = resolve(path);
    if (folder === this.folder) return;
    if (this.store.count() > 0 || this.adopting.size > 0) throw new AppError('library_not_empty');
    await requireWritable(folder);
    const { removeOld } = await copyReferences(this.folder, folder);
    if (this.store.count() > 0 || this.adopting.size > 0) throw new AppError('library_not_empty');
    this.folder = folder;
    await removeOld();
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
        const missing = !(await this.isListed(stored.relativePath, names));
        const lost = pictured.has(stored.contentHash) ? {} : { hasPoster: false, sprite: null };
        changes.push({ id: stored.clip.id, change: { missing, ...lost } });
      }
      if (this.closed) return;
      this.announceAll(this.store.changeAll(changes));
      for (const { clip } of batch) if (!clip.hasPoster || clip.sprite === null) this.derived.add(clip.id);
      for (const { id, change } of changes) if (change.hasPoster === false) this.derived.add(id);
      const last = batch.at(-1)?.clip;
      if (last === undefined) return;
      after = { createdAt: last.createdAt, id: last.id };
      await breathe();
    }
  }

  private async isListed(relativePath: string, names: Map<string, Set<string>>): Promise<boolean> {
    const folder = posix.dirname(relativePath);
    let listed = names.get(folder);
    if (listed === undefined) {
      const found = await readdir(join(this.folder, folder)).catch(() => []);
      // Some file systems answer with decomposed letters.
      names.set(folder, (listed = new Set(found.map((name) => name.normalize('NFC')))));
    }
    return listed.has(posix.basename(relativePath).normalize('NFC'));
  }

  /** Resolves when every poster and sprite asked for so far is made or given up. */
  picturesMade(): Promise<void> {
    return this.derived.idle();
  }

  /** Ends the background work; call before the database is closed, after `ffmpeg.stopAll()`. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.adopting.values());
    await this.derived.close();
  }

  private absolute({ relativePath }: StoredClip): string {
    return join(this.folder, ...relativePath.split('/'));
  }

  private announceAll(clips: readonly Clip[]): void {
    for (const clip of clips) this.options.announce('clip.changed', clip);
  }
}
