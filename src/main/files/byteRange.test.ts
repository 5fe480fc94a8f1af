import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readByteRange } from './byteRange';

describe('readByteRange', () => {
  it.each([
    [null, 100, 'whole'],
    ['bytes=0-', 100, [0, 99]],
    ['bytes=0-0', 100, [0, 0]],
    ['bytes=10-19', 100, [10, 19]],
    ['bytes=90-1000', 100, [90, 99]],
    ['bytes=99-', 100, [99, 99]],
    ['bytes=-10', 100, [90, 99]],
    ['bytes=-1000', 100, [0, 99]],
    ['BYTES = 5 - 6', 100, [5, 6]],
    ['bytes=5000000000-', 6_000_000_000, [5_000_000_000, 5_999_999_999]],
    ['bytes=100-', 100, 'unsatisfiable'],
    ['bytes=999999999999999999999-', 100, 'unsatisfiable'],
    ['bytes=-0', 100, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=-5', 0, 'unsatisfiable'],
    // Not a single byte range: the whole file is a right answer to each.
    ['bytes=0-1,5-6', 100, 'whole'],
    ['bytes=20-10', 100, 'whole'],
    ['bytes=-', 100, 'whole'],
    ['bytes=a-b', 100, 'whole'],
    ['bytes=-5-9', 100, 'whole'],
    ['bytes=1.5-3', 100, 'whole'],
    ['items=0-1', 100, 'whole'],
    ['', 100, 'whole'],
  ] as const)('%s of %i bytes', (header, size, expected) => {
    const range = readByteRange(header, size);
    if (typeof expected === 'string') expect(range).toEqual({ type: expected });
    else expect(range).toEqual({ type: 'part', first: expected[0], last: expected[1] });
  });

  it('never names a byte outside the file, and never shortens an open end', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(2000), fc.nat(2000)).map(([from, to]) => `bytes=${from}-${to}`),
      fc.nat(2000).map((from) => `bytes=${from}-`),
      fc.nat(2000).map((length) => `bytes=-${length}`),
    );
    fc.assert(
      fc.property(header, fc.nat(1000), (text, size) => {
        const range = readByteRange(text, size);
        if (range.type !== 'part') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(size);
        if (/^bytes=\d+-$/.test(text)) expect(range.last).toBe(size - 1);
      }),
    );
  });
});
