// Finds and orders clips: which, how many, where each stands, and what values there are.
import { createHash } from 'node:crypto';
import type { ClipOrder } from '@shared/contract/requests';
import type { Clip, LibraryCounts } from '@shared/domain/clip';
import type { Recipe } from '@shared/domain/draft';
import { REFERENCE_KINDS } from '@shared/domain/models';
import {
  CLIP_STATES,
  compares,
  daySpan,
  foldText,
  hasRatio,
  isAt,
  isModelCalled,
  modelName,
  NamedSearches,
  parseSearch,
  quotedValue,
  RATIO_VALUES,
  searchableText,
  searchText,
  type ClipState,
  type RatioValue,
  type SearchKey,
  type SearchTerm,
  type Sort,
} from '@shared/domain/search';
import type { Reference } from '@shared/domain/reference';
import type { Database } from '../database/open';
import { CLIP_COLUMNS, clipOf, type ClipRow } from './clipStore';
import { ClipColumns, LIST_COLUMNS, NUMBER_COLUMNS, type ListColumn, type NumberColumn } from './clipColumns';
import { ClipText, storable } from './clipText';

/** What a person adds to a clip. */
export interface ClipEdits {
  /** 0 to 5. */
  readonly rating: number;
  readonly flag: -1 | 0 | 1;
  /** ISO 8601 UTC; null: not in the trash. */
  readonly trashedAt: string | null;
  readonly note: string;
  /** One that is nothing but white space is left out. */
  readonly tags: readonly string[];
}

/** A value to complete to, and how many clips that are not in the trash have it. */
export interface ValueCount {
  readonly value: string;
  readonly clips: number;
}

interface Found {
  readonly key: string;
  readonly numbers: Uint32Array;
}

type Test = (number: number) => boolean;

const NOTHING: Test = () => false;
const UNKNOWN_RATIO = 1778;
/** Which column tells of a state, and what stands in it. Of what failed there is no clip. */
const STATE_COLUMNS: Readonly<Partial<Record<ClipState, readonly [NumberColumn, number]>>> = {
  kept: ['flag', 1],
  rejected: ['flag', -1],
  unrated: ['rating', 0],
  imported: ['imported', 1],
  generated: ['imported', 0],
  missing: ['missing', 1],
  practice: ['practice', 1],
  silent: ['sound', 0],
  trashed: ['trashed', 1],
};

interface TextRow {
  readonly record: string;
  readonly recipe: string | null;
  readonly note: string;
  /** JSON. */
  readonly tags: string;
}

/** Searches remembered until the next change. */
const FOUND_KEPT = 8;
/** What collections with a search hold, remembered until the next change: a byte per clip each. */
const MEMBERS_KEPT = 64;
/** More tags than this nobody looks through. */
const MOST_TAGS = 200;
/** Words remembered until the next change: while a search is typed, only its last word is new. */
const WORDS_KEPT = 16;

/**
 * The library's search. Reads are by place in an order that is held as numbers in memory; what changes in the
 * database is noticed whoever wrote it, as long as it came through the same connection. Not to be read inside a
 * transaction that may fail.
 */
export class ClipIndex {
  private readonly columns: ClipColumns;
  private readonly text: ClipText;
  private found: Found[] = [];
  private readonly words = new Map<string, Uint8Array>();
  private readonly counted = new Map<SearchKey, readonly ValueCount[]>();
  /** By folded name, for `membersDay`. */
  private readonly members = new Map<string, Uint8Array>();
  private membersDay = '';
  private searches: NamedSearches | null = null;
  /** Ids of collections by folded name. */
  private called: Map<string, Set<string>> | null = null;
  private knownVersion = 0;

  constructor(
    private readonly database: Database,
    private readonly now: () => number = Date.now,
    /** Which clip a reference was taken from, however often it was repaired since. */
    private readonly sourceOf: (reference: Reference) => string | null = ({ clip }) => clip?.id ?? null,
  ) {
    this.columns = new ClipColumns(database);
    this.text = new ClipText(database);
  }

