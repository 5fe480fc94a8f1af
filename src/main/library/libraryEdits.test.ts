import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clip, ClipEdit } from '@shared/domain/clip';
import { NEWEST_FIRST, parseSearch } from '@shared/domain/search';
import { recipe, untouched } from '../../../tests/fixtures/library';
import { AppError } from '@shared/contract/errors';
import { openDatabase, type Database } from '../database/open';
import { ClipIndex } from './clipIndex';
import { ClipStore } from './clipStore';
import { Collections } from './collections';
import { LibraryEdits, MOST_EDITS } from './libraryEdits';

const IDS = ['a', 'b', 'c', 'd', 'e'];

function clipNamed(id: string): Clip {
  return {
    ...{ id, revision: 1, generationId: id, title: `title ${id}`, fileName: `${id}.mp4` },
    ...{ createdAt: '2026-11-22T10:00:00.000Z', bytes: 1, width: 16, height: 9, seconds: 5, fps: 24 },
    ...{ hasSound: true, hasPoster: false, sprite: null, tokens: null, price: null },
    ...{ practice: false, missing: false },
    ...untouched,
  };
}

interface Library {
  readonly database: Database;
  readonly index: ClipIndex;
  readonly edits: LibraryEdits;
  readonly store: ClipStore;
  readonly kept: Collections;
  readonly manual: readonly string[];
}

function library(): Library {
  const database = openDatabase(':memory:');
  const store = new ClipStore(database);
  const index = new ClipIndex(database);
  const kept = new Collections(database, index);
  const edits = new LibraryEdits(database, store, index);
  for (const id of IDS) {
    store.insert({ clip: clipNamed(id), relativePath: `${id}.mp4`, contentHash: '' }, recipe, null);
    index.put(id);
  }
  const manual = ['one', 'two'].map((name) => kept.save(null, name, null));
  kept.save(null, 'smart', 'rating:>3');
  return { database, index, edits, store, kept, manual };
}

/** All that an edit can change, but for the revisions, which only grow. */
function stateOf({ database, index, store, kept }: Library): unknown {
  const found = [
    'beach',
    'tag:beach',
    'rating:>2',
    'is:kept',
    'is:trashed',
    'in:one',
    'in:smart',
    'note',
  ].map((text) => [text, index.ids(parseSearch(text), NEWEST_FIRST, 0, 99)]);
  return {
    facts: database.all(
      'SELECT clip_id, rating, flag, trashed_at, note, title_key FROM clip_facts ORDER BY number',
    ),
    tags: database.all('SELECT * FROM clip_tags ORDER BY clip, tag'),
    members: database.all('SELECT * FROM collection_clips ORDER BY collection_id, clip'),
    collections: kept.list(),
    rows: database.all('SELECT * FROM collections ORDER BY id'),
    clips: IDS.map((id) => ({ ...store.detail(id), revision: 0 })),
    found,
  };
}

const someIds = fc.array(fc.constantFrom(...IDS, 'unknown'), { maxLength: 6 });
const tag = fc.constantFrom('beach', 'Beach', ' beach ', '海边', 'a\0b', '\ud83d', 'Ｗide', ' ');
const anyEdit = (manual: readonly string[]): fc.Arbitrary<ClipEdit> =>
  fc.record(
    {
      rating: fc.integer({ min: 0, max: 5 }),
      flag: fc.constantFrom('kept', 'rejected', null),
      title: fc.constantFrom('a beach', 'title a', '海边 \ud83d', 'x'),
      note: fc.constantFrom('', 'a note', 'beach\0'),
      addTags: fc.array(tag, { maxLength: 3 }),
      removeTags: fc.array(tag, { maxLength: 3 }),
      addTo: fc.constantFrom(...manual),
      removeFrom: fc.constantFrom(...manual),
      trashed: fc.boolean(),
    },
    { requiredKeys: [] },
  );

type Act = (library: Library) => unknown;

