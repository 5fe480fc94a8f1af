// Where clips come from and what came of them, asked for when it is looked at, and the way back through them.
import { create } from 'zustand';
import type { Clip, Lineage } from '@shared/domain/clip';
import { ask } from '../client/client';
import { useView } from './viewStore';

interface LineageState {
  readonly lineages: ReadonlyMap<string, Lineage>;
  /** Clips that were left for one of their relatives, the first one first. */
  readonly trail: readonly string[];
  /** The clip that the trail leads to; another selection has nothing to go back to. */
  readonly reached: string | null;
  load(id: string): Promise<void>;
  /** Shows a relative of the selected clip in the inspector. */
  walkTo(id: string): void;
  walkBack(): void;
}

export const useLineage = create<LineageState>()((set, get) => ({
  lineages: new Map(),
  trail: [],
  reached: null,
  load: async (id) => {
    const lineage = await ask('library.lineage', { id });
    set(({ lineages }) => ({ lineages: new Map(lineages).set(id, lineage) }));
  },
  walkTo: (id) => {
    const { selection, select } = useView.getState();
    if (selection?.type !== 'clip' || selection.id === id) return;
    set({ trail: [...trailTo(get(), selection.id), selection.id], reached: id });
    select({ type: 'clip', id });
  },
  walkBack: () => {
    const { selection, select } = useView.getState();
    const trail = selection?.type === 'clip' ? trailTo(get(), selection.id) : [];
    const before = trail.at(-1);
    if (before === undefined) return;
    set({ trail: trail.slice(0, -1), reached: before });
    select({ type: 'clip', id: before });
  },
}));

/** How this clip was reached; empty where it was selected by hand. */
export function trailTo(
  { trail, reached }: Pick<LineageState, 'trail' | 'reached'>,
  id: string,
): readonly string[] {
  return reached === id ? trail : [];
}

/** The most takes that stand beside each other in compare. */
export const MOST_COMPARED = 4;

/** What is compared when one clip is asked about: it and its newest siblings; those whose file is away are left out. */
export function comparedWith(id: string, siblings: readonly Clip[]): readonly string[] {
  const present = siblings.filter(({ missing }) => !missing);
  return [id, ...present.slice(0, MOST_COMPARED - 1).map((clip) => clip.id)];
}
