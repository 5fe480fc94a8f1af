import { appendFileSync, copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeImage, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { isWhole } from './wholeness';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder('whole');
});

// Bug: an interrupted download with its index in front plays for a while and is taken for the whole.
test.each([1, 100, 20_000])('a video that lacks its last %d bytes is not whole', async (lacking) => {
  const path = makeVideo(join(folder, `cut ${lacking}.mp4`), { seconds: 2 });
  expect(await isWhole(path, 'mp4')).toBe(true);
  truncateSync(path, statSync(path).size - lacking);
  expect(await isWhole(path, 'mp4')).toBe(false);
});

// Bug: a paid video is refused because somebody appended a note to it.
test('rubbish behind the last box harms nobody', async () => {
  const path = makeVideo(join(folder, 'note.mp4'));
  appendFileSync(path, 'a note of some other program, longer than a box');
  expect(await isWhole(path, 'mp4')).toBe(true);
});

test.each([
  ['png', 'png'],
  ['libwebp', 'webp'],
] as const)('a cut-off %s is told from a whole one', async (codec, format) => {
  const path = makeImage(join(folder, `whole.${format}`), codec);
  const cut = join(folder, `cut.${format}`);
  copyFileSync(path, cut);
  truncateSync(cut, statSync(path).size >> 1);
  expect(await isWhole(path, format)).toBe(true);
  expect(await isWhole(cut, format)).toBe(false);
});
