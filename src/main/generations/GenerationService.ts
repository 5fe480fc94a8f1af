// The life of every generation, from the button to the file: what may be asked of them, and what goes on.
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import { pricingOf, type Connection } from '@shared/domain/connection';
import { estimateCost } from '@shared/domain/cost';
import { freezeRecipe, problemsOf, type Draft } from '@shared/domain/draft';
import { isEnded, type Generation, type JournalEntry, type StrangerTask } from '@shared/domain/generation';
import { GenerationContext, type GenerationServiceOptions } from './GenerationContext';
import type { GenerationStore } from './generationStore';
import { Poller } from './poller';
import { chooseTask, findCandidates } from './reconcile';
import { Results, type ResultAddress } from './results';
import { Securing } from './Securing';
import { fingerprintOf, SendingGate, type Confirmation } from './SendingGate';
import { recipeOf, Strangers } from './Strangers';
import { Submission } from './Submission';
import { UploadRelease } from './UploadRelease';
import { Watching } from './Watching';

const FIRST_ASK_MS = 2000;
const MOST_DOWNLOADS = 3;
/** A request may still be on its way, or the list behind: for so long it is worth looking again. */
const LOOK_FOR_MS = 10 * 60 * 1000;

export class GenerationService {
  private readonly store: GenerationStore;
  private readonly context: GenerationContext;
  private readonly pollers = new Map<string, Poller>();
  private readonly gate: SendingGate;
  private readonly strangers: Strangers;
  private readonly watching: Watching;
  private readonly submission: Submission;
  private readonly securing: Securing;
  private readonly results: Results;
  private readonly uploads: UploadRelease;
  private readonly downloads = new PQueue({ concurrency: MOST_DOWNLOADS });
  private readonly lookedFor = new Set<string>();
  private readonly looks = new PQueue({ concurrency: 1 });
  /** What is being worked on right now, and how to interrupt it. */
  private readonly active = new Map<string, AbortController>();
  private readonly working = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly options: GenerationServiceOptions) {
    this.store = options.store;
    this.context = new GenerationContext(options, (id) => this.advance(id));
    this.gate = new SendingGate(this.store, options.budget, this.context.now);
    this.strangers = new Strangers(this.context, options.announceStrangers);
    this.watching = new Watching(
      this.context,
      () => this.stopped,
      (connectionId, seconds) => this.pollerOf(connectionId).pause(seconds * 1000),
    );
    this.results = new Results(this.context);
    this.uploads = new UploadRelease(this.context);
    this.submission = new Submission(
      this.context,
      (id) => this.lookInBackground(id),
      (clipId) => this.results.of(clipId),
    );
    this.securing = new Securing(this.context);
  }

  /** All that are not done: in work, or ended without a clip and not dismissed. Newest first. */
  list(): Generation[] {
    return this.store.listOpen();
  }

  /**
   * Freezes the draft, writes it down, and begins, or holds it in the outbox. What it returns is already on disk.
   * @throws AppError `draft_has_problems`, `no_connection`, `key_missing`; `duplicate_recent` and
   * `budget_reached`, which ask for a confirmation.
   */
  create(
    draft: Draft,
    connectionId: string,
    { hold = false, confirmed = [] }: { hold?: boolean; confirmed?: readonly Confirmation[] } = {},
  ): Generation {
    const connection = this.options.connections.find(connectionId);
    const problems = problemsOf(draft, { ...connection, now: this.context.now() }).filter(
      (problem) => problem.severity === 'error',
    );
    if (problems.length > 0)
      throw new AppError('draft_has_problems', problems.map((problem) => problem.code).join(', '));
    if (connection.key === 'none' && !hold) throw new AppError('key_missing');
    const fingerprint = fingerprintOf(draft, connectionId);
    const estimate = estimateCost(draft, pricingOf(connection));
    if (!hold) this.gate.check([{ fingerprint, estimate }], confirmed);
    const generation = this.store.insert({
      recipe: freezeRecipe(draft),
      connection: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl },
      estimate,
      createdAt: this.context.timestamp(),
      fingerprint,
      heldReason: hold ? 'by_hand' : null,
      taskId: null,
    });
    this.context.record(generation.id, hold ? 'held' : 'written');
    this.advance(generation.id);
    return generation;
  }

  /**
   * Sends what is held, all or nothing.
   * @throws AppError `key_missing`, `duplicate_recent`, `budget_reached`
   */
  release(ids: readonly string[], confirmed: readonly Confirmation[] = []): Generation[] {
    const held = ids.map((id) => this.context.require(id).generation).filter(({ state }) => state === 'held');
    for (const { connection } of held)
      if (this.options.connections.find(connection.id).key === 'none') throw new AppError('key_missing');
    this.gate.check(
      held.map(({ id, estimate }) => ({ fingerprint: this.store.fingerprintOf(id), estimate })),
      confirmed,
    );
    return held.map(({ id }) => {
      const released = this.store.move(id, 'preparing', { heldReason: null, heldSince: null });
      this.context.record(id, 'released');
      this.advance(id);
      return released;
    });
  }

  /**
   * The same recipe once more, as a new generation; the old one goes out of sight.
   * @throws AppError like `create`; `bad_request` while the old one is still in work
   */
  sendAgain(id: string, confirmed: readonly Confirmation[] = []): Generation {
    const { generation } = this.context.require(id);
    if (!isEnded(generation.state) && generation.state !== 'unconfirmed') throw new AppError('bad_request');
    const { version: _, ...draft } = generation.recipe;
    const again = this.create(draft, generation.connection.id, { confirmed });
    if (generation.state !== 'done') this.dismiss(id);
    return again;
  }

  /** Where the endpoint's own copy of a clip is, and until when; null when there is none any more. */
  resultOf(clipId: string): Omit<ResultAddress, 'url'> | null {
    const result = this.results.of(clipId);
    return result === null ? null : { baseUrl: result.baseUrl, until: result.until };
  }

  /** Every step of a generation with its time, oldest first. */
  journal(id: string): JournalEntry[] {
    this.context.require(id);
    return this.store.journal(id);
  }

  /** Finished tasks of the provider's that this computer does not know, as of the last look. */
  listStrangers(): StrangerTask[] {
    return this.strangers.list();
  }

  /** Looks for them now. `byHand` asks also endpoints that had no list before. */
  findStrangers(connections: readonly Connection[], byHand: boolean): Promise<StrangerTask[]> {
    return this.strangers.find(connections, byHand);
  }

  /**
   * Fetches a finished task that was not sent from here.
   * @throws AppError `record_gone`, `key_missing`, what asking may throw; `bad_request` when it is known here
   */
  async adopt(connectionId: string, taskId: string): Promise<Generation> {
    const connection = this.options.connections.find(connectionId);
    const task = await (await this.context.clientOf(connectionId)).get(taskId);
    if (this.store.knowsTask(connectionId, taskId)) throw new AppError('bad_request', 'known here already');
    const recipe = recipeOf(task);
    const { id } = this.store.insert({
      recipe,
      connection: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl },
      estimate: estimateCost(recipe, pricingOf(connection)),
      createdAt: this.context.timestamp(),
      fingerprint: null,
      heldReason: null,
      taskId,
    });
    const generation = this.store.note(id, { recordExpiresAt: this.context.recordExpiry(task.createdAt) });
    this.context.record(id, 'found', taskId);
    this.strangers.remove(connectionId, taskId);
    this.pollerOf(connectionId).watch(id);
    return generation;
  }

  /** What an earlier run left unfinished goes on. Called once, soon after the start. */
  resume(): void {
    const restored = this.store.restoreJobs();
    if (restored > 0) this.options.log.warn(`${restored} paid jobs taken up from their files`);
    for (const generation of this.store.listUnfinished()) {
      // The person was faster: it was sent in this run, and its answer is on the way.
      if (this.active.has(generation.id)) continue;
      if (generation.state === 'submitting') {
        // The program ended between sending and the answer: nobody knows whether it arrived.
        this.store.move(generation.id, 'unconfirmed', { error: new AppError('send_unconfirmed').toRecord() });
        this.context.record(generation.id, 'unconfirmed', 'the program ended before the answer');
        this.lookInBackground(generation.id);
      } else {
        this.context.record(generation.id, 'resumed', generation.state);
        this.advance(generation.id);
      }
    }
    this.results.start();
    this.uploads.start();
  }

  /** The network is back: what waited for it goes on, and out of the outbox if the person chose that. */
  networkBack(): void {
    if (this.options.outboxSendsByItself()) {
      for (const { id, heldReason, state } of this.list()) {
        if (state !== 'held' || heldReason !== 'offline') continue;
        try {
          this.release([id]);
        } catch (error) {
          // A budget or a twin asks first: it stays in the outbox.
          this.context.logFailure(id, error);
        }
      }
    }
    this.wake();
  }

  /** After wake-up, reconnect, a new key or window focus: nothing waits for its timer. */
  wake(): void {
    this.context.retries.fireAll();
    for (const poller of this.pollers.values()) poller.wake();
  }

  /** Stops all work so that it goes on at the next start. Waits a moment for answers to what was just sent. */
  async stop(graceMs = 5000): Promise<void> {
    this.stopped = true;
    for (const poller of this.pollers.values()) poller.stop();
    this.context.retries.stop();
    this.results.stop();
    this.downloads.clear();
    this.looks.clear();
    for (const controller of this.active.values()) controller.abort();
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.allSettled([...this.working, this.uploads.stop()]), grace]);
  }

  /**
   * Cancels what was not sent yet, or what the provider still holds in its queue.
   * @throws AppError `cannot_cancel_running`: it runs, is billed and will be kept.
   */
  async cancel(id: string): Promise<Generation> {
    const { generation } = this.context.require(id);
    if (generation.state === 'held' || generation.state === 'preparing') {
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
      this.pollerOf(generation.connection.id).watch(id);
      throw new AppError('cannot_cancel_running');
    }
    await client.remove(generation.taskId);
    this.pollerOf(generation.connection.id).forget(id);
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
    this.context.retries.clear(id);
    this.options.announceRemoved(id);
  }

  /**
   * Looks for an unconfirmed generation in the endpoint's list and adopts the task when exactly one fits.
   * Else the record says what is known: `values.found` candidates, or `values.listed` 0 without a list.
   */
  async lookFor(id: string): Promise<Generation> {
    const { generation } = this.context.require(id);
    if (generation.state === 'lost') return this.askAgain(generation);
    if (generation.state !== 'unconfirmed') return generation;
    const client = await this.context.client(generation);
    const { id: connectionId, baseUrl } = generation.connection;
    const isKnown = (taskId: string): boolean => this.store.knowsTask(connectionId, taskId);
    const candidates = await findCandidates(client, generation, this.context.modelId(generation), isKnown);
    this.store.rememberList(baseUrl, candidates !== null);
    this.context.record(id, 'looked', candidates === null ? 'no list' : `${candidates.length} fit`);
    // Two looks at once: the first one may have adopted it meanwhile.
    const current = this.context.require(id).generation;
    if (current.state !== 'unconfirmed') return current;
    const { task, found } = chooseTask(
      (candidates ?? []).filter((candidate) => candidate.id !== null && !isKnown(candidate.id)),
      current,
      this.store.listInDoubt(connectionId),
      (each) => this.context.modelId(each),
    );
    if (task !== null) {
      const { id: taskId, createdAt } = task;
      const adopted = this.store.move(id, 'queued', {
        taskId,
        error: null,
        recordExpiresAt: this.context.recordExpiry(createdAt),
      });
      this.context.record(id, 'found', taskId ?? '');
      this.context.retries.reset(id);
      this.advance(id);
      return adopted;
    }
    const values: Record<string, number> = candidates === null ? { listed: 0 } : { listed: 1, found };
    const detail = { ...current.error?.detail, values };
    const error = new AppError('send_unconfirmed', 'not found by looking', detail);
    return this.store.note(id, { error: error.toRecord() });
  }

  private markCancelled(id: string): Generation {
    this.context.record(id, 'cancelled', 'by the person');
    return this.store.move(id, 'cancelled', {
      endedAt: this.context.timestamp(),
      heldReason: null,
      hold: null,
      heldSince: null,
      error: null,
    });
  }

  /** What was called lost may have come back: its provider is asked once more, and it goes on if it is there. */
  private async askAgain({ id, taskId, connection }: Generation): Promise<Generation> {
    const { generation } = this.context.require(id);
    const task = await (await this.context.client(generation)).get(taskId ?? '');
    if (this.context.require(id).generation.state !== 'lost') return this.context.require(id).generation;
    this.context.record(id, 'found', task.status);
    const found = this.store.move(id, 'queued', { error: null, endedAt: null, downloadAttempts: 0 });
    this.pollerOf(connection.id).watch(id);
    return found;
  }

  /** Not where the endpoint has shown that it has no list; the person can still ask for a look. */
  private lookInBackground(id: string): void {
    const { connection } = this.context.require(id).generation;
    if (this.store.hasList(connection.baseUrl) === false) {
      const detail = { values: { listed: 0 } };
      this.store.note(id, { error: new AppError('send_unconfirmed', 'no list here', detail).toRecord() });
      return;
    }
    if (this.lookedFor.has(id)) return;
    this.lookedFor.add(id);
    void this.looks.add(async () => {
      try {
        const { state, submittedAt } = await this.lookFor(id);
        const lookedLong = this.context.now() > Date.parse(submittedAt ?? '') + LOOK_FOR_MS;
        if (state !== 'unconfirmed' || lookedLong) return;
      } catch (error) {
        if (this.stopped) return;
        this.context.logFailure(id, error);
      } finally {
        this.lookedFor.delete(id);
      }
      this.context.retries.later(id);
    });
  }

  private advance(id: string): void {
    if (this.stopped || this.active.has(id)) return;
    const generation = this.store.find(id)?.generation;
    if (generation === undefined) return;
    const { state, connection, linkExpiresAt } = generation;
    switch (state) {
      case 'preparing':
        void this.work(id, (signal) => this.submission.submit(id, signal));
        break;
      case 'unconfirmed':
        this.lookInBackground(id);
        break;
      case 'queued':
      case 'running':
        this.pollerOf(connection.id).watch(id, state === 'queued' ? FIRST_ASK_MS : 0);
        break;
      case 'downloading':
      case 'finishing':
        void this.downloads.add(() => this.work(id, (signal) => this.securing.secure(id, signal)), {
          // The link that dies first goes first.
          priority: linkExpiresAt === null ? 0 : -Math.floor(Date.parse(linkExpiresAt) / 1000),
        });
        break;
      default:
        break;
    }
  }

  private pollerOf(connectionId: string): Poller {
    let poller = this.pollers.get(connectionId);
    if (poller === undefined) {
      poller = new Poller((id) => this.watching.ask(id), this.context.now);
      this.pollers.set(connectionId, poller);
    }
    return poller;
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