  /**
   * Reads what searches look at before anybody searches, a column at a time: the first search of each kind would wait
   * for it. `next` resolves when the next column may be read; false: no more.
   */
  async readAhead(next: () => Promise<boolean>): Promise<void> {
    const reads = [
      ...NUMBER_COLUMNS.map((name) => () => this.columns.number(name)),
      ...LIST_COLUMNS.map((name) => () => this.columns.list(name)),
    ];
    for (const read of reads) {
      if (!(await next())) return;
      this.columns.refresh();
      read();
    }
  }

  /** What a search finds, in order. */
  query(terms: readonly SearchTerm[], sort: Sort): ClipOrder {
    const { numbers } = this.search(terms, sort);
    const created = this.columns.number('created');
    const [length, width, height] = (['length', 'width', 'height'] as const).map((name) =>
      this.columns.number(name),
    );
    const ratios = new Uint16Array(numbers.length);
    const times = new Uint32Array(numbers.length);
    let milliseconds = 0;
    for (let place = 0; place < numbers.length; place += 1) {
      const number = numbers[place] ?? 0;
      const ratio = Math.round(((width?.[number] ?? 0) / (height?.[number] ?? 0)) * 1000);
      ratios[place] = ratio > 0 ? Math.min(Math.max(ratio, 1), 65_535) : UNKNOWN_RATIO;
      times[place] = Math.max(0, (created[number] ?? 0) / 1000);
      milliseconds += length?.[number] ?? 0;
    }
    return {
      total: numbers.length,
      seconds: milliseconds / 1000,
      ratios,
      times,
      version: this.columns.version,
    };
  }

  /** The records at the places `from` to `from + count - 1` of what `query` answered. */
  page(terms: readonly SearchTerm[], sort: Sort, from: number, count: number): Clip[] {
    const numbers = this.search(terms, sort).numbers.subarray(from, from + count);
    const rows = this.database.all<ClipRow & { number: number }>(
      `SELECT number, ${CLIP_COLUMNS}
       FROM json_each(?) JOIN clip_facts ON number = value JOIN clips ON clips.id = clip_id`,
      JSON.stringify([...numbers]),
    );
    const found = new Map(rows.map((row) => [row.number, row]));
    return [...numbers].flatMap((number) => {
      const row = found.get(number);
      return row === undefined ? [] : [clipOf(row)];
    });
  }

  /** Grows with every change of the library. */
  get version(): number {
    this.refresh();
    return this.columns.version;
  }

  /** How many a search finds; cheaper than `query`, and pushes no other search out of what is remembered. */
  count(terms: readonly SearchTerm[]): number {
    this.refresh();
    return this.select(terms).reduce((sum, selected) => sum + selected, 0);
  }

  /** How many stand in each of the library's own lists and under each tag. Cheap: nothing is read again. */
  counts(): LibraryCounts {
    this.refresh();
    const [trashed, flag, imported] = (['trashed', 'flag', 'imported'] as const).map((name) =>
      this.columns.number(name),
    );
    const counts = { all: 0, kept: 0, imported: 0, trash: 0 };
    for (let number = 0; number < (trashed?.length ?? 0); number += 1) {
      if (trashed?.[number] === 1) counts.trash += 1;
      if (trashed?.[number] !== 0) continue;
      counts.all += 1;
      if (flag?.[number] === 1) counts.kept += 1;
      if (imported?.[number] === 1) counts.imported += 1;
    }
    const tags = this.values('tag', '', MOST_TAGS).map(({ value, clips }) => ({ tag: value, clips }));
    return { ...counts, tags };
  }

