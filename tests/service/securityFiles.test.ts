// Files that were made to harm who opens them, and names that were made to harm who prints them.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/main/database/open';
import { ReferenceService } from '../../src/main/references/ReferenceService';
import { collectingLog, ffmpegRunner } from '../fixtures/ffmpegRunner';
import { builtHeicDecoder } from '../fixtures/heicWorker';
import { makeImage, temporaryFolder } from '../fixtures/media';

let home = '';
let database: Database;
let references: ReferenceService;

beforeAll(async () => {
  home = temporaryFolder('hostile');
  mkdirSync(join(home, 'library'));
  database = openDatabase(join(home, 'dailies.db'));
  references = new ReferenceService({
    database,
    referencesFolder: () => join(home, 'library', '.references'),
    derivedFolder: join(home, 'derived'),
    ffmpeg: ffmpegRunner(),
    decodeHeic: await builtHeicDecoder(),
    clips: { find: () => null, lastFrameOf: async () => null, resultOf: () => null },
    log: collectingLog(),
    announceProgress: () => undefined,
  });
}, 60_000);
afterAll(() => database.close());

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of one grey; `rows` of its height are really there. */
function greyPng(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc((width + 1) * rows));
  const mark = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** A few bytes for each frame, and a picture of 16,000 by 16,000 to be drawn for each of them. */
function gifOfFrames(count: number): Buffer {
  const side = [16_000 & 0xff, 16_000 >> 8];
  const head = Buffer.from([...Buffer.from('GIF89a'), ...side, ...side, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from([0x3b])]);
}

// Bug: a small file is unpacked into all the memory there is, and the app goes with it.
test.each<[string, Buffer]>([
  ['100,000 px wide and high.png', greyPng(100_000, 100_000, 10)],
  ['a bomb of frames.gif', gifOfFrames(50_000)],
])('%s is refused, and the next file is taken', async (name, bytes) => {
  writeFileSync(join(home, name), bytes);
  const good = makeImage(join(home, `beside ${name}.png`), 'png', '640x360');
  const { added, refused } = await references.add([join(home, name), good]);
  expect(refused).toMatchObject([{ name, error: { code: 'file_too_large' } }]);
  expect(added).toHaveLength(1);
});

// Bug: a panorama is refused for its width alone, though it has fewer pixels than a photo.
test('100,000 px wide and 10 high is a picture like any other', async () => {
  writeFileSync(join(home, 'a line.png'), greyPng(100_000, 10, 10));
  const { added } = await references.add([join(home, 'a line.png')]);
  expect(added).toMatchObject([{ kind: 'image', width: 100_000, height: 10 }]);
});

// Bug: a name is taken for an option, a pattern, an address or a line of a list, or is too long with `.part` behind it.
test.each([
  ['right to left', '\u202egnp.exe\u200f.png'],
  ['255 bytes', `${'海'.repeat(83)}ab.png`],
  ['an option', '-i -y.png'],
  ['lines and tabs', 'one\ntwo\tthree\r.png'],
  ['patterns', '100%d %s #1 ?a=b&c [x] {y} *.png'],
  ['an address', 'http:host:80.png'],
  ['markup', '<img src=x onerror=alert(1)>.png'],
  ['emoji', '👩‍👩‍👧‍👦🏴‍☠️.png'],
])('a name with %s is kept to the letter', async (_what, name) => {
  makeImage(join(home, 'plain.png'), 'png', '640x360');
  const path = join(home, name);
  makeImage(path, 'png', '640x360');
  const { added, refused } = await references.add([path]);
  expect(refused).toEqual([]);
  expect(added).toMatchObject([{ name, kind: 'image', hasThumb: true }]);
  // What is kept is named by its content alone.
  for (const kept of readdirSync(join(home, 'library', '.references')))
    expect(kept).toMatch(/^[0-9a-f]{64}\.\w+$/);
});
