// Mirror of the generations that are not done, with the progress of each.
import { create } from 'zustand';
import { AppError } from '@shared/contract/errors';
import {
  isEnded,
  type Generation,
  type GenerationProgress,
  type JournalEntry,
} from '@shared/domain/generation';
import type { DraftInput } from '@shared/contract/requests';
import { ask, listen } from '../client/client';
import { useLibrary } from './libraryStore';
import { withNewer, withSnapshot } from './newerOf';

interface GenerationsState {
  /** Done ones stay in the map so that a late event cannot bring them back; lists leave them out. */
  readonly records: ReadonlyMap<string, Generation>;
  readonly gone: ReadonlySet<string>;
  readonly progress: ReadonlyMap<string, GenerationProgress>;
  connect(): () => void;
  load(): Promise<void>;
  create(draft: DraftInput, connectionId: string, how?: HowToSend): Promise<Generation>;
  release(ids: readonly string[], confirmed?: Confirmed): Promise<void>;
  sendAgain(id: string, confirmed?: Confirmed): Promise<Generation>;
  cancel(id: string): Promise<void>;
  /** Takes one that was never sent out of the outbox, without a trace in the grid. */
  discard(id: string): Promise<void>;
  dismiss(id: string): Promise<void>;
  lookFor(id: string): Promise<void>;
  journal(id: string): Promise<JournalEntry[]>;
  adopt(connectionId: string, taskId: string): Promise<void>;
}

/** What the person has read and said yes to. */
export type Confirmed = readonly ('duplicate' | 'budget')[];

export interface HowToSend {
  /** Into the outbox instead. */
  readonly hold?: boolean;
  readonly confirmed?: Confirmed;
}

export const useGenerations = create<GenerationsState>()((set, get) => {
  const put = (generation: Generation): void => {
    if (get().gone.has(generation.id)) return;
    set(({ records }) => ({ records: withNewer(records, generation) }));
  };
  const kept = (generation: Generation): Generation => {
    put(generation);
    return generation;
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
        listen('generation.changed', (generation) => {
          if (generation.state === 'done') whenClipsAreShown(() => put(generation));
          else put(generation);
        }),
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
    create: async (draft, connectionId, { hold = false, confirmed = [] } = {}) => {
      const input = { draft, connectionId, hold, confirmed: [...confirmed] };
      return kept(await ask('generations.create', input));
    },
    release: async (ids, confirmed = []) => {
      const released = await ask('generations.release', { ids: [...ids], confirmed: [...confirmed] });
      released.forEach(put);
    },
    sendAgain: async (id, confirmed = []) =>
      kept(await ask('generations.sendAgain', { id, confirmed: [...confirmed] })),
    cancel: async (id) => put(await ask('generations.cancel', { id })),
    discard: async (id) => {
      put(await ask('generations.cancel', { id }));
      try {
        await ask('generations.dismiss', { id });
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'not_found')) throw error;
      }
      remove(id);
    },
    dismiss: async (id) => {
      await ask('generations.dismiss', { id });
      remove(id);
    },
    lookFor: async (id) => put(await ask('generations.lookFor', { id })),
    journal: (id) => ask('generations.journal', { id }),
    adopt: async (connectionId, taskId) => put(await ask('generations.adopt', { connectionId, taskId })),
  };
});

/** As long as a clip takes at most to stand in the grid. Milliseconds. */
const CLIP_PATIENCE = 1000;

/** What is done keeps its tile until its clip stands there: else the gap closes and opens, and the focus falls through. */
function whenClipsAreShown(then: () => void): void {
  const { order } = useLibrary.getState();
  if (order === null) return then();
  const go = (): void => {
    clearTimeout(late);
    stop();
    then();
  };
  const late = setTimeout(go, CLIP_PATIENCE);
  const stop = useLibrary.subscribe((state) => state.order !== order && go());
}

/** Newest first, without the done ones. */
export function openGenerations(records: ReadonlyMap<string, Generation>): Generation[] {
  return [...records.values()]
    .filter(({ state }) => state !== 'done')
    .sort((a, b) => (a.createdAt === b.createdAt ? compare(b.id, a.id) : compare(b.createdAt, a.createdAt)));
}

/** The outbox, in the order it was filled. */
export function heldGenerations(records: ReadonlyMap<string, Generation>): Generation[] {
  return openGenerations(records)
    .filter(({ state }) => state === 'held')
    .reverse();
}

export function countInWork(records: ReadonlyMap<string, Generation>): number {
  return [...records.values()].filter(({ state }) => !isEnded(state) && state !== 'held').length;
}

export function countHeld(records: ReadonlyMap<string, Generation>): number {
  return [...records.values()].filter(({ state }) => state === 'held').length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
