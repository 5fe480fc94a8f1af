// Generations in SQLite. Every change is one write, on disk before it is announced or acted on.
import { randomUUID } from 'node:crypto';
import { compilePrompt } from '@shared/domain/compile';
import type { CostEstimate } from '@shared/domain/cost';
import type { Recipe } from '@shared/domain/draft';
import {
  canMove,
  isEnded,
  titleOf,
  type Generation,
  type GenerationState,
  type HeldReason,
  type JournalEntry,
  type JournalStep,
} from '@shared/domain/generation';
import type { Database } from '../database/open';
import type { JobFiles } from './JobFiles';

/** What main alone knows of a generation's task. Result addresses are signed: they never leave main. */
export interface TaskFacts {
  readonly requestId: string | null;
  readonly videoUrl: string | null;
  readonly lastFrameUrl: string | null;
  readonly seed: number | null;
  readonly resolution: string | null;
  readonly ratio: string | null;
  readonly seconds: number | null;
  /** What the file's host said of the file being fetched, to go on where it stopped. */
  readonly etag: string | null;
  readonly totalBytes: number | null;
}

export const NO_TASK_FACTS: TaskFacts = {
  requestId: null,
  videoUrl: null,
  lastFrameUrl: null,
  seed: null,
  resolution: null,
  ratio: null,
  seconds: null,
  etag: null,
  totalBytes: null,
};

export interface Stored {
  readonly generation: Generation;
  readonly task: TaskFacts;
}

type Changes = Partial<Omit<Generation, 'id' | 'revision' | 'state' | 'recipe' | 'createdAt'>>;

export interface NewGeneration {
  readonly recipe: Recipe;
  readonly connection: Generation['connection'];
  readonly estimate: CostEstimate | null;
  readonly createdAt: string;
  /** Equal for equal requests to the same connection. */
  readonly fingerprint: string | null;
  /** Not null: into the outbox. */
  readonly heldReason: HeldReason | null;
  /** Not null: the task is there already and was not sent from here. */
  readonly taskId: string | null;
}

interface Row {
  record: string;
  task: string | null;
}

const REPEATING: ReadonlySet<JournalStep> = new Set(['ask_failed', 'waiting', 'not_sent', 'send_later']);

/** What a journal detail begins with: our code, before the server's own words. */
function codeIn(detail: string): string {
  return detail.split(' · ')[0] ?? '';
}

/** A journal line is for reading; a whole web page is not. */
const MOST_DETAIL = 2000;

/** Thrown where the code asks for a move that the state machine forbids. A defect, never shown as advice. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
}

export interface GenerationStoreOptions {
  readonly announce?: (generation: Generation) => void;
  /** Takes keys and signatures out of what servers say. */
  readonly mask?: (text: string) => string;
  readonly jobs?: Pick<JobFiles, 'write' | 'remove' | 'list'> | null;
}

export class GenerationStore {
  private readonly announce: (generation: Generation) => void;
  private readonly mask: (text: string) => string;
  private readonly jobs: Pick<JobFiles, 'write' | 'remove' | 'list'> | null;
  private readonly endListeners: ((id: string) => void)[] = [];

  constructor(
    private readonly database: Database,
    { announce = () => undefined, mask = (text) => text, jobs = null }: GenerationStoreOptions = {},
  ) {
    this.announce = announce;
    this.mask = mask;
    this.jobs = jobs;
  }

  /** Takes up paid jobs that the database has lost. Returns how many. */
  restoreJobs(): number {
    const lost = this.jobs?.list().filter(({ generation }) => this.find(generation.id) === null) ?? [];
    for (const { generation, task } of lost) {
      this.database.run(
        'INSERT INTO generations (id, state, connection_id, task_id, record, task, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        generation.id,
        generation.state,
        generation.connection.id,
        generation.taskId,
        JSON.stringify(generation),
        JSON.stringify(task),
        generation.createdAt,
      );
    }
    return lost.length;
  }

