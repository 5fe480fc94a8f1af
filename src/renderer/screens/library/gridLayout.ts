// Where every row of the grid stands, as numbers: headings and justified rows, from shapes alone.
import { justifiedRows } from './justifiedRows';
import { firstNotBelow, type GridSequence } from './gridSequence';

export const GAP = 12;
export const CAPTION = 24;
export const ROW_GAP = 6;
export const DAY_HEIGHT = 36;
/** Room above the first row where no heading stands. */
const TOP_SPACE = 14;

/** Rows by number. Pixels. */
export interface GridLayout {
  readonly rows: number;
  /** First tile of each row; of a heading: of its day. */
  readonly first: Uint32Array;
  /** Behind the last tile; of a heading: of its day. */
  readonly end: Uint32Array;
  /** Of the pictures; 0: a heading. */
  readonly pictures: Float32Array;
  /** Of each row, and behind the last one of the whole grid. */
  readonly tops: Float64Array;
  /** Which day each row belongs to; 0 everywhere without headings. */
  readonly dayOf: Uint32Array;
}

export function gridLayout(sequence: GridSequence, width: number, target: number): GridLayout {
  const { count, ratios, days } = sequence;
  const [first, end, pictures, tops, dayOf]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  let top = days === null ? TOP_SPACE : 0;
  let day = 0;
  const put = (start: number, stop: number, height: number): void => {
    first.push(start);
    end.push(stop);
    pictures.push(height);
    tops.push(top);
    dayOf.push(day);
    top += height === 0 ? DAY_HEIGHT : Math.round(height) + CAPTION + ROW_GAP;
  };
  const measures = { width, target, gap: GAP };
  if (days === null) justifiedRows(ratios, { from: 0, to: count }, measures, put);
  else
    for (; day < days.length; day += 1) {
      const from = days[day] ?? 0;
      const to = days[day + 1] ?? count;
      put(from, to, 0);
      justifiedRows(ratios, { from, to }, measures, put);
    }
  tops.push(top);
  return {
    rows: first.length,
    first: Uint32Array.from(first),
    end: Uint32Array.from(end),
    pictures: Float32Array.from(pictures),
    tops: Float64Array.from(tops),
    dayOf: Uint32Array.from(dayOf),
  };
}

export function heightOfRow({ tops }: GridLayout, row: number): number {
  return (tops[row + 1] ?? 0) - (tops[row] ?? 0);
}

export function isHeading({ pictures }: GridLayout, row: number): boolean {
  return pictures[row] === 0;
}

/** The row that covers this height; the first or last one beyond the ends. */
export function rowAtHeight({ tops, rows }: GridLayout, pixels: number): number {
  const below = firstNotBelow(tops, pixels);
  const row = tops[below] === pixels ? below : below - 1;
  return Math.max(0, Math.min(row, rows - 1));
}

/** The row of tiles that holds this tile; -1 where there is none. */
export function rowOfIndex(layout: GridLayout, index: number): number {
  const { first, end, rows } = layout;
  // A heading begins with the same tile as the row under it: the last of equals is meant.
  let row = Math.min(firstNotBelow(first, index + 1), rows) - 1;
  while (row >= 0 && isHeading(layout, row)) row -= 1;
  return row >= 0 && index >= (first[row] ?? 0) && index < (end[row] ?? 0) ? row : -1;
}

/** The tile nearest below or above: the one whose middle is closest. Itself where there is none. */
export function verticalNeighbour(
  layout: GridLayout,
  ratios: ArrayLike<number>,
  index: number,
  direction: 1 | -1,
): number {
  const row = rowOfIndex(layout, index);
  if (row < 0) return index;
  let there = row + direction;
  while (there >= 0 && there < layout.rows && isHeading(layout, there)) there += direction;
  if (there < 0 || there >= layout.rows) return index;
  const middle = middleOf(layout, ratios, row, index);
  let [nearest, least] = [layout.first[there] ?? index, Infinity];
  for (let each = layout.first[there] ?? 0; each < (layout.end[there] ?? 0); each += 1) {
    const distance = Math.abs(middleOf(layout, ratios, there, each) - middle);
    if (distance < least) [nearest, least] = [each, distance];
  }
  return nearest;
}

function middleOf(layout: GridLayout, ratios: ArrayLike<number>, row: number, index: number): number {
  const height = layout.pictures[row] ?? 0;
  let left = 0;
  for (let each = layout.first[row] ?? 0; each < index; each += 1) left += (ratios[each] ?? 1) * height + GAP;
  return left + ((ratios[index] ?? 1) * height) / 2;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The tiles that a rectangle touches. Pixels of the grid's content. */
export function tilesInBox(layout: GridLayout, ratios: ArrayLike<number>, box: Box): number[] {
  const found: number[] = [];
  if (layout.rows === 0) return found;
  const last = rowAtHeight(layout, box.bottom);
  for (let row = rowAtHeight(layout, box.top); row <= last; row += 1) {
    const height = layout.pictures[row] ?? 0;
    const top = layout.tops[row] ?? 0;
    if (height === 0 || box.top > top + height + CAPTION || box.bottom < top) continue;
    let left = 0;
    for (let index = layout.first[row] ?? 0; index < (layout.end[row] ?? 0); index += 1) {
      const width = (ratios[index] ?? 1) * height;
      if (left < box.right && left + width > box.left) found.push(index);
      left += width + GAP;
    }
  }
  return found;
}
