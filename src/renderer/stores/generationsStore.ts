// Mirror of the generations that are not done, with the progress of each.
import { create } from 'zustand';
import { isEnded, type Generation, type GenerationProgress } from '@shared/domain/generation';
import type { DraftInput } from '@shared/contract/requests';
import { ask, listen } from '../client/client';
import { withNewer, withSnapshot } from './newerOf';

interface GenerationsState {
  /** Done ones stay in the map so that a late event cannot bring them back; lists leave them out. */
  readonly records: ReadonlyMap<string, Generation>;
  readonly gone: ReadonlySet<string>;
  readonly progress: ReadonlyMap<string, GenerationProgress>;
  connect(): () => void;
  load(): Promise<void>;
  create(draft: DraftInput, connectionId: string): Promise<Generation>;
  cancel(id: string): Promise<void>;
  dismiss(id: string): Promise<void>;
  lookFor(id: string): Promise<void>;
}

export const useGenerations = create<GenerationsState>()((set, get) => {
  const put = (generation: Generation): void => {
    if (get().gone.has(generation.id)) return;
    set(({ records }) => ({ records: withNewer(records, generation) }));
  };
  const remove = (id: string): void =>
    set(({ records, gone }) => {
      const next = new Map(records);
      next.delete(id);
      return { records: next, gone: new Set(gone).add(id) };
    });
  return {
    records: new Map(),
    gone: new Set(),
    progress: new Map(),
    connect: () => {
      const stops = [
        listen('generation.changed', put),
        listen('generation.removed', ({ id }) => remove(id)),
        listen('generation.progress', (event) =>
          set(({ progress }) => ({ progress: new Map(progress).set(event.id, event) })),
        ),
      ];
      return () => stops.forEach((stop) => stop());
    },
    load: async () => {
      const snapshot = await ask('generations.list', {});
      set(({ records, gone }) => ({ records: withSnapshot(records, snapshot, gone) }));
    },
    create: async (draft, connectionId) => {
      const generation = await ask('generations.create', { draft, connectionId });
      put(generation);
      return generation;
    },
    cancel: async (id) => put(await ask('generations.cancel', { id })),
    dismiss: async (id) => {
      await ask('generations.dismiss', { id });
      remove(id);
    },
    lookFor: async (id) => put(await ask('generations.lookFor', { id })),
  };
});

/** Newest first, without the done ones. */
export function openGenerations(records: ReadonlyMap<string, Generation>): Generation[] {
  return [...records.values()]
    .filter(({ state }) => state !== 'done')
    .sort((a, b) => (a.createdAt === b.createdAt ? compare(b.id, a.id) : compare(b.createdAt, a.createdAt)));
}

export function countInWork(records: ReadonlyMap<string, Generation>): number {
  return [...records.values()].filter(({ state }) => !isEnded(state)).length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
