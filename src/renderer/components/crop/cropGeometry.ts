// How a crop frame moves and grows inside its picture, its shape kept. All values are fractions of the picture.
import type { CropFrame } from '@shared/domain/repair';

export type Corner = 'nw' | 'ne' | 'sw' | 'se';
export const CORNERS: readonly Corner[] = ['nw', 'ne', 'sw', 'se'];

/** A smaller frame could hardly be taken hold of. */
const LEAST_WIDTH = 0.05;

export function moveCrop(frame: CropFrame, dx: number, dy: number): CropFrame {
  return {
    ...frame,
    x: clamp(frame.x + dx, 0, 1 - frame.width),
    y: clamp(frame.y + dy, 0, 1 - frame.height),
  };
}

/** Gives it this width; the corner across from the one that is dragged stays where it is. */
export function resizeCrop(frame: CropFrame, corner: Corner, width: number): CropFrame {
  const shape = frame.height / frame.width;
  const [right, bottom] = [frame.x + frame.width, frame.y + frame.height];
  const east = corner === 'ne' || corner === 'se';
  const south = corner === 'sw' || corner === 'se';
  const most = Math.min(east ? 1 - frame.x : right, (south ? 1 - frame.y : bottom) / shape);
  const next = clamp(width, Math.min(LEAST_WIDTH, most), most);
  return {
    x: east ? frame.x : right - next,
    y: south ? frame.y : bottom - next * shape,
    width: next,
    height: next * shape,
  };
}

/** Larger or smaller around its middle, and moved back inside where it would leave the picture. */
export function zoomCrop(frame: CropFrame, factor: number): CropFrame {
  const shape = frame.height / frame.width;
  const width = clamp(frame.width * factor, LEAST_WIDTH, Math.min(1, 1 / shape));
  const grown = { ...frame, width, height: width * shape };
  return moveCrop(grown, (frame.width - width) / 2, (frame.height - width * shape) / 2);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
