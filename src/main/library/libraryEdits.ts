// What a person changes in clips: many at once, each change with its exact opposite, to take back and do again.
import { AppError } from '@shared/contract/errors';
import type { ClipEdit, EditDone } from '@shared/domain/clip';
import { foldText } from '@shared/domain/search';
import type { Database } from '../database/open';
import type { ClipIndex } from './clipIndex';
import { flagNumber, type ClipStore } from './clipStore';
import { storable } from './clipText';

/** Columns of `clip_facts` that many clips are given at once. */
type Column = 'rating' | 'flag' | 'trashed_at';

/** One thing that is done to clips. It is about clips by id, so that what is gone is passed over. */
type Step =
  | {
      readonly type: 'set';
      readonly column: Column;
      readonly value: string | number | null;
      readonly ids: readonly string[];
    }
  | { readonly type: 'title' | 'note'; readonly value: string; readonly ids: readonly string[] }
  | { readonly type: 'tag' | 'untag'; readonly tag: string; readonly ids: readonly string[] }
  /** `positions` beside `ids`. */
  | {
      readonly type: 'join';
      readonly collection: string;
      readonly positions: readonly number[];
      readonly ids: readonly string[];
    }
  | { readonly type: 'leave'; readonly collection: string; readonly ids: readonly string[] }
  /** A collection as it is (`row` null: gone). Who is in it stays, or is `ids` with `positions` beside them. */
  | {
      readonly type: 'collection';
      readonly collection: string;
      readonly row: CollectionRow | null;
      readonly positions: readonly number[] | null;
      readonly ids: readonly string[];
    };

interface CollectionRow {
  readonly id: string;
  readonly name: string;
  readonly query: string | null;
  readonly created_at: string;
  readonly position: number;
}

/** A file that got another name; paths in the library, with slashes. */
export interface FileMove {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

interface Change {
  readonly redo: Step;
  /** In the order in which they are done. */
  readonly undo: readonly Step[];
}

interface Entry {
  readonly edit: EditDone['edit'];
  readonly changes: readonly Change[];
  /** Files that whoever takes this back has to rename; in the order in which it was done. */
  readonly moves?: readonly FileMove[];
}

/** What was done, and to which clips. */
export interface Edited extends EditDone {
  readonly ids: readonly string[];
  /** Whether the words that are found changed for so many clips that they follow in the background. */
  readonly wordsFollow: boolean;
}

export const MOST_EDITS = 200;
/** Ids that are remembered for undoing, of all edits together: some tens of megabytes. */
const MOST_REMEMBERED = 500_000;
/** More clips than this get their words found in the background. */
const MOST_WORDS_AT_ONCE = 500;

const OF_IDS = 'clip_id IN (SELECT value FROM json_each(?))';
const NUMBERS = `SELECT number FROM clip_facts WHERE ${OF_IDS}`;

export class LibraryEdits {
  private done: Entry[] = [];
  private undone: Entry[] = [];

  constructor(
    private readonly database: Database,
    private readonly store: ClipStore,
    private readonly index: ClipIndex,
    private readonly now: () => Date = () => new Date(),
  ) {}

  get canUndo(): boolean {
    return this.undoable > 0;
  }

