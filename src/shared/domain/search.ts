// The language of the search box: text to terms and back, what a term means, what is being typed, sort orders.
import { FIXED_RATIOS, findModel, nearestRatio, REFERENCE_KINDS, type FixedRatio } from './models';
import type { ReferenceKind } from './models';

/** What a term can be about. `seconds:` is read as `length:`. */
export const SEARCH_KEYS = [
  'ref',
  'model',
  'ratio',
  'rating',
  'cost',
  'length',
  'seed',
  'tag',
  'is',
  'before',
  'after',
  'on',
  'in',
] as const;
export type SearchKey = (typeof SEARCH_KEYS)[number];

export const CLIP_STATES = [
  'kept',
  'rejected',
  'unrated',
  'missing',
  'imported',
  'generated',
  'failed',
  'practice',
  'silent',
  'trashed',
] as const;
export type ClipState = (typeof CLIP_STATES)[number];

export const RATIO_VALUES = [...FIXED_RATIOS, 'vertical', 'wide'] as const;
export type RatioValue = FixedRatio | 'vertical' | 'wide';

export const DAY_WORDS = ['today', 'yesterday', 'week'] as const;

/** A number with as many decimals as were typed: what it is compared with is rounded to as many. */
export interface TypedNumber {
  readonly value: number;
  readonly decimals: number;
}

export type Comparison =
  | { readonly operator: '>' | '>=' | '<' | '<=' | '='; readonly number: TypedNumber }
  /** Both ends are inside. */
  | { readonly operator: '..'; readonly from: TypedNumber; readonly to: TypedNumber };

export type NumberKey = 'rating' | 'cost' | 'length' | 'seed';
export type DateKey = 'before' | 'after' | 'on';

type Meaning =
  /** Part of the title, prompt, file name, note, a tag or a reference's name. */
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'referenceKind'; readonly kind: ReferenceKind }
  /** Part of a reference's name. */
  | { readonly type: 'reference'; readonly text: string }
  /** Part of a model's id or name. */
  | { readonly type: 'model'; readonly text: string }
  /** The fixed ratio that is nearest, or the way it stands. */
  | { readonly type: 'ratio'; readonly value: RatioValue }
  | { readonly type: 'number'; readonly key: NumberKey; readonly comparison: Comparison }
  /** A whole tag, whatever its case. */
  | { readonly type: 'tag'; readonly text: string }
  | { readonly type: 'is'; readonly state: ClipState }
  /** `2026`, `2026-11`, `2026-11-22` or one of `DAY_WORDS`. */
  | { readonly type: 'date'; readonly key: DateKey; readonly day: string }
  /** A collection's whole name, whatever its case. */
  | { readonly type: 'collection'; readonly text: string }
  /** Not finished or not understood: it filters nothing. `text` as it stands in the box. */
  | { readonly type: 'incomplete'; readonly key: SearchKey | null; readonly text: string };

export interface SourceRange {
  readonly from: number;
  /** Behind the last character. */
  readonly to: number;
}

export type SearchTerm = Meaning & { readonly negated: boolean; readonly source: SourceRange };

interface Token extends SourceRange {
  readonly negated: boolean;
  readonly key: SearchKey | null;
  /** Without quotes. */
  readonly value: string;
  readonly valueFrom: number;
  readonly quoted: boolean;
}

const ALIASES: ReadonlyMap<string, SearchKey> = new Map([
  ...SEARCH_KEYS.map((key) => [key, key] as const),
  ['seconds', 'length'],
]);
// Chinese keyboards write the wide colon and curly quotes.
const KEY = /([a-z]+)[:：]/iy;
const SPACE = /\s+/y;
const BARE = /\S*/y;
const QUOTED = /"((?:[^"]|"")*)("?)|[“”]([^”]*)(”?)/y;

function readAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = readAt(SPACE, text, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const negated = text[at] === '-' && /\S/.test(text[at + 1] ?? '');
    const start = negated ? at + 1 : at;
    const named = readAt(KEY, text, start);
    const key = ALIASES.get(named?.[1]?.toLowerCase() ?? '') ?? null;
    const valueFrom = key === null ? start : start + (named?.[0].length ?? 0);
    const quoted = readAt(QUOTED, text, valueFrom);
    const whole = (quoted ?? readAt(BARE, text, valueFrom))?.[0] ?? '';
    const value = quoted === null ? whole : (quoted[1]?.replaceAll('""', '"') ?? quoted[3] ?? '');
    const to = valueFrom + whole.length;
    tokens.push({ from: at, to, negated, key, value, valueFrom, quoted: quoted !== null });
    at = to;
  }
  return tokens;
}

