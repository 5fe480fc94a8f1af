// Asks after a task until it ends, and reads each answer into a move of the generation.
import { AppError } from '@shared/contract/errors';
import { isEnded, type Generation } from '@shared/domain/generation';
import { toAppError } from '../ark/errors';
import type { Task } from '../ark/wire';
import { describe, LINE_CODES, withReference, type GenerationContext } from './GenerationContext';
import type { Verdict } from './poller';

/** The provider's own life of a task when the request names none (documented default). */
const TASK_LIFE_SECONDS = 172_800;
/** Beyond the task's life, for a provider that forgets to say that it expired. */
const GRACE_SECONDS = 3600;
const LINK_LIFE_MS = 24 * 60 * 60 * 1000;
/** A task just made may be unknown to a second server for a moment. */
const MOST_RECORD_GONE = 4;
/** A gateway that restarts knows nothing for a while: gone is believed only when it stays gone. */
const RECORD_GONE_MS = 120_000;
/** While the key is refused nothing changes until the person acts. */
const KEY_WAIT_SECONDS = 60;

export class Watching {
  /** When a task was first unknown to its provider: milliseconds since 1970. */
  private readonly unknownSince = new Map<string, number>();

  constructor(
    private readonly context: GenerationContext,
    private readonly isStopped: () => boolean,
    /** Nothing of this connection is asked for a while. */
    private readonly pauseConnection: (connectionId: string, seconds: number) => void,
  ) {}

  /** Asks once. Never throws: what went wrong is in the record or in the log. */
  async ask(id: string): Promise<Verdict> {
    const stored = this.context.store.find(id);
    if (stored === null || !['queued', 'running'].includes(stored.generation.state)) return 'stop';
    const { generation } = stored;
    const taskId = generation.taskId ?? '';
    try {
      const task = await (await this.context.client(generation)).get(taskId);
      this.context.retries.reset(id);
      this.unknownSince.delete(id);
      return this.concludeAsk(id, task);
    } catch (error) {
      return this.concludeFailedAsk(generation, error);
    }
  }

  private concludeAsk(id: string, task: Task): Verdict {
    const { generation } = this.context.require(id);
    if (isEnded(generation.state)) return 'stop';
    const clear = { hold: null, heldSince: null, unknownStatus: null } as const;
    const ended = { ...clear, endedAt: this.context.timestamp() };
    const facts = {
      seed: task.seed,
      resolution: task.resolution,
      ratio: task.ratio,
      seconds: task.seconds,
    };
    switch (task.meaning) {
      case 'queued':
        this.context.store.note(id, clear);
        return this.overdue(generation) ? this.expire(id) : 'again';
      case 'running':
      case 'unknown': {
        const changes = { ...clear, unknownStatus: task.meaning === 'unknown' ? task.status : null };
        const word = task.meaning === 'unknown' ? task.status : 'running';
        if (generation.state === 'queued' || changes.unknownStatus !== generation.unknownStatus)
          this.context.record(id, 'status', word);
        if (generation.state === 'queued')
          this.context.store.move(id, 'running', { ...changes, runningAt: this.context.timestamp() });
        else this.context.store.note(id, changes);
        return this.overdue(generation) ? this.expire(id) : 'again';
      }
      case 'succeeded':
        if (task.videoUrl === null) {
          // Some gateways say so a moment before they have the address.
          this.context.store.note(id, { ...clear, unknownStatus: task.status });
          return this.overdue(generation) ? this.expire(id) : 'again';
        }
        this.context.store.move(
          id,
          'downloading',
          {
            ...clear,
            runningAt: generation.runningAt ?? this.context.timestamp(),
            succeededAt: this.context.timestamp(),
            tokens: task.tokens,
            linkExpiresAt: this.linkExpiry(task),
          },
          { ...facts, videoUrl: task.videoUrl, lastFrameUrl: task.lastFrameUrl },
        );
        this.context.record(id, 'succeeded', `${task.status}, ${task.tokens ?? 'unknown'} tokens`);
        this.context.advance(id);
        return 'stop';
      case 'failed': {
        const error = withReference(generation, toAppError(200, task.error));
        this.context.store.move(id, 'failed', { ...ended, error: error.toRecord() }, facts);
        this.context.record(id, 'failed', describe(error));
        return 'stop';
      }
      case 'cancelled':
        this.context.store.move(id, 'cancelled', {
          ...ended,
          error: new AppError('task_cancelled').toRecord(),
        });
        this.context.record(id, 'cancelled', task.status);
        return 'stop';
      case 'expired':
        return this.expire(id);
    }
  }

  private concludeFailedAsk(generation: Generation, error: unknown): Verdict {
    const { id } = generation;
    if (this.isStopped()) return 'stop';
    if (!(error instanceof AppError)) {
      this.context.logFailure(id, error);
      return 'again';
    }
    if (generation.error?.code !== error.code) this.context.record(id, 'ask_failed', describe(error));
    const atLeastSeconds = error.detail.retryAfterSeconds;
    if (error.code === 'record_gone') return this.recordGone(id, error);
    if (error.code === 'key_refused' || error.code === 'key_missing') {
      for (const other of this.ofConnection(generation)) this.context.hold(other.id, error.code, error);
      this.pauseConnection(generation.connection.id, KEY_WAIT_SECONDS);
      return 'again';
    }
    if (error.code === 'practice_unavailable') this.context.hold(id, 'practice_stopped', error);
    else if (LINE_CODES.has(error.code)) this.context.hold(id, 'offline', error);
    return atLeastSeconds === undefined ? 'again' : { atLeastSeconds };
  }

  /** A refused key holds everything of its connection, not only the one that happened to ask. */
  private ofConnection({ connection }: Generation): Generation[] {
    return this.context.store
      .listUnfinished()
      .filter(
        ({ state, connection: other }) =>
          other.id === connection.id && (state === 'queued' || state === 'running'),
      );
  }

  private recordGone(id: string, error: AppError): Verdict {
    const since = this.unknownSince.get(id) ?? this.context.now();
    this.unknownSince.set(id, since);
    const patience = this.context.options.recordGoneMs ?? RECORD_GONE_MS;
    const tries = this.context.retries.countUp(id);
    if (tries < MOST_RECORD_GONE || this.context.now() - since < patience) return 'again';
    this.unknownSince.delete(id);
    this.context.retries.reset(id);
    this.context.record(id, 'lost', describe(error));
    this.context.store.move(id, 'lost', {
      error: error.toRecord(),
      endedAt: this.context.timestamp(),
      hold: null,
    });
    return 'stop';
  }

  private overdue(generation: Generation): boolean {
    const life = generation.recipe.parameters.executionExpiresAfter ?? TASK_LIFE_SECONDS;
    const since = Date.parse(generation.submittedAt ?? generation.createdAt);
    return this.context.now() > since + (life + GRACE_SECONDS) * 1000;
  }

  private expire(id: string): Verdict {
    this.context.record(id, 'expired');
    const error = new AppError('task_expired').toRecord();
    this.context.store.move(id, 'expired', {
      error,
      endedAt: this.context.timestamp(),
      hold: null,
      unknownStatus: null,
    });
    return 'stop';
  }

  private linkExpiry(task: Task): string {
    const since = task.updatedAt === null ? this.context.now() : task.updatedAt * 1000;
    return new Date(since + LINK_LIFE_MS).toISOString();
  }
}
