// The library's facts as columns in memory, read when first asked for and kept in step with the database.
import { compareText, modelSortText, shapeOf, type SortKey } from '@shared/domain/search';
import type { Database } from '../database/open';

/** Numbers of a clip and how the database says them. Unknown is NaN. */
const NUMBERS = {
  created: 'created_ms',
  length: 'milliseconds',
  width: 'width',
  height: 'height',
  size: 'bytes',
  trashed: 'trashed_at IS NOT NULL',
  imported: "origin = 'imported'",
  seed: 'seed',
  cost: 'cost',
  missing: 'missing',
  practice: 'practice',
  sound: 'has_sound',
  rating: 'rating',
  flag: 'flag',
} as const;
export type NumberColumn = keyof typeof NUMBERS;
export const NUMBER_COLUMNS = Object.keys(NUMBERS) as NumberColumn[];

/** What a clip may have several of, as `clip` and `value`. */
const LISTS = {
  tags: 'SELECT clip, tag AS value FROM clip_tags',
  references: "SELECT clip, kind || ':' || name AS value FROM clip_references",
  models: 'SELECT number AS clip, model AS value FROM clip_facts WHERE model IS NOT NULL',
  collections: 'SELECT clip, collection_id AS value FROM collection_clips',
} as const;
export type ListColumn = keyof typeof LISTS;
export const LIST_COLUMNS = Object.keys(LISTS) as ListColumn[];

export interface List {
  /** Every value there is or was. */
  readonly values: readonly string[];
  /** By clip number: places in `values`. */
  readonly of: readonly (readonly number[] | undefined)[];
}

interface GrowingList extends List {
  readonly values: string[];
  readonly places: Map<string, number>;
  /** One array for all clips that have only this value. */
  readonly alone: (readonly number[])[];
  readonly of: (readonly number[] | undefined)[];
}

interface Order {
  numbers: Uint32Array;
  /** Clips that came, changed or went since it was last asked for. */
  readonly changed: Set<number>;
}

/** Tables whose changes concern a clip, and the clip's number in them. */
const WATCHED = {
  clip_facts: 'number',
  clip_tags: 'clip',
  clip_references: 'clip',
  collection_clips: 'clip',
} as const;

/** Above so many changes at once, reading everything again is quicker. */
const MOST_SINGLE_CHANGES = 300;
/** Room for clips that come. */
const SPARE = 4096;

export class ClipColumns {
  /** Grows with every change of the library. */
  version = 1;
  private capacity = 0;
  private readonly numbers = new Map<NumberColumn, Float64Array>();
  private readonly lists = new Map<ListColumn, GrowingList>();
  private readonly orders = new Map<SortKey, Order>();

