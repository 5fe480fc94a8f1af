// Brings a held generation back after a growing wait, or at once when something changed.
import { delayMs, LINE_BACKOFF } from '../ark/retry';

export class RetryTimers {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Until when a server asked not to be asked again: milliseconds since 1970. */
  private readonly askedToWait = new Map<string, number>();
  private readonly tries = new Map<string, number>();
  private stopped = false;

  constructor(private readonly fire: (id: string) => void) {}

  /** How often `id` was put off since it last went well. */
  count(id: string): number {
    return this.tries.get(id) ?? 0;
  }

  /** Counts one more failure without setting a time. */
  countUp(id: string): number {
    const count = this.count(id) + 1;
    this.tries.set(id, count);
    return count;
  }

  /** Fires for `id` after the next wait, which is never shorter than what a server asked for. */
  later(id: string, atLeastSeconds: number | null = null): void {
    if (this.stopped) return;
    const wait = delayMs(LINE_BACKOFF, this.count(id), Math.random, atLeastSeconds);
    this.countUp(id);
    this.clear(id);
    if (atLeastSeconds !== null) this.askedToWait.set(id, Date.now() + atLeastSeconds * 1000);
    this.timers.set(
      id,
      setTimeout(() => {
        this.clear(id);
        this.fire(id);
      }, wait),
    );
  }

  has(id: string): boolean {
    return this.timers.has(id);
  }

  /** It went well: the next wait is a short one again. */
  reset(id: string): void {
    this.tries.delete(id);
  }

  clear(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.askedToWait.delete(id);
  }

  /** At once, but for those that a server asked to wait. */
  fireAll(): void {
    for (const id of [...this.timers.keys()]) {
      if ((this.askedToWait.get(id) ?? 0) > Date.now()) continue;
      this.clear(id);
      this.fire(id);
    }
  }

  stop(): void {
    this.stopped = true;
    for (const id of [...this.timers.keys()]) this.clear(id);
  }
}