/** Reads the box. Never throws: what is half typed becomes an `incomplete` term. */
export function parseSearch(text: string): SearchTerm[] {
  return tokensOf(text).map((token) => ({
    ...(meaningOf(token) ?? {
      type: 'incomplete' as const,
      key: token.key,
      text: text.slice(token.from, token.to),
    }),
    negated: token.negated,
    source: { from: token.from, to: token.to },
  }));
}

function meaningOf({ key, value, quoted }: Token): Meaning | null {
  if (foldText(value) === '') return null;
  const plain = value.normalize('NFKC').toLowerCase().trim();
  switch (key) {
    case null:
      return value === '-' && !quoted ? null : { type: 'words', text: value };
    case 'ref': {
      const kind = quoted ? undefined : REFERENCE_KINDS.find((each) => each === plain);
      return kind === undefined ? { type: 'reference', text: value } : { type: 'referenceKind', kind };
    }
    case 'model':
    case 'tag':
      return { type: key, text: value };
    case 'in':
      return { type: 'collection', text: value };
    case 'ratio': {
      const ratio = RATIO_VALUES.find((each) => each === plain);
      return ratio === undefined ? null : { type: 'ratio', value: ratio };
    }
    case 'is': {
      const state = CLIP_STATES.find((each) => each === plain);
      return state === undefined ? null : { type: 'is', state };
    }
    case 'rating':
    case 'cost':
    case 'length':
    case 'seed': {
      const comparison = readComparison(plain);
      return comparison === null ? null : { type: 'number', key, comparison };
    }
    case 'before':
    case 'after':
    case 'on':
      return daySpan(plain, 0) === null ? null : { type: 'date', key, day: plain };
  }
}

