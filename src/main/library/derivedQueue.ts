// Makes posters, sprites and proxies in the background: all posters before any sprite, all sprites before any proxy.
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import { headOf } from '../files/durableFile';
import { isTimeOut, type Ffmpeg, type FfmpegLog } from '../ffmpeg/run';
import { sniffFilm, SNIFF_BYTES } from '../ffmpeg/sniff';
import type { StoredClip } from './clipStore';
import {
  derivedPath,
  failuresOf,
  forgetFailures,
  isGivenUp,
  makePoster,
  makeSprite,
  noteFailure,
  type DerivedName,
  type Source,
} from './derived';
import { makeProxy } from './proxies';
import type { WorkHandle, Works } from './Works';

/** What was made, for the record. */
export type MadeChange = Partial<Pick<Clip, 'hasPoster' | 'sprite' | 'hasProxy'>>;

export interface DerivedQueueOptions {
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
  /** The clip as it is now, or null when it is gone. */
  readonly find: (id: string) => StoredClip | null;
  readonly pathOf: (stored: StoredClip) => string;
  /** Records and announces. */
  readonly change: (id: string, change: MadeChange) => void;
  /** Shows it to the person as one piece of work, who can pause it. */
  readonly works: Pick<Works, 'begin' | 'dismiss' | 'ready'>;
  /** Whether something has the computer to itself for now: a video that was paid for is being secured. */
  readonly isBusy: () => boolean;
}

const PRIORITY: Readonly<Record<DerivedName, number>> = { poster: 2, sprite: 1, proxy: 0 };
/** The window and the rest of main keep one. */
export const PARALLEL = Math.max(1, cpus().length - 1);
/** How long to wait before asking again whether the computer is busy. */
const ASK_AGAIN_MS = 300;
/** Fewer than this are made before anybody could read about it. */
const LEAST_SHOWN = 4;

export class DerivedQueue {
  private readonly queue = new PQueue({ concurrency: PARALLEL });
  private readonly waiting = new Set<string>();
  /** Pictures of one clip may be asked for twice, and two clips may have one content. */
  private readonly inWork = new Map<string, Promise<void>>();
  /** What had no time to be made: tried again at the next start, when the machine may be less busy. */
  private readonly late = new Set<string>();
  private readonly stop = new AbortController();
  private handle: WorkHandle | null = null;
  /** Aborted when the person stops what is asked for now; what is asked for later is made. */
  private cancelled = new AbortController();
  private asked = 0;
  private made = 0;

  constructor(private readonly options: DerivedQueueOptions) {}

  /** Makes what the clip lacks. Asking twice does no harm. `proxy`: the window cannot play the file itself. */
  add(id: string, proxy = false): void {
    this.enqueue(id, 'poster');
    this.enqueue(id, 'sprite');
    if (proxy) this.enqueue(id, 'proxy');
  }

  /** Resolves when everything asked for is made or given up. */
  idle(): Promise<void> {
    return this.queue.onIdle();
  }

  /** Ends after what is being made now; the rest is made at the next start. */
  async close(): Promise<void> {
    this.stop.abort();
    this.queue.clear();
    await this.queue.onIdle();
  }

  private get closed(): boolean {
    return this.stop.signal.aborted;
  }

  private enqueue(id: string, name: DerivedName): void {
    const key = `${name} ${id}`;
    const stored = this.options.find(id);
    if (this.closed || this.waiting.has(key) || stored === null || isMade(stored.clip, name)) return;
    this.waiting.add(key);
    this.asked += 1;
    this.show();
    void this.queue.add(() => this.turn(key, id, name), { priority: PRIORITY[name] });
  }

  private async turn(key: string, id: string, name: DerivedName): Promise<void> {
    const { signal: cancelled } = this.cancelled;
    await this.ready(AbortSignal.any([this.stop.signal, cancelled]));
    this.waiting.delete(key);
    if (!this.closed && !cancelled.aborted) await this.make(id, name);
    this.made += 1;
    this.handle?.step(this.made);
    if (this.made === this.asked) this.end();
  }

