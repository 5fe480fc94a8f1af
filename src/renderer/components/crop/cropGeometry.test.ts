import { describe, expect, it } from 'vitest';
import { CORNERS, moveCrop, resizeCrop, zoomCrop } from './cropGeometry';

const frame = { x: 0.2, y: 0.1, width: 0.4, height: 0.6 };
const inside = ({ x, y, width, height }: typeof frame): boolean =>
  x >= -1e-9 && y >= -1e-9 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9;

describe('the crop frame', () => {
  // Bug: dragged beyond the edge, the frame leaves the picture and main refuses the crop.
  it('stays inside the picture', () => {
    expect(moveCrop(frame, 5, -5)).toEqual({ ...frame, x: 0.6, y: 0 });
    for (const corner of CORNERS) expect(inside(resizeCrop(frame, corner, 9))).toBe(true);
    expect(inside(zoomCrop(frame, 9))).toBe(true);
  });

  // Bug: a frame of the exact output ratio is stretched while it is resized, and the size no longer fits.
  it('keeps its shape', () => {
    for (const corner of CORNERS)
      for (const width of [0.01, 0.3, 0.9]) {
        const next = resizeCrop(frame, corner, width);
        expect(next.height / next.width).toBeCloseTo(1.5);
      }
  });

  // Bug: dragging the right lower corner also moves the left upper one.
  it('holds the corner across', () => {
    const next = resizeCrop(frame, 'se', 0.2);
    expect([next.x, next.y]).toEqual([0.2, 0.1]);
    const other = resizeCrop(frame, 'nw', 0.2);
    expect(other.x + other.width).toBeCloseTo(0.6);
    expect(other.y + other.height).toBeCloseTo(0.7);
  });
});