  /** The ids at those places: for selecting many without reading their records. */
  ids(terms: readonly SearchTerm[], sort: Sort, from: number, count: number): string[] {
    const numbers = this.search(terms, sort).numbers.subarray(from, from + count);
    const row = this.database.get<{ ids: string }>(
      `SELECT json_group_array(clip_id) AS ids FROM
         (SELECT clip_id FROM json_each(?) JOIN clip_facts ON number = value ORDER BY key)`,
      JSON.stringify([...numbers]),
    );
    return JSON.parse(row?.ids ?? '[]') as string[];
  }

  /** The clip's place in what `query` answered; null when it is not in it. */
  placeOf(terms: readonly SearchTerm[], sort: Sort, id: string): number | null {
    const number = this.numberOf(id);
    const place = number === null ? -1 : this.search(terms, sort).numbers.indexOf(number);
    return place < 0 ? null : place;
  }

  /**
   * Values to complete `key:` to, those that begin with `prefix` before those that hold it, the most used first.
   * Keys whose values are numbers or days have none.
   */
  values(key: SearchKey, prefix: string, limit: number): ValueCount[] {
    this.refresh();
    const folded = foldText(prefix);
    let counted = this.counted.get(key);
    if (counted === undefined) this.counted.set(key, (counted = this.valuesOf(key)));
    return counted
      .map((each) => ({ ...each, at: foldText(each.value).indexOf(folded) }))
      .filter(({ at, clips }) => at >= 0 && clips > 0)
      .sort(
        (a, b) => Math.min(a.at, 1) - Math.min(b.at, 1) || b.clips - a.clips || (a.value < b.value ? -1 : 1),
      )
      .slice(0, limit)
      .map(({ value, clips }) => ({ value, clips }));
  }

  /**
   * Writes what a person changed, and makes the clip's words found. Belongs into the transaction that inserts the
   * clip or changes its title, file name or recipe; nothing else has to be told. Does nothing for an unknown id.
   */
  put(id: string, edits: Partial<ClipEdits> = {}): void {
    const number = this.numberOf(id);
    if (number === null) return;
    const { rating, flag, trashedAt, note, tags } = edits;
    const set = (column: string, value: string | number | null | undefined): void => {
      if (value !== undefined)
        this.database.run(`UPDATE clip_facts SET ${column} = ? WHERE number = ?`, value, number);
    };
    set('rating', rating);
    set('flag', flag);
    set('trashed_at', trashedAt);
    set('note', note === undefined ? note : storable(note));
    if (tags !== undefined) {
      this.database.run('DELETE FROM clip_tags WHERE clip = ?', number);
      for (const tag of tags.map(storable))
        if (foldText(tag) !== '')
          this.database.run('INSERT OR IGNORE INTO clip_tags (clip, tag) VALUES (?, ?)', number, tag);
    }
    if (note !== undefined || tags !== undefined) this.indexText(number);
    else this.indexText(number, 0);
  }

  /** Forgets a clip with everything that belongs to it; its file stays. */
  remove(id: string): void {
    this.database.run('DELETE FROM clips WHERE id = ?', id);
  }

  /**
   * Makes the words found of up to `most` clips that came without `put`, such as those from before the search was
   * there. Answers how many it did: 0 at the end. One write to the disk.
   */
  catchUp(most: number): number {
    const rows = this.database.all<{ number: number }>(
      'SELECT number FROM clip_facts WHERE indexed = 0 ORDER BY number DESC LIMIT ?',
      most,
    );
    if (rows.length > 0)
      this.database.transaction(() => rows.forEach(({ number }) => this.indexText(number)));
    return rows.length;
  }

  private numberOf(id: string): number | null {
    const row = this.database.get<{ number: number }>('SELECT number FROM clip_facts WHERE clip_id = ?', id);
    return row?.number ?? null;
  }

