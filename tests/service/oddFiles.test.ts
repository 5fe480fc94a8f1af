// Real odd files through intake, preflight, repair and the practice gateway's own validation.
import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileRequest, dataUrlType } from '@shared/domain/compile';
import {
  defaultParameters,
  defaultRole,
  problemsOf,
  type Draft,
  type DraftReference,
  type Problem,
} from '@shared/domain/draft';
import { findModel, type ModelSpec } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { repairsFor } from '@shared/domain/repair';
import { startTestGateway, type CallResult, type TestGateway } from '../../src/gateway/harness';
import { openDatabase, type Database } from '../../src/main/database/open';
import { ReferenceService } from '../../src/main/references/ReferenceService';
import { collectingLog, ffmpegRunner } from '../fixtures/ffmpegRunner';
import { builtHeicDecoder } from '../fixtures/heicWorker';
import { cmykJpeg, ffmpeg, makeImage, makeSound, makeVideo, temporaryFolder } from '../fixtures/media';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const surroundings = { canHostVideo: true, baseUrl: 'practice', now: 0 };

let home = '';
let database: Database;
let references: ReferenceService;
let practice: TestGateway;
let still: Reference;

beforeAll(async () => {
  home = temporaryFolder('odd');
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
  // Only what is accepted matters here: nothing is rendered.
  practice = await startTestGateway({ settings: { queuedMs: 3_600_000 } });
  still = await intake(makeImage(from('still.png'), 'png', '640x360'));
}, 60_000);
afterAll(async () => {
  await practice.end();
  database.close();
});

const from = (name: string): string => join(home, name);

async function intake(path: string): Promise<Reference> {
  const { added, refused } = await references.add([path]);
  if (added[0] === undefined) throw new Error(refused[0]?.error.code);
  return added[0];
}

function draftOf(list: readonly Reference[]): Draft {
  const items = list.map((reference, index): DraftReference => {
    const role = reference.kind === 'image' ? 'reference_image' : defaultRole(reference.kind, []);
    return { key: `k${index}`, reference, role };
  });
  return { prompt: 'A walk', references: items, model: model.id, parameters: defaultParameters(model) };
}

function errorsOf(draft: Draft): Problem[] {
  return problemsOf(draft, surroundings).filter(({ code }) => code !== 'reference_unused');
}

/** As the window does it: one repair for each file that has problems, and the new file takes the old one's place. */
async function repaired(draft: Draft): Promise<Draft> {
  const repairs = repairsFor(draft, problemsOf(draft, surroundings));
  const items = draft.references.map(async (item) => {
    const repair = repairs.get(item.key);
    return repair === undefined
      ? item
      : { ...item, reference: await references.repair(item.reference.id, repair) };
  });
  return { ...draft, references: await Promise.all(items) };
}

/** As sending does it: videos at an address, everything else inside the request. */
async function send(draft: Draft): Promise<CallResult> {
  const urls = new Map<string, string>();
  for (const { key, reference } of draft.references) {
    const file = references.fileOf(reference.id) ?? '';
    const bytes = readFileSync(file);
    const type = dataUrlType(reference.kind, reference.format);
    if (reference.kind !== 'video') urls.set(key, `data:${type};base64,${bytes.toString('base64')}`);
    else {
      const address = `${practice.gateway.origin}/host/${basename(file)}`;
      await fetch(address, { method: 'PUT', body: bytes });
      urls.set(key, address);
    }
  }
  return practice.call(
    'POST',
    '',
    compileRequest(draft, ({ key }) => urls.get(key) ?? ''),
  );
}

const VFR = "select='if(lt(t,1.5),1,not(mod(n,4)))'";
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'];
const HD = { size: '960x540', seconds: 2 } as const;
const ODD = ['-vf', 'format=yuv444p,scale=853:481,setsar=1', '-pix_fmt', 'yuv444p'];
const SMALL = { size: '320x180', seconds: 2 } as const;

