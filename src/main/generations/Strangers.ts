// Finished tasks that an endpoint lists and this computer does not know: found, shown, fetched if asked.
import type { Connection } from '@shared/domain/connection';
import { defaultParameters, freezeRecipe, type Recipe } from '@shared/domain/draft';
import type { StrangerTask } from '@shared/domain/generation';
import { DEFAULT_MODEL_ID, findModel, RATIOS, RESOLUTIONS, type ModelSpec } from '@shared/domain/models';
import type { Task } from '../ark/wire';
import type { GenerationContext } from './GenerationContext';

/** The most that the API documents for one page. */
const PAGE_SIZE = 500;
/** 2,500 tasks of the last 7 days; one page takes a second, by the API's rule. */
const MOST_PAGES = 5;

export class Strangers {
  private known: StrangerTask[] = [];
  private looking: Promise<StrangerTask[]> | null = null;

  constructor(
    private readonly context: GenerationContext,
    private readonly announce: (strangers: StrangerTask[]) => void,
  ) {}

  /** As of the last look. */
  list(): StrangerTask[] {
    return this.known;
  }

  /** Asks every connection that has a key and a list. `byHand` asks also those that had no list before. */
  find(connections: readonly Connection[], byHand: boolean): Promise<StrangerTask[]> {
    this.looking ??= this.findAlone(connections, byHand).finally(() => (this.looking = null));
    return this.looking;
  }

  /** Takes one off the list: it is being fetched. */
  remove(connectionId: string, taskId: string): void {
    this.set(this.known.filter((task) => task.connectionId !== connectionId || task.taskId !== taskId));
  }

  private async findAlone(connections: readonly Connection[], byHand: boolean): Promise<StrangerTask[]> {
    const found: StrangerTask[] = [];
    for (const connection of connections) {
      if (connection.key === 'none' || connection.baseUrl === '') continue;
      if (!byHand && this.context.store.hasList(connection.baseUrl) === false) continue;
      try {
        found.push(...(await this.ofConnection(connection)));
      } catch (error) {
        this.context.options.log.warn(`looking for unknown tasks at ${connection.label}: ${String(error)}`);
      }
    }
    this.set(found);
    return found;
  }

  private async ofConnection(connection: Connection): Promise<StrangerTask[]> {
    const client = await this.context.clientOf(connection.id);
    const found: StrangerTask[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const list = await client.list(page, PAGE_SIZE);
      if (page === 1) this.context.store.rememberList(connection.baseUrl, list !== null);
      if (list === null) break;
      for (const task of list.tasks) {
        const isNew = task.id !== null && !this.context.store.knowsTask(connection.id, task.id);
        if (isNew && task.meaning === 'succeeded') found.push(strangerOf(connection, task, task.id ?? ''));
      }
      if (list.tasks.length < PAGE_SIZE) break;
    }
    return found;
  }

  private set(strangers: StrangerTask[]): void {
    if (JSON.stringify(strangers) === JSON.stringify(this.known)) return;
    this.known = strangers;
    this.announce(strangers);
  }
}

function strangerOf(connection: Connection, task: Task, taskId: string): StrangerTask {
  return {
    connectionId: connection.id,
    connectionLabel: connection.label,
    taskId,
    model: task.model,
    createdAt: task.createdAt === null ? null : new Date(task.createdAt * 1000).toISOString(),
    resolution: task.resolution,
    ratio: task.ratio,
    seconds: task.seconds,
    tokens: task.tokens,
  };
}

/** What can be known of how a found task was made: its parameters, not its prompt. */
export function recipeOf(task: Task): Recipe {
  const model = findModel(task.model ?? '') ?? standardModel();
  const parameters = defaultParameters(model);
  const resolution = RESOLUTIONS.find((known) => known === task.resolution?.toLowerCase());
  const ratio = RATIOS.find((known) => known === task.ratio);
  return freezeRecipe({
    prompt: '',
    references: [],
    model: findModel(task.model ?? '') === undefined ? (task.model ?? model.id) : model.id,
    parameters: {
      ...parameters,
      resolution: resolution ?? parameters.resolution,
      ratio: ratio ?? parameters.ratio,
      duration: task.seconds === null ? parameters.duration : Math.round(task.seconds),
      seed: task.seed,
    },
  });
}

function standardModel(): ModelSpec {
  const model = findModel(DEFAULT_MODEL_ID);
  if (model === undefined) throw new Error('the standard model is not listed');
  return model;
}