  /** How many steps can be taken back. */
  get undoable(): number {
    return this.done.length;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /**
   * All of it or nothing; null when it changes nothing. Unknown clips are passed over.
   * @throws AppError `not_found` for a collection that is not there or follows a search
   */
  edit(ids: readonly string[], edit: ClipEdit): Edited | null {
    const changed = this.database.transaction(() => {
      const entries: Entry[] = [];
      for (const name of Object.keys(edit) as (keyof ClipEdit)[]) {
        const changes = this.perform(name, ids, edit);
        if (changes.length > 0) entries.push({ edit: name, changes });
      }
      const [first] = entries;
      if (first === undefined) return null;
      const entry = { edit: first.edit, changes: entries.flatMap(({ changes }) => changes) };
      return { entry, edited: this.finish(entry) };
    });
    if (changed === null) return null;
    this.remember(changed.entry);
    return changed.edited;
  }

  /** Something that is done to the collections; `id`: the one that clips may leave by it. All of it or nothing. */
  editCollections<T>(id: string | null, act: () => T): T {
    const { changes, result } = this.database.transaction(() => {
      const [before, members] = [this.collectionRows(), id === null ? [] : this.everyMember(id)];
      const done = act();
      const after = this.collectionRows();
      const ids = [...new Set([...before.keys(), ...after.keys()])];
      const changed = ids.flatMap((each): Change[] => {
        const [old, now] = [before.get(each) ?? null, after.get(each) ?? null];
        if (JSON.stringify(old) === JSON.stringify(now)) return [];
        const concerned = each === id ? members : [];
        const left = now === null || now.query !== null;
        const step = { type: 'collection', collection: each, ids: concerned.map((one) => one.id) } as const;
        const positions = left ? concerned.map(({ position }) => position) : null;
        return [{ redo: { ...step, row: now, positions: null }, undo: [{ ...step, row: old, positions }] }];
      });
      return { changes: changed, result: done };
    });
    if (changes.length > 0) this.remember({ edit: 'collections', changes });
    return result;
  }

  /** Files were renamed. */
  renamed(moves: readonly FileMove[]): void {
    if (moves.length > 0) this.remember({ edit: 'fileNames', changes: [], moves });
  }

  /** What undo (else redo) would rename, from where it is now, in this order; null where it renames nothing. */
  movesOf(back: boolean): readonly FileMove[] | null {
    const moves = (back ? this.done : this.undone).at(-1)?.moves;
    if (moves === undefined || !back) return moves ?? null;
    return moves.map(({ id, from, to }) => ({ id, from: to, to: from })).reverse();
  }

  /** Those of `movesOf` that were done, while nothing else was undone or redone. */
  moved(back: boolean, moves: readonly FileMove[]): void {
    const [from, to] = back ? [this.done, this.undone] : [this.undone, this.done];
    const at = from.findLastIndex((entry) => entry.moves !== undefined);
    // An edit made meanwhile has ended what could be redone.
    if (at < 0) return;
    const last = at === from.length - 1;
    from.splice(at, 1);
    if (!last || moves.length === 0) return;
    const forward = back ? moves.map((move) => ({ ...move, from: move.to, to: move.from })).reverse() : moves;
    to.push({ edit: 'fileNames', changes: [], moves: forward });
  }

  private remember(entry: Entry): void {
    this.undone = [];
    this.done.push(entry);
    this.forgetOldest();
  }

  /** Null: there is nothing to take back. */
  undo(): Edited | null {
    const entry = this.done.at(-1);
    if (entry === undefined) return null;
    const edited = this.database.transaction(() => {
      for (const { undo } of [...entry.changes].reverse()) for (const step of undo) this.apply(step);
      return this.finish(entry);
    });
    this.done.pop();
    this.undone.push(entry);
    return edited;
  }

  redo(): Edited | null {
    const entry = this.undone.at(-1);
    if (entry === undefined) return null;
    const edited = this.database.transaction(() => {
      for (const { redo } of entry.changes) this.apply(redo);
      return this.finish(entry);
    });
    this.undone.pop();
    this.done.push(entry);
    return edited;
  }

  /** Clips that are gone for good. */
  forgetClips(ids: readonly string[]): void {
    const gone = new Set(ids);
    const left = (step: Step): Step => {
      if (!step.ids.some((id) => gone.has(id))) return step;
      const kept = step.ids.map((id) => !gone.has(id));
      const fewer = { ...step, ids: step.ids.filter((_, at) => kept[at]) };
      return 'positions' in fewer && fewer.positions !== null
        ? { ...fewer, positions: fewer.positions.filter((_, at) => kept[at]) }
        : fewer;
    };
    const of = (entries: readonly Entry[]): Entry[] =>
      entries
        .map(({ edit, changes, moves }) => ({
          edit,
          changes: changes
            .map(({ redo, undo }) => ({ redo: left(redo), undo: undo.map(left) }))
            .filter(({ redo }) => redo.type === 'collection' || redo.ids.length > 0),
          ...(moves === undefined ? {} : { moves: moves.filter(({ id }) => !gone.has(id)) }),
        }))
        .filter(({ changes, moves = [] }) => changes.length + moves.length > 0);
    this.done = of(this.done);
    this.undone = of(this.undone);
  }

  private forgetOldest(): void {
    const sizeOf = ({ changes, moves = [] }: Entry): number =>
      changes.reduce((sum, { redo }) => sum + 2 * redo.ids.length, 2 * moves.length);
    let size = this.done.reduce((sum, entry) => sum + sizeOf(entry), 0);
    while (this.done.length > MOST_EDITS || (size > MOST_REMEMBERED && this.done.length > 1)) {
      const oldest = this.done.shift();
      size -= oldest === undefined ? 0 : sizeOf(oldest);
    }
  }

  private perform(name: keyof ClipEdit, ids: readonly string[], edit: ClipEdit): Change[] {
    switch (name) {
      case 'rating':
        return edit.rating === undefined ? [] : this.setColumn('rating', edit.rating, ids);
      case 'flag':
        return edit.flag === undefined ? [] : this.setColumn('flag', flagNumber(edit.flag), ids);
      case 'trashed':
        return edit.trashed === undefined ? [] : this.setTrashed(edit.trashed, ids);
      case 'title':
      case 'note':
        return edit[name] === undefined ? [] : this.setText(name, storable(edit[name]), ids);
      case 'addTags':
        return (edit.addTags ?? []).flatMap((tag) => this.addTag(storable(tag).trim(), ids));
      case 'removeTags':
        return (edit.removeTags ?? []).flatMap((tag) => this.removeTag(tag, ids));
      case 'addTo':
        return edit.addTo === undefined ? [] : this.addTo(edit.addTo, ids);
      case 'removeFrom':
        return edit.removeFrom === undefined ? [] : this.removeFrom(edit.removeFrom, ids);
    }
  }

  private setColumn(column: Column, value: string | number | null, ids: readonly string[]): Change[] {
    const groups = this.database.all<{ value: string | number | null; ids: string }>(
      `SELECT ${column} AS value, json_group_array(clip_id) AS ids FROM clip_facts
       WHERE ${OF_IDS} AND ${column} IS NOT ? GROUP BY ${column}`,
      ...[JSON.stringify(ids), value],
    );
    const undo = groups.map((group): Step => ({
      type: 'set',
      column,
      value: group.value,
      ids: listOf(group.ids),
    }));
    return this.change({ type: 'set', column, value, ids: undo.flatMap((step) => step.ids) }, undo);
  }

  /** What lies in the trash keeps the time at which it came there. */
  private setTrashed(trashed: boolean, ids: readonly string[]): Change[] {
    const concerned = this.idsWhere(`${OF_IDS} AND trashed_at IS ${trashed ? '' : 'NOT '}NULL`, ids);
    return this.setColumn('trashed_at', trashed ? this.now().toISOString() : null, concerned);
  }

  private setText(type: 'title' | 'note', value: string, ids: readonly string[]): Change[] {
    const column = type === 'note' ? 'note' : "record -> '$.title'";
    const rows = this.database.all<{ id: string; text: string }>(
      `SELECT clip_id AS id, ${column} AS text FROM clip_facts JOIN clips ON clips.id = clip_id WHERE ${OF_IDS}`,
      JSON.stringify(ids),
    );
    const before = rows
      .map(({ id, text }) => ({ id, text: type === 'note' ? text : (JSON.parse(text) as string) }))
      .filter(({ text }) => text !== value);
    return this.change(
      { type, value, ids: before.map(({ id }) => id) },
      before.map(({ id, text }): Step => ({ type, value: text, ids: [id] })),
    );
  }

  /** Tags that differ only as the search does not tell apart are one: the writing that is there stays. */
  private addTag(tag: string, ids: readonly string[]): Change[] {
    if (foldText(tag) === '') return [];
    const alike = this.tagsLike(tag);
    const concerned = this.idsWhere(
      `${OF_IDS} AND NOT EXISTS (
         SELECT 1 FROM clip_tags WHERE clip = number AND tag IN (SELECT value FROM json_each(?)))`,
      ids,
      JSON.stringify(alike),
    );
    const written = alike[0] ?? tag;
    return this.change({ type: 'tag', tag: written, ids: concerned }, [
      { type: 'untag', tag: written, ids: concerned },
    ]);
  }

  private removeTag(tag: string, ids: readonly string[]): Change[] {
    return this.tagsLike(tag).flatMap((written) => {
      const concerned = this.idsWhere(
        `${OF_IDS} AND EXISTS (SELECT 1 FROM clip_tags WHERE clip = number AND tag = ?)`,
        ids,
        written,
      );
      return this.change({ type: 'untag', tag: written, ids: concerned }, [
        { type: 'tag', tag: written, ids: concerned },
      ]);
    });
  }

  /** As they are written, the most used first. */
  private tagsLike(tag: string): string[] {
    const folded = foldText(tag);
    const tags = this.database.all<{ tag: string }>(
      'SELECT tag FROM clip_tags GROUP BY tag ORDER BY COUNT(*) DESC, tag',
    );
    return tags.map((row) => row.tag).filter((known) => foldText(known) === folded);
  }

  private addTo(collection: string, ids: readonly string[]): Change[] {
    this.requireManual(collection);
    const present = new Set(this.membersOf(collection, ids).map(({ id }) => id));
    const known = new Set(this.idsWhere(OF_IDS, ids));
    // In the order they were chosen in, each once.
    const added = [...new Set(ids)].filter((id) => known.has(id) && !present.has(id));
    const { last } = this.database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM collection_clips WHERE collection_id = ?',
      collection,
    ) ?? { last: null };
    const positions = added.map((_, at) => (last ?? -1) + 1 + at);
    return this.change({ type: 'join', collection, positions, ids: added }, [
      { type: 'leave', collection, ids: added },
    ]);
  }

