// Work in the background that the person sees: what runs, how far it is, pausing and stopping it.
import { randomUUID } from 'node:crypto';
import { AppError, type ErrorRecord } from '@shared/contract/errors';
import type { Work } from '@shared/domain/clip';

/** One piece of work, as whoever does it sees it. Nothing more is taken in once it has ended. */
export interface WorkHandle {
  readonly id: string;
  /** Aborted with AppError `cancelled` when the person stops it. */
  readonly signal: AbortSignal;
  /** The record as it is now. */
  readonly work: Work;
  /** How much is done: a count of files, or 0 to 1 of one film. */
  step(done: number): void;
  /** There is more (or less) to do than was known at first. */
  expect(total: number): void;
  /** A file that was there already. */
  known(): void;
  /** A file that could not be worked on; each name is kept once. */
  fail(name: string, error: unknown): void;
  done(path?: string): void;
  /** It could not be done at all. Cancelled work stays cancelled. */
  giveUp(name: string, error: unknown): void;
  /** Waits while paused. @throws AppError `cancelled` */
  ready(): Promise<void>;
}

export interface WorksOptions {
  /** At most four times a second. */
  readonly announce: (works: Work[]) => void;
}

const ANNOUNCE_EVERY_MS = 250;
/** More names than this nobody reads; they would be sent to the window four times a second. */
const MOST_FAILED = 200;

interface Entry {
  work: Work;
  readonly stop: AbortController;
}

export class Works {
  private readonly entries = new Map<string, Entry>();
  private paused = false;
  private wake: (() => void)[] = [];
  private timer: NodeJS.Timeout | null = null;
  private announcedAt = 0;

  constructor(private readonly options: WorksOptions) {}

  /** Oldest first. */
  list(): Work[] {
    return [...this.entries.values()].map(({ work }) => work);
  }

  /** Whether something the person waits for is under way; pictures are not. */
  get working(): boolean {
    return this.list().some(({ kind, state }) => state === 'running' && kind !== 'pictures');
  }

  begin(kind: Work['kind'], total: number): WorkHandle {
    const id = randomUUID();
    const state = this.paused ? 'paused' : 'running';
    const stop = new AbortController();
    const work: Work = { id, kind, done: 0, total, known: 0, failed: [], state, path: null };
    const entry: Entry = { work, stop };
    this.entries.set(id, entry);
    this.changed();
    const set = (change: Partial<Work>): void => {
      if (isOver(entry.work)) return;
      entry.work = { ...entry.work, ...change };
      this.changed();
    };
    const fail = (name: string, error: unknown): void => {
      const { failed } = entry.work;
      if (failed.length >= MOST_FAILED || failed.some((known) => known.name === name)) return;
      set({ failed: [...failed, { name, error: recordOf(error) }] });
    };
    return {
      id,
      signal: stop.signal,
      get work() {
        return entry.work;
      },
      step: (done) => set({ done }),
      expect: (more) => set({ total: more }),
      known: () => set({ known: entry.work.known + 1 }),
      fail,
      done: (path) => set({ state: 'done', done: entry.work.total, path: path ?? null }),
      giveUp: (name, error) => {
        fail(name, error);
        set({ state: 'failed' });
      },
      ready: () => this.ready(stop.signal),
    };
  }

  /** Everything stops before its next file, or goes on. What runs already is brought to its end. */
  pause(paused: boolean): void {
    if (paused === this.paused) return;
    this.paused = paused;
    for (const entry of this.entries.values())
      if (!isOver(entry.work)) entry.work = { ...entry.work, state: paused ? 'paused' : 'running' };
    if (!paused) for (const wake of this.wake.splice(0)) wake();
    this.changed();
  }

  cancel(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined || isOver(entry.work)) return;
    entry.work = { ...entry.work, state: 'cancelled' };
    entry.stop.abort(new AppError('cancelled'));
    this.changed();
  }

  /** Takes what has ended out of the list; what runs stays. */
  dismiss(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined || !isOver(entry.work)) return;
    this.entries.delete(id);
    this.changed();
  }

  /** Waits while paused; without a signal for work that the person cannot stop. @throws the signal's reason */
  async ready(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.paused) return;
    await new Promise<void>((resolve) => {
      this.wake.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
    await this.ready(signal);
  }

  /** Stops everything, for quitting. */
  close(): void {
    for (const id of [...this.entries.keys()]) this.cancel(id);
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.announcedAt = Number.POSITIVE_INFINITY;
    this.paused = false;
    for (const wake of this.wake.splice(0)) wake();
  }

  /** The last state is always announced, if a moment later. */
  private changed(): void {
    if (this.timer !== null || this.announcedAt === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(0, this.announcedAt + ANNOUNCE_EVERY_MS - Date.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.announcedAt = Date.now();
      this.options.announce(this.list());
    }, wait);
  }
}

function isOver({ state }: Work): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

function recordOf(error: unknown): ErrorRecord {
  const known = error instanceof AppError ? error : new AppError('internal');
  return known.toRecord();
}