  /** Writes a new generation: into the outbox, to be sent, or found at the provider with its task. */
  insert(facts: NewGeneration): Generation {
    const state = facts.heldReason !== null ? 'held' : facts.taskId === null ? 'preparing' : 'queued';
    const generation: Generation = {
      id: randomUUID(),
      revision: 1,
      state,
      recipe: facts.recipe,
      origin: facts.taskId === null ? 'sent' : 'found',
      title:
        (facts.taskId ?? titleOf(compilePrompt(facts.recipe))) ||
        (facts.recipe.references[0]?.reference.name ?? ''),
      connection: facts.connection,
      estimate: facts.estimate,
      createdAt: facts.createdAt,
      submittedAt: facts.taskId === null ? null : facts.createdAt,
      runningAt: null,
      succeededAt: null,
      endedAt: null,
      taskId: facts.taskId,
      unknownStatus: null,
      heldReason: facts.heldReason,
      hold: null,
      heldSince: facts.heldReason === null ? null : facts.createdAt,
      downloadAttempts: 0,
      recordExpiresAt: null,
      linkExpiresAt: null,
      error: null,
      tokens: null,
      clipId: null,
    };
    this.database.run(
      'INSERT INTO generations (id, state, connection_id, task_id, fingerprint, record, task, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      generation.id,
      generation.state,
      generation.connection.id,
      generation.taskId,
      facts.fingerprint,
      JSON.stringify(generation),
      null,
      generation.createdAt,
    );
    this.announce(generation);
    return generation;
  }

  find(id: string): Stored | null {
    const row = this.database.get<Row>('SELECT record, task FROM generations WHERE id = ?', id);
    return row === undefined ? null : toStored(row);
  }

  /** Not done and not dismissed, newest first. */
  listOpen(): Generation[] {
    return this.database
      .all<Row>(
        "SELECT record, task FROM generations WHERE dismissed = 0 AND state <> 'done' ORDER BY created_at DESC, id",
      )
      .map((row) => toStored(row).generation);
  }

  /** Wipes the addresses of results that have died: signed ones are secrets. */
  wipeDeadResults(now: string): void {
    this.database.run(
      `UPDATE generations SET task = json_set(task, '$.videoUrl', NULL)
       WHERE state = 'done' AND task ->> '$.videoUrl' IS NOT NULL
         AND coalesce(record ->> '$.linkExpiresAt', '') <= ?`,
      now,
    );
  }

  /** Calls the listener when a generation has ended, or was dismissed without an end. */
  onEnd(listener: (id: string) => void): void {
    this.endListeners.push(listener);
  }

  /** Known, not dismissed and not ended. */
  isOpen(id: string): boolean {
    const row = this.database.get<{ state: GenerationState }>(
      'SELECT state FROM generations WHERE id = ? AND dismissed = 0',
      id,
    );
    return row !== undefined && !isEnded(row.state);
  }

  /** Those that must go on after a start. What is held waits for a yes. */
  listUnfinished(): Generation[] {
    return this.listOpen().filter(({ state }) => !isEnded(state) && state !== 'held');
  }

  /** When the same request last went out, or is on its way, since `since`. Null: it did not. */
  lastSent(fingerprint: string, since: string): string | null {
    const row = this.database.get<{ at: string | null }>(
      `SELECT MAX(sent) AS at FROM (
         SELECT COALESCE(json_extract(record, '$.submittedAt'), created_at) AS sent FROM generations
         WHERE fingerprint = ? AND state NOT IN ('held', 'rejected', 'failed', 'cancelled', 'expired')
       ) WHERE sent > ?`,
      fingerprint,
      since,
    );
    return row?.at ?? null;
  }

  fingerprintOf(id: string): string | null {
    const row = this.database.get<{ fingerprint: string | null }>(
      'SELECT fingerprint FROM generations WHERE id = ?',
      id,
    );
    return row?.fingerprint ?? null;
  }

  /** One more line of the journal. `detail` may hold what a server said: it is masked and cut. */
  record(id: string, step: JournalStep, detail = ''): void {
    // The same trouble at every poll of a long night is one line.
    if (REPEATING.has(step) && this.lastStep(id) === `${step} ${codeIn(detail)}`) return;
    this.database.run(
      'INSERT INTO journal (generation_id, at, step, detail) VALUES (?, ?, ?, ?)',
      id,
      new Date().toISOString(),
      step,
      this.mask(detail).slice(0, MOST_DETAIL),
    );
  }

  private lastStep(id: string): string {
    const last = this.database.get<{ step: string; detail: string }>(
      'SELECT step, detail FROM journal WHERE generation_id = ? ORDER BY rowid DESC LIMIT 1',
      id,
    );
    return last === undefined ? '' : `${last.step} ${codeIn(last.detail)}`;
  }

