import { describe, expect, it } from 'vitest';
import { moveRange } from './rangeGeometry';

const bounds = { seconds: 22.93, least: 1.8, step: 0.1 };

describe('moveRange', () => {
  // Bug: the start is dragged past the end, and a range of negative length goes to main.
  it('keeps the shortest length between its ends', () => {
    expect(moveRange({ from: 2, to: 5 }, 'from', 9, bounds)).toEqual({ from: 3.2, to: 5 });
    expect(moveRange({ from: 2, to: 5 }, 'to', 0, bounds).to).toBeCloseTo(3.8);
  });

  // Bug: moved to the right edge, the range is squeezed instead of stopping.
  it('keeps its length when it is moved as a whole', () => {
    const moved = moveRange({ from: 2, to: 17 }, 'whole', 20, bounds);
    expect(moved.to).toBeCloseTo(22.93);
    expect(moved.to - moved.from).toBeCloseTo(15);
  });

  // Bug: the last half frame can never be taken, because the file's end is not on the grid.
  it('reaches the very end', () => {
    expect(moveRange({ from: 2, to: 5 }, 'to', 22.9, bounds).to).toBe(22.93);
  });

  // Bug: a file shorter than the shortest range makes the ends cross.
  it('takes a short file whole', () => {
    expect(moveRange({ from: 0, to: 0.5 }, 'from', 0.3, { ...bounds, seconds: 0.5 })).toEqual({
      from: 0,
      to: 0.5,
    });
  });
});
