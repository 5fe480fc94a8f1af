// The endpoint's own copy of a clip it made: its address, for as long as it lives.
import type { GenerationContext } from './GenerationContext';

export interface ResultAddress {
  /** Of the connection that made it: nobody else is told the address. */
  readonly baseUrl: string;
  /** ISO 8601 UTC. */
  readonly until: string;
  /** Signed: never leaves main, but to that endpoint. */
  readonly url: string;
}

const WIPE_EVERY_MS = 60 * 60 * 1000;

export class Results {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly context: GenerationContext) {}

  /** Null when the clip was not made by a task, or its address has died. A clip has its generation's id. */
  of(clipId: string): ResultAddress | null {
    const stored = this.context.store.find(clipId);
    if (stored?.generation.state !== 'done') return null;
    const { connection, linkExpiresAt } = stored.generation;
    const { videoUrl } = stored.task;
    if (videoUrl === null || linkExpiresAt === null || connection.baseUrl === '') return null;
    if (Date.parse(linkExpiresAt) <= this.context.now()) return null;
    return { baseUrl: connection.baseUrl, until: linkExpiresAt, url: videoUrl };
  }

  /** Wipes dead addresses now and every hour. */
  start(): void {
    this.wipe();
    this.timer ??= setInterval(() => this.wipe(), WIPE_EVERY_MS).unref();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private wipe(): void {
    this.context.store.wipeDeadResults(this.context.timestamp());
  }
}
