import { expect, test } from 'vitest';
import { isForLibrary, mayBeVideo } from './dropZone';

// Bug: the grid offers to import pictures, or refuses a folder because the system does not say what it is.
test('the library takes videos and folders, not pictures and sounds', () => {
  const file = (type: string) => ({ kind: 'file', type });
  expect(mayBeVideo([file('image/png'), file('audio/mpeg')])).toBe(false);
  expect(mayBeVideo([file('image/png'), file('video/mp4')])).toBe(true);
  expect(mayBeVideo([file('')])).toBe(true);
  expect(mayBeVideo([])).toBe(true);
  expect(mayBeVideo([{ kind: 'string', type: 'text/plain' }, file('image/png')])).toBe(false);
  expect(['video/x-matroska', '', 'image/webp'].map((type) => isForLibrary({ type }))).toEqual([
    true,
    true,
    false,
  ]);
});
