// Repairs at work: each takes the place of the file it was made from, as soon as it is done.
import { create } from 'zustand';
import { AppError } from '@shared/contract/errors';
import type { Reference } from '@shared/domain/reference';
import type { Repair } from '@shared/domain/repair';
import { ask, listen } from '../client/client';
import { mediaUrl } from '../client/mediaUrl';
import { useDraft } from './draftStore';
import { attempt } from './noticesStore';

export interface RepairWork {
  /** What is done to it. */
  readonly repair: Repair;
  /** 0 to 1; null while it is not known. */
  readonly done: number | null;
}

interface RepairsState {
  /** By the id of the file that is in the draft now. */
  readonly works: ReadonlyMap<string, RepairWork>;
  /** Since the last time nothing was at work: how many were begun, and how many have ended. */
  readonly batch: { readonly begun: number; readonly ended: number };
  /** Copies that are made because the window cannot play the original: 0 to 1, by reference id. */
  readonly previews: ReadonlyMap<string, number | null>;
  /** Files that others were made from, as far as they were asked for. */
  readonly originals: ReadonlyMap<string, Reference>;
  connect(): () => void;
  /**
   * Makes `source` into a new file, which takes the place of the draft's `inPlace`. `source` is another file only
   * where a repaired one is made anew from its original. A failure becomes a notice.
   */
  start(inPlace: Reference, repair: Repair, source?: Reference): Promise<void>;
  cancel(id: string): void;
  /** Takes a repaired file back to what it was made from. */
  useOriginal(key: string, derived: Reference): Promise<void>;
  /** Rejects with an AppError when it is not kept any more. */
  loadOriginal(parentId: string): Promise<Reference>;
  /** Where the window can play or show it; a copy is made first where the window cannot. */
  preview(id: string): Promise<string>;
}

export const useRepairs = create<RepairsState>()((set, get) => {
  /** Main knows a repair by the file it reads. */
  const sources = new Map<string, string>();
  const put = (id: string, work: RepairWork): void =>
    set(({ works }) => ({ works: new Map(works).set(id, work) }));
  const end = (id: string): void =>
    set(({ works, batch }) => {
      const next = new Map(works);
      next.delete(id);
      const idle = next.size === 0;
      return { works: next, batch: idle ? { begun: 0, ended: 0 } : { ...batch, ended: batch.ended + 1 } };
    });
  return {
    works: new Map(),
    batch: { begun: 0, ended: 0 },
    previews: new Map(),
    originals: new Map(),
    connect: () =>
      listen('reference.progress', ({ id, done }) => {
        const { works } = get();
        let mine = false;
        for (const [inPlace, work] of works) {
          if (sources.get(inPlace) !== id) continue;
          mine = true;
          put(inPlace, { ...work, done });
        }
        if (!mine) set(({ previews }) => ({ previews: new Map(previews).set(id, done) }));
      }),
    start: async (inPlace, repair, source = inPlace) => {
      const { id } = inPlace;
      if (get().works.has(id)) return;
      sources.set(id, source.id);
      put(id, { repair, done: null });
      set(({ batch }) => ({ batch: { ...batch, begun: batch.begun + 1 } }));
      await attempt(() => repaired(inPlace, repair, source), inPlace.name);
      sources.delete(id);
      end(id);
    },
    cancel: (id) => {
      const source = sources.get(id);
      if (source !== undefined) void attempt(() => ask('references.cancelRepair', { id: source }));
    },
    useOriginal: async (key, derived) => {
      const parentId = derived.derived?.parentId;
      if (parentId === undefined) return;
      useDraft.getState().replaceReference(key, await get().loadOriginal(parentId));
    },
    loadOriginal: async (parentId) => {
      const known = get().originals.get(parentId);
      if (known !== undefined) return known;
      const [original] = await ask('references.get', { ids: [parentId] });
      if (original === undefined) throw new AppError('not_found');
      set(({ originals }) => ({ originals: new Map(originals).set(parentId, original) }));
      return original;
    },
    preview: async (id) => {
      const { kind } = await ask('references.preview', { id });
      return mediaUrl(kind, id);
    },
  };
});

async function repaired(inPlace: Reference, repair: Repair, source: Reference): Promise<void> {
  try {
    const made = await ask('references.repair', { id: source.id, repair });
    const { draft, replaceReference } = useDraft.getState();
    // It may have been removed, moved or replaced meanwhile: the slot that still holds it takes the new one.
    const slot = draft.references.find(({ reference }) => reference.id === inPlace.id);
    if (slot !== undefined) replaceReference(slot.key, made);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'cancelled')) throw error;
  }
}

/** How far everything at work is together, 0 to 1. */
export function batchPart({ works, batch }: Pick<RepairsState, 'works' | 'batch'>): number {
  if (batch.begun === 0) return 0;
  const running = [...works.values()].reduce((sum, { done }) => sum + (done ?? 0), 0);
  return Math.min(1, (batch.ended + running) / batch.begun);
}