  private removeFrom(collection: string, ids: readonly string[]): Change[] {
    this.requireManual(collection);
    const members = this.membersOf(collection, ids);
    const removed = members.map(({ id }) => id);
    const positions = members.map(({ position }) => position);
    return this.change({ type: 'leave', collection, ids: removed }, [
      { type: 'join', collection, positions, ids: removed },
    ]);
  }

  private requireManual(collection: string): void {
    const row = this.database.get<{ query: string | null }>(
      'SELECT query FROM collections WHERE id = ?',
      collection,
    );
    if (row?.query !== null) throw new AppError('not_found', 'no collection that takes clips');
  }

  private membersOf(collection: string, ids: readonly string[]): { id: string; position: number }[] {
    return this.database.all(
      `SELECT clip_id AS id, position FROM collection_clips JOIN clip_facts ON number = clip
       WHERE ${OF_IDS} AND collection_id = ? ORDER BY position, number`,
      ...[JSON.stringify(ids), collection],
    );
  }

  private idsWhere(condition: string, ids: readonly string[], ...values: string[]): string[] {
    const row = this.database.get<{ ids: string }>(
      `SELECT json_group_array(clip_id) AS ids FROM clip_facts WHERE ${condition}`,
      ...[JSON.stringify(ids), ...values],
    );
    return listOf(row?.ids);
  }

