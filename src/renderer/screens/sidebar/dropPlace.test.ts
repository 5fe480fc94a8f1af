import { describe, expect, it } from 'vitest';
import { dropPlace } from './dropPlace';

// Bug: a row dragged downwards lands one place too far, because its own old place is still counted.
describe('dropPlace', () => {
  it.each([
    [0, 2, 'before', 1],
    [0, 2, 'after', 2],
    [3, 1, 'before', 1],
    [3, 1, 'after', 2],
    [1, 1, 'before', 1],
    [1, 1, 'after', 1],
    [1, 0, 'after', 1],
    [1, 2, 'before', 1],
  ] as const)('from %d over %d, %s: %d', (from, over, side, place) => {
    expect(dropPlace(from, over, side)).toBe(place);
  });
});