/** A picture that claims to be as large as a wall and is a few bytes. */
function bomb(path: string): string {
  const chunk = (name: string, data: Buffer): Buffer => {
    const [length, body, check] = [
      Buffer.alloc(4),
      Buffer.concat([Buffer.from(name), data]),
      Buffer.alloc(4),
    ];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const mark = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  writeFileSync(
    path,
    Buffer.concat([
      mark,
      chunk('IHDR', header),
      chunk('IDAT', Buffer.alloc(64)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
  return path;
}

function animation(path: string, size: string): string {
  const moving = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=5:duration=1`];
  return path.endsWith('gif')
    ? ffmpeg([...moving, '-f', 'gif'], path)
    : ffmpeg([...moving, '-c:v', 'libwebp_anim', '-f', 'webp'], path);
}

function tone(path: string, muxer: string, ...extra: string[]): string {
  return ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=440:duration=3', ...extra, '-f', muxer], path);
}

function written(path: string, bytes: Buffer | string): string {
  writeFileSync(path, bytes);
  return path;
}

function cut(path: string, lacking: number): string {
  truncateSync(path, statSync(path).size - lacking);
  return path;
}

interface ReadableCell {
  readonly name: string;
  readonly make: (path: string) => string;
  /** As it comes in. */
  readonly is: Partial<Reference>;
  /** As it goes out, where it has to be repaired. */
  readonly becomes?: Partial<Reference>;
}

const readable: readonly ReadableCell[] = [
  // videos
  {
    name: 'held upright 📱.mp4',
    make: (path) => makeVideo(path, { ...HD, rotation: 90 }),
    is: { kind: 'video', width: 540, height: 960 },
  },
  {
    name: 'variable #rate.mp4',
    make: (path) => makeVideo(path, { ...HD, fps: 60, seconds: 3, extra: ['-vf', VFR, '-fps_mode', 'vfr'] }),
    is: { kind: 'video', codec: 'h264' },
  },
  {
    name: '10 bit 100%d.mp4',
    make: (path) => makeVideo(path, { ...HD, extra: [...X265, '-pix_fmt', 'yuv420p10le'] }),
    is: { kind: 'video', codec: 'hevc' },
  },
  {
    name: '-120 fps.mp4',
    make: (path) => makeVideo(path, { ...HD, fps: 120 }),
    is: { fps: 120 },
    becomes: { fps: 60, codec: 'h264', width: 960 },
  },
  {
    name: 'film\nrate.mp4',
    make: (path) => makeVideo(path, { ...HD, fps: 12 }),
    is: { fps: 12 },
    becomes: { fps: 24 },
  },
  {
    name: '4k.mp4',
    make: (path) => makeVideo(path, { size: '3840x2160', seconds: 2, fps: 6 }),
    is: { width: 3840 },
    becomes: { width: 1920, height: 1080 },
  },
  {
    name: 'small.mp4',
    make: (path) => makeVideo(path, { size: '320x180', seconds: 2 }),
    is: { width: 320 },
    becomes: { width: 854, height: 480 },
  },
  { name: 'silent.mp4', make: (path) => makeVideo(path, { ...HD, sound: false }), is: { hasSound: false } },
  {
    name: 'surround.mp4',
    make: (path) => makeVideo(path, { ...HD, extra: ['-c:a', 'aac', '-ac', '6'] }),
    is: { kind: 'video', hasSound: true },
  },
  {
    name: 'half a second.mp4',
    make: (path) => makeVideo(path, { ...HD, seconds: 0.5 }),
    is: { seconds: expect.closeTo(0.5, 1) as number },
    becomes: { seconds: expect.closeTo(2, 1) as number },
  },
  {
    name: 'ten minutes.mp4',
    make: (path) => makeVideo(path, { size: '320x180', seconds: 600, fps: 1, sound: false }),
    is: { seconds: expect.closeTo(600, 0) as number },
    becomes: { seconds: expect.closeTo(15, 1) as number, fps: expect.closeTo(24, 1) as number },
  },
  {
    name: 'odd sides.mkv',
    make: (path) => makeVideo(path, { seconds: 2, size: '853x481', format: 'matroska', extra: ODD }),
    is: { format: 'mkv', width: 853, height: 481 },
    becomes: { format: 'mp4', width: expect.toSatisfy((side: number) => side % 2 === 0) as number },
  },
  {
    name: 'a strip.mp4',
    make: (path) => makeVideo(path, { seconds: 2, size: '1600x320' }),
    is: { width: 1600 },
    becomes: { codec: 'h264' },
  },
  {
    name: 'for editors.mov',
    make: (path) =>
      makeVideo(path, { ...SMALL, format: 'mov', extra: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le'] }),
    is: { format: 'mov', codec: 'prores' },
    becomes: { format: 'mp4', codec: 'h264' },
  },
  {
    name: 'old.avi',
    make: (path) => makeVideo(path, { ...SMALL, format: 'avi', extra: ['-c:v', 'mpeg4', '-c:a', 'mp3'] }),
    is: { format: 'avi', codec: 'mpeg4' },
    becomes: { format: 'mp4', codec: 'h264', hasSound: true },
  },
  {
    name: 'from a browser.webm',
    make: (path) =>
      makeVideo(path, {
        ...SMALL,
        format: 'webm',
        extra: ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'],
      }),
    is: { format: 'webm', codec: 'vp8' },
    becomes: { format: 'mp4', codec: 'h264', hasSound: true },
  },
  // sounds
  {
    name: 'only sound.mp4',
    make: (path) => tone(path, 'mp4', '-c:a', 'aac'),
    is: { kind: 'audio', format: 'mp4', hasThumb: true },
    becomes: { kind: 'audio', format: 'mp3', seconds: expect.closeTo(3, 1) as number },
  },
  {
    name: 'only sound.webm',
    make: (path) => tone(path, 'webm', '-c:a', 'libopus'),
    is: { kind: 'audio', format: 'webm' },
    becomes: { kind: 'audio', format: 'mp3' },
  },
  {
    name: 'memo.m4a',
    make: (path) => makeSound(path, 'ipod', 3),
    is: { format: 'm4a' },
    becomes: { format: 'mp3' },
  },
  {
    name: 'song.flac',
    make: (path) => makeSound(path, 'flac', 3),
    is: { format: 'flac' },
    becomes: { format: 'mp3' },
  },
  {
    name: 'song.ogg',
    make: (path) => makeSound(path, 'ogg', 3),
    is: { format: 'ogg' },
    becomes: { format: 'mp3' },
  },
  {
    name: 'studio.wav',
    make: (path) => tone(path, 'wav', '-c:a', 'pcm_s24le', '-ar', '96000', '-ac', '6'),
    is: { format: 'wav' },
  },
  {
    name: 'long.wav',
    make: (path) => makeSound(path, 'wav', 40),
    is: { seconds: expect.closeTo(40, 1) as number },
    becomes: { format: 'wav', seconds: expect.closeTo(15, 1) as number },
  },
  {
    name: 'a click.mp3',
    make: (path) => makeSound(path, 'mp3', 0.3),
    is: { kind: 'audio' },
    becomes: { format: 'mp3', seconds: expect.closeTo(2, 0) as number },
  },
  { name: 'a song.png', make: (path) => makeSound(path, 'mp3', 3), is: { kind: 'audio', format: 'mp3' } },
  // pictures
  {
    name: 'inks.jpg',
    make: (path) => written(path, cmykJpeg(400, 320)),
    is: { format: 'jpeg', cmyk: true, width: 400 },
    becomes: { format: 'jpeg', width: 400, height: 320 },
  },
  {
    name: 'deep.png',
    make: (path) =>
      ffmpeg(
        [
          '-f',
          'lavfi',
          '-i',
          'testsrc2=size=400x320,format=rgb48be',
          '-frames:v',
          '1',
          '-c:v',
          'png',
          '-f',
          'image2pipe',
        ],
        path,
      ),
    is: { format: 'png', width: 400 },
  },
  {
    name: 'moving.webp',
    make: (path) => animation(path, '400x320'),
    is: { format: 'webp', animated: true, hasThumb: true },
  },
  {
    name: 'moving small.webp',
    make: (path) => animation(path, '160x120'),
    is: { format: 'webp', animated: true },
    becomes: { format: 'png', width: 404, height: 303 },
  },
  {
    name: 'moving small.gif',
    make: (path) => animation(path, '160x120'),
    is: { format: 'gif', animated: true },
    becomes: { format: 'png', width: 404 },
  },
  {
    name: 'new.avif',
    make: (path) =>
      ffmpeg(
        [
          '-f',
          'lavfi',
          '-i',
          'testsrc2=size=400x320',
          '-frames:v',
          '1',
          '-c:v',
          'libaom-av1',
          '-cpu-used',
          '8',
          '-still-picture',
          '1',
          '-f',
          'avif',
        ],
        path,
      ),
    is: { format: 'avif', width: 400, hasThumb: true },
    becomes: { format: 'jpeg', width: 400, height: 320 },
  },
  {
    name: 'phone.heic',
    make: (path) => {
      copyFileSync(fileURLToPath(new URL('../fixtures/tiny.heic', import.meta.url)), path);
      return path;
    },
    is: { format: 'heic', width: 240, height: 180, hasThumb: true },
    becomes: { format: 'jpeg', width: 404, height: 303 },
  },
  {
    name: 'scan.tif',
    make: (path) => makeImage(path, 'tiff', '400x320'),
    is: { format: 'tiff', hasThumb: true },
  },
  {
    name: 'paint.bmp',
    make: (path) => makeImage(path, 'bmp', '400x320'),
    is: { format: 'bmp', hasThumb: true },
  },
  {
    name: 'a photo.mp4',
    make: (path) => makeImage(path, 'mjpeg', '400x320'),
    is: { kind: 'image', format: 'jpeg' },
  },
  {
    name: 'a banner.jpg',
    make: (path) => makeImage(path, 'mjpeg', '2400x400'),
    is: { width: 2400 },
    becomes: { format: 'jpeg', height: 400 },
  },
  {
    name: 'a wall.jpg',
    make: (path) => makeImage(path, 'mjpeg', '7000x4000'),
    is: { width: 7000 },
    becomes: { format: 'jpeg', width: expect.toSatisfy((side: number) => side < 6000) as number },
  },
];

// Bug: a file that any player opens is refused, or is repaired into one that is refused after the wait.
describe('readable', () => {
  test.each(readable)('$name', async ({ name, make, is, becomes }) => {
    const reference = await intake(make(from(name)));
    expect(reference).toMatchObject({ name, ...is });
    // A sound alone makes no video.
    const draft = draftOf(reference.kind === 'audio' ? [still, reference] : [reference]);
    const fixed = await repaired(draft);
    expect(errorsOf(fixed)).toEqual([]);
    const last = fixed.references.at(-1)?.reference;
    if (becomes === undefined) expect(last).toEqual(reference);
    else {
      expect(last).toMatchObject({ source: 'derived', derived: { parentId: reference.id }, ...becomes });
      expect([last?.animated, last?.cmyk]).toEqual([undefined, undefined]);
    }
    expect((await send(fixed)).text).toMatch(/^\{"id":"cgt-/);
  });
});

// Bug: each is repaired by itself, and together they are too long.
test('several at once', async () => {
  const makes = [1, 2].map((n) =>
    makeVideo(from(`${n}.mp4`), { size: '960x540', seconds: 16 + n, fps: 4, sound: false }),
  );
  const sounds = [3, 4, 5].map((n) => makeSound(from(`${n}.wav`), 'wav', n * 4));
  const draft = draftOf([still, ...(await references.add([...makes, ...sounds])).added]);
  expect(draft.references).toHaveLength(6);
  const fixed = await repaired(draft);
  expect(errorsOf(fixed)).toEqual([]);
  expect((await send(fixed)).text).toMatch(/^\{"id":"cgt-/);
});

// Bug: rubbish gets in, and the person pays the wait for a refusal; or the reason is an exit code.
test.each<[string, (path: string) => string, string]>([
  ['cut off.mp4', (path) => cut(makeVideo(path), 2000), 'file_unreadable'],
  ['cut off late.mp4', (path) => cut(makeVideo(path, { fastStart: false }), 200), 'file_unreadable'],
  ['cut off.mkv', (path) => cut(makeVideo(path, { format: 'matroska' }), 2000), 'file_unreadable'],
  ['cut off.jpg', (path) => cut(makeImage(path, 'mjpeg'), 1000), 'file_unreadable'],
  ['cut off.png', (path) => cut(makeImage(path), 1000), 'file_unreadable'],
  ['cut off.webp', (path) => cut(makeImage(path, 'libwebp'), 500), 'file_unreadable'],
  ['cut off.wav', (path) => cut(makeSound(path), 5000), 'file_unreadable'],
  [
    'cut off.heic',
    (path) => written(path, readFileSync(new URL('../fixtures/tiny.heic', import.meta.url)).subarray(0, 900)),
    'file_unreadable',
  ],
  ['zero bytes.mp4', (path) => written(path, ''), 'file_empty'],
  ['a page 🌐.mp4', (path) => written(path, '<!doctype html><title>Sign in</title>'), 'format_unsupported'],
  ['noise.mp3', (path) => written(path, Buffer.alloc(5000, 0x5a)), 'format_unsupported'],
  [
    'a mark and noise.png',
    (path) =>
      written(path, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(900, 7)])),
    'file_unreadable',
  ],
  ['as large as a wall.png', bomb, 'file_too_large'],
])('%s is refused', async (name, make, code) => {
  const { added, refused } = await references.add([make(from(name))]);
  expect(added).toEqual([]);
  expect(refused).toMatchObject([{ name, error: { code } }]);
});
