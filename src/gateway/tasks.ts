// The tasks and their folders: one journal file each, written before anything is answered.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FixedRatio, Mode, ReferenceKind, Resolution, Role } from '../shared/domain/models';
import { syncFolder, writeDurably } from './durableFile';
import type { LedgerEntry } from './ledger';

export type TaskStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'expired';

/** A reference kept in the task's folder. */
export interface StoredReference {
  readonly kind: ReferenceKind;
  readonly role: Role;
  /** File name inside the task's folder. */
  readonly file: string;
  readonly format: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** Everything known of a task. Settled values: nothing in it is `adaptive` or -1. */
export interface Task {
  readonly id: string;
  status: TaskStatus;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds of the last change of status. */
  updatedAt: number;
  readonly model: string;
  readonly modelLabel: string;
  readonly mode: Mode;
  readonly prompt: string;
  readonly references: readonly StoredReference[];
  readonly resolution: Resolution;
  readonly ratio: FixedRatio;
  readonly width: number;
  readonly height: number;
  /** Pictures in the result: 24·d+1, or the asked `frames`. */
  readonly totalFrames: number;
  readonly duration: number;
  readonly frames: number | null;
  readonly generateAudio: boolean;
  /** The mini model does not repeat `generate_audio` in its records. */
  readonly echoesAudio: boolean;
  readonly watermark: boolean;
  readonly seed: number;
  readonly returnLastFrame: boolean;
  readonly executionExpiresAfter: number;
  readonly safetyIdentifier: string | null;
  readonly priority: number;
  readonly serviceTier: string;
  readonly webSearch: boolean;
  readonly tokens: number;
  /** Set by a fault: the error with which the task shall end. */
  readonly doomed: TaskError | null;
  error: TaskError | null;
  /** Unix seconds until which the result links work; null before success. */
  linksExpire: number | null;
  readonly ledger: LedgerEntry;
}

export interface TaskError {
  readonly code: string;
  readonly message: string;
}

export const RESULT_VIDEO = 'video.mp4';
export const RESULT_LAST_FRAME = 'last-frame.png';

const JOURNAL = 'task.json';
const DAY_MS = 86_400_000;
const RECORD_WINDOW_MS = 7 * DAY_MS;

/** Whether a task has come to its end. */
export function isFinished(task: Task): boolean {
  return task.status !== 'queued' && task.status !== 'running';
}

/** A new task id: `cgt-YYYYMMDDhhmmss-xxxxx`, in China time as the vendor's are. */
export function newTaskId(now: number): string {
  const digits = new Date(now + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const tail = Array.from(randomBytes(5), (byte) => alphabet[byte % alphabet.length]).join('');
  return `cgt-${digits}-${tail}`;
}

/** Keeps tasks in memory and in `<dataDir>/tasks/<id>/task.json`. */
export class TaskStore {
  private readonly tasks = new Map<string, Task>();
  private readonly writes = new Map<string, Promise<void>>();
  private readonly root: string;
  private readonly stagingRoot: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'tasks');
    this.stagingRoot = join(dataDir, 'staging');
  }

  /** Reads every journal, drops half-made tasks and those too old to be shown. */
  async load(now: number): Promise<void> {
    await rm(this.stagingRoot, { recursive: true, force: true });
    await mkdir(this.stagingRoot, { recursive: true });
    await mkdir(this.root, { recursive: true });
    const found: Task[] = [];
    for (const name of await readdir(this.root)) {
      try {
        found.push(JSON.parse(await readFile(join(this.root, name, JOURNAL), 'utf8')) as Task);
      } catch {
        await rm(join(this.root, name), { recursive: true, force: true });
      }
    }
    found.sort((a, b) => a.createdAt - b.createdAt);
    for (const task of found) this.tasks.set(task.id, task);
    await this.purge(now);
  }

  /** A fresh folder in which a create gathers its references. */
  async stage(): Promise<string> {
    const folder = join(this.stagingRoot, randomBytes(8).toString('hex'));
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Makes a staged folder the task's own. On return the task survives a crash. */
  async add(task: Task, stagedFolder: string): Promise<void> {
    await writeDurably(join(stagedFolder, JOURNAL), JSON.stringify(task));
    await rename(stagedFolder, this.folderOf(task.id));
    await syncFolder(this.root);
    this.tasks.set(task.id, task);
  }

  /** Writes the task as it is now; writes of one task never overtake each other. */
  save(task: Task): Promise<void> {
    const previous = this.writes.get(task.id) ?? Promise.resolve();
    const text = JSON.stringify(task);
    const write = previous
      .catch(() => undefined)
      .then(async () => {
        if (this.tasks.has(task.id)) await writeDurably(join(this.folderOf(task.id), JOURNAL), text);
      });
    this.writes.set(task.id, write);
    return write;
  }

  /** The task, unless it is outside the window in which records are shown. */
  find(id: string, now: number): Task | undefined {
    const task = this.tasks.get(id);
    return task !== undefined && isShown(task, now) ? task : undefined;
  }

  /** Every task that is shown, newest first. */
  list(now: number): Task[] {
    return [...this.tasks.values()].filter((task) => isShown(task, now)).reverse();
  }

  /** Forgets a task and removes its folder. */
  async remove(id: string): Promise<void> {
    this.tasks.delete(id);
    await this.writes.get(id)?.catch(() => undefined);
    this.writes.delete(id);
    await rm(this.folderOf(id), { recursive: true, force: true });
  }

  /** Removes the tasks that are no longer shown. */
  async purge(now: number): Promise<void> {
    for (const task of [...this.tasks.values()]) if (!isShown(task, now)) await this.remove(task.id);
  }

  /** Waits for writes under way. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.writes.values());
  }

  folderOf(id: string): string {
    return join(this.root, id);
  }
}

/** Records are shown for 7 days; a cancelled one for 24 hours. */
function isShown(task: Task, now: number): boolean {
  const window = task.status === 'cancelled' ? DAY_MS : RECORD_WINDOW_MS;
  return now - (task.status === 'cancelled' ? task.updatedAt : task.createdAt) <= window;
}
