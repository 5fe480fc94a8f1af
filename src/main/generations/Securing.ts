// Brings a finished video to the disk: fetch, verify, name, record. Waits for what can come back.
import { rm } from 'node:fs/promises';
import { AppError } from '@shared/contract/errors';
import type { Generation } from '@shared/domain/generation';
import { download } from './download';
import { asAppError, describe, DISK_CODES, LINE_CODES, type GenerationContext } from './GenerationContext';
import type { Stored } from './generationStore';
import { throttled } from './throttled';

/** Tries before a link that is refused, or a still that cannot be had, is believed dead. */
const MOST_TRIES = 4;
const LAST_FRAME_SUFFIX = '.last-frame.part';
const PROGRESS_EVERY_MS = 250;

export class Securing {
  constructor(private readonly context: GenerationContext) {}

  /** Takes a generation from `downloading` or `finishing` as far as it gets. */
  async secure(id: string, signal: AbortSignal): Promise<void> {
    let stored = this.context.require(id);
    const partPath = await this.partPath(stored.generation);
    if (partPath === null) return;
    if (stored.generation.state === 'downloading') {
      if (!(await this.fetchParts(stored, partPath, signal))) return;
      stored = this.context.require(id);
    }
    if (stored.generation.state === 'finishing') await this.finish(stored, partPath, signal);
  }

  private async partPath(generation: Generation): Promise<string | null> {
    try {
      return await this.context.options.library.partPathFor(generation);
    } catch (error) {
      if (!this.waitForDisk(generation.id, error)) throw error;
      return null;
    }
  }

  private async fetchParts(
    { generation, task }: Stored,
    partPath: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { id } = generation;
    const announce = throttled(PROGRESS_EVERY_MS, (done: number, total: number | null) =>
      this.context.options.announceProgress({ id, step: 'downloading', done, total }),
    );
    try {
      await download({
        url: task.videoUrl ?? '',
        plainHttpAccepted: this.context.acceptsPlainHttp(generation),
        partPath,
        etag: task.etag,
        totalBytes: task.totalBytes,
        signal,
        onStart: (state) => {
          this.context.store.note(id, { hold: null, heldSince: null }, state);
          this.context.record(id, 'download_started', `${state.totalBytes ?? 'unknown'} bytes`);
        },
        onProgress: announce,
      });
      if (task.lastFrameUrl !== null)
        await this.fetchLastFrame(generation, task.lastFrameUrl, partPath, signal);
      this.context.store.move(id, 'finishing', { hold: null, heldSince: null, error: null });
      this.context.record(id, 'downloaded');
      return true;
    } catch (error) {
      if (!signal.aborted) await this.concludeFailedDownload(generation, error);
      return false;
    }
  }

