// Mirror of the collections, and how many clips stand in each of the library's own lists and under each tag.
import { create } from 'zustand';
import type { Collection, LibraryCounts } from '@shared/domain/clip';
import { quotedValue } from '@shared/domain/search';
import { ask, listen } from '../client/client';
import { attempt } from './noticesStore';
import type { List } from './viewStore';

interface CollectionsState {
  readonly collections: readonly Collection[];
  /** Null: not counted yet. */
  readonly counts: LibraryCounts | null;
  connect(): () => void;
  load(): Promise<void>;
  /** `query` null: clips are put in by hand. */
  save(id: string | null, name: string, query: string | null): Promise<Collection>;
  remove(id: string): Promise<void>;
  /** Puts a collection at a place among the others. */
  move(id: string, to: number): Promise<void>;
}

/** What each list finds. */
const QUERIES = {
  kept: 'is:kept',
  imported: 'is:imported',
  trash: 'is:trashed',
} as const;
/** Counts follow changes at this pace. Milliseconds. */
const PACE = 700;

export const useCollections = create<CollectionsState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const count = async (): Promise<void> => {
    const round = ++asked;
    const counts = await ask('library.counts', {});
    if (round === asked) set({ counts });
  };
  return {
    collections: [],
    counts: null,
    connect: () => {
      const stops = [
        listen('collections.changed', ({ collections }) => set({ collections })),
        listen('library.changed', () => {
          timer ??= setTimeout(() => {
            timer = undefined;
            void attempt(count);
          }, PACE);
        }),
      ];
      return () => {
        clearTimeout(timer);
        stops.forEach((stop) => stop());
      };
    },
    load: async () => {
      const before = get().collections;
      const collections = await ask('library.collections', {});
      // An event that came meanwhile is newer than this answer.
      if (get().collections === before) set({ collections });
      await count();
    },
    save: async (id, name, query) => {
      const saved = await ask('library.saveCollection', { id, name, query });
      set(({ collections }) => ({
        collections: collections.some((known) => known.id === saved.id)
          ? collections.map((known) => (known.id === saved.id ? saved : known))
          : [...collections, saved],
      }));
      return saved;
    },
    remove: async (id) => {
      await ask('library.removeCollection', { id });
      set(({ collections }) => ({ collections: collections.filter((known) => known.id !== id) }));
    },
    move: async (id, to) => {
      const { collections: before } = get();
      const from = before.findIndex((known) => known.id === id);
      const [moved] = before.slice(from, from + 1);
      const place = Math.max(0, Math.min(to, before.length - 1));
      if (from < 0 || moved === undefined || place === from) return;
      const next = before.toSpliced(from, 1).toSpliced(place, 0, moved);
      // Shown at once: the row stays in the hand.
      set({ collections: next });
      try {
        await ask('library.orderCollections', { ids: next.map((known) => known.id) });
      } catch (error) {
        if (get().collections === next) set({ collections: before });
        throw error;
      }
    },
  };
});

/** The collection that a list shows. */
export function collectionOf(list: List, collections: readonly Collection[]): Collection | undefined {
  return list.startsWith('collection:')
    ? collections.find(({ id }) => id === list.slice('collection:'.length))
    : undefined;
}

/** What a list and the search box ask for together. */
export function queryOf(list: List, collections: readonly Collection[], words: string): string {
  const collection = collectionOf(list, collections);
  const scope =
    collection !== undefined
      ? `in:${quotedValue('in', collection.name)}`
      : list === 'kept' || list === 'imported' || list === 'trash'
        ? QUERIES[list]
        : '';
  return [scope, words.trim()].filter((part) => part !== '').join(' ');
}
