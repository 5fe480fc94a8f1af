// Breaks a run of pictures into rows that are as wide as the grid and near the wanted height.
export interface Row {
  readonly start: number;
  /** Not included. */
  readonly end: number;
  readonly height: number;
}

/** Rows lower than this part of the wanted height are not tried. */
const LEAST = 0.72;

/**
 * Chooses the breaks with the smallest sum of squared differences from `target`. The last row is never
 * taller than `target`: it may end before the right edge.
 */
export function justifiedRows(ratios: readonly number[], width: number, target: number, gap: number): Row[] {
  const count = ratios.length;
  const best: number[] = [0];
  const from: number[] = [0];
  for (let end = 1; end <= count; end += 1) {
    best[end] = Infinity;
    from[end] = end - 1;
    let sum = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += ratios[start] ?? 1;
      const height = heightOf(sum, end - start, width, gap);
      // A single picture is always a row, however wide it is.
      if (height < target * LEAST && end - start > 1) break;
      const cost = (best[start] ?? 0) + costOf(height, target, end === count);
      if (cost < (best[end] ?? Infinity)) {
        best[end] = cost;
        from[end] = start;
      }
    }
  }
  return collect(ratios, from, width, target, gap);
}

function heightOf(ratioSum: number, count: number, width: number, gap: number): number {
  return (width - gap * (count - 1)) / ratioSum;
}

function costOf(height: number, target: number, last: boolean): number {
  // An unfilled last row costs for the space it leaves; a low row looks worse than a high one.
  if (last && height > target) return ((1 - target / height) * target) ** 2 * 0.6;
  return (height - target) ** 2 * (height > target ? 1 : 1.4);
}

function collect(
  ratios: readonly number[],
  from: readonly number[],
  width: number,
  target: number,
  gap: number,
): Row[] {
  const rows: Row[] = [];
  for (let end = ratios.length; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    const sum = ratios.slice(start, end).reduce((total, ratio) => total + ratio, 0);
    const height = heightOf(sum, end - start, width, gap);
    rows.unshift({ start, end, height: end === ratios.length ? Math.min(height, target) : height });
  }
  return rows;
}
