import { describe, expect, it } from 'vitest';
import { columnsFor } from './columns';

describe('columnsFor', () => {
  // Bug: four upright takes in two rows are stamps with black around them.
  it('stands upright takes side by side and wide ones in two rows', () => {
    expect(columnsFor(4, 9 / 16, 1392, 500)).toBe(4);
    expect(columnsFor(4, 16 / 9, 1392, 640)).toBe(2);
    expect(columnsFor(2, 16 / 9, 1392, 500)).toBe(2);
    expect(columnsFor(2, 21 / 9, 900, 900)).toBe(1);
  });

  // Bug: before the window is measured the grid has no columns.
  it('has columns also without room', () => expect(columnsFor(3, 1, 0, 0)).toBe(3));
});
