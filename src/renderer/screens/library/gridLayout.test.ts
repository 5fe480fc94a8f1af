import { describe, expect, it } from 'vitest';
import { gridLayout, isHeading, rowAtHeight, rowOfIndex, tilesInBox, verticalNeighbour } from './gridLayout';
import { gridSequence, indexOfPlace, liveAtIndex, placeAt } from './gridSequence';
import { justifiedRows } from './justifiedRows';

const WIDE = 1.78;
const TALL = 0.5625;
const DAY = 86_400;
const NOON = new Date(2026, 10, 22, 12).getTime() / 1000;

function sequenceOf(count: number, perDay: number, live: readonly { ratio: number; time: number }[] = []) {
  return gridSequence({
    order: {
      ratios: Uint16Array.from({ length: count }, (_, at) => (at % 3 === 2 ? 563 : 1778)),
      times: Uint32Array.from(
        { length: count },
        (_, at) => NOON - Math.floor(at / perDay) * DAY - (at % perDay),
      ),
    },
    live,
    byDay: true,
  });
}

function rowsOf(ratios: readonly number[], width: number, target: number) {
  const rows: { start: number; end: number; height: number }[] = [];
  justifiedRows(ratios, { from: 0, to: ratios.length }, { width, target, gap: 12 }, (start, end, height) =>
    rows.push({ start, end, height }),
  );
  return rows;
}

describe('justifiedRows', () => {
  // Bug: a tile is lost or shown twice where one row ends and the next begins.
  it('covers every picture once, in order', () => {
    const rows = rowsOf(
      Array.from({ length: 137 }, (_, index) => [WIDE, TALL, 1, 21 / 9, 4 / 3][index % 5] ?? 1),
      880,
      136,
    );
    expect(rows[0]?.start).toBe(0);
    expect(rows.at(-1)?.end).toBe(137);
    rows.slice(1).forEach((row, index) => expect(row.start).toBe(rows[index]?.end));
  });

  // Bug: rounding makes a row wider than the grid and a sideways scroll bar appears.
  it('fills the width exactly in every row but the last', () => {
    const ratios = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? TALL : WIDE));
    for (const row of rowsOf(ratios, 701, 124).slice(0, -1)) {
      const pictures = ratios.slice(row.start, row.end).reduce((sum, ratio) => sum + ratio * row.height, 0);
      expect(pictures + 12 * (row.end - row.start - 1)).toBeCloseTo(701, 6);
    }
  });

  // Bug: one picture wider than a narrow grid leaves no legal break, and the whole grid vanishes.
  it('gives a picture wider than the grid a row of its own', () => {
    const rows = rowsOf([21 / 9, 21 / 9, TALL], 120, 200);
    expect(rows.at(-1)?.end).toBe(3);
    expect(rows.every((row) => Number.isFinite(row.height) && row.height > 0)).toBe(true);
  });

  // Bug: a lone vertical clip at the end is blown up to the full width of the window.
  it('never makes the last row taller than wanted', () => {
    expect(rowsOf([TALL], 1600, 136)).toEqual([{ start: 0, end: 1, height: 136 }]);
    expect(rowsOf([], 1600, 136)).toEqual([]);
  });
});

describe('gridSequence', () => {
  // Bug: a generation stands under the heading of another day, or shifts the places of the clips behind it.
  it('puts generations in front of the clips of their day and keeps the places', () => {
    const live = [
      { ratio: WIDE, time: NOON - 3600 },
      { ratio: WIDE, time: NOON - DAY },
      { ratio: WIDE, time: NOON - 40 * DAY },
    ];
    const sequence = sequenceOf(9, 3, live);
    expect([...sequence.live]).toEqual([0, 4, 11]);
    expect([...(sequence.days ?? [])]).toEqual([0, 4, 8, 11]);
    for (let place = 0; place < 9; place += 1)
      expect(placeAt(sequence, indexOfPlace(sequence, place))).toBe(place);
    expect(placeAt(sequence, 4)).toBeNull();
    expect(liveAtIndex(sequence, 4)).toBe(1);
    expect(liveAtIndex(sequence, 5)).toBeNull();
  });

  // Bug: a file without a picture size (0) gives a tile of no width.
  it('gives an unknown shape a usual one', () => {
    const order = { ratios: Uint16Array.of(0), times: Uint32Array.of(NOON) };
    expect(gridSequence({ order, live: [], byDay: false }).ratios[0]).toBeCloseTo(16 / 9);
  });
});

