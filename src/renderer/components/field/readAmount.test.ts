import { expect, it } from 'vitest';
import { readAmount } from './readAmount';

// Bug: a comma as people type it makes 46,5 into 465, or a slip of the hand into a price of NaN.
it('reads amounts as people type them', () => {
  const read = ['46', ' ¥46.50 ', '46,5', '', 'x', '-1', '1e9'].map(readAmount);
  expect(read).toEqual([46, 46.5, 46.5, null, undefined, undefined, undefined]);
});
