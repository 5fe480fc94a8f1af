// How takes are laid out so that each is seen as large as can be. Pure.

/** Pixels around the picture of a take: its head and its frames. */
const AROUND = 76;
const GAP = 12;

/** @param ratio width over height of a take. @param width, height the room for all of them, in pixels. */
export function columnsFor(takes: number, ratio: number, width: number, height: number): number {
  let best = takes;
  let largest = 0;
  for (let columns = takes; columns >= 1; columns -= 1) {
    // Three above one is no order.
    if (takes % columns !== 0 && takes > 3) continue;
    const rows = Math.ceil(takes / columns);
    const across = (width - GAP * (columns - 1)) / columns;
    const down = (height - GAP * (rows - 1)) / rows - AROUND;
    const shown = Math.min(across, Math.max(0, down) * ratio);
    // A little larger is not worth another order.
    if (shown > largest * 1.05) [best, largest] = [columns, shown];
  }
  return best;
}