  journal(id: string): JournalEntry[] {
    return this.database.all<JournalEntry>(
      'SELECT at, step, detail FROM journal WHERE generation_id = ? ORDER BY rowid',
      id,
    );
  }

  /** Null: nobody has asked this endpoint for its list yet. */
  hasList(baseUrl: string): boolean | null {
    const row = this.database.get<{ has_list: number }>(
      'SELECT has_list FROM endpoints WHERE base_url = ?',
      baseUrl,
    );
    return row === undefined ? null : row.has_list === 1;
  }

  rememberList(baseUrl: string, hasList: boolean): void {
    this.database.run(
      'INSERT INTO endpoints (base_url, has_list) VALUES (?, ?) ON CONFLICT (base_url) DO UPDATE SET has_list = excluded.has_list',
      baseUrl,
      hasList ? 1 : 0,
    );
  }

  /** Whether any generation, also a dismissed one, already owns this task. */
  knowsTask(connectionId: string, taskId: string): boolean {
    const row = this.database.get(
      'SELECT 1 AS found FROM generations WHERE connection_id = ? AND task_id = ?',
      connectionId,
      taskId,
    );
    return row !== undefined;
  }

  /** Those whose task, if there is one, nobody knows yet. Also dismissed ones: the task is theirs all the same. */
  listInDoubt(connectionId: string): Generation[] {
    return this.database
      .all<Row>(
        "SELECT record, task FROM generations WHERE connection_id = ? AND state IN ('submitting', 'unconfirmed')",
        connectionId,
      )
      .map((row) => toStored(row).generation);
  }

  /** @throws IllegalMove */
  move(id: string, to: GenerationState, changes: Changes = {}, task: Partial<TaskFacts> = {}): Generation {
    const { generation } = this.require(id);
    if (!canMove(generation.state, to)) throw new IllegalMove(`${generation.state} to ${to}`);
    return this.write(id, to, changes, task);
  }

  /** Changes facts and stays in the state. Unchanged facts write nothing. */
  note(id: string, changes: Changes, task: Partial<TaskFacts> = {}): Generation {
    const { generation, task: known } = this.require(id);
    const same = isSubset(changes, generation) && isSubset(task, known);
    return same ? generation : this.write(id, generation.state, changes, task);
  }

  dismiss(id: string): void {
    this.jobs?.remove(id);
    this.database.run('UPDATE generations SET dismissed = 1 WHERE id = ?', id);
    this.tellEnd(id);
  }

  private require(id: string): Stored {
    const stored = this.find(id);
    if (stored === null) throw new Error(`no generation ${id}`);
    return stored;
  }

  private write(id: string, state: GenerationState, changes: Changes, task: Partial<TaskFacts>): Generation {
    const stored = this.require(id);
    const generation: Generation = {
      ...stored.generation,
      ...changes,
      state,
      revision: stored.generation.revision + 1,
    };
    this.database.run(
      'UPDATE generations SET state = ?, task_id = ?, record = ?, task = ? WHERE id = ?',
      state,
      generation.taskId,
      JSON.stringify(generation),
      JSON.stringify({ ...stored.task, ...task }),
      id,
    );
    // Money may be on its way from here on: the job outlives this database.
    if (IN_WORK.has(state)) this.jobs?.write({ generation, task: { ...stored.task, ...task } });
    else if (IN_WORK.has(stored.generation.state)) this.jobs?.remove(id);
    this.announce(generation);
    if (isEnded(state) && !isEnded(stored.generation.state)) this.tellEnd(id);
    return generation;
  }

  private tellEnd(id: string): void {
    for (const listener of this.endListeners) listener(id);
  }
}

const IN_WORK: ReadonlySet<GenerationState> = new Set([
  'submitting',
  'unconfirmed',
  'queued',
  'running',
  'downloading',
  'finishing',
]);

function toStored(row: Row): Stored {
  return {
    generation: JSON.parse(row.record) as Generation,
    task: row.task === null ? NO_TASK_FACTS : (JSON.parse(row.task) as TaskFacts),
  };
}

function isSubset<T extends object>(part: Partial<T>, whole: T): boolean {
  return (Object.keys(part) as (keyof T)[]).every(
    (key) => JSON.stringify(part[key]) === JSON.stringify(whole[key]),
  );
}