/** What is done to collections; by their place in the list, so that new ones and gone ones are met too. */
const collectionAct: fc.Arbitrary<Act> = fc
  .record({
    what: fc.constantFrom('make', 'change', 'remove', 'order'),
    at: fc.nat(4),
    name: fc.constantFrom('one', 'three', '四', 'smart', 'Big'),
    query: fc.constantFrom(null, 'rating:>2', 'in:one', 'in:smart -in:two', ''),
    order: fc.array(fc.nat(4), { maxLength: 4 }),
  })
  .map(({ what, at, name, query, order }) => ({ edits, kept }) => {
    const idAt = (place: number): string => kept.list()[place]?.id ?? 'unknown';
    try {
      if (what === 'make') edits.editCollections(null, () => kept.save(null, name, query));
      if (what === 'change') edits.editCollections(idAt(at), () => kept.save(idAt(at), name, query));
      if (what === 'remove') edits.editCollections(idAt(at), () => kept.remove(idAt(at)));
      if (what === 'order') edits.editCollections(null, () => kept.order(order.map(idAt)));
    } catch (error) {
      // A name that is taken, a ring, no such collection: then nothing has happened, which the state shows.
      if (!(error instanceof AppError)) throw error;
    }
  });

// Bug: undo leaves a tag, a place in a collection or a word that is found, or redo does something else than was done; a
// removed collection comes back without its clips, its name in searches or its place.
test('any edits, all undone, leave what was there; redone, what they made', () => {
  const only = library();
  const clipAct = fc.tuple(someIds, anyEdit(only.manual)).map(([ids, edit]): Act => ({ edits }) => {
    try {
      edits.edit(ids, edit);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  });
  const act = fc.oneof({ weight: 3, arbitrary: clipAct }, { weight: 2, arbitrary: collectionAct });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      // One database for all runs: each leaves what it found.
      const each = { ...only, edits: new LibraryEdits(only.database, only.store, only.index) };
      const states = [stateOf(each)];
      let undoable = 0;
      for (const perform of acts) {
        perform(each);
        const after = stateOf(each);
        const recorded = each.edits.undoable > undoable;
        undoable = each.edits.undoable;
        if (recorded) states.push(after);
        else expect(after).toEqual(states.at(-1));
      }
      const undoAll = (): void => {
        for (const before of states.slice(0, -1).reverse()) {
          expect(each.edits.undo()).not.toBeNull();
          expect(stateOf(each)).toEqual(before);
        }
        expect(each.edits.undo()).toBeNull();
      };
      undoAll();
      for (const after of states.slice(1)) {
        expect(each.edits.redo()).not.toBeNull();
        expect(stateOf(each)).toEqual(after);
      }
      expect(each.edits.redo()).toBeNull();
      undoAll();
    }),
    { numRuns: 40 },
  );
}, 120_000);

// Bug: the window keeps an old record, because a newer one has no newer revision.
test('each edit, undo and redo makes a newer revision', () => {
  const { edits, store } = library();
  const revisions = [() => edits.edit(['a'], { rating: 3 }), () => edits.undo(), () => edits.redo()].map(
    (act) => {
      act();
      return store.find('a')?.clip.revision;
    },
  );
  expect(revisions).toEqual([2, 3, 4]);
  expect(store.find('a')?.clip).toMatchObject({ rating: 3 });
});

// Bug: an edit after undo brings back, by redo, what the person decided against.
test('a new edit ends what could be redone', () => {
  const { edits } = library();
  edits.edit(['a'], { rating: 3 });
  edits.undo();
  edits.edit(['b'], { flag: 'kept' });
  expect(edits.canRedo).toBe(false);
  expect(edits.redo()).toBeNull();
});

// Bug: an evening of culling fills the memory.
test('the oldest edits are forgotten', () => {
  const { edits } = library();
  for (let n = 0; n < MOST_EDITS + 5; n += 1) edits.edit(['a'], { rating: (n % 5) + 1 });
  let undone = 0;
  while (edits.undo() !== null) undone += 1;
  expect(undone).toBe(MOST_EDITS);
});

