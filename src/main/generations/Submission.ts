// Sends a recipe: puts every reference in its place, writes the intent down, and posts exactly once.
import { AppError } from '@shared/contract/errors';
import { custodyOf, type Custody } from '@shared/domain/custody';
import type { DraftReference } from '@shared/domain/draft';
import type { Generation, Hold } from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import type { ArkClient, CreateOutcome } from '../ark/client';
import { asAppError, describe, HOST_CODES, withReference, type GenerationContext } from './GenerationContext';
import { buildRequestBody, type ReferencePlace } from './requestBody';
import type { ResultAddress } from './results';
import { Uploads } from './Uploads';

/** Tries without a line before it goes into the outbox. */
const MOST_LINE_TRIES = 3;
/** Definite "come back later" answers before it is called a refusal. */
const MOST_SENDS = 8;
const MOST_BODY_BYTES = 64 * 1024 * 1024;

export class Submission {
  /** `onUnconfirmed` is told when nobody knows whether a request arrived. */
  constructor(
    private readonly context: GenerationContext,
    private readonly onUnconfirmed: (id: string) => void,
    private readonly resultOf: (clipId: string) => ResultAddress | null,
  ) {}

  /** Takes a generation from `preparing` as far as it gets. Interrupted only before anything is sent. */
  async submit(id: string, signal: AbortSignal): Promise<void> {
    const { generation } = this.context.require(id);
    const maxBodyBytes = findModel(generation.recipe.model)?.referenceLimits.maxBodyBytes ?? MOST_BODY_BYTES;
    let body: Uint8Array;
    let client: ArkClient;
    try {
      client = await this.context.client(generation);
      body = await buildRequestBody(
        generation.recipe,
        this.context.modelId(generation),
        await this.place(generation, maxBodyBytes, signal),
        maxBodyBytes,
      );
    } catch (error) {
      if (signal.aborted) return;
      this.failPreparing(generation, error);
      return;
    }
    if (signal.aborted) return;
    this.context.record(id, 'prepared', `${body.byteLength} bytes`);
    this.context.store.move(id, 'submitting', {
      submittedAt: this.context.timestamp(),
      hold: null,
      heldSince: null,
      error: null,
    });
    this.context.record(id, 'sending', generation.connection.baseUrl);
    this.concludeSubmit(id, await client.create(body));
  }

  private concludeSubmit(id: string, outcome: CreateOutcome): void {
    switch (outcome.type) {
      case 'accepted':
        this.context.retries.reset(id);
        this.context.store.move(
          id,
          'queued',
          { taskId: outcome.taskId, recordExpiresAt: this.context.recordExpiry(null) },
          { requestId: outcome.requestId },
        );
        this.context.record(id, 'accepted', outcome.taskId);
        return;
      case 'refused':
        this.reject(id, outcome.error);
        return;
      case 'later':
        // A full queue empties, and nothing is charged meanwhile: only a server that stays broken is given up.
        if (outcome.error.code !== 'rate_limited' && this.context.retries.count(id) >= MOST_SENDS)
          this.reject(id, outcome.error);
        else this.sendLater(id, 'busy', 'send_later', outcome.error);
        return;
      case 'not_sent':
        if (this.belongsInOutbox(id)) this.putIntoOutbox(id, outcome.error);
        else this.sendLater(id, 'offline', 'not_sent', outcome.error);
        return;
      case 'unknown': {
        const { detail } = outcome.error;
        const error = new AppError('send_unconfirmed', outcome.error.message, detail).toRecord();
        this.context.store.move(id, 'unconfirmed', { error });
        this.context.record(id, 'unconfirmed', describe(outcome.error));
        this.onUnconfirmed(id);
      }
    }
  }

  private reject(id: string, error: AppError): void {
    this.context.retries.reset(id);
    const { generation } = this.context.require(id);
    this.context.store.move(id, 'rejected', {
      error: withReference(generation, error).toRecord(),
      endedAt: this.context.timestamp(),
      hold: null,
    });
    this.context.record(id, 'refused', describe(error));
  }

