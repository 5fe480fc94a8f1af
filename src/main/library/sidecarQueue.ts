// Brings sidecars up to date in the background, after edits and also after a crash.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from '../database/open';
import type { FfmpegLog } from '../ffmpeg/run';

export interface SidecarQueueOptions {
  readonly database: Database;
  /** Writes a clip's sidecar. False: not now, because its file is not there. Throws what the file system throws. */
  readonly write: (id: string) => Promise<boolean>;
  readonly log: FfmpegLog;
  /** Milliseconds: several edits of a clip make one write. */
  readonly delay?: number;
}

const BATCH = 64;
const AT_ONCE = 4;
const STANDARD_DELAY_MS = 1000;
/** A full disk or an unplugged drive is looked at again after so long. */
const TRY_AGAIN_MS = 60_000;

interface Mark {
  readonly clip_id: string;
  readonly mark: number;
}

export class SidecarQueue {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(private readonly options: SidecarQueueOptions) {}

  /** To be called after marks were made, and at start. */
  poke(delay = this.options.delay ?? STANDARD_DELAY_MS): void {
    if (this.closed || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, delay);
    this.timer.unref();
  }

  /** Writes all that is marked and can be written. */
  async flush(): Promise<void> {
    await this.exclusively(() => this.writeAll());
  }

  /** Does something while no sidecar is written: files get other names, or go. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    while (this.running !== null) await this.running;
    const result = work();
    this.running = result.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await result;
    } finally {
      this.running = null;
    }
  }

  /** What is still marked is written at the next start. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private async writeAll(): Promise<void> {
    const { database, log } = this.options;
    let after = '';
    while (!this.closed) {
      const marks = database.all<Mark>(
        `SELECT clip_id, mark FROM sidecar_dirty JOIN clip_facts USING (clip_id)
         WHERE missing = 0 AND clip_id > ? ORDER BY clip_id LIMIT ${BATCH}`,
        after,
      );
      const last = marks.at(-1);
      if (last === undefined) return;
      after = last.clip_id;
      const written: Mark[] = [];
      let trouble: unknown = null;
      for (let at = 0; at < marks.length; at += AT_ONCE)
        await Promise.all(
          marks.slice(at, at + AT_ONCE).map(async (mark) => {
            try {
              if (await this.options.write(mark.clip_id)) written.push(mark);
            } catch (error) {
              trouble = error;
            }
          }),
        );
      // Only now: a crash before this writes them once more.
      database.transaction(() => {
        for (const { clip_id, mark } of written)
          database.run('DELETE FROM sidecar_dirty WHERE clip_id = ? AND mark = ?', clip_id, mark);
      });
      if (trouble !== null) {
        log.warn(`sidecars: ${trouble instanceof Error ? trouble.message : 'cannot be written'}`);
        this.poke(TRY_AGAIN_MS);
        return;
      }
      await breathe();
    }
  }
}
