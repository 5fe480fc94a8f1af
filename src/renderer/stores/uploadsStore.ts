// What of the person's files lies at a host now.
import { create } from 'zustand';
import type { Upload } from '@shared/domain/host';
import type { Reference } from '@shared/domain/reference';
import { ask, listen } from '../client/client';

interface UploadsState {
  readonly uploads: readonly Upload[];
  /** By id; only those that were asked for and are still known here. */
  readonly references: ReadonlyMap<string, Reference>;
  connect(): () => void;
  load(): Promise<void>;
  /** Names and kinds of what lies there. */
  loadReferences(): Promise<void>;
}

/** As many as `references.get` answers at once. */
const MOST_AT_ONCE = 50;

export const useUploads = create<UploadsState>()((set, get) => ({
  uploads: [],
  references: new Map(),
  connect: () => listen('uploads.changed', ({ uploads }) => set({ uploads })),
  load: async () => {
    const before = get().uploads;
    const uploads = await ask('references.uploads', {});
    if (get().uploads === before) set({ uploads });
  },
  loadReferences: async () => {
    const known = get().references;
    const wanted = new Set(get().uploads.map(({ referenceId }) => referenceId));
    const ids = [...wanted].filter((id) => !known.has(id)).slice(0, MOST_AT_ONCE);
    if (ids.length === 0) return;
    const found = await ask('references.get', { ids });
    set(({ references }) => ({
      references: new Map([...references, ...found.map((item) => [item.id, item] as const)]),
    }));
  },
}));
