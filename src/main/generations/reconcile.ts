// Finds a generation whose answer was lost among the tasks that the endpoint lists. Pure but for the asking.
import { setTimeout as wait } from 'node:timers/promises';
import type { Generation } from '@shared/domain/generation';
import type { ArkClient } from '../ark/client';
import type { Task } from '../ark/wire';

/** How far the two clocks may disagree, and how long a request may travel, in seconds. */
const WINDOW = { before: 120, after: 600 } as const;
const PAGE_SIZE = 100;
const MOST_PAGES = 5;
/** Documented: one list request a second per account. */
export const LIST_GAP_MS = 1100;

/** Whether a listed task can be this generation: made in its time window, by its model, with its parameters. */
export function couldBe(task: Task, generation: Generation, modelId: string): boolean {
  if (task.id === null || task.createdAt === null || generation.submittedAt === null) return false;
  const sentAt = Date.parse(generation.submittedAt) / 1000;
  if (task.createdAt < sentAt - WINDOW.before || task.createdAt > sentAt + WINDOW.after) return false;
  if (task.model !== null && task.model !== modelId) return false;
  const { resolution, ratio, duration, seed } = generation.recipe.parameters;
  if (task.resolution !== null && task.resolution.toLowerCase() !== resolution) return false;
  if (task.ratio !== null && ratio !== 'adaptive' && task.ratio !== ratio) return false;
  if (task.seconds !== null && duration !== -1 && Math.round(task.seconds) !== duration) return false;
  return task.seed === null || seed === null || task.seed === seed;
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
    if (page > 1) await wait(LIST_GAP_MS);
    const list = await client.list(page, PAGE_SIZE);
    if (list === null) return page === 1 ? null : candidates;
    candidates.push(
      ...list.tasks.filter(
        (task) => couldBe(task, generation, modelId) && task.id !== null && !isKnown(task.id),
      ),
    );
    const oldest = list.tasks.at(-1)?.createdAt ?? null;
    if (list.tasks.length < PAGE_SIZE || (oldest !== null && oldest < earliest)) break;
  }
  return candidates;
}
