// Finds a generation whose answer was lost among the tasks that the endpoint lists. Pure but for the asking.
import type { Generation } from '@shared/domain/generation';
import type { ArkClient } from '../ark/client';
import type { Task } from '../ark/wire';

/** How far the two clocks may disagree, and how long a request may travel, in seconds. */
const WINDOW = { before: 120, after: 600 } as const;
/** The documented most: the whole week of a busy account in few requests. */
const PAGE_SIZE = 500;
const MOST_PAGES = 5;

/**
 * Whether a listed task can be this generation: made in its time window, by its model, with its parameters.
 * `surely` where it carries a number that the person chose for this one.
 */
export function fit(task: Task, generation: Generation, modelId: string): 'no' | 'maybe' | 'surely' {
  if (task.id === null || task.createdAt === null || generation.submittedAt === null) return 'no';
  const sentAt = Date.parse(generation.submittedAt) / 1000;
  if (task.createdAt < sentAt - WINDOW.before || task.createdAt > sentAt + WINDOW.after) return 'no';
  if (task.model !== null && task.model !== modelId) return 'no';
  const { resolution, ratio, duration, seed, executionExpiresAfter } = generation.recipe.parameters;
  if (task.resolution !== null && task.resolution.toLowerCase() !== resolution) return 'no';
  if (task.ratio !== null && ratio !== 'adaptive' && task.ratio !== ratio) return 'no';
  if (task.seconds !== null && duration !== -1 && Math.round(task.seconds) !== duration) return 'no';
  const chosen = [
    [task.seed, seed],
    [task.expiresAfter, executionExpiresAfter],
  ] as const;
  if (chosen.some(([has, asked]) => has !== null && asked !== null && has !== asked)) return 'no';
  return chosen.some(([has, asked]) => has !== null && has === asked) ? 'surely' : 'maybe';
}

/** `task`: the one that is adopted, if any. `found`: how many could be it. */
export interface Finding {
  readonly task: Task | null;
  readonly found: number;
}

/**
 * Which of the tasks is this generation. None is taken that may as well be another one in doubt: a video would
 * come with the wrong recipe, and the other's would be sent, and paid, again.
 */
export function chooseTask(
  tasks: readonly Task[],
  generation: Generation,
  rivals: readonly Generation[],
  modelIdOf: (generation: Generation) => string,
): Finding {
  const others = rivals.filter(({ id }) => id !== generation.id);
  const isSurely = (task: Task, each: Generation): boolean => fit(task, each, modelIdOf(each)) === 'surely';
  const sure = tasks.filter((task) => isSurely(task, generation));
  const possible = tasks.filter(
    (task) =>
      fit(task, generation, modelIdOf(generation)) !== 'no' && !others.some((each) => isSurely(task, each)),
  );
  const left = sure.length > 0 ? sure : possible;
  const [only] = left;
  if (only === undefined || left.length > 1) return { task: null, found: left.length };
  const wanted = others.some((each) =>
    sure.length > 0 ? isSurely(only, each) : fit(only, each, modelIdOf(each)) !== 'no',
  );
  return { task: wanted ? null : only, found: 1 };
}

/** Null: this endpoint has no list. Else the tasks that can be this generation and belong to no other. */
export async function findCandidates(
  client: ArkClient,
  generation: Generation,
  modelId: string,
  isKnown: (taskId: string) => boolean,
): Promise<Task[] | null> {
  const candidates: Task[] = [];
  const earliest = Date.parse(generation.submittedAt ?? generation.createdAt) / 1000 - WINDOW.before;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const list = await client.list(page, PAGE_SIZE);
    if (list === null) return page === 1 ? null : candidates;
    candidates.push(
      ...list.tasks.filter(
        (task) => fit(task, generation, modelId) !== 'no' && task.id !== null && !isKnown(task.id),
      ),
    );
    const oldest = list.tasks.at(-1)?.createdAt ?? null;
    if (list.tasks.length < PAGE_SIZE || (oldest !== null && oldest < earliest)) break;
  }
  return candidates;
}