  /** With `indexed` 0: only when the text changed since. */
  private indexText(number: number, indexed: 0 | null = null): void {
    const row = this.database.get<TextRow>(
      `SELECT record, recipe, note,
         (SELECT json_group_array(tag) FROM clip_tags WHERE clip = number) AS tags
       FROM clip_facts JOIN clips ON clips.id = clip_id WHERE number = ? AND indexed = coalesce(?, indexed)`,
      number,
      indexed,
    );
    if (row === undefined) return;
    const { title, fileName } = JSON.parse(row.record) as Clip;
    const recipe = row.recipe === null ? null : (JSON.parse(row.recipe) as Recipe);
    const references = (recipe?.references ?? []).map(({ reference }) => reference);
    this.database.run('DELETE FROM clip_references WHERE clip = ?', number);
    for (const [position, reference] of references.entries()) {
      const { id, kind, name } = reference;
      this.database.run(
        'INSERT INTO clip_references VALUES (?, ?, ?, ?, ?, ?)',
        ...[number, position, id, kind, storable(name), this.sourceOf(reference)],
      );
    }
    const tags = JSON.parse(row.tags) as string[];
    const facts = { title, fileName, prompt: recipe?.prompt ?? '', note: row.note, tags, references };
    this.text.write(number, searchableText(facts));
    this.database.run(
      'UPDATE clip_facts SET indexed = 1, model = ?, title_key = ?, recipe_key = ? WHERE number = ?',
      ...[recipe?.model ?? null, foldText(title), recipe === null ? null : recipeKey(recipe), number],
    );
  }

  private refresh(): void {
    this.columns.refresh();
    if (this.columns.version === this.knownVersion) return;
    this.knownVersion = this.columns.version;
    this.found = [];
    this.words.clear();
    this.counted.clear();
    this.members.clear();
    this.searches = null;
    this.called = null;
  }

  private search(terms: readonly SearchTerm[], sort: Sort): Found {
    this.refresh();
    const key = JSON.stringify([sort.key, sort.descending, this.day, searchText(terms)]);
    const known = this.found.find((each) => each.key === key);
    if (known !== undefined) return known;
    const order = this.columns.order(sort.key);
    const selected = this.select(terms);
    const numbers = new Uint32Array(order.length);
    let total = 0;
    for (let index = 0; index < order.length; index += 1) {
      const number = order[sort.descending ? order.length - 1 - index : index] ?? 0;
      if (selected[number] === 1) numbers[total++] = number;
    }
    const found = { key, numbers: numbers.slice(0, total) };
    this.found = [found, ...this.found].slice(0, FOUND_KEPT);
    return found;
  }

  /** What `today` means is over at midnight. */
  private get day(): string {
    return new Date(this.now()).toDateString();
  }

  /** 1 at the number of each clip that is found. */
  private select(terms: readonly SearchTerm[]): Uint8Array {
    if (this.members.size > MEMBERS_KEPT || this.membersDay !== this.day) this.members.clear();
    this.membersDay = this.day;
    const trashed = this.columns.number('trashed');
    const selected = new Uint8Array(trashed.length);
    const asked = this.namedSearches().askForTrash(terms);
    for (let number = 0; number < trashed.length; number += 1)
      selected[number] = trashed[number] === 0 || (asked && trashed[number] === 1) ? 1 : 0;
    this.narrow(selected, terms, null);
    return selected;
  }

  /** Takes out what the terms do not find. `from`: the folded name of the collection whose search they are. */
  private narrow(selected: Uint8Array, terms: readonly SearchTerm[], from: string | null): void {
    for (const term of terms) {
      if (term.type === 'incomplete') continue;
      const test = this.testOf(term, from);
      for (let number = 0; number < selected.length; number += 1)
        if (selected[number] === 1 && test(number) === term.negated) selected[number] = 0;
    }
  }