// Bug: undo speaks of a clip that is gone, and takes back nothing; a collection comes back with a clip that is gone.
test('what is gone is not undone', () => {
  const { edits, kept, index, manual } = library();
  const [one = ''] = manual;
  edits.edit(['b'], { rating: 5 });
  edits.edit(['a', 'b', 'c'], { addTo: one });
  edits.editCollections(one, () => kept.remove(one));
  expect(() => edits.edit(['a'], { addTo: one })).toThrow();
  index.remove('b');
  edits.forgetClips(['b']);
  expect(edits.undo()).toMatchObject({ edit: 'collections', clips: 2 });
  expect(kept.list()).toMatchObject([{ name: 'one', clips: 2 }, { name: 'two' }, { name: 'smart' }]);
  expect(kept.of('c')).toEqual([{ name: 'one', position: 2 }]);
  expect(edits.undo()).toMatchObject({ edit: 'addTo', clips: 2 });
  expect(edits.canUndo).toBe(false);
});

// Bug: a collection that is called otherwise is lost to the searches that name it; one that holds itself is accepted.
test('searches follow the name of a collection, and none leads back to itself', () => {
  const { edits, kept, index } = library();
  const save = (id: string | null, name: string, query: string | null): string =>
    edits.editCollections(id, () => kept.save(id, name, query));
  const good = save(null, 'Good', 'rating:>3');
  const sea = save(null, 'Sea', '海  -in:GOOD "in:good" in:good');
  save(good, 'Very "good"', 'rating:>4');
  expect(kept.list().find(({ id }) => id === sea)?.query).toBe(
    '海  -in:"Very ""good""" "in:good" in:"Very ""good"""',
  );
  edits.undo();
  expect(kept.list().find(({ id }) => id === sea)?.query).toBe('海  -in:GOOD "in:good" in:good');
  const ring = expect.objectContaining({ code: 'collection_in_itself' }) as Error;
  expect(() => save(good, 'Good', 'in:sea')).toThrow(ring);
  expect(() => save(null, 'New', 'beach -in:new')).toThrow(ring);
  expect(index.count(parseSearch('in:good'))).toBe(0);
  edits.edit(['a'], { rating: 4 });
  expect(index.count(parseSearch('in:good'))).toBe(1);
  // In a file that somebody wrote by hand: it finds nothing by itself, and ends.
  expect(kept.list().map(({ name }) => name)).toEqual(['one', 'two', 'smart', 'Good', 'Sea']);
});

// Bug: a new collection stands among the others after one was removed, or their order is not the one that was chosen.
test('collections keep the order they were put in', () => {
  const { edits, kept, manual } = library();
  const names = (): string[] => kept.list().map(({ name }) => name);
  const [one = '', two = ''] = manual;
  edits.editCollections(null, () => kept.order([two, 'unknown', two]));
  expect(names()).toEqual(['two', 'one', 'smart']);
  edits.editCollections(two, () => kept.remove(two));
  for (const name of ['a', 'b', 'c']) edits.editCollections(null, () => kept.save(null, name, null));
  expect(names()).toEqual(['one', 'smart', 'a', 'b', 'c']);
  edits.editCollections(null, () => kept.order([kept.list()[4]?.id ?? '', one]));
  expect(names()).toEqual(['c', 'one', 'smart', 'a', 'b']);
  edits.undo();
  expect(names()).toEqual(['one', 'smart', 'a', 'b', 'c']);
});

// Bug: an edit that fails half-way leaves its first half, or one that cannot be undone.
test('an edit is done whole or not at all', () => {
  const each = library();
  const before = stateOf(each);
  expect(() => each.edits.edit(['a'], { rating: 5, addTo: 'nowhere' })).toThrow();
  expect(stateOf(each)).toEqual(before);
  expect(each.edits.canUndo).toBe(false);
});

// Bug: tagging everything holds up the window, or its words are never found.
test('many tags at once are found by their words afterwards', () => {
  const { database, store, index, edits } = library();
  const ids = Array.from({ length: 600 }, (_, n) => `many ${n}`);
  database.transaction(() => {
    for (const id of ids)
      store.insert({ clip: clipNamed(id), relativePath: id, contentHash: '' }, null, null);
  });
  const done = edits.edit(ids, { addTags: ['harbour'] });
  expect(done).toMatchObject({ edit: 'addTags', clips: 600, wordsFollow: true });
  expect(index.count(parseSearch('tag:harbour'))).toBe(600);
  while (index.catchUp(100) > 0);
  expect(index.count(parseSearch('harbour'))).toBe(600);
});
