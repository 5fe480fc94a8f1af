// Gives clips' files other names: video, sidecar and last frame, never over another file, finished after a crash.
import { rename } from 'node:fs/promises';
import { basename, dirname, extname, join, posix } from 'node:path';
import { exists, syncFolder } from '../files/durableFile';
import type { Database } from '../database/open';
import type { FfmpegLog } from '../ffmpeg/run';
import { fileError } from '../files/fileError';
import { clipNames, type NameFacts } from './clipPlace';
import type { ClipStore, StoredClip } from './clipStore';
import { sidecarPath } from './sidecar';

export interface RenameTarget {
  readonly stored: StoredClip;
  readonly name: NameFacts;
}

export class Renames {
  constructor(
    private readonly database: Database,
    private readonly store: ClipStore,
    private readonly root: () => string,
    /** Records the new name; in a transaction. */
    private readonly record: (id: string, relativePath: string, lastFrame: string | null) => void,
    private readonly log: FfmpegLog,
  ) {}

  /** Where it is now; null: it has that name already, or every name is taken. Throws what the file system throws. */
  async rename({ stored, name }: RenameTarget, template: string): Promise<string | null> {
    const target = await this.freePlace(stored, name, template);
    return target !== null && (await this.begin(stored, target)) ? target : null;
  }

  /** Gives a file a name that it had before; false: something else has it now. Throws what the file system throws. */
  async moveBack(stored: StoredClip, target: string): Promise<boolean> {
    return (await this.isFree(stored, target)) && this.begin(stored, target);
  }

  private async begin(stored: StoredClip, target: string): Promise<boolean> {
    this.database.run(
      'INSERT OR REPLACE INTO clip_renames (clip_id, relative_path) VALUES (?, ?)',
      stored.clip.id,
      target,
    );
    return this.finish(stored, target);
  }

  /** To be called at start: what a crash interrupted. While the library's folder is away, it waits for the next start. */
  async resume(): Promise<void> {
    if (!(await exists(this.root()).catch(() => false))) return;
    const rows = this.database.all<{ clip_id: string; relative_path: string }>('SELECT * FROM clip_renames');
    for (const { clip_id: id, relative_path: target } of rows) {
      const stored = this.store.find(id);
      try {
        if (stored !== null) await this.finish(stored, target);
      } catch (error) {
        // One that is stuck holds up no others.
        this.log.warn(`finishing a rename: ${fileError(error).code}`);
      }
    }
  }

  private async freePlace(stored: StoredClip, name: NameFacts, template: string): Promise<string | null> {
    const { relativePath } = stored;
    for (const stem of clipNames(name, template)) {
      const place = posix.join(posix.dirname(relativePath), `${stem}${extname(relativePath)}`);
      if (place === relativePath) return null;
      if (await this.isFree(stored, place)) return place;
    }
    return null;
  }

  private async isFree({ relativePath }: StoredClip, place: string): Promise<boolean> {
    const path = this.absolute(place);
    // On a disk that does not tell A from a, its own name is there under another case.
    const own = place.toLowerCase() === relativePath.toLowerCase();
    return own || !((await exists(path)) || (await exists(sidecarPath(path))));
  }

  /** Each step may have been done before. Another program's hold on the video leaves everything as it was. */
  private async finish(stored: StoredClip, target: string): Promise<boolean> {
    const { id } = stored.clip;
    const [from, to] = [this.absolute(stored.relativePath), this.absolute(target)];
    const moved = await move(from, to).catch((error: unknown) => {
      this.forget(id);
      throw error;
    });
    if (!moved) {
      this.forget(id);
      return false;
    }
    await move(sidecarPath(from), sidecarPath(to));
    const lastFrame = stored.lastFrame ?? null;
    const stem = basename(to, extname(to));
    const still = lastFrame === null ? null : `${stem}.last${extname(lastFrame)}`;
    if (lastFrame !== null && still !== null)
      await move(join(dirname(from), lastFrame), join(dirname(to), still));
    await syncFolder(dirname(to));
    this.database.transaction(() => {
      this.record(id, target, still);
      this.forget(id);
    });
    return true;
  }

  private forget(id: string): void {
    this.database.run('DELETE FROM clip_renames WHERE clip_id = ?', id);
  }

  private absolute(relativePath: string): string {
    return join(this.root(), ...relativePath.split('/'));
  }
}

/** Whether the file is at its new place now; false where it is nowhere, or another file is there. */
async function move(from: string, to: string): Promise<boolean> {
  if (!(await exists(from))) return exists(to);
  if (from.toLowerCase() !== to.toLowerCase() && (await exists(to))) return false;
  await rename(from, to);
  return true;
}
