// Makes posters and sprites in the background, one at a time, all posters before any sprite.
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import type { ClipChange, StoredClip } from './clipStore';
import {
  derivedPath,
  isGivenUp,
  makePoster,
  makeSprite,
  noteFailure,
  type DerivedName,
  type Source,
} from './derived';

export interface DerivedQueueOptions {
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
  /** The clip as it is now, or null when it is gone. */
  readonly find: (id: string) => StoredClip | null;
  readonly pathOf: (stored: StoredClip) => string;
  /** Records and announces. */
  readonly change: (id: string, change: ClipChange) => void;
}

const PRIORITY: Readonly<Record<DerivedName, number>> = { poster: 1, sprite: 0 };

export class DerivedQueue {
  private readonly queue = new PQueue({ concurrency: 1 });
  private readonly waiting = new Set<string>();
  private closed = false;

  constructor(private readonly options: DerivedQueueOptions) {}

  /** Makes what the clip lacks. Asking twice does no harm. */
  add(id: string): void {
    this.enqueue(id, 'poster');
    this.enqueue(id, 'sprite');
  }

  /** Resolves when nothing is left to do. */
  idle(): Promise<void> {
    return this.queue.onIdle();
  }

  /** Forgets what waits and resolves when the present one has ended; it is made at the next start. */
  close(): Promise<void> {
    this.closed = true;
    this.queue.clear();
    return this.queue.onIdle();
  }

  private enqueue(id: string, name: DerivedName): void {
    const key = `${name} ${id}`;
    if (this.closed || this.waiting.has(key)) return;
    this.waiting.add(key);
    void this.queue.add(
      async () => {
        this.waiting.delete(key);
        await this.make(id, name);
      },
      { priority: PRIORITY[name] },
    );
  }

  private async make(id: string, name: DerivedName): Promise<void> {
    const { derivedFolder, ffmpeg, log, find, change } = this.options;
    const stored = find(id);
    if (stored === null || stored.clip.missing || isMade(stored.clip, name)) return;
    const output = derivedPath(derivedFolder, stored.contentHash, name);
    try {
      if (await isGivenUp(output)) return;
      const source = this.source(stored);
      if (name === 'poster') {
        await makePoster(source, output, ffmpeg);
        if (!this.closed) change(id, { hasPoster: true });
      } else {
        const sprite = await makeSprite(source, output, ffmpeg);
        if (!this.closed) change(id, { sprite });
      }
    } catch (error) {
      if (this.closed || (error instanceof Error && error.name === 'AbortError')) return;
      log.warn(`${name} of clip ${id}: ${error instanceof Error ? error.message : String(error)}`);
      // A missing ffmpeg or a full disk says nothing about the clip.
      if (error instanceof AppError && error.code === 'ffmpeg_failed')
        await noteFailure(output).catch((reason: unknown) => log.error('noting a failure', reason));
    }
  }

  private source(stored: StoredClip): Source {
    const { width, height, seconds, fps } = stored.clip;
    return { input: { path: this.options.pathOf(stored), format: 'mp4' }, width, height, seconds, fps };
  }
}

function isMade(clip: Clip, name: DerivedName): boolean {
  return name === 'poster' ? clip.hasPoster : clip.sprite !== null;
}
