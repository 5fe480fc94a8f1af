// In idle time: reads what tells a file again later, and whether the window can play it, clip by clip.
import { setTimeout as delay } from 'node:timers/promises';
import { sha256Of } from '../files/durableFile';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import type { ClipPort } from './clipPort';
import type { FiledClip, FileStore } from './fileStore';
import { readFirst } from './firstReading';
import type { Works } from './Works';

export interface IdleReadingOptions {
  readonly store: FileStore;
  readonly clips: ClipPort;
  readonly ffmpeg: Ffmpeg;
  readonly works: Pick<Works, 'ready' | 'working'>;
  readonly isBusy: () => boolean;
  readonly log: FfmpegLog;
}

const ASK_AGAIN_MS = 500;

export class IdleReading {
  private readonly stop = new AbortController();
  private running: Promise<void> | null = null;
  private again = false;

  constructor(private readonly options: IdleReadingOptions) {}

  /** Goes through the clips that were not read yet. Asked for again meanwhile, it goes through them once more. */
  start(): void {
    if (this.running !== null) {
      this.again = true;
      return;
    }
    this.running = this.run()
      .catch((error: unknown) => {
        if (!this.stop.signal.aborted) this.options.log.error('reading clips in idle time', error);
      })
      .finally(() => {
        this.running = null;
        if (!this.again || this.stop.signal.aborted) return;
        this.again = false;
        this.start();
      });
  }

  /** Resolves when everything was read. */
  async idle(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { store } = this.options;
    await this.each(
      (after) => store.unread(after),
      (filed) => readFirst(filed, this.options),
    );
    await this.each(
      (after) => store.unhashed(after),
      async (filed) => {
        const { clip, contentHash, path } = filed;
        // What was generated was hashed when it was verified; saved over since, it is known by its samples.
        const sampled = contentHash === store.contentOf(clip.id)?.contentId;
        const known = clip.generationId === null || sampled ? null : contentHash;
        store.setFullHash(clip.id, known ?? (await sha256Of(path)));
      },
    );
  }

  private async each(
    next: (after: string) => FiledClip | null,
    read: (filed: FiledClip) => Promise<void>,
  ): Promise<void> {
    for (let after = ''; ;) {
      await this.ready();
      const filed = next(after);
      if (filed === null) return;
      after = filed.clip.id;
      // Gone or unreadable: it is tried again at the next start.
      await read(filed).catch(() => undefined);
    }
  }

  private async ready(): Promise<void> {
    const { works, isBusy } = this.options;
    const { signal } = this.stop;
    await works.ready(signal);
    while (isBusy() || works.working) await delay(ASK_AGAIN_MS, undefined, { signal });
    signal.throwIfAborted();
  }
}
