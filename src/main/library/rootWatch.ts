// Notices that a folder went away (a drive unplugged, a folder moved) and that it is back.
import { existsSync, watch, type FSWatcher } from 'node:fs';

export interface RootWatchOptions {
  readonly path: string;
  /** Called with what is true now, each time it changes. */
  readonly changed: (there: boolean) => void;
}

/** Only while it is away is it asked for; nothing tells when a drive is plugged in. */
const ASK_EVERY_MS = 3000;

export class RootWatch {
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | null = null;
  private there: boolean;

  constructor(private readonly options: RootWatchOptions) {
    this.there = existsSync(options.path);
    this.begin();
  }

  /** Looks now; for when the window comes to the front, and where a system tells nothing. */
  look(): void {
    const there = existsSync(this.options.path);
    if (there === this.there) return;
    this.there = there;
    this.begin();
    this.options.changed(there);
  }

  close(): void {
    this.watcher?.close();
    this.watcher = null;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private begin(): void {
    this.close();
    if (!this.there) {
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
