import { describe, expect, it } from 'vitest';
import { framePosition } from './framePosition';

const sheet = { columns: 5, rows: 4, count: 18, cellWidth: 160, cellHeight: 90 };

describe('framePosition', () => {
  // Bug: the last frames run into the unused cells of the sheet, and the tile turns black at its right edge.
  it('stays within the used cells', () => {
    expect(framePosition(sheet, 0)).toBe('0% 0%');
    expect(framePosition(sheet, 0.9999)).toBe('50% 100%');
    expect(framePosition(sheet, 2)).toBe('50% 100%');
  });

  // Bug: a sheet of one row or one column divides by zero.
  it('takes a single cell', () => {
    expect(framePosition({ ...sheet, columns: 1, rows: 1, count: 1 }, 0.5)).toBe('0% 0%');
  });
});
