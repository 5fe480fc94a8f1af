import { expect, test } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import { isOver, stripParts, stripSeconds } from './stripPlace';

const clip = (id: string, seconds: number): Clip => ({ id, seconds, fps: 24 }) as Clip;
const clips = new Map([clip('a', 4), clip('b', 2)].map((each) => [each.id, each]));

// Bug: the strip is as long as its whole clips, or a clip that is gone moves all that stand behind it.
test('takes stand behind each other as long as they are shown', () => {
  const parts = stripParts(
    [
      { key: '1', clipId: 'a', span: { from: 1, to: 2.5 } },
      { key: '2', clipId: 'gone' },
      { key: '3', clipId: 'b' },
      { key: '4', clipId: 'a' },
    ],
    clips,
  );
  expect(parts.map(({ key, start, from, to }) => [key, start, from, to])).toEqual([
    ['1', 0, 1, 2.5],
    ['3', 1.5, 0, 2],
    ['4', 3.5, 0, 4],
  ]);
  expect(stripSeconds(parts)).toBe(7.5);
});

// Bug: the player waits for a moment that is never reached, as the last frame begins before it.
test('a part is over with its last frame', () => {
  const [part] = stripParts([{ key: '1', clipId: 'b' }], clips);
  if (part === undefined) throw new Error('no part');
  expect(isOver(part, 2 - 1 / 24)).toBe(false);
  expect(isOver(part, 1.99)).toBe(true);
});
