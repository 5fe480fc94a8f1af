// The sheets over the grid that edit many clips: tags, a new collection, deleting files.
import { create } from 'zustand';

export type CullDialog =
  | { readonly type: 'tags'; readonly ids: readonly string[] }
  /** Null: everything in the trash. */
  | { readonly type: 'delete'; readonly ids: readonly string[] | null }
  /** A new one with these clips in it or with a query, or the new name of one that is there. */
  | {
      readonly type: 'collection';
      readonly id: string | null;
      readonly name: string;
      readonly query: string | null;
      readonly ids: readonly string[];
    };

interface CullState {
  readonly dialog: CullDialog | null;
  open(dialog: CullDialog): void;
  close(): void;
}

export const useCullDialogs = create<CullState>()((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