  private testOf(term: SearchTerm, from: string | null): Test {
    switch (term.type) {
      case 'words': {
        const holders = this.holding(foldText(term.text));
        return (number) => holders[number] === 1;
      }
      case 'referenceKind':
        return this.testOfList('references', (value) => value.startsWith(`${term.kind}:`));
      case 'reference': {
        const text = foldText(term.text);
        return this.testOfList('references', (value) => foldText(referenceName(value)).includes(text));
      }
      case 'model': {
        const text = foldText(term.text);
        return this.testOfList('models', (value) => isModelCalled(value, text));
      }
      case 'tag': {
        const text = foldText(term.text);
        return this.testOfList('tags', (value) => foldText(value) === text);
      }
      case 'collection':
        return this.testOfCollection(foldText(term.text), from);
      case 'ratio':
        return this.testOfRatio(term.value);
      case 'number': {
        const column = this.columns.number(term.key);
        const unit = term.key === 'length' ? 1000 : 1;
        return (number) => compares(term.comparison, (column[number] ?? Number.NaN) / unit);
      }
      case 'is':
        return this.testOfState(term.state);
      case 'date': {
        const created = this.columns.number('created');
        const span = daySpan(term.day, this.now());
        if (span === null) return NOTHING;
        return (number) => isAt(term.key, created[number] ?? Number.NaN, span);
      }
      case 'incomplete':
        return () => true;
    }
  }

  /** 1 at the number of each clip whose text holds the words. */
  private holding(folded: string): Uint8Array {
    const known = this.words.get(folded);
    if (known !== undefined) return known;
    const holders = new Uint8Array(this.columns.number('created').length);
    for (const number of this.text.holding(folded)) holders[number] = 1;
    if (this.words.size >= WORDS_KEPT) this.words.delete([...this.words.keys()][0] ?? '');
    this.words.set(folded, holders);
    return holders;
  }

  private testOfList(name: ListColumn, wanted: (value: string) => boolean): Test {
    const { values, of } = this.columns.list(name);
    const is = values.map(wanted);
    return (number) => {
      const places = of[number];
      if (places === undefined) return false;
      for (let index = 0; index < places.length; index += 1)
        if (is[places[index] ?? -1] === true) return true;
      return false;
    };
  }

  private testOfCollection(folded: string, from: string | null): Test {
    const ids = this.idsCalled(folded);
    const put = this.testOfList('collections', (id) => ids.has(id));
    const searches = this.namedSearches().termsOf(folded, from);
    if (searches.length === 0) return put;
    const members = this.foundBehind(folded, searches);
    return (number) => members[number] === 1 || put(number);
  }

  /** Once for all that ask: collections that name each other are otherwise gone through without end. */
  private foundBehind(folded: string, searches: readonly (readonly SearchTerm[])[]): Uint8Array {
    const known = this.members.get(folded);
    if (known !== undefined) return known;
    const members = new Uint8Array(this.columns.number('created').length);
    for (const terms of searches) {
      const found = new Uint8Array(members.length).fill(1);
      this.narrow(found, terms, folded);
      for (let number = 0; number < members.length; number += 1) members[number] ||= found[number] ?? 0;
    }
    this.members.set(folded, members);
    return members;
  }

  private namedSearches(): NamedSearches {
    return (this.searches ??= new NamedSearches(this.collections()));
  }

  private idsCalled(folded: string): ReadonlySet<string> {
    if (this.called === null) {
      this.called = new Map<string, Set<string>>();
      for (const { id, name } of this.collections())
        this.called.set(foldText(name), (this.called.get(foldText(name)) ?? new Set()).add(id));
    }
    return this.called.get(folded) ?? new Set();
  }

  private collections(): { id: string; name: string; query: string | null }[] {
    return this.database.all('SELECT id, name, query FROM collections ORDER BY position, id');
  }

  private testOfRatio(value: RatioValue): Test {
    const [width, height] = [this.columns.number('width'), this.columns.number('height')];
    // A library has few sizes.
    const known = new Map<number, boolean>();
    return (number) => {
      const [across, up] = [width[number] ?? 0, height[number] ?? 0];
      const size = across * 1e6 + up;
      let is = known.get(size);
      if (is === undefined) known.set(size, (is = hasRatio(across, up, value)));
      return is;
    };
  }

