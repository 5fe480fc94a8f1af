// Takes each task from queued to its end, at a believable pace, and again after a restart.
import { OUTPUT_FPS } from '../shared/domain/models';
import type { GatewaySettings } from './settings';
import { isFinished, type Task, type TaskError, type TaskStatus, type TaskStore } from './tasks';

const MAX_RENDERS = 2;

interface LifecycleParts {
  readonly store: TaskStore;
  readonly settings: () => GatewaySettings;
  /** Makes the result files in the task's folder. */
  readonly render: (task: Task, folder: string, signal: AbortSignal) => Promise<void>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Runs the unfinished tasks: at most `maxRunning` are `running`, two of them in ffmpeg. */
export class Lifecycle {
  private readonly active = new Map<string, { stop: AbortController; done: Promise<void> }>();
  private readonly runningSlots: Slots;
  private readonly renderSlots = new Slots(() => MAX_RENDERS);
  private closed = false;

  constructor(private readonly parts: LifecycleParts) {
    this.runningSlots = new Slots(() => parts.settings().maxRunning);
  }

  /** Starts (or after a restart: goes on with) a task. */
  begin(task: Task): void {
    if (this.closed || isFinished(task)) return;
    const stop = new AbortController();
    const done = this.run(task, stop.signal)
      .catch((error: unknown) => this.parts.log(`task ${task.id}: ${String(error)}`))
      .finally(() => this.active.delete(task.id));
    this.active.set(task.id, { stop, done });
  }

  /** Ends a queued task. False when it is not queued any more. */
  async cancel(task: Task): Promise<boolean> {
    if (task.status !== 'queued') return false;
    await this.end(task, 'cancelled');
    return true;
  }

  /** Ends a task that was not finished in time (`execution_expires_after` seconds from its creation). */
  async expireIfDue(task: Task): Promise<void> {
    if (isFinished(task) || !this.isDue(task)) return;
    await this.end(task, 'expired');
  }

  /** Stops all work at once; what is unfinished goes on after the next start. */
  async close(): Promise<void> {
    this.closed = true;
    const entries = [...this.active.values()];
    for (const { stop } of entries) stop.abort();
    await Promise.allSettled(entries.map(({ done }) => done));
  }

  private async run(task: Task, signal: AbortSignal): Promise<void> {
    const { settings, store } = this.parts;
    if (task.status === 'queued') await sleep(settings().queuedMs, signal);
    const leaveRunning = await this.runningSlots.enter(signal);
    if (leaveRunning === null) return;
    try {
      if (task.status === 'queued') await this.move(task, 'running');
      const pace = sleep(settings().runningMs, signal);
      const problem = task.doomed ?? (await this.renderInTurn(task, signal));
      await pace;
      if (signal.aborted || isFinished(task)) return;
      if (this.isDue(task)) return await this.end(task, 'expired');
      task.error = problem;
      if (problem === null) {
        task.linksExpire = Math.floor(this.parts.now() / 1000) + settings().urlLifetimeSeconds;
      }
      await this.move(task, problem === null ? 'succeeded' : 'failed');
    } finally {
      leaveRunning();
      await store.settle();
    }
  }

  private async renderInTurn(task: Task, signal: AbortSignal): Promise<TaskError | null> {
    const leave = await this.renderSlots.enter(signal);
    if (leave === null) return null;
    const started = performance.now();
    try {
      await this.parts.render(task, this.parts.store.folderOf(task.id), signal);
      const seconds = (performance.now() - started) / 1000;
      this.parts.log(
        `task ${task.id}: rendered ${task.totalFrames / OUTPUT_FPS} s in ${seconds.toFixed(1)} s`,
      );
      return null;
    } catch (error) {
      if (!signal.aborted) this.parts.log(`task ${task.id}: render failed: ${String(error)}`);
      return {
        code: 'InternalServiceError',
        message: 'The service encountered an unexpected internal error.',
      };
    } finally {
      leave();
    }
  }

  private async end(task: Task, status: 'cancelled' | 'expired'): Promise<void> {
    const moved = this.move(task, status);
    this.active.get(task.id)?.stop.abort();
    await moved;
  }

  /** The status changes at once, so that no other request decides on the old one; then it is written. */
  private async move(task: Task, status: TaskStatus): Promise<void> {
    task.status = status;
    task.updatedAt = this.parts.now();
    await this.parts.store.save(task);
  }

  private isDue(task: Task): boolean {
    return this.parts.now() >= task.createdAt + task.executionExpiresAfter * 1000;
  }
}

/** A counter of places; those who wait are served in order. */
class Slots {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limit: () => number) {}

  /** Resolves to the function that gives the place back, or null when stopped before there was one. */
  async enter(signal: AbortSignal): Promise<(() => void) | null> {
    while (!signal.aborted && this.taken >= this.limit()) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal.aborted) {
      this.waiting.shift()?.();
      return null;
    }
    this.taken += 1;
    return () => {
      this.taken -= 1;
      this.waiting.shift()?.();
    };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
