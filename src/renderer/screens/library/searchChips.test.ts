import { describe, expect, it } from 'vitest';
import { editChip, partsOf, takeChips, textOfParts } from './searchChips';

describe('takeChips', () => {
  // Bug: a chip appears while its value is still being typed, and the rest of it becomes a word.
  it('waits until a term is finished', () => {
    expect(takeChips({ chips: [], typing: 'rating:>' })).toEqual({ chips: [], typing: 'rating:>' });
    expect(takeChips({ chips: [], typing: 'rating:>3' })).toEqual({ chips: [], typing: 'rating:>3' });
    expect(takeChips({ chips: [], typing: 'rating:>3 ' })).toEqual({ chips: ['rating:>3'], typing: '' });
    expect(takeChips({ chips: [], typing: 'rating:>3' }, true)).toEqual({ chips: ['rating:>3'], typing: '' });
  });

  // Bug: words vanish or turn into chips, and Chinese cannot be searched.
  it('leaves words where they are', () => {
    expect(takeChips({ chips: ['is:kept'], typing: '晨光 ref:puppy boat ' })).toEqual({
      chips: ['is:kept', 'ref:puppy'],
      typing: '晨光 boat ',
    });
  });
});

describe('partsOf', () => {
  // Bug: a chip that is taken back to be changed, or a quoted value with a space, is not the same search any more.
  it('is undone by textOfParts', () => {
    const text = 'tag:"low sun" -is:rejected boats';
    const parts = partsOf(text);
    expect(parts.chips).toEqual(['tag:"low sun"', '-is:rejected']);
    expect(textOfParts(parts)).toBe(text);
    expect(editChip(parts, 0)).toEqual({ chips: ['-is:rejected'], typing: 'boats tag:"low sun"' });
  });
});
