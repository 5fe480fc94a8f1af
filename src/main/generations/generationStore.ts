// Generations in SQLite. Every change is one write, on disk before it is announced or acted on.
import { randomUUID } from 'node:crypto';
import { compilePrompt } from '@shared/domain/compile';
import type { CostEstimate } from '@shared/domain/cost';
import type { Recipe } from '@shared/domain/draft';
import { canMove, isEnded, titleOf, type Generation, type GenerationState } from '@shared/domain/generation';
import type { Database } from '../database/open';

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

interface Row {
  record: string;
  task: string | null;
}

/** Thrown where the code asks for a move that the state machine forbids. A defect, never shown as advice. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
}

export class GenerationStore {
  constructor(
    private readonly database: Database,
    private readonly announce: (generation: Generation) => void,
  ) {}

  /** Writes a new generation in state `preparing`. */
  insert(facts: {
    recipe: Recipe;
    connection: Generation['connection'];
    estimate: CostEstimate | null;
    createdAt: string;
  }): Generation {
    const generation: Generation = {
      id: randomUUID(),
      revision: 1,
      state: 'preparing',
      recipe: facts.recipe,
      title: titleOf(compilePrompt(facts.recipe)) || (facts.recipe.references[0]?.reference.name ?? ''),
      connection: facts.connection,
      estimate: facts.estimate,
      createdAt: facts.createdAt,
      submittedAt: null,
      runningAt: null,
      succeededAt: null,
      endedAt: null,
      taskId: null,
      unknownStatus: null,
      hold: null,
      heldSince: null,
      downloadAttempts: 0,
      linkExpiresAt: null,
      error: null,
      tokens: null,
      clipId: null,
    };
    this.database.run(
      'INSERT INTO generations (id, state, connection_id, task_id, record, task, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      generation.id,
      generation.state,
      generation.connection.id,
      null,
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

  /** Those that must go on after a start. */
  listUnfinished(): Generation[] {
    return this.listOpen().filter((generation) => !isEnded(generation.state));
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
    this.database.run('UPDATE generations SET dismissed = 1 WHERE id = ?', id);
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
    this.announce(generation);
    return generation;
  }
}

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