  constructor(private readonly database: Database) {
    // Temporary tables are this connection's own, in memory, and roll back with what they tell of: no writer has to
    // remember to say what it changed.
    database.run('CREATE TEMP TABLE IF NOT EXISTS changed_clips (number INTEGER PRIMARY KEY)');
    for (const [table, number] of Object.entries(WATCHED))
      for (const [event, rows] of [
        ['INSERT', ['NEW']],
        ['UPDATE', ['OLD', 'NEW']],
        ['DELETE', ['OLD']],
      ] as const)
        this.watch(
          table,
          event,
          rows.map((row) => `${row}.${number}`),
        );
    // No clip has number 0: the collections' names and searches changed.
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) this.watch('collections', event, ['0']);
  }

  private watch(table: string, event: string, numbers: readonly string[]): void {
    this.database.run(
      `CREATE TEMP TRIGGER IF NOT EXISTS changed_${table}_${event} AFTER ${event} ON main.${table}
       BEGIN ${numbers.map((number) => `INSERT OR IGNORE INTO changed_clips VALUES (${number});`).join(' ')} END`,
    );
  }

  /** Takes in what was written since. To be called before anything is read. */
  refresh(): void {
    const changed = this.database.all<{ number: number }>('SELECT number FROM changed_clips');
    if (changed.length === 0) return;
    this.database.run('DELETE FROM changed_clips');
    this.version += 1;
    if (changed.length > MOST_SINGLE_CHANGES || changed.some(({ number }) => number >= this.capacity)) {
      for (const kept of [this.numbers, this.lists, this.orders]) kept.clear();
      return;
    }
    for (const { number } of changed) {
      if (number !== 0) this.reread(number);
      for (const order of this.orders.values()) order.changed.add(number);
    }
  }

  /** By clip number. A number that no clip has is NaN. */
  number(name: NumberColumn): Float64Array {
    const present = this.numbers.get(name);
    if (present !== undefined) return present;
    // What every search and every grid needs is read in one go.
    const together: NumberColumn[] =
      name === 'created' || this.numbers.size === 0
        ? ['created', 'length', 'width', 'height', 'trashed']
        : [name];
    const arrays = together.map((each) => `json_group_array(${NUMBERS[each]}) AS ${each}`).join(', ');
    const row = this.database.get<Record<string, string>>(
      `SELECT json_group_array(number) AS numbers, ${arrays} FROM clip_facts`,
    );
    const numbers = JSON.parse(row?.numbers ?? '[]') as number[];
    if (this.numbers.size === 0) this.capacity = (numbers.at(-1) ?? 0) + SPARE;
    for (const each of together) {
      const values = JSON.parse(row?.[each] ?? '[]') as (number | null)[];
      const column = new Float64Array(this.capacity).fill(Number.NaN);
      for (let index = 0; index < numbers.length; index += 1)
        column[numbers[index] ?? 0] = values[index] ?? Number.NaN;
      this.numbers.set(each, column);
    }
    return this.number(name);
  }

  list(name: ListColumn): List {
    const present = this.lists.get(name);
    if (present !== undefined) return present;
    const row = this.database.get<{ clips: string; found: string }>(
      `SELECT json_group_array(clip) AS clips, json_group_array(value) AS found FROM (${LISTS[name]})`,
    );
    const clips = JSON.parse(row?.clips ?? '[]') as number[];
    const found = JSON.parse(row?.found ?? '[]') as string[];
    const list: GrowingList = { values: [], places: new Map(), alone: [], of: [] };
    for (let index = 0; index < clips.length; index += 1) add(list, clips[index] ?? 0, found[index] ?? '');
    this.lists.set(name, list);
    return list;
  }

  /** Every clip's number in ascending order of the key, then of time, then of id. Trashed ones too. */
  order(key: SortKey): Uint32Array {
    const order = this.orders.get(key);
    if (order === undefined || order.changed.size > MOST_SINGLE_CHANGES) {
      const numbers = this.sorted(key);
      this.orders.set(key, { numbers, changed: new Set() });
      return numbers;
    }
    if (order.changed.size > 0) {
      const created = this.number('created');
      const compare = this.comparison(key);
      // All are taken out before the first is put back: in an order that is not in order no place can be found.
      for (const number of order.changed) order.numbers = removed(order.numbers, number);
      for (const number of order.changed)
        if (!Number.isNaN(created[number])) order.numbers = inserted(order.numbers, number, compare);
      order.changed.clear();
    }
    return order.numbers;
  }

  private sorted(key: SortKey): Uint32Array {
    if (key === 'created' || key === 'title') {
      const columns = key === 'title' ? 'title_key, created_ms, clip_id' : 'created_ms, clip_id';
      const row = this.database.get<{ numbers: string }>(
        `SELECT json_group_array(number) AS numbers FROM (SELECT number FROM clip_facts ORDER BY ${columns})`,
      );
      return Uint32Array.from(JSON.parse(row?.numbers ?? '[]') as number[]);
    }
    return sortStably(this.order('created'), this.sortValues(key));
  }

  /** A number per clip that stands in the key's order. */
  private sortValues(key: Exclude<SortKey, 'created' | 'title'>): (number: number) => number {
    switch (key) {
      case 'ratio': {
        const [width, height] = [this.number('width'), this.number('height')];
        return (number) => shapeOf(width[number] ?? 0, height[number] ?? 0);
      }
      case 'model': {
        const { values, of } = this.list('models');
        const texts = values.map(modelSortText);
        const ranks = new Map([...new Set(texts)].sort(compareText).map((text, rank) => [text, rank]));
        const rankOf = texts.map((text) => ranks.get(text) ?? -1);
        return (number) => rankOf[of[number]?.[0] ?? -1] ?? -1;
      }
      case 'rating':
      case 'cost':
      case 'length':
      case 'size': {
        const column = this.number(key);
        return (number) => {
          const value = column[number] ?? Number.NaN;
          return Number.isNaN(value) ? -1 : value;
        };
      }
    }
  }

  private reread(number: number): void {
    const names = [...this.numbers.keys()];
    if (names.length > 0) {
      const row = this.database.get<Record<string, number | null>>(
        `SELECT ${names.map((name) => `${NUMBERS[name]} AS ${name}`).join(', ')} FROM clip_facts WHERE number = ?`,
        number,
      );
      for (const [name, column] of this.numbers) column[number] = row?.[name] ?? Number.NaN;
    }
    for (const [name, list] of this.lists) {
      const rows = this.database.all<{ value: string }>(
        `SELECT value FROM (${LISTS[name]}) WHERE clip = ?`,
        number,
      );
      list.of[number] = undefined;
      for (const { value } of rows) add(list, number, value);
    }
  }

  private comparison(key: SortKey): (a: number, b: number) => number {
    const created = this.number('created');
    const by =
      key === 'created'
        ? () => 0
        : key === 'title'
          ? (a: number, b: number) => compareText(this.textOf(a, 'title_key'), this.textOf(b, 'title_key'))
          : difference(this.sortValues(key));
    return (a, b) =>
      by(a, b) ||
      (created[a] ?? 0) - (created[b] ?? 0) ||
      compareText(this.textOf(a, 'clip_id'), this.textOf(b, 'clip_id'));
  }

  private textOf(number: number, column: 'title_key' | 'clip_id'): string {
    const row = this.database.get<{ value: string }>(
      `SELECT ${column} AS value FROM clip_facts WHERE number = ?`,
      number,
    );
    return row?.value ?? '';
  }
}