  private testOfState(state: ClipState): Test {
    const [name, wanted] = STATE_COLUMNS[state] ?? [];
    if (name === undefined) return NOTHING;
    const column = this.columns.number(name);
    return (number) => column[number] === wanted;
  }

  private valuesOf(key: SearchKey): ValueCount[] {
    switch (key) {
      case 'tag':
        return this.tagCounts();
      case 'ref': {
        const names = new Map<string, number>();
        for (const { value, clips } of this.countsOf('references')) {
          const name = referenceName(value);
          names.set(name, (names.get(name) ?? 0) + clips);
        }
        const kinds = REFERENCE_KINDS.map((kind) => this.countOf(kind, `ref:${kind}`));
        return [...kinds, ...[...names].map(([value, clips]) => ({ value, clips }))];
      }
      case 'model': {
        const { values } = this.columns.list('models');
        return [...new Set(values.map(modelName))].map((name) =>
          this.countOf(name, `${key}:${quotedValue(key, name)}`),
        );
      }
      case 'ratio':
        return RATIO_VALUES.map((value) => this.countOf(value, `${key}:${value}`));
      case 'is':
        return CLIP_STATES.map((value) => this.countOf(value, `${key}:${value}`));
      case 'in':
        return [...new Set(this.collections().map(({ name }) => name))].map((name) =>
          this.countOf(name, `${key}:${quotedValue(key, name)}`),
        );
      case 'rating':
      case 'cost':
      case 'length':
      case 'seed':
      case 'before':
      case 'after':
      case 'on':
        return [];
    }
  }

  private countsOf(name: ListColumn): ValueCount[] {
    const { values, of } = this.columns.list(name);
    const trashed = this.columns.number('trashed');
    const clips = new Uint32Array(values.length);
    for (let number = 0; number < of.length; number += 1) {
      const places = of[number];
      if (places !== undefined && trashed[number] === 0)
        for (const place of places) clips[place] = (clips[place] ?? 0) + 1;
    }
    return values.map((value, place) => ({ value, clips: clips[place] ?? 0 }));
  }

  /** Tags that the search does not tell apart are one, in the writing that is used most. */
  private tagCounts(): ValueCount[] {
    const written = this.countsOf('tags');
    const groups = new Map<string, number>();
    const groupOf = written.map(({ value }) => {
      const folded = foldText(value);
      const group = groups.get(folded) ?? groups.size;
      groups.set(folded, group);
      return group;
    });
    if (groups.size === written.length) return written;
    const clips = new Uint32Array(groups.size);
    const trashed = this.columns.number('trashed');
    for (const [number, places] of this.columns.list('tags').of.entries())
      if (places !== undefined && trashed[number] === 0)
        for (const group of new Set(places.map((place) => groupOf[place] ?? 0)))
          clips[group] = (clips[group] ?? 0) + 1;
    const most = new Map<number, ValueCount>();
    for (const [place, each] of written.entries()) {
      const group = groupOf[place] ?? 0;
      if (each.clips > (most.get(group)?.clips ?? -1)) most.set(group, each);
    }
    return [...most].map(([group, { value }]) => ({ value, clips: clips[group] ?? 0 }));
  }

  /** As many as the search would find: the count keeps what it promises. */
  private countOf(value: string, search: string): ValueCount {
    return { value, clips: this.count(parseSearch(search)) };
  }
}

/** Of `kind:name`. */
function referenceName(value: string): string {
  return value.slice(value.indexOf(':') + 1);
}

/** The same for recipes with the same prompt and references, whatever the keys of the references in it. */
function recipeKey({ prompt, references }: Recipe): string {
  const places = new Map(references.map(({ key }, place) => [key, place]));
  const text = prompt.replace(/@\{([^{}]*)\}/g, (chip, key: string) => `@{${places.get(key) ?? chip}}`);
  const ids = references.map(({ reference, role }) => `${role} ${reference.id}`);
  return createHash('sha256')
    .update(JSON.stringify([text, ids]))
    .digest('hex');
}