describe('gridLayout', () => {
  const sequence = sequenceOf(60, 7);
  const layout = gridLayout(sequence, 800, 136);

  // Bug: a row holds clips of two days, so the heading stands over clips that are not of it.
  it('starts a new row with each day', () => {
    const starts = new Set(sequence.days);
    for (let row = 0; row < layout.rows; row += 1) {
      if (!isHeading(layout, row)) continue;
      expect(starts.has(layout.first[row] ?? -1)).toBe(true);
      expect(layout.first[row + 1]).toBe(layout.first[row]);
    }
  });

  // Bug: scrolling to a tile or finding the one under a height is off by one row.
  it('finds the row of every tile, and of every height', () => {
    for (let index = 0; index < sequence.count; index += 1) {
      const row = rowOfIndex(layout, index);
      expect(isHeading(layout, row)).toBe(false);
      expect(index).toBeGreaterThanOrEqual(layout.first[row] ?? Infinity);
      expect(index).toBeLessThan(layout.end[row] ?? 0);
      expect(rowAtHeight(layout, layout.tops[row] ?? 0)).toBe(row);
      expect(rowAtHeight(layout, (layout.tops[row + 1] ?? 0) - 1)).toBe(row);
    }
    expect(rowOfIndex(layout, sequence.count)).toBe(-1);
  });

  // Bug: arrow down at the end of a short row jumps over a day or nowhere.
  it('moves to the tile right below, across headings, and stays at the ends', () => {
    expect(verticalNeighbour(layout, sequence.ratios, 0, -1)).toBe(0);
    expect(verticalNeighbour(layout, sequence.ratios, 59, 1)).toBe(59);
    const below = verticalNeighbour(layout, sequence.ratios, 6, 1);
    expect(below).toBeGreaterThanOrEqual(7);
    expect(verticalNeighbour(layout, sequence.ratios, below, -1)).toBeLessThan(7);
  });

  // Bug: a lasso misses the last tile of a row or takes tiles of the next one.
  it('finds the tiles that a rectangle touches', () => {
    const row = rowOfIndex(layout, 0);
    const top = layout.tops[row] ?? 0;
    const [first, end] = [layout.first[row] ?? 0, layout.end[row] ?? 0];
    const all = Array.from({ length: end - first }, (_, at) => first + at);
    expect(tilesInBox(layout, sequence.ratios, { left: 0, top, right: 800, bottom: top + 10 })).toEqual(all);
    expect(tilesInBox(layout, sequence.ratios, { left: 0, top: 0, right: 800, bottom: 4 })).toEqual([]);
    expect(tilesInBox(layout, sequence.ratios, { left: 1, top, right: 2, bottom: top + 1 })).toEqual([first]);
  });

  // Bug: a library of a hundred thousand loses tiles, or its rows overlap.
  it('lays out a hundred thousand', () => {
    const large = sequenceOf(100_000, 15);
    const rows = gridLayout(large, 1180, 136);
    let tiles = 0;
    let overlaps = 0;
    for (let row = 0; row < rows.rows; row += 1) {
      if (!isHeading(rows, row)) tiles += (rows.end[row] ?? 0) - (rows.first[row] ?? 0);
      if ((rows.tops[row + 1] ?? 0) <= (rows.tops[row] ?? 0)) overlaps += 1;
    }
    expect({ tiles, overlaps }).toEqual({ tiles: 100_000, overlaps: 0 });
  });
});
