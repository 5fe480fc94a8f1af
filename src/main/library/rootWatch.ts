// Notices that a folder went away (a drive unplugged, a folder moved) and that it is back.
import { accessSync, constants, statSync, watch, type FSWatcher, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';

export interface RootWatchOptions {
  readonly path: string;
  /** Called with what is true now, each time it changes; also when another disk is there in its place. */
  readonly changed: (there: boolean) => void;
}

/** Only while it is away is it asked for; nothing tells when a drive is plugged in. */
const ASK_EVERY_MS = 3000;
const USABLE = constants.R_OK | constants.X_OK;

export class RootWatch {
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** The disk that the folder is on: an unplugged one may leave an empty folder. Null: no folder to read. */
  private disk: number | null;
  private asking = false;
  private askAgain = false;
  private closed = false;

  constructor(private readonly options: RootWatchOptions) {
    this.disk = diskNow(options.path);
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
    const { path } = this.options;
    void access(path, USABLE)
      .then(() => stat(path))
      .then(diskOf, () => null)
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

function diskNow(path: string): number | null {
  try {
    accessSync(path, USABLE);
    return diskOf(statSync(path));
  } catch {
    return null;
  }
}

function diskOf(facts: Stats): number | null {
  return facts.isDirectory() ? facts.dev : null;
}
