import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ffmpegRunner, noFfmpeg } from '../../../tests/fixtures/ffmpegRunner';
import { makeImage, makeSound, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { probe } from './probe';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder('probe');
});
const at = (name: string): string => join(folder, name);

// Bug: a clip held upright is measured lying, so that its ratio is refused and its tile is wrong.
test.each([
  [90, 180, 320],
  [180, 320, 180],
  [270, 180, 320],
] as const)('a video turned by %d° is measured as it is shown', async (rotation, width, height) => {
  const path = makeVideo(at(`turned ${rotation}.mp4`), { rotation });
  const facts = await probe({ path, format: 'mp4' }, noFfmpeg());
  expect(facts).toMatchObject({ width, height, codec: 'h264', hasSound: true });
});

// Bug: silence is reported as sound, 23.976 as 24, the length of the sound as that of the picture.
test('a video without sound', async () => {
  const path = makeVideo(at('silent.mp4'), { sound: false, fps: 30, seconds: 2 });
  const facts = await probe({ path, format: 'mp4' }, noFfmpeg());
  expect(facts.hasSound).toBe(false);
  expect(facts.fps).toBeCloseTo(30, 1);
  expect(facts.seconds).toBeCloseTo(2, 1);
});

// Bug: a container that the first reader does not know cannot be added at all.
test.each([
  ['avi', 'avi'],
  ['matroska', 'mkv'],
  ['mov', 'mov'],
] as const)('%s is measured', async (muxer, format) => {
  const path = makeVideo(at(`clip.${format}`), { format: muxer });
  const facts = await probe({ path, format }, ffmpegRunner());
  expect(facts).toMatchObject({ width: 320, height: 180, codec: 'h264', hasSound: true });
  expect(facts.fps).toBeCloseTo(24, 0);
});

test.each([
  ['mp3', 'mp3'],
  ['wav', 'wav'],
  ['ipod', 'm4a'],
  ['flac', 'flac'],
  ['ogg', 'ogg'],
] as const)('sound as %s is measured', async (muxer, format) => {
  const path = makeSound(at(`sound.${format}`), muxer);
  const facts = await probe({ path, format }, ffmpegRunner());
  expect(facts.seconds).toBeCloseTo(2, 0);
  expect(facts).toMatchObject({ hasSound: true });
  expect(facts.width).toBeUndefined();
});

describe('pictures', () => {
  test.each([
    ['mjpeg', 'jpeg'],
    ['png', 'png'],
    ['libwebp', 'webp'],
    ['gif', 'gif'],
    ['bmp', 'bmp'],
    ['tiff', 'tiff'],
  ] as const)('%s is measured', async (codec, format) => {
    const path = makeImage(at(`picture.${format}`), codec);
    expect(await probe({ path, format }, ffmpegRunner())).toMatchObject({ width: 320, height: 180 });
  });

  // Bug: a photo from a phone is measured lying.
  test('EXIF turns a photo', async () => {
    const jpeg = readFileSync(makeImage(at('lying.jpg'), 'mjpeg'));
    const exif = Buffer.from('45786966000049492a0008000000010012010300010000000600000000000000', 'hex');
    const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    writeFileSync(at('upright.jpg'), Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]));
    const facts = await probe({ path: at('upright.jpg'), format: 'jpeg' }, noFfmpeg());
    expect(facts).toMatchObject({ width: 180, height: 320 });
  });
});

// Bug: a name with special characters is read as a pattern, an option or an address.
test.each(['emoji 🎬.avi', 'new\nline.avi', '100%d #1.avi', '-y.avi', 'a:b?c*[x].avi'])(
  'named %j',
  async (name) => {
    const path = makeVideo(at(name), { format: 'avi' });
    expect(await probe({ path, format: 'avi' }, ffmpegRunner())).toMatchObject({ width: 320 });
  },
);

// Bug: a damaged file hangs, crashes or enters with invented facts.
test('damaged files are refused', async () => {
  const late = makeVideo(at('late.mp4'), { fastStart: false });
  truncateSync(late, 3000);
  await expect(probe({ path: late, format: 'mp4' }, ffmpegRunner())).rejects.toMatchObject({
    code: 'file_unreadable',
  });
  writeFileSync(
    at('noise.png'),
    Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)]),
  );
  await expect(probe({ path: at('noise.png'), format: 'png' }, ffmpegRunner())).rejects.toMatchObject({
    code: 'file_unreadable',
  });
});

// Bug: without ffmpeg the person is told that the file is damaged.
test('says that ffmpeg is missing where only ffmpeg could tell', async () => {
  const path = makeVideo(at('only.avi'), { format: 'avi' });
  await expect(probe({ path, format: 'avi' }, noFfmpeg())).rejects.toMatchObject({ code: 'ffmpeg_missing' });
});
