// Where a row lands that is let go over another one.

export type DropSide = 'before' | 'after';

/** Places count without the row that is moved, as they will stand. */
export function dropPlace(from: number, over: number, side: DropSide): number {
  const gap = side === 'before' ? over : over + 1;
  return gap > from ? gap - 1 : gap;
}
