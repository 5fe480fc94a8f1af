// Range headers, as any page or player may write them.
import fc from 'fast-check';
import { expect } from 'vitest';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { readByteRange } from './byteRange';

const piece = fc.oneof(
  fc.constantFrom('bytes', 'BYTES', '=', '-', '--', ',', ' ', '\t', '+', '.', 'e9', '0x', '\u0660', '∞', ''),
  fc.nat(3000).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
);
const header = fc.oneof(
  fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
  fc.tuple(piece, piece).map(([from, to]) => `bytes=${from}-${to}`),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const size = fc.oneof(fc.nat(1000), fc.maxSafeNat());

// Bug: a range that reaches outside the file, or a length that is no number and hangs the player.
fuzz(
  'the range header',
  fc.property(header, size, (text, bytes) => {
    const range = readByteRange(text, bytes);
    if (range.type !== 'part') return;
    expect([range.first, range.last].every(Number.isSafeInteger)).toBe(true);
    expect(range.first).toBeGreaterThanOrEqual(0);
    expect(range.last).toBeGreaterThanOrEqual(range.first);
    expect(range.last).toBeLessThan(bytes);
  }),
  5000,
);