  private change(redo: Step, undo: readonly Step[]): Change[] {
    if (redo.ids.length === 0) return [];
    this.apply(redo);
    return [{ redo, undo }];
  }

  private apply(step: Step): void {
    const ids = JSON.stringify(step.ids);
    switch (step.type) {
      case 'set':
        this.database.run(`UPDATE clip_facts SET ${step.column} = ? WHERE ${OF_IDS}`, step.value, ids);
        return;
      case 'note':
        for (const id of step.ids) this.index.put(id, { note: step.value });
        return;
      case 'title':
        for (const id of step.ids) this.setTitle(id, step.value);
        return;
      case 'tag':
        this.database.run(
          `INSERT OR IGNORE INTO clip_tags (clip, tag) SELECT number, ? FROM clip_facts WHERE ${OF_IDS}`,
          ...[step.tag, ids],
        );
        this.forgetWords(ids);
        return;
      case 'untag':
        this.database.run(`DELETE FROM clip_tags WHERE tag = ? AND clip IN (${NUMBERS})`, step.tag, ids);
        this.forgetWords(ids);
        return;
      case 'join':
        this.database.run(
          `INSERT OR IGNORE INTO collection_clips (collection_id, clip, position)
           SELECT collections.id, number, places.value
           FROM collections, json_each(?) AS members JOIN json_each(?) AS places ON places.key = members.key
           JOIN clip_facts ON clip_id = members.value
           WHERE collections.id = ? AND query IS NULL`,
          ...[ids, JSON.stringify(step.positions), step.collection],
        );
        return;
      case 'leave':
        this.database.run(
          `DELETE FROM collection_clips WHERE collection_id = ? AND clip IN (${NUMBERS})`,
          ...[step.collection, ids],
        );
        return;
      case 'collection':
        this.setCollection(step.collection, step.row);
        if (step.positions !== null) this.apply({ ...step, type: 'join', positions: step.positions });
        return;
    }
  }

