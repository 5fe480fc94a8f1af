// Breaks a run of pictures into rows that are as wide as the grid and near the wanted height.
export interface RowSink {
  /** One row: its first picture, the one behind its last, and how high its pictures are. Pixels. */
  (start: number, end: number, height: number): void;
}

/** Rows lower than this part of the wanted height are not tried. */
const LEAST = 0.72;

/**
 * Rows of `ratios[from]` to `ratios[to - 1]`, in order. Chooses the breaks with the smallest sum of squared
 * differences from `target`. The last row is never taller than `target`: it may end before the right edge.
 */
export function justifiedRows(
  ratios: ArrayLike<number>,
  { from, to }: { readonly from: number; readonly to: number },
  { width, target, gap }: { readonly width: number; readonly target: number; readonly gap: number },
  put: RowSink,
): void {
  const count = to - from;
  const best = new Float64Array(count + 1);
  const previous = new Uint32Array(count + 1);
  for (let end = 1; end <= count; end += 1) {
    let least = Infinity;
    let sum = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += ratios[from + start] ?? 1;
      const height = heightOf(sum, end - start, width, gap);
      // A single picture is always a row, however wide it is.
      if (height < target * LEAST && end - start > 1) break;
      const cost = (best[start] ?? 0) + costOf(height, target, end === count);
      if (cost < least) {
        least = cost;
        previous[end] = start;
      }
    }
    best[end] = least;
  }
  const ends: number[] = [];
  for (let end = count; end > 0; end = previous[end] ?? 0) ends.push(end);
  for (let at = ends.length - 1, start = 0; at >= 0; at -= 1) {
    const end = ends[at] ?? count;
    let sum = 0;
    for (let place = start; place < end; place += 1) sum += ratios[from + place] ?? 1;
    const height = heightOf(sum, end - start, width, gap);
    put(from + start, from + end, end === count ? Math.min(height, target) : height);
    start = end;
  }
}

function heightOf(ratioSum: number, count: number, width: number, gap: number): number {
  return (width - gap * (count - 1)) / ratioSum;
}

function costOf(height: number, target: number, last: boolean): number {
  // An unfilled last row costs for the space it leaves; a low row looks worse than a high one.
  if (last && height > target) return ((1 - target / height) * target) ** 2 * 0.6;
  return (height - target) ** 2 * (height > target ? 1 : 1.4);
}
