import { describe, expect, it } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import { layOut, mergeItems, verticalNeighbour } from './gridItems';

const clip = (id: string, createdAt: string, width = 1280, height = 720): Clip => ({
  id,
  revision: 1,
  generationId: null,
  title: id,
  fileName: `${id}.mp4`,
  createdAt,
  bytes: 1,
  width,
  height,
  seconds: 5,
  fps: 24,
  hasSound: true,
  hasPoster: true,
  sprite: null,
  tokens: null,
  price: null,
  practice: false,
  missing: false,
});

describe('layOut', () => {
  const clips = Array.from({ length: 9 }, (_, index) =>
    clip(`c${index}`, index < 5 ? '2026-11-22T10:00:00Z' : '2026-11-21T10:00:00Z'),
  );
  const rows = layOut(mergeItems([], clips), 800, 136, true);

  // Bug: a row holds clips of two days, so the heading stands over clips that are not of it.
  it('starts a new row with each day', () => {
    expect(rows.filter((row) => row.type === 'day')).toHaveLength(2);
    expect(rows.flatMap((row) => (row.type === 'tiles' ? row.items : [])).map((item) => item.id)).toEqual(
      clips.map((item) => item.id),
    );
  });

  // Bug: arrow down at the end of a short row jumps over a day or nowhere.
  it('moves to the tile right below, across headings', () => {
    expect(verticalNeighbour(rows, 0, -1)).toBe(-1);
    const below = verticalNeighbour(rows, 4, 1);
    expect(below).toBeGreaterThanOrEqual(5);
    expect(verticalNeighbour(rows, below, -1)).toBeLessThan(5);
  });
});

describe('mergeItems', () => {
  // Bug: a file without a picture size (0 × 0) gives a tile of infinite width.
  it('gives a clip without a size a usual shape', () => {
    const [item] = mergeItems([], [clip('x', '2026-11-22T10:00:00Z', 0, 0)]);
    expect(item?.ratio).toBeCloseTo(16 / 9);
  });
});