  /** Waits while the person has paused the work, and while a paid job needs the computer. */
  private async ready(stop: AbortSignal): Promise<void> {
    const { works, isBusy } = this.options;
    try {
      await works.ready(stop);
      while (isBusy()) {
        await delay(ASK_AGAIN_MS, undefined, { signal: stop });
        await works.ready(stop);
      }
    } catch {
      // Stopped: whoever asked looks at the signals.
    }
  }

  private show(): void {
    if (this.asked >= LEAST_SHOWN) this.begun();
    this.handle?.expect(this.asked);
  }

  private begun(): WorkHandle {
    if (this.handle !== null) return this.handle;
    const { cancelled } = this;
    this.handle = this.options.works.begin('pictures', this.asked);
    this.handle.signal.addEventListener('abort', () => cancelled.abort(), { once: true });
    return this.handle;
  }

  /** Nobody asked for pictures: unless something went wrong, there is nothing to tell. */
  private end(): void {
    const { handle } = this;
    [this.handle, this.asked, this.made] = [null, 0, 0];
    this.cancelled = new AbortController();
    if (handle === null) return;
    const { failed } = handle.work;
    handle.done();
    if (failed.length === 0) this.options.works.dismiss(handle.id);
  }

  private async make(id: string, name: DerivedName): Promise<void> {
    const { derivedFolder, find } = this.options;
    const stored = find(id);
    if (stored === null || stored.clip.missing || isMade(stored.clip, name)) return;
    const output = derivedPath(derivedFolder, stored.contentHash, name);
    const before = this.inWork.get(output);
    if (before !== undefined) await before;
    const work = this.makeAlone(stored, name, output);
    this.inWork.set(output, work);
    await work.finally(() => this.inWork.delete(output));
  }

  private async makeAlone(stored: StoredClip, name: DerivedName, output: string): Promise<void> {
    const { ffmpeg, log, change } = this.options;
    const { id, fileName } = stored.clip;
    try {
      const failures = await failuresOf(output);
      if (isGivenUp(failures) || this.late.has(output)) return;
      const source = await this.source(stored);
      const made = await makeOne(name, source, output, ffmpeg, 1 + failures.late);
      if (!this.closed) change(id, made);
      if (failures.broken + failures.late > 0) await forgetFailures(output);
    } catch (error) {
      if (this.closed || (error instanceof Error && error.name === 'AbortError')) return;
      log.warn(`${name} of clip ${id}: ${error instanceof Error ? error.message : String(error)}`);
      // A missing ffmpeg or a full disk says nothing about the clip.
      const own = error instanceof AppError && ['ffmpeg_failed', 'file_unreadable'].includes(error.code);
      if (own && (await this.isNews(output, isTimeOut(error)))) this.begun().fail(fileName, error);
    }
  }

  /** Whether the file is to be named: once, not at every start and for every try. */
  private async isNews(output: string, late: boolean): Promise<boolean> {
    if (late) this.late.add(output);
    try {
      const failures = await noteFailure(output, late ? 'late' : 'broken');
      return late ? isGivenUp(failures) && failures.broken === 0 : failures.broken === 1;
    } catch (error) {
      this.options.log.error('noting a failure', error);
      return false;
    }
  }

  private async source(stored: StoredClip): Promise<Source> {
    const { width, height, seconds, fps } = stored.clip;
    const path = this.options.pathOf(stored);
    const format = sniffFilm(await headOf(path, SNIFF_BYTES)) ?? 'mp4';
    return { input: { path, format }, width, height, seconds, fps };
  }
}

async function makeOne(
  name: DerivedName,
  source: Source,
  output: string,
  ffmpeg: Ffmpeg,
  patience: number,
): Promise<MadeChange> {
  if (name === 'sprite') return { sprite: await makeSprite(source, output, ffmpeg, patience) };
  if (name === 'poster') {
    await makePoster(source, output, ffmpeg, patience);
    return { hasPoster: true };
  }
  await makeProxy(source.input, output, ffmpeg, patience);
  return { hasProxy: true };
}

function isMade(clip: Clip, name: DerivedName): boolean {
  if (name === 'proxy') return clip.hasProxy;
  return name === 'poster' ? clip.hasPoster : clip.sprite !== null;
}