/** A clip that has the same value twice has it once. */
function add({ values, places, alone, of }: GrowingList, clip: number, value: string): void {
  let place = places.get(value);
  if (place === undefined) {
    place = values.push(value) - 1;
    places.set(value, place);
    alone.push([place]);
  }
  const before = of[clip];
  if (before === undefined) of[clip] = alone[place];
  else if (!before.includes(place)) of[clip] = before.concat(place);
}

function difference(value: (number: number) => number): (a: number, b: number) => number {
  return (a, b) => value(a) - value(b);
}

/** Counting instead of comparing: a comparison function on 100,000 costs several times as much. */
function sortStably(numbers: Uint32Array, value: (number: number) => number): Uint32Array {
  const values = new Float64Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) values[index] = value(numbers[index] ?? 0);
  const distinct = values
    .slice()
    .sort()
    .filter((each, index, all) => each !== all[index - 1]);
  const rankOf = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    let [low, high] = [0, distinct.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((distinct[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    rankOf[index] = low;
  }
  const next = new Uint32Array(distinct.length + 1);
  for (let index = 0; index < rankOf.length; index += 1) {
    const behind = (rankOf[index] ?? 0) + 1;
    next[behind] = (next[behind] ?? 0) + 1;
  }
  for (let rank = 1; rank < next.length; rank += 1) next[rank] = (next[rank] ?? 0) + (next[rank - 1] ?? 0);
  const sorted = new Uint32Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const rank = rankOf[index] ?? 0;
    const place = next[rank] ?? 0;
    sorted[place] = numbers[index] ?? 0;
    next[rank] = place + 1;
  }
  return sorted;
}

function removed(order: Uint32Array, number: number): Uint32Array {
  const at = order.indexOf(number);
  if (at < 0) return order;
  const without = new Uint32Array(order.length - 1);
  without.set(order.subarray(0, at));
  without.set(order.subarray(at + 1), at);
  return without;
}

function inserted(
  order: Uint32Array,
  number: number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] ?? 0, number) < 0) low = middle + 1;
    else high = middle;
  }
  const grown = new Uint32Array(order.length + 1);
  grown.set(order.subarray(0, low));
  grown[low] = number;
  grown.set(order.subarray(low), low + 1);
  return grown;
}
