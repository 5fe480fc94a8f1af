// Mirror of the collections, and how many clips stand in each of the library's own lists.
import { create } from 'zustand';
import type { Collection } from '@shared/domain/clip';
import { NEWEST_FIRST, quotedValue } from '@shared/domain/search';
import { ask, listen } from '../client/client';
import { attempt } from './noticesStore';
import type { List } from './viewStore';

export type CountedList = 'all' | 'kept' | 'imported' | 'trash';

interface CollectionsState {
  readonly collections: readonly Collection[];
  /** Null: not counted yet. */
  readonly counts: Readonly<Record<CountedList, number>> | null;
  connect(): () => void;
  load(): Promise<void>;
  /** `query` null: clips are put in by hand. */
  save(id: string | null, name: string, query: string | null): Promise<Collection>;
  remove(id: string): Promise<void>;
}

/** What each list finds. */
const QUERIES: Readonly<Record<CountedList, string>> = {
  all: '',
  kept: 'is:kept',
  imported: 'is:imported',
  trash: 'is:trashed',
};
const COUNTED: readonly CountedList[] = ['all', 'kept', 'imported', 'trash'];
/** Counts follow changes at this pace. Milliseconds. */
const PACE = 700;

export const useCollections = create<CollectionsState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const count = async (): Promise<void> => {
    const totals = await Promise.all(
      COUNTED.map((list) => ask('library.query', { text: QUERIES[list], sort: NEWEST_FIRST })),
    );
    const [all = 0, kept = 0, imported = 0, trash = 0] = totals.map(({ total }) => total);
    set({ counts: { all, kept, imported, trash } });
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