// As many digits as a double keeps, so that a number is written back as it was read.
const NUMBER = String.raw`\d{1,12}(?:\.\d{1,3})?`;
const COMPARISON = new RegExp(`^(>=|<=|>|<|=)?(${NUMBER})$`);
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`);

function readComparison(text: string): Comparison | null {
  const range = RANGE.exec(text);
  if (range !== null) {
    const [from, to] = [readNumber(range[1]), readNumber(range[2])];
    return from.value > to.value ? { operator: '..', from: to, to: from } : { operator: '..', from, to };
  }
  const found = COMPARISON.exec(text);
  if (found === null) return null;
  return { operator: (found[1] ?? '=') as '=', number: readNumber(found[2]) };
}

function readNumber(text = ''): TypedNumber {
  return { value: Number(text), decimals: text.split('.')[1]?.length ?? 0 };
}

/** The terms as text that reads back as the same terms. */
export function searchText(terms: readonly SearchTerm[]): string {
  return terms.map((term) => (term.type === 'incomplete' ? term.text : termText(term))).join(' ');
}

function termText(term: Exclude<SearchTerm, { type: 'incomplete' }>): string {
  const sign = term.negated ? '-' : '';
  switch (term.type) {
    case 'words':
      return sign + quotedWords(term.text);
    case 'referenceKind':
      return `${sign}ref:${term.kind}`;
    case 'reference':
      return `${sign}ref:${quotedValue('ref', term.text)}`;
    case 'model':
    case 'tag':
      return `${sign}${term.type}:${quotedValue(term.type, term.text)}`;
    case 'collection':
      return `${sign}in:${quotedValue('in', term.text)}`;
    case 'ratio':
      return `${sign}ratio:${term.value}`;
    case 'is':
      return `${sign}is:${term.state}`;
    case 'number':
      return `${sign}${term.key}:${comparisonText(term.comparison)}`;
    case 'date':
      return `${sign}${term.key}:${term.day}`;
  }
}

function quotedWords(text: string): string {
  const named = readAt(KEY, text, 0);
  const bare = /^[^\s"“”-]\S*$/.test(text) && !ALIASES.has(named?.[1]?.toLowerCase() ?? '');
  return bare ? text : inQuotes(text);
}

/** A value as it is written behind `key:`, in quotes where it needs them. */
export function quotedValue(key: SearchKey, value: string): string {
  const kind =
    key === 'ref' && REFERENCE_KINDS.some((each) => each === value.normalize('NFKC').toLowerCase());
  return /^[^\s"“”]\S*$/.test(value) && !kind ? value : inQuotes(value);
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function comparisonText(comparison: Comparison): string {
  const written = ({ value, decimals }: TypedNumber): string => value.toFixed(decimals);
  if (comparison.operator === '..') return `${written(comparison.from)}..${written(comparison.to)}`;
  return (comparison.operator === '=' ? '' : comparison.operator) + written(comparison.number);
}

/** What is being typed at the caret, and which part of the text a chosen completion replaces. */
export type Completion = SourceRange &
  (
    | { readonly type: 'key'; readonly prefix: string; readonly keys: readonly SearchKey[] }
    | { readonly type: 'value'; readonly key: SearchKey; readonly prefix: string }
  );

/** Null where nothing is begun: in the space between terms, or inside a quoted phrase. */
export function completionsFor(text: string, caret: number): Completion | null {
  const token = tokensOf(text).find(({ from, to }) => from < caret && caret <= to);
  if (token === undefined || caret < token.valueFrom) return null;
  const { key, valueFrom: from, to, quoted } = token;
  const typed = text.slice(from, caret);
  if (key !== null)
    return { type: 'value', key, prefix: quoted ? typed.replace(/^["“”]|["”]$/g, '') : typed, from, to };
  const keys = SEARCH_KEYS.filter((each) => each.startsWith(typed.toLowerCase()));
  return quoted || typed === '' || keys.length === 0 ? null : { type: 'key', prefix: typed, keys, from, to };
}

/** What a search looks at. The index keeps the same facts in the database. */
export interface SearchFacts {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly title: string;
  readonly fileName: string;
  /** As in the recipe, with `@{key}` for references; empty when there is none. */
  readonly prompt: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly references: readonly { readonly kind: ReferenceKind; readonly name: string }[];
  readonly model: string | null;
  readonly seed: number | null;
  /** In the currency that it was paid in. */
  readonly cost: number | null;
  readonly seconds: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** 0 (none) to 5. */
  readonly rating: number;
  /** 1 kept, -1 rejected, 0 neither. */
  readonly flag: -1 | 0 | 1;
  readonly origin: 'generated' | 'imported';
  readonly missing: boolean;
  readonly practice: boolean;
  readonly hasSound: boolean;
  readonly trashed: boolean;
  /** Names of the collections it was put into. */
  readonly collections: readonly string[];
}

/**
 * What two texts are compared by: without case, accents on letters, wide forms and differences in white space.
 * It never holds a line break.
 */
export function foldText(text: string): string {
  // Most English text needs none of the costly steps.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return (
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .normalize('NFC')
      .toLowerCase()
      // Half a character, as the database keeps it.
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
  );
}

/** The folded text that words are looked for in. Fields are apart by a line break, which no search holds. */
export function searchableText(
  facts: Pick<SearchFacts, 'title' | 'prompt' | 'fileName' | 'note' | 'tags' | 'references'>,
): string {
  const { title, fileName, note, tags, references } = facts;
  // The names of the references stand for the chips.
  const prompt = facts.prompt.replace(/@\{[^{}]*\}/g, ' ');
  const names = references.map(({ name }) => name);
  return [title, prompt, fileName, note, ...tags, ...names].map(foldText).join('\n');
}

/** The name of a model as people know it, or its id. */
export function modelName(id: string): string {
  return findModel(id)?.label ?? id;
}

/** Whether `model:<text>` means this model. */
export function isModelCalled(id: string, folded: string): boolean {
  return foldText(id).includes(folded) || foldText(modelName(id)).includes(folded);
}

/** Whether a clip of this size is what `ratio:` asks for. Unknown sizes are nothing. */
export function hasRatio(width: number, height: number, value: RatioValue): boolean {
  if (!(width > 0 && height > 0)) return false;
  if (value === 'vertical') return height > width;
  if (value === 'wide') return width > height;
  return nearestRatio(width / height) === value;
}

/** Whether a number, rounded to what was typed, is what a comparison asks for. An unknown one (NaN) is nothing. */
export function compares(comparison: Comparison, value: number): boolean {
  const against = ({ value: typed, decimals }: TypedNumber): number => {
    const scale = 10 ** decimals;
    return Math.round(value * scale) - Math.round(typed * scale);
  };
  switch (comparison.operator) {
    case '..':
      return against(comparison.from) >= 0 && against(comparison.to) <= 0;
    case '>':
      return against(comparison.number) > 0;
    case '>=':
      return against(comparison.number) >= 0;
    case '<':
      return against(comparison.number) < 0;
    case '<=':
      return against(comparison.number) <= 0;
    case '=':
      return against(comparison.number) === 0;
  }
}

export interface TimeSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Not inside any more. */
  readonly to: number;
}

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * The time that a day, month, year or word stands for on this computer's clock; null for one that does not exist.
 * `week`: the seven days that end with today. `now` in milliseconds since 1970.
 */
export function daySpan(day: string, now: number): TimeSpan | null {
  const today = new Date(now);
  const dayFromToday = (by: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + by).getTime();
  if (day === 'today') return { from: dayFromToday(0), to: dayFromToday(1) };
  if (day === 'yesterday') return { from: dayFromToday(-1), to: dayFromToday(0) };
  if (day === 'week') return { from: dayFromToday(-6), to: dayFromToday(1) };
  const [, year, month, date] = DAY.exec(day)?.map(Number) ?? [];
  // `new Date` reads the years 0 to 99 as those of the last century.
  if (year === undefined || year < 100) return null;
  const first = new Date(year, (month || 1) - 1, date || 1);
  const exists = first.getMonth() + 1 === (month || 1) && first.getDate() === (date || 1);
  if (!exists || month === 0 || date === 0) return null;
  const end = date ? new Date(year, first.getMonth(), date + 1) : null;
  const next = end ?? (month ? new Date(year, month, 1) : new Date(year + 1, 0, 1));
  return { from: first.getTime(), to: next.getTime() };
}

/** Whether a moment is before, after or in the span. */
export function isAt(key: DateKey, time: number, span: TimeSpan): boolean {
  if (key === 'before') return time < span.from;
  return key === 'after' ? time >= span.to : time >= span.from && time < span.to;
}

/** A collection. With a query it follows that search. */
export interface NamedSearch {
  readonly name: string;
  readonly query: string | null;
}

/**
 * The searches that stand behind collections' names, for `in:` to look into. An `in:` in such a search that leads
 * back to where it stands finds nothing: so every name means one thing, wherever it is asked for.
 */
export class NamedSearches {
  private readonly byName = new Map<string, Behind>();
  private readonly ways = new Map<string, ReadonlySet<string>>();

  constructor(collections: readonly NamedSearch[]) {
    for (const { name, query } of collections) {
      if (query === null) continue;
      const terms = parseSearch(query);
      const folded = foldText(name);
      const { searches, names, asksForTrash } = this.byName.get(folded) ?? NOTHING_BEHIND;
      this.byName.set(folded, {
        searches: [...searches, terms],
        names: [...names, ...namesIn(terms)],
        asksForTrash: asksForTrash || speaksOfTrash(terms),
      });
    }
  }

  /**
   * The terms of every search behind a folded name. `from`: the folded name of the collection in whose search it
   * stands; null: in the box.
   */
  termsOf(name: string, from: string | null): readonly (readonly SearchTerm[])[] {
    if (from !== null && this.reachedFrom(name).has(from)) return [];
    return this.byName.get(name)?.searches ?? [];
  }

  /** The folded names that these terms speak of, and those that the searches behind them speak of. */
  namedBy(terms: readonly SearchTerm[]): ReadonlySet<string> {
    return this.reached(namesIn(terms));
  }

  /** Trashed clips are seen only by a search that speaks of them. */
  askForTrash(terms: readonly SearchTerm[]): boolean {
    if (speaksOfTrash(terms)) return true;
    return [...this.namedBy(terms)].some((name) => this.byName.get(name)?.asksForTrash === true);
  }

  private reachedFrom(name: string): ReadonlySet<string> {
    let reached = this.ways.get(name);
    if (reached === undefined) this.ways.set(name, (reached = this.reached([name])));
    return reached;
  }

  /** With these themselves. */
  private reached(names: readonly string[]): ReadonlySet<string> {
    const reached = new Set(names);
    // A set goes on to what is added while it is walked.
    for (const name of reached) for (const next of this.byName.get(name)?.names ?? []) reached.add(next);
    return reached;
  }
}

interface Behind {
  readonly searches: readonly (readonly SearchTerm[])[];
  /** Folded names that they speak of. */
  readonly names: readonly string[];
  readonly asksForTrash: boolean;
}

const NOTHING_BEHIND: Behind = { searches: [], names: [], asksForTrash: false };

function namesIn(terms: readonly SearchTerm[]): string[] {
  return terms.flatMap((term) => (term.type === 'collection' ? [foldText(term.text)] : []));
}

function speaksOfTrash(terms: readonly SearchTerm[]): boolean {
  return terms.some((term) => term.type === 'is' && term.state === 'trashed');
}

/** A search in which a collection that has another name now is called by that. */
export function withCollectionRenamed(query: string, from: string, to: string): string {
  const named = parseSearch(query).filter(
    (term) => term.type === 'collection' && foldText(term.text) === foldText(from),
  );
  return named.reduceRight(
    (text, { source, negated }) =>
      `${text.slice(0, source.from)}${negated ? '-' : ''}in:${quotedValue('in', to)}${text.slice(source.to)}`,
    query,
  );
}

/**
 * The meaning of a search: whether a clip is found by it. The index answers the same, faster.
 * `now` in milliseconds since 1970.
 */
export function matches(
  facts: SearchFacts,
  terms: readonly SearchTerm[],
  now: number,
  searches = new NamedSearches([]),
): boolean {
  if (facts.trashed && !searches.askForTrash(terms)) return false;
  const everyHolds = (each: readonly SearchTerm[], from: string | null): boolean =>
    each.every((term) => term.type === 'incomplete' || isFound(term, from) !== term.negated);
  const isFound = (term: SearchTerm, from: string | null): boolean => {
    if (holds(facts, term, now)) return true;
    if (term.type !== 'collection') return false;
    const name = foldText(term.text);
    return searches.termsOf(name, from).some((behind) => everyHolds(behind, name));
  };
  return everyHolds(terms, null);
}

function holds(facts: SearchFacts, term: SearchTerm, now: number): boolean {
  switch (term.type) {
    case 'words':
      return searchableText(facts).includes(foldText(term.text));
    case 'referenceKind':
      return facts.references.some(({ kind }) => kind === term.kind);
    case 'reference':
      return facts.references.some(({ name }) => foldText(name).includes(foldText(term.text)));
    case 'model':
      return facts.model !== null && isModelCalled(facts.model, foldText(term.text));
    case 'ratio':
      return hasRatio(facts.width, facts.height, term.value);
    case 'number':
      return compares(term.comparison, numberOf(facts, term.key));
    case 'tag':
      return facts.tags.some((tag) => foldText(tag) === foldText(term.text));
    case 'is':
      return isIn(facts, term.state);
    case 'date': {
      const span = daySpan(term.day, now);
      return span !== null && isAt(term.key, Date.parse(facts.createdAt), span);
    }
    case 'collection':
      return facts.collections.some((name) => foldText(name) === foldText(term.text));
    case 'incomplete':
      return true;
  }
}

function numberOf(facts: SearchFacts, key: NumberKey): number {
  if (key === 'length') return Math.round(facts.seconds * 1000) / 1000;
  return facts[key] ?? Number.NaN;
}

function isIn(facts: SearchFacts, state: ClipState): boolean {
  switch (state) {
    case 'kept':
      return facts.flag === 1;
    case 'rejected':
      return facts.flag === -1;
    case 'unrated':
      return facts.rating === 0;
    case 'imported':
    case 'generated':
      return facts.origin === state;
    // What failed left no clip: the list of generations answers this one.
    case 'failed':
      return false;
    case 'silent':
      return !facts.hasSound;
    case 'missing':
    case 'practice':
    case 'trashed':
      return facts[state];
  }
}

export const SORT_KEYS = ['created', 'rating', 'cost', 'length', 'title', 'model', 'size', 'ratio'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const NEWEST_FIRST: Sort = { key: 'created', descending: true };

/**
 * For `Array.sort`. Ties go by time, then by id, and descending is the exact reverse: the newest of equals comes
 * first there. What is unknown is the least.
 */
export function compareFacts(a: SearchFacts, b: SearchFacts, { key, descending }: Sort): number {
  const upwards =
    compareBy(a, b, key) || Date.parse(a.createdAt) - Date.parse(b.createdAt) || compareText(a.id, b.id);
  return descending ? -upwards : upwards;
}

function compareBy(a: SearchFacts, b: SearchFacts, key: SortKey): number {
  switch (key) {
    case 'created':
      return 0;
    case 'rating':
      return a.rating - b.rating;
    case 'cost':
      return (a.cost ?? -1) - (b.cost ?? -1);
    case 'length':
      return Math.round(a.seconds * 1000) - Math.round(b.seconds * 1000);
    case 'size':
      return a.bytes - b.bytes;
    case 'ratio':
      return shapeOf(a.width, a.height) - shapeOf(b.width, b.height);
    case 'title':
      return compareText(foldText(a.title), foldText(b.title));
    case 'model':
      return compareText(modelSortText(a.model), modelSortText(b.model));
  }
}

/** Width over height; 0 when unknown. */
export function shapeOf(width: number, height: number): number {
  return width > 0 && height > 0 ? width / height : 0;
}

export function modelSortText(model: string | null): string {
  return model === null ? '' : foldText(modelName(model));
}

/** By code point, as SQLite orders text: UTF-16 would put emoji before some Chinese characters. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return codePointOrder(x) - codePointOrder(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for what lies above all other units. */
function codePointOrder(unit: number): number {
  const surrogate = unit >= 0xd800 && unit <= 0xdfff;
  return surrogate ? unit + 0x10000 : unit;
}
