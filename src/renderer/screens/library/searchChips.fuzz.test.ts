// Chips and the text they stand for.
import fc from 'fast-check';
import { expect } from 'vitest';
import { foldText, parseSearch, SEARCH_KEYS } from '@shared/domain/search';
import { fuzz } from '../../../../tests/fixtures/fuzz';
import { partsOf, takeChips, textOfParts } from './searchChips';

const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SEARCH_KEYS.map((key) => ` ${key}:`), ' -', '-'),
      fc.constantFrom('"', '“', '”', ' ', '　', ':', '>', '..', '3', 'kept', 'today', 'a', '小狗'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));
/** What filters, in no order: chips stand in front of words. */
const meaning = (text: string): string[] =>
  parseSearch(text)
    .filter(({ type }) => type !== 'incomplete')
    .map(({ source: _, ...term }) =>
      JSON.stringify('text' in term ? { ...term, text: foldText(term.text) } : term),
    )
    .sort();

// Bug: a chip swallows the words behind it, or a search filters otherwise once it is drawn as chips.
fuzz(
  'chips mean what was typed',
  fc.property(typed, (text) => {
    const parts = partsOf(text);
    expect(meaning(textOfParts(parts))).toEqual(meaning(text));
    const taken = takeChips({ chips: [], typing: text }, true);
    expect(meaning(textOfParts(taken))).toEqual(meaning(text));
    expect(takeChips(taken, true).chips).toEqual(taken.chips);
  }),
  4000,
);
