// Decides when each task of one connection is asked again: one timer, never faster than the provider allows.
import { delayMs, POLL_BACKOFF } from '../ark/retry';

/** What asking led to: ask again as usual, ask again after a wait the server named, or never again. */
export type Verdict = 'again' | 'stop' | { readonly atLeastSeconds: number };

interface Watched {
  dueAt: number;
  /** The server asked not to be asked before. */
  notBefore: number;
  attempt: number;
  asking: boolean;
}

/** Documented: 20 GET a second per account, shared with the account's other programs; half of it is ours. */
const GAP_MS = 100;
const MOST_AT_ONCE = 6;

export class Poller {
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | null = null;
  private asking = 0;
  private lastAskAt = 0;
  private stopped = false;
  private pausedUntil = 0;

  /** `ask` must not throw: it sorts its own errors into a verdict. */
  constructor(
    private readonly ask: (id: string) => Promise<Verdict>,
    private readonly now: () => number = Date.now,
    private readonly random: () => number = Math.random,
  ) {}

  /** Asks about `id` after `delay` milliseconds, then again and again until told to stop. */
  watch(id: string, delay = 0): void {
    const known = this.watched.get(id);
    if (known?.asking === true) return;
    this.watched.set(id, { dueAt: this.now() + delay, notBefore: 0, attempt: 0, asking: false });
    this.arm();
  }

  forget(id: string): void {
    this.watched.delete(id);
  }

  /** After wake-up, reconnect or window focus: everything is due now, but what a server asked to wait. */
  wake(): void {
    this.pausedUntil = 0;
    for (const item of this.watched.values()) {
      item.dueAt = Math.min(item.dueAt, Math.max(this.now(), item.notBefore));
      item.attempt = 0;
    }
    this.arm();
  }

  /** Asks nothing for a while: the whole connection is refused. `wake` ends it. */
  pause(milliseconds: number): void {
    this.pausedUntil = this.now() + milliseconds;
    this.arm();
  }

  stop(): void {
    this.stopped = true;
    this.watched.clear();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private arm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.stopped || this.asking >= MOST_AT_ONCE) return;
    const next = this.next();
    if (next === null) return;
    const earliest = Math.max(next.item.dueAt, this.lastAskAt + GAP_MS, this.pausedUntil);
    const wait = Math.max(earliest - this.now(), 0);
    this.timer = setTimeout(() => void this.run(next.id, next.item), wait);
  }

  private next(): { id: string; item: Watched } | null {
    let best: { id: string; item: Watched } | null = null;
    for (const [id, item] of this.watched) {
      if (!item.asking && (best === null || item.dueAt < best.item.dueAt)) best = { id, item };
    }
    return best;
  }

  private async run(id: string, item: Watched): Promise<void> {
    item.asking = true;
    this.asking += 1;
    this.lastAskAt = this.now();
    this.arm();
    let verdict: Verdict;
    try {
      verdict = await this.ask(id);
    } finally {
      this.asking -= 1;
      item.asking = false;
    }
    // Forgotten or watched anew while the answer was under way: that decision stands.
    if (this.watched.get(id) === item) {
      if (verdict === 'stop') this.watched.delete(id);
      else {
        const atLeast = verdict === 'again' ? null : verdict.atLeastSeconds;
        item.notBefore = this.now() + (atLeast ?? 0) * 1000;
        item.dueAt = this.now() + delayMs(POLL_BACKOFF, item.attempt, this.random, atLeast);
        item.attempt += 1;
      }
    }
    this.arm();
  }
}
