// Lets go of what a generation has put at a host, when it has ended and not before: endpoints may fetch late.
import type { GenerationContext } from './GenerationContext';

/** A host that was away when it was asked to remove something is asked again. */
const AGAIN_EVERY_MS = 60 * 60 * 1000;

export class UploadRelease {
  private readonly working = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly context: GenerationContext) {
    context.store.onEnd((id) => this.release(id));
  }

  /** What ended while the app was closed, or could not be reached, goes now; and again every hour. */
  start(): void {
    this.releaseEnded();
    this.timer ??= setInterval(() => this.releaseEnded(), AGAIN_EVERY_MS).unref();
  }

  /** Resolves when what has begun is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    await Promise.allSettled(this.working);
  }

  private releaseEnded(): void {
    for (const id of this.context.options.hosting.users())
      if (!this.context.store.isOpen(id)) this.release(id);
  }

  private release(id: string): void {
    if (this.stopped) return;
    const work = this.releaseNow(id).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async releaseNow(id: string): Promise<void> {
    try {
      for (const label of await this.context.options.hosting.release(id))
        this.context.record(id, 'upload_removed', label);
    } catch (error) {
      this.context.logFailure(id, error);
    }
  }
}
