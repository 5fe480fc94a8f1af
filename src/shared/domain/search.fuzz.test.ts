// Everything that can stand in the search box, also what nobody types on purpose.
import fc from 'fast-check';
import { expect } from 'vitest';
import { fuzz } from '../../../tests/fixtures/fuzz';
import {
  completionsFor,
  foldText,
  matches,
  parseSearch,
  quotedValue,
  SEARCH_KEYS,
  searchText,
  type SearchFacts,
  type SearchTerm,
} from './search';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const FACTS: SearchFacts = {
  id: 'a',
  createdAt: '2026-11-20T08:00:00.000Z',
  title: 'A puppy',
  fileName: 'a.mp4',
  prompt: '一只小狗',
  note: '',
  tags: ['Dogs'],
  references: [],
  model: null,
  seed: null,
  cost: null,
  seconds: 5,
  width: 0,
  height: 0,
  bytes: 0,
  rating: 0,
  flag: 0,
  origin: 'imported',
  missing: false,
  practice: false,
  hasSound: false,
  trashed: false,
  collections: [],
};

const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SEARCH_KEYS.map((key) => `${key}:`), 'SECONDS：', 'toString:', '__proto__:'),
      fc.constantFrom(
        '"',
        '""',
        '“',
        '”',
        '-',
        ' ',
        '\t',
        '　',
        '\u00a0',
        ':',
        '>=',
        '＞',
        '..',
        '<',
        '\u202e',
      ),
      fc.constantFrom(
        '3',
        '12..1',
        '1.500',
        '999999999999',
        '2026-02',
        'week',
        'kept',
        '16:9',
        'image',
        'a b',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));
const meanings = (terms: readonly SearchTerm[]): unknown[] =>
  terms.map(({ source: _, ...meaning }) => meaning);

// Bug: a search that throws empties the window; a saved one that means something else finds other clips.
fuzz(
  'the search grammar',
  fc.property(typed, fc.nat(60), (text, caret) => {
    const terms = parseSearch(text);
    expect(meanings(parseSearch(searchText(terms)))).toEqual(meanings(terms));
    expect(typeof matches(FACTS, terms, NOW)).toBe('boolean');
    const offer = completionsFor(text, Math.min(caret, text.length));
    if (offer !== null) expect(text.slice(offer.from, offer.to).length).toBe(offer.to - offer.from);
  }),
  4000,
);

// Bug: a tag or a collection with quotes, dashes or a key in its name cannot be searched for.
fuzz(
  'a value in quotes',
  fc.property(typed, fc.constantFrom('tag', 'in', 'model', 'ref'), (value, key) => {
    if (foldText(value) === '') return;
    const terms = parseSearch(`before ${key}:${quotedValue(key, value)} after`);
    expect(terms).toHaveLength(3);
    expect(terms[1]).toMatchObject({ text: value, negated: false });
  }),
);
