// What is being dragged over the window, for the parts of it that would take it.
import { create } from 'zustand';

export interface Dragged {
  /** Where it would go if it was let go now; null: nowhere. */
  readonly zone: 'library' | 'composer' | null;
}

interface DropsState {
  /** Null: nothing is being dragged. */
  readonly dragged: Dragged | null;
  show(dragged: Dragged): void;
  hide(): void;
}

export const useDrops = create<DropsState>()((set, get) => ({
  dragged: null,
  // Asked for at every move of the pointer.
  show: (dragged) => {
    if (get().dragged?.zone !== dragged.zone) set({ dragged });
  },
  hide: () => set({ dragged: null }),
}));
