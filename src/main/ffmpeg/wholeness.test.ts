import { appendFileSync, copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
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
  ['mjpeg', 'jpeg'],
  ['bmp', 'bmp'],
] as const)('a cut-off %s is told from a whole one', async (codec, format) => {
  const path = makeImage(join(folder, `whole.${format}`), codec);
  const cut = join(folder, `cut.${format}`);
  copyFileSync(path, cut);
  truncateSync(cut, statSync(path).size >> 1);
  expect(await isWhole(path, format)).toBe(true);
  expect(await isWhole(cut, format)).toBe(false);
});

test.each([
  ['avi', 'avi'],
  ['matroska', 'mkv'],
  ['webm', 'webm'],
] as const)('a cut-off %s is told from a whole one', async (muxer, format) => {
  const extra = muxer === 'webm' ? ['-c:v', 'libvpx', '-c:a', 'libvorbis'] : [];
  const path = makeVideo(join(folder, `whole.${format}`), { format: muxer, extra });
  const cut = join(folder, `cut.${format}`);
  copyFileSync(path, cut);
  truncateSync(cut, statSync(path).size - 1000);
  expect(await isWhole(path, format)).toBe(true);
  expect(await isWhole(cut, format)).toBe(false);
});

// Bug: a recording of a browser, which knows no length when it begins, is taken for cut off.
test('a length that was never written down is no loss', async () => {
  const live = ['-c:v', 'libvpx', '-c:a', 'libvorbis', '-live', '1'];
  const path = makeVideo(join(folder, 'live.webm'), { format: 'webm', extra: live });
  expect(await isWhole(path, 'webm')).toBe(true);
});

// Bug: the small picture inside a photo ends, and a photo without its lower half counts as whole.
test('a photo with a thumb inside is told from a whole one', async () => {
  const thumb = readFileSync(makeImage(join(folder, 'thumb.jpg'), 'mjpeg', '64x48'));
  const photo = readFileSync(makeImage(join(folder, 'plain.jpg'), 'mjpeg'));
  const head = Buffer.from([0xff, 0xe1, (thumb.length + 2) >> 8, (thumb.length + 2) & 255]);
  const path = join(folder, 'photo.jpg');
  const whole = Buffer.concat([photo.subarray(0, 2), head, thumb, photo.subarray(2)]);
  writeFileSync(path, whole);
  expect(await isWhole(path, 'jpeg')).toBe(true);
  writeFileSync(path, whole.subarray(0, -500));
  expect(await isWhole(path, 'jpeg')).toBe(false);
});
