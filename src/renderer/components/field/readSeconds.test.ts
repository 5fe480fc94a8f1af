import { expect, it } from 'vitest';
import { readSeconds } from './readSeconds';

// Bug: `1:30` is read as one second, or an empty field as zero, and the range jumps to the start.
it('reads clocks and decimals, and nothing else', () => {
  expect(['12.5', '12,5', '1:30', '1:00:02.5', ' 4 '].map(readSeconds)).toEqual([12.5, 12.5, 90, 3602.5, 4]);
  expect(['', '-1', 'abc', '1:', '1e3'].map(readSeconds)).toEqual([null, null, null, null, null]);
});
