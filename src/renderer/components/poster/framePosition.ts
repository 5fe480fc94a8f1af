// Where a frame lies in a sprite, as a CSS background position.
import type { SpriteSheet } from '@shared/domain/clip';

/** `part`: how far into the clip, from 0 up to but not including 1. */
export function framePosition({ columns, rows, count }: SpriteSheet, part: number): string {
  const index = Math.max(0, Math.min(Math.floor(part * count), count - 1));
  // Percentages of a background count over the free space: one cell less than there are.
  const along = (cell: number, cells: number): number => (cells > 1 ? (cell / (cells - 1)) * 100 : 0);
  return `${along(index % columns, columns)}% ${along(Math.floor(index / columns), rows)}%`;
}
