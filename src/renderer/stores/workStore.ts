// Mirror of the work in the background: what runs, what ended and how.
import { create } from 'zustand';
import type { Work } from '@shared/domain/clip';
import { ask, listen } from '../client/client';

interface WorkState {
  /** Oldest first. */
  readonly works: readonly Work[];
  connect(): () => void;
  load(): Promise<void>;
  pause(paused: boolean): Promise<void>;
  cancel(id: string): Promise<void>;
  dismiss(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
}

export const useWork = create<WorkState>()((set) => ({
  works: [],
  connect: () => listen('work.changed', ({ works }) => set({ works })),
  load: async () => set({ works: await ask('work.list', {}) }),
  pause: async (paused) => void (await ask('work.pause', { paused })),
  cancel: async (id) => void (await ask('work.cancel', { id })),
  dismiss: async (id) => void (await ask('work.dismiss', { id })),
  showInFolder: async (id) => void (await ask('work.showInFolder', { id })),
}));

export function isUnderWay({ state }: Work): boolean {
  return state === 'running' || state === 'paused';
}

/** What the quiet line tells: the work that runs, else what ended with something to be seen. */
export interface WorkSummary {
  readonly state: 'running' | 'paused' | 'failed' | 'done';
  /** The one that is told of. */
  readonly work: Work;
  /** Others beside it that are under way too. */
  readonly others: number;
}

/** Null where there is nothing to tell. What a person asked for goes before pictures, which make themselves. */
export function summaryOf(works: readonly Work[]): WorkSummary | null {
  const underWay = works.filter(isUnderWay);
  const first = underWay.find(({ kind }) => kind !== 'pictures') ?? underWay[0];
  if (first !== undefined)
    return {
      state: underWay.every(({ state }) => state === 'paused') ? 'paused' : 'running',
      work: first,
      others: underWay.length - 1,
    };
  const failed = works.findLast(({ state, failed: files }) => state === 'failed' || files.length > 0);
  if (failed !== undefined) return { state: 'failed', work: failed, others: 0 };
  const written = works.findLast(({ state, path }) => state === 'done' && path !== null);
  return written === undefined ? null : { state: 'done', work: written, others: 0 };
}

/** 0 to 1; null before anything is known. */
export function shareOf({ done, total }: Work): number | null {
  return total > 0 ? Math.min(1, done / total) : null;
}