  /** The line is gone for longer than a hiccup, and the person did not choose that things go out by themselves. */
  private belongsInOutbox(id: string): boolean {
    const { generation } = this.context.require(id);
    if (this.context.isPractice(generation) || this.context.options.outboxSendsByItself()) return false;
    return this.context.retries.count(id) >= MOST_LINE_TRIES;
  }

  private putIntoOutbox(id: string, error: AppError): void {
    this.context.retries.reset(id);
    this.context.store.move(id, 'preparing', { submittedAt: null });
    this.context.store.move(id, 'held', {
      heldReason: 'offline',
      heldSince: this.context.timestamp(),
      hold: null,
      error: null,
    });
    this.context.record(id, 'held', describe(error));
  }

  private sendLater(id: string, hold: Hold, step: 'not_sent' | 'send_later', error: AppError): void {
    this.context.store.move(id, 'preparing', { submittedAt: null });
    this.context.record(id, step, describe(error));
    this.context.hold(id, hold, error);
    this.context.retries.later(id, error.detail.retryAfterSeconds ?? null);
  }

  private failPreparing(generation: Generation, error: unknown): void {
    const known = asAppError(error);
    if (known.code === 'key_missing') this.context.hold(generation.id, 'key_missing', known);
    else if (known.code === 'practice_unavailable')
      this.context.hold(generation.id, 'practice_stopped', known);
    else if (HOST_CODES.has(known.code)) this.context.hold(generation.id, 'host', known);
    else {
      this.context.logFailure(generation.id, error);
      this.context.store.move(generation.id, 'failed', {
        error: known.toRecord(),
        endedAt: this.context.timestamp(),
        hold: null,
      });
      this.context.record(generation.id, 'failed', describe(known));
      return;
    }
    this.context.retries.later(generation.id);
  }

  /** Small pictures and sounds travel inside the request; the rest is put where the endpoint fetches it. */
  private async place(
    generation: Generation,
    maxBodyBytes: number,
    signal: AbortSignal,
  ): Promise<Map<string, ReferencePlace>> {
    const { recipe, connection } = generation;
    const { references } = recipe;
    const custody = custodyOf(references, {
      // A host that is missing is waited for: it was there when the person said yes.
      canHost: true,
      baseUrl: connection.baseUrl,
      now: this.context.now(),
      maxBodyBytes,
    });
    const uploads = new Uploads(this.context, generation, signal);
    const places = new Map<string, ReferencePlace>();
    const hosted: DraftReference[] = [];
    for (const [index, item] of references.entries()) {
      this.context.options.announceProgress({
        id: generation.id,
        step: 'preparing',
        done: index + 1,
        total: references.length,
      });
      const place = this.placeHere(item, custody.get(item.key), connection.baseUrl);
      if (place === null) hosted.push(item);
      else places.set(item.key, place);
    }
    for (const [key, url] of await uploads.put(hosted)) places.set(key, { type: 'address', url });
    return places;
  }

  /** Null: it has to be put somewhere first. */
  private placeHere(
    { reference }: DraftReference,
    custody: Custody | undefined,
    baseUrl: string,
  ): ReferencePlace | null {
    if (reference.url !== undefined) return { type: 'address', url: reference.url };
    if (custody === 'result') {
      const result = this.resultOf(reference.clip?.id ?? '');
      // It may have died, or been wiped, since the recipe was written.
      return result?.baseUrl === baseUrl ? { type: 'address', url: result.url } : null;
    }
    if (custody !== 'inside') return null;
    const file = this.context.options.references.fileOf(reference.id);
    if (file === null)
      throw new AppError('file_unreadable', `no kept file for ${reference.id}`, {
        values: { name: reference.name },
      });
    return { type: 'inline', file };
  }
}
