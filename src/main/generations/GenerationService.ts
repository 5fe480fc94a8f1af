// The life of every generation, from the button to the file: what may be asked of them, and what goes on.
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import { estimateCost } from '@shared/domain/cost';
import { freezeRecipe, problemsOf, type Draft } from '@shared/domain/draft';
import { isEnded, type Generation } from '@shared/domain/generation';
import { GenerationContext, type GenerationServiceOptions } from './GenerationContext';
import type { GenerationStore } from './generationStore';
import { Poller } from './poller';
import { findCandidates } from './reconcile';
import { Securing } from './Securing';
import { Submission } from './Submission';
import { Watching } from './Watching';

const FIRST_ASK_MS = 2000;
const MOST_DOWNLOADS = 3;

export class GenerationService {
  private readonly store: GenerationStore;
  private readonly context: GenerationContext;
  private readonly poller: Poller;
  private readonly submission: Submission;
  private readonly securing: Securing;
  private readonly downloads = new PQueue({ concurrency: MOST_DOWNLOADS });
  /** What is being worked on right now, and how to interrupt it. */
  private readonly active = new Map<string, AbortController>();
  private readonly working = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly options: GenerationServiceOptions) {
    this.store = options.store;
    this.context = new GenerationContext(options, (id) => this.advance(id));
    const watching = new Watching(this.context, () => this.stopped);
    this.poller = new Poller((id) => watching.ask(id), this.context.now);
    this.submission = new Submission(this.context, (id) => this.lookInBackground(id));
    this.securing = new Securing(this.context);
  }

  /** All that are not done: in work, or ended without a clip and not dismissed. Newest first. */
  list(): Generation[] {
    return this.store.listOpen();
  }

  /**
   * Freezes the draft, writes it down, and begins. What it returns is already on disk.
   * @throws AppError `draft_has_problems`, `no_connection`, `key_missing`
   */
  create(draft: Draft, connectionId: string): Generation {
    const connection = this.options.connections.find(connectionId);
    const problems = problemsOf(draft, connection).filter((problem) => problem.severity === 'error');
    if (problems.length > 0)
      throw new AppError('draft_has_problems', problems.map((problem) => problem.code).join(', '));
    if (connection.key === 'none') throw new AppError('key_missing');
    const generation = this.store.insert({
      recipe: freezeRecipe(draft),
      connection: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl },
      estimate: estimateCost(draft, connection.currency),
      createdAt: this.context.timestamp(),
    });
    this.advance(generation.id);
    return generation;
  }

  /** Everything unfinished goes on. Called once, at start. */
  resume(): void {
    for (const generation of this.store.listUnfinished()) {
      if (generation.state === 'submitting') {
        // The program ended between sending and the answer: nobody knows whether it arrived.
        this.store.move(generation.id, 'unconfirmed', { error: new AppError('send_unconfirmed').toRecord() });
        this.lookInBackground(generation.id);
      } else this.advance(generation.id);
    }
  }

  /** After wake-up, reconnect, a new key or window focus: nothing waits for its timer. */
  wake(): void {
    this.context.retries.fireAll();
    this.poller.wake();
  }

  /** Stops all work so that it goes on at the next start. Waits a moment for answers to what was just sent. */
  async stop(graceMs = 5000): Promise<void> {
    this.stopped = true;
    this.poller.stop();
    this.context.retries.stop();
    this.downloads.clear();
    for (const controller of this.active.values()) controller.abort();
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.allSettled(this.working), grace]);
  }

  /**
   * Cancels what was not sent yet, or what the provider still holds in its queue.
   * @throws AppError `cannot_cancel_running`: it runs, is billed and will be kept.
   */
  async cancel(id: string): Promise<Generation> {
    const { generation } = this.context.require(id);
    if (generation.state === 'preparing') {
      this.active.get(id)?.abort();
      this.context.retries.clear(id);
      return this.markCancelled(id);
    }
    if (generation.state !== 'queued' || generation.taskId === null)
      throw new AppError('cannot_cancel_running');
    const client = await this.context.client(generation);
    // The same verb destroys the record of a finished task: look before.
    const task = await client.get(generation.taskId);
    if (task.meaning !== 'queued') {
      this.poller.watch(id);
      throw new AppError('cannot_cancel_running');
    }
    await client.remove(generation.taskId);
    this.poller.forget(id);
    const current = this.context.require(id).generation;
    return current.state === 'queued' ? this.markCancelled(id) : current;
  }

  /**
   * Takes an ended or unconfirmed generation out of sight.
   * @throws AppError `bad_request` while it is still in work.
   */
  dismiss(id: string): void {
    const { generation } = this.context.require(id);
    if (!isEnded(generation.state) && generation.state !== 'unconfirmed') throw new AppError('bad_request');
    this.store.dismiss(id);
    this.options.announceRemoved(id);
  }

  /**
   * Looks for an unconfirmed generation in the endpoint's list and adopts the task when exactly one fits.
   * Else the record says what is known: `values.found` candidates, or `values.listed` 0 without a list.
   */
  async lookFor(id: string): Promise<Generation> {
    const { generation } = this.context.require(id);
    if (generation.state !== 'unconfirmed') return generation;
    const client = await this.context.client(generation);
    const candidates = await findCandidates(client, generation, this.context.modelId(generation), (taskId) =>
      this.store.knowsTask(generation.connection.id, taskId),
    );
    // Two looks at once: the first one may have adopted it meanwhile.
    const current = this.context.require(id).generation;
    if (current.state !== 'unconfirmed') return current;
    const taskId = candidates?.length === 1 ? (candidates[0]?.id ?? null) : null;
    if (taskId !== null) {
      const adopted = this.store.move(id, 'queued', { taskId, error: null });
      this.advance(id);
      return adopted;
    }
    const values: Record<string, number> =
      candidates === null ? { listed: 0 } : { listed: 1, found: candidates.length };
    const detail = { ...current.error?.detail, values };
    const error = new AppError('send_unconfirmed', 'not found by looking', detail);
    return this.store.note(id, { error: error.toRecord() });
  }

  private markCancelled(id: string): Generation {
    return this.store.move(id, 'cancelled', {
      endedAt: this.context.timestamp(),
      hold: null,
      heldSince: null,
      error: null,
    });
  }

  private lookInBackground(id: string): void {
    this.lookFor(id).catch((error: unknown) => this.context.logFailure(id, error));
  }

  private advance(id: string): void {
    if (this.stopped || this.active.has(id)) return;
    const state = this.store.find(id)?.generation.state;
    switch (state) {
      case 'preparing':
        void this.work(id, (signal) => this.submission.submit(id, signal));
        break;
      case 'queued':
      case 'running':
        this.poller.watch(id, state === 'queued' ? FIRST_ASK_MS : 0);
        break;
      case 'downloading':
      case 'finishing':
        void this.downloads.add(() => this.work(id, (signal) => this.securing.secure(id, signal)));
        break;
      default:
        break;
    }
  }

  private work(id: string, step: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.stopped || this.active.has(id)) return Promise.resolve();
    const controller = new AbortController();
    this.active.set(id, controller);
    const running = this.run(id, step, controller.signal).finally(() => this.working.delete(running));
    this.working.add(running);
    return running;
  }

  private async run(
    id: string,
    step: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await step(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.context.logFailure(id, error);
        this.context.retries.later(id);
      }
    } finally {
      this.active.delete(id);
    }
    // A step that ended in the next state goes on with it, unless it set itself a time.
    if (!this.context.retries.has(id)) this.advance(id);
  }
}
