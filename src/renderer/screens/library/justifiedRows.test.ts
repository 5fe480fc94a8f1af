import { describe, expect, it } from 'vitest';
import { justifiedRows } from './justifiedRows';

const WIDE = 16 / 9;
const TALL = 9 / 16;

describe('justifiedRows', () => {
  // Bug: a tile is lost or shown twice where one row ends and the next begins.
  it('covers every picture once, in order', () => {
    const ratios = Array.from({ length: 137 }, (_, index) => [WIDE, TALL, 1, 21 / 9, 4 / 3][index % 5] ?? 1);
    const rows = justifiedRows(ratios, 880, 136, 12);
    expect(rows[0]?.start).toBe(0);
    expect(rows.at(-1)?.end).toBe(137);
    rows.slice(1).forEach((row, index) => expect(row.start).toBe(rows[index]?.end));
  });

  // Bug: rounding makes a row wider than the grid and a sideways scroll bar appears.
  it('fills the width exactly in every row but the last', () => {
    const ratios = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? TALL : WIDE));
    for (const row of justifiedRows(ratios, 701, 124, 12).slice(0, -1)) {
      const pictures = ratios.slice(row.start, row.end).reduce((sum, ratio) => sum + ratio * row.height, 0);
      expect(pictures + 12 * (row.end - row.start - 1)).toBeCloseTo(701, 6);
    }
  });

  // Bug: one picture wider than a narrow grid leaves no legal break, and the whole grid vanishes.
  it('gives a picture wider than the grid a row of its own', () => {
    const rows = justifiedRows([21 / 9, 21 / 9, TALL], 120, 200, 12);
    expect(rows.at(-1)?.end).toBe(3);
    expect(rows.every((row) => Number.isFinite(row.height) && row.height > 0)).toBe(true);
  });

  // Bug: a lone vertical clip at the end is blown up to the full width of the window.
  it('never makes the last row taller than wanted', () => {
    expect(justifiedRows([TALL], 1600, 136, 12)).toEqual([{ start: 0, end: 1, height: 136 }]);
    expect(justifiedRows([], 1600, 136, 12)).toEqual([]);
  });
});