  private setCollection(collection: string, row: CollectionRow | null): void {
    if (row === null || row.query !== null)
      this.database.run('DELETE FROM collection_clips WHERE collection_id = ?', collection);
    if (row === null) this.database.run('DELETE FROM collections WHERE id = ?', collection);
    if (row === null) return;
    const { id, name, query, created_at: createdAt, position } = row;
    // No upsert: the triggers that tell of the change would fail by its rule for conflicts.
    const known = this.database.get('SELECT id FROM collections WHERE id = ?', id) !== undefined;
    if (known)
      this.database.run(
        'UPDATE collections SET name = ?, query = ?, position = ? WHERE id = ?',
        ...[name, query, position, id],
      );
    else
      this.database.run(
        'INSERT INTO collections (id, name, query, created_at, position) VALUES (?, ?, ?, ?, ?)',
        ...[id, name, query, createdAt, position],
      );
  }

  private collectionRows(): Map<string, CollectionRow> {
    const rows = this.database.all<CollectionRow>('SELECT * FROM collections');
    return new Map(rows.map((row) => [row.id, row]));
  }

  private everyMember(collection: string): { id: string; position: number }[] {
    return this.database.all(
      `SELECT clip_id AS id, position FROM collection_clips JOIN clip_facts ON number = clip
       WHERE collection_id = ? ORDER BY position, number`,
      collection,
    );
  }

  private setTitle(id: string, title: string): void {
    const row = this.database.get<{ record: string }>('SELECT record FROM clips WHERE id = ?', id);
    if (row === undefined) return;
    const record = { ...(JSON.parse(row.record) as object), title };
    this.database.run('UPDATE clips SET record = ? WHERE id = ?', JSON.stringify(record), id);
    this.index.put(id);
  }

  private forgetWords(ids: string): void {
    this.database.run(`UPDATE clip_facts SET indexed = 0 WHERE ${OF_IDS}`, ids);
  }

  /** Counts the revisions up, marks the sidecars, and has the new words found. */
  private finish(entry: Entry): Edited {
    const ids = [...new Set(entry.changes.flatMap(({ redo }) => redo.ids))];
    const list = JSON.stringify(ids);
    this.database.run(`UPDATE clip_facts SET edits = edits + 1 WHERE ${OF_IDS}`, list);
    markSidecars(this.database, ids);
    const tagged = entry.changes.some(({ redo: { type } }) => type === 'tag' || type === 'untag');
    const wordsFollow = tagged && ids.length > MOST_WORDS_AT_ONCE;
    if (tagged && !wordsFollow) for (const id of ids) this.index.put(id);
    return { edit: entry.edit, clips: ids.length, ids, wordsFollow };
  }
}

/** What is written of these clips beside their files is not true any more. Belongs into the transaction of the change. */
export function markSidecars(database: Database, ids: readonly string[]): void {
  database.run(
    `INSERT INTO sidecar_dirty (clip_id) SELECT clip_id FROM clip_facts WHERE ${OF_IDS}
     ON CONFLICT (clip_id) DO UPDATE SET mark = mark + 1`,
    JSON.stringify(ids),
  );
}

function listOf(json: string | undefined): string[] {
  return JSON.parse(json ?? '[]') as string[];
}