  /** A still that cannot be had does not hold the video back for ever: after a few tries it is given up. */
  private async fetchLastFrame(
    generation: Generation,
    url: string,
    partPath: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, downloadAttempts } = generation;
    try {
      await download({
        url,
        plainHttpAccepted: this.context.acceptsPlainHttp(generation),
        partPath: `${partPath}${LAST_FRAME_SUFFIX}`,
        etag: null,
        totalBytes: null,
        signal,
        onStart: () => undefined,
        onProgress: () => undefined,
      });
    } catch (error) {
      const disk = error instanceof AppError && DISK_CODES.has(error.code);
      if (signal.aborted || disk || downloadAttempts < MOST_TRIES) throw error;
      this.context.options.log.warn(`last frame of ${id} given up`);
      this.context.store.note(id, {}, { lastFrameUrl: null });
    }
  }

  private async concludeFailedDownload(generation: Generation, error: unknown): Promise<void> {
    const { id } = generation;
    if (this.waitForDisk(id, error)) return;
    const known = asAppError(error);
    this.context.options.log.warn(`securing ${id}: ${known.code} ${known.message}`);
    this.context.record(id, 'download_failed', `${describe(known)} (${known.message})`);
    if (
      known.code === 'link_expired' &&
      (await this.askForNewLink(generation, saysExpired(known))) === 'gone'
    ) {
      this.lose(id, known);
      return;
    }
    const attempts = generation.downloadAttempts + 1;
    if (this.linkDied(generation) && attempts > MOST_TRIES) {
      this.lose(id, known);
      return;
    }
    this.context.store.note(id, { downloadAttempts: attempts, error: known.toRecord() });
    if (LINE_CODES.has(known.code)) this.context.hold(id, 'offline', known);
    this.context.retries.later(id);
  }

  /** The address died before the file was safe, and the record holds no other. It says exactly that. */
  private lose(id: string, error: AppError): void {
    this.context.record(id, 'lost', describe(error));
    this.context.store.move(id, 'lost', {
      error: error.toRecord(),
      endedAt: this.context.timestamp(),
      hold: null,
    });
  }

  /** The record may hold a fresh address. `gone`: it holds the dead one, or there is no record any more. */
  private async askForNewLink(
    generation: Generation,
    saysExpired: boolean,
  ): Promise<'fresh' | 'unknown' | 'gone'> {
    const { task } = this.context.require(generation.id);
    try {
      const found = await (await this.context.client(generation)).get(generation.taskId ?? '');
      if (found.videoUrl !== null && found.videoUrl !== task.videoUrl) {
        this.context.store.note(
          generation.id,
          {},
          { videoUrl: found.videoUrl, lastFrameUrl: found.lastFrameUrl, etag: null },
        );
        this.context.record(generation.id, 'new_link');
        return 'fresh';
      }
      // A host may refuse for hours what it gives later: the address is believed dead when its time is over.
      const dead = saysExpired || this.linkDied(generation);
      return dead && generation.downloadAttempts >= MOST_TRIES ? 'gone' : 'unknown';
    } catch (error) {
      const gone = error instanceof AppError && error.code === 'record_gone';
      return gone && generation.downloadAttempts >= MOST_TRIES ? 'gone' : 'unknown';
    }
  }

  private linkDied({ linkExpiresAt }: Generation): boolean {
    return linkExpiresAt !== null && this.context.now() > Date.parse(linkExpiresAt);
  }

  private async finish({ generation, task }: Stored, partPath: string, signal: AbortSignal): Promise<void> {
    const { id, estimate, tokens } = generation;
    const price = estimate?.price ?? null;
    try {
      const clip = await this.context.options.library.adopt({
        id,
        createdAt: generation.createdAt,
        title: generation.title,
        partPath,
        lastFramePartPath: task.lastFrameUrl === null ? null : `${partPath}${LAST_FRAME_SUFFIX}`,
        recipe: generation.recipe,
        task: {
          id: generation.taskId ?? '',
          found: generation.origin === 'found',
          connectionLabel: generation.connection.label,
          baseUrl: generation.connection.baseUrl,
          requestId: task.requestId,
          seed: task.seed,
          resolution: task.resolution,
          ratio: task.ratio,
          seconds: task.seconds,
          estimatedTokens: estimate?.tokens ?? null,
          waitedSeconds: secondsBetween(generation.submittedAt, generation.runningAt),
          renderedSeconds: secondsBetween(generation.runningAt, generation.succeededAt),
          securedSeconds: secondsBetween(generation.succeededAt, this.context.timestamp()),
        },
        tokens,
        price:
          price === null || tokens === null
            ? null
            : { amount: (tokens * price.perMillion) / 1e6, currency: price.currency },
        practice: this.context.isPractice(generation),
      });
      this.context.retries.reset(id);
      this.context.store.move(
        id,
        'done',
        { clipId: clip.id, endedAt: this.context.timestamp(), error: null, hold: null, heldSince: null },
        // The endpoint's own copy can be a reference until its address dies; then that is wiped too.
        { lastFrameUrl: null, etag: null },
      );
      this.context.record(id, 'secured', clip.fileName);
    } catch (error) {
      // Interrupted by quitting: it goes on at the next start.
      if (!signal.aborted) await this.concludeFailedFinish(generation, partPath, error);
    }
  }

  private async concludeFailedFinish(
    generation: Generation,
    partPath: string,
    error: unknown,
  ): Promise<void> {
    const { id } = generation;
    if (this.waitForDisk(id, error)) return;
    const known = asAppError(error);
    this.context.logFailure(id, error);
    if (known.code === 'not_a_video' || known.code === 'download_interrupted') {
      // What was fetched is no video, or is gone: fetch it again, from the beginning.
      this.context.record(id, 'file_refused', known.code);
      await rm(partPath, { force: true });
      this.context.store.move(
        id,
        'downloading',
        { downloadAttempts: generation.downloadAttempts + 1, error: known.toRecord() },
        { etag: null, totalBytes: null },
      );
    } else if (known.code === 'ffmpeg_missing') this.context.hold(id, 'ffmpeg_missing', known);
    // Anything else says nothing against the file: it stays, and is looked at again.
    this.context.retries.later(id);
  }

  /** True when the error is about the disk: a state that waits, not a failure. */
  private waitForDisk(id: string, error: unknown): boolean {
    if (!(error instanceof AppError) || !DISK_CODES.has(error.code)) return false;
    this.context.hold(id, 'disk', error);
    this.context.retries.later(id);
    return true;
  }
}

function secondsBetween(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** The stores behind these links say so in plain words; 410 means the same. */
function saysExpired({ detail }: AppError): boolean {
  return detail.status === 410 || /expired/i.test(detail.rawMessage ?? '');
}
