import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeImage, makeSound, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { headOf } from '../files/durableFile';
import { kindOf, sniff, SNIFF_BYTES } from './sniff';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder('sniff');
});

const sniffFile = async (path: string): Promise<string | null> =>
  sniff(await headOf(path, SNIFF_BYTES))?.format ?? null;

// Bug: a format that Dailies takes is refused, or taken for another; the name decides instead of the content.
describe('made files, each under a name that lies', () => {
  test.each([
    ['jpeg', (to: string) => makeImage(to, 'mjpeg')],
    ['png', (to: string) => makeImage(to, 'png')],
    ['webp', (to: string) => makeImage(to, 'libwebp')],
    ['gif', (to: string) => makeImage(to, 'gif')],
    ['bmp', (to: string) => makeImage(to, 'bmp')],
    ['tiff', (to: string) => makeImage(to, 'tiff')],
    ['mp4', (to: string) => makeVideo(to)],
    ['mov', (to: string) => makeVideo(to, { format: 'mov' })],
    ['webm', (to: string) => makeVideo(to, { format: 'webm', sound: false, extra: ['-c:v', 'libvpx'] })],
    ['mkv', (to: string) => makeVideo(to, { format: 'matroska' })],
    ['avi', (to: string) => makeVideo(to, { format: 'avi' })],
    ['mp3', (to: string) => makeSound(to, 'mp3')],
    ['wav', (to: string) => makeSound(to, 'wav')],
    ['m4a', (to: string) => makeSound(to, 'ipod')],
    ['flac', (to: string) => makeSound(to, 'flac')],
    ['ogg', (to: string) => makeSound(to, 'ogg')],
  ])('%s', async (format, make) => {
    expect(await sniffFile(make(join(folder, `${format}.html`)))).toBe(format);
  });
});

const box = (major: string, ...compatible: string[]): Buffer => {
  const brands = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(brands.length + 4);
  return Buffer.concat([size, brands, Buffer.alloc(64)]);
};

// Bug: a photo of a phone is taken for a video, as both are ISO files.
test.each([
  [box('heic', 'mif1', 'heic'), 'heic'],
  [box('mif1', 'mif1', 'heic'), 'heic'],
  [box('mif1', 'mif1', 'miaf', 'avif'), 'avif'],
  [box('mif1', 'mif1', 'miaf'), 'heif'],
  [box('avif', 'mif1', 'avif'), 'avif'],
  [box('M4A ', 'mp42', 'isom'), 'm4a'],
  [box('qt  '), 'mov'],
  [box('isom', 'iso2', 'avc1', 'mp41'), 'mp4'],
  [box('mp42', 'isom', 'mp42'), 'mp4'],
])('ISO brands %#', (bytes, format) => {
  expect(sniff(bytes)?.format).toBe(format);
});

// Bug: an MP3 without tags is unknown; AAC frames or texts are taken for something they are not.
test.each([
  [Buffer.from('fffb9064000000000000000000', 'hex'), 'mp3'],
  [Buffer.from('fff15080000000000000000000', 'hex'), null],
  [Buffer.from('BMW is not a bitmap, it is a text of some length'), null],
  [Buffer.from('<!doctype html><html><body>'), null],
  [Buffer.from('{"error":{"code":"InternalError"}}'), null],
  [Buffer.from('PK\u0003\u0004 a zip of some length'), null],
  [Buffer.alloc(4096), null],
  [Buffer.alloc(0), null],
  [Buffer.from('RIFF'), null],
])('bytes %#', (bytes, format) => {
  expect(sniff(bytes)?.format ?? null).toBe(format);
});

// Bug: a pool buffer's neighbours are read as the file.
test('sees only its own bytes of a shared buffer', () => {
  const pool = Buffer.from('junk\x89PNG\r\n\x1a\n....', 'latin1');
  expect(sniff(pool.subarray(4))?.format).toBe('png');
  expect(kindOf('png')).toBe('image');
});

test('an empty file is no media', async () => {
  const path = join(folder, 'empty.mp4');
  writeFileSync(path, '');
  expect(await sniffFile(path)).toBeNull();
});
