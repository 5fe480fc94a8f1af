// Clips and live generations as one run of tiles, by day, newest first.
import type { Clip } from '@shared/domain/clip';
import { type Generation, isEnded } from '@shared/domain/generation';
import { nearestRatio } from '@shared/domain/models';
import type { Selection } from '../../stores/viewStore';
import { dayKey } from '../../i18n/format';
import { justifiedRows } from './justifiedRows';

export type GridItem =
  | { readonly type: 'clip'; readonly id: string; readonly ratio: number; readonly clip: Clip }
  | {
      readonly type: 'generation';
      readonly id: string;
      readonly ratio: number;
      readonly generation: Generation;
    };

export type GridRow =
  | {
      readonly type: 'day';
      readonly day: string;
      readonly items: readonly GridItem[];
      readonly complete: boolean;
    }
  | {
      readonly type: 'tiles';
      readonly items: readonly GridItem[];
      /** Place of the first tile among all. */
      readonly first: number;
      readonly height: number;
    };

export const GAP = 12;
export const CAPTION = 24;
export const ROW_GAP = 6;
export const DAY_HEIGHT = 36;
/** A strip of film or a very tall picture must still leave room for its neighbours. */
const RATIO_RANGE = [0.45, 2.6] as const;
const WIDE = 16 / 9;

/** Live generations, and those clips, merged by time. Both lists are newest first. */
export function mergeItems(generations: readonly Generation[], clips: readonly Clip[]): GridItem[] {
  const items: GridItem[] = [];
  let next = 0;
  for (const clip of clips) {
    for (; next < generations.length; next += 1) {
      const generation = generations[next];
      if (generation === undefined || generation.createdAt < clip.createdAt) break;
      items.push(generationItem(generation));
    }
    items.push({ type: 'clip', id: clip.id, ratio: clamp(clip.width / clip.height), clip });
  }
  for (const generation of generations.slice(next)) items.push(generationItem(generation));
  return items;
}

function generationItem(generation: Generation): GridItem {
  return { type: 'generation', id: generation.id, ratio: ratioOf(generation), generation };
}

/** What needs a sentence and a button gets the room for them; the others stand as their picture will. */
function ratioOf(generation: Generation): number {
  if (needsWords(generation)) return WIDE;
  const pixels = generation.estimate?.parts.pixels;
  if (pixels !== undefined && pixels !== null) return clamp(pixels.width / pixels.height);
  const { recipe } = generation;
  if (recipe.parameters.ratio !== 'adaptive') return ratioValue(recipe.parameters.ratio);
  const guide = recipe.references.find(({ role }) => role === 'first_frame')?.reference;
  if (guide?.width === undefined || guide.height === undefined) return WIDE;
  return ratioValue(nearestRatio(guide.width / guide.height));
}

export function needsWords({ state, hold }: Generation): boolean {
  return (
    isEnded(state) || state === 'unconfirmed' || (hold !== null && hold !== 'offline' && hold !== 'busy')
  );
}

function ratioValue(ratio: string): number {
  const [width = 16, height = 9] = ratio.split(':').map(Number);
  return clamp(width / height);
}

function clamp(ratio: number): number {
  if (!Number.isFinite(ratio) || ratio <= 0) return WIDE;
  return Math.max(RATIO_RANGE[0], Math.min(ratio, RATIO_RANGE[1]));
}

export function createdAtOf(item: GridItem): string {
  return item.type === 'clip' ? item.clip.createdAt : item.generation.createdAt;
}

export function isSelected(item: GridItem, selection: Selection | null): boolean {
  return selection !== null && selection.type === item.type && selection.id === item.id;
}

/** Day headings and justified rows. `ended`: no more pages follow, so the last day is complete too. */
export function layOut(items: readonly GridItem[], width: number, target: number, ended: boolean): GridRow[] {
  const rows: GridRow[] = [];
  let start = 0;
  while (start < items.length) {
    const first = items[start];
    if (first === undefined) break;
    const day = dayKey(createdAtOf(first));
    let end = start + 1;
    for (; end < items.length; end += 1) {
      const item = items[end];
      if (item === undefined || dayKey(createdAtOf(item)) !== day) break;
    }
    const ofDay = items.slice(start, end);
    rows.push({ type: 'day', day, items: ofDay, complete: end < items.length || ended });
    const ratios = ofDay.map((item) => item.ratio);
    for (const row of justifiedRows(ratios, width, target, GAP))
      rows.push({
        type: 'tiles',
        items: ofDay.slice(row.start, row.end),
        first: start + row.start,
        height: row.height,
      });
    start = end;
  }
  return rows;
}

export function rowSize(row: GridRow): number {
  return row.type === 'day' ? DAY_HEIGHT : Math.round(row.height) + CAPTION + ROW_GAP;
}

/** The tile nearest below or above: the one whose middle is closest. -1 where there is none. */
export function verticalNeighbour(rows: readonly GridRow[], index: number, direction: 1 | -1): number {
  const tiles = rows.filter((row) => row.type === 'tiles');
  const at = tiles.findIndex((row) => index >= row.first && index < row.first + row.items.length);
  const here = tiles[at];
  const there = tiles[at + direction];
  if (here === undefined || there === undefined) return -1;
  const middle = middles(here)[index - here.first] ?? 0;
  let nearest = 0;
  middles(there).forEach((value, place, all) => {
    if (Math.abs(value - middle) < Math.abs((all[nearest] ?? 0) - middle)) nearest = place;
  });
  return there.first + nearest;
}

function middles(row: Extract<GridRow, { type: 'tiles' }>): number[] {
  let left = 0;
  return row.items.map((item) => {
    const width = item.ratio * row.height;
    const middle = left + width / 2;
    left += width + GAP;
    return middle;
  });
}
