// Notices that a folder went away (a drive unplugged, a folder moved) and that it is back.
import { statSync, watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';

export interface RootWatchOptions {
  readonly path: string;
  /** Called with what is true now, each time it changes; also when another disk is there in its place. */
  readonly changed: (there: boolean) => void;
}

/** Only while it is away is it asked for; nothing tells when a drive is plugged in. */
const ASK_EVERY_MS = 3000;

export class RootWatch {
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** The disk that the folder is on: an unplugged one may leave an empty folder. Null: nothing is there. */
  private disk: number | null;
  private asking = false;
  private askAgain = false;
  private closed = false;

  constructor(private readonly options: RootWatchOptions) {
    this.disk = statSync(options.path, { throwIfNoEntry: false })?.dev ?? null;
    this.begin();
  }

  /** Looks now; for when the window comes to the front, and where a system tells nothing. Waits for no slow share. */
  look(): void {
    if (this.closed) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    void stat(this.options.path)
      .then(({ dev }) => dev)
      .catch(() => null)
      .then((disk) => this.found(disk));
  }

  close(): void {
    this.closed = true;
    this.end();
  }

  private found(disk: number | null): void {
    this.asking = false;
    if (this.closed) return;
    if (disk !== this.disk) {
      this.disk = disk;
      this.begin();
      this.options.changed(disk !== null);
    }
    if (!this.askAgain) return;
    this.askAgain = false;
    this.look();
  }

  private end(): void {
    this.watcher?.close();
    this.watcher = null;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private begin(): void {
    this.end();
    if (this.disk === null) {
      this.timer = setInterval(() => this.look(), ASK_EVERY_MS).unref();
      return;
    }
    try {
      this.watcher = watch(this.options.path, { persistent: false }, () => this.look());
      this.watcher.on('error', () => this.look());
    } catch {
      // Not every file system tells; then it is noticed at the next look.
    }
  }
}
