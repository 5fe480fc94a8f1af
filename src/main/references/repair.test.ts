import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reference } from '@shared/domain/reference';
import type { Repair } from '@shared/domain/repair';
import { collectingLog, ffmpegRunner, noFfmpeg } from '../../../tests/fixtures/ffmpegRunner';
import { noHeic } from '../../../tests/fixtures/heicWorker';
import { ffmpeg, makeImage, makeSound, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { openDatabase, type Database } from '../database/open';
import { probe } from '../ffmpeg/probe';
import type { Ffmpeg } from '../ffmpeg/run';
import type { ClipPort } from './clips';
import { ReferenceService } from './ReferenceService';

let home = '';
let database: Database;
let runner: Ffmpeg;
let progress: { id: string; done: number | null }[] = [];
let onProgress = (): void => undefined;
beforeEach(() => {
  home = temporaryFolder('repair');
  mkdirSync(join(home, 'library'));
  database = openDatabase(join(home, 'dailies.db'));
  runner = ffmpegRunner();
  progress = [];
  onProgress = () => undefined;
});
afterEach(() => database.close());

const from = (name: string): string => join(home, name);
const kept = (): string[] => readdirSync(join(home, 'library', '.references')).sort();
const noClips: ClipPort = { find: () => null, lastFrameOf: async () => null, resultOf: () => null };
function service(clips: ClipPort = noClips, program: Ffmpeg = runner): ReferenceService {
  return new ReferenceService({
    database,
    referencesFolder: () => join(home, 'library', '.references'),
    derivedFolder: join(home, 'derived'),
    ffmpeg: program,
    decodeHeic: noHeic,
    clips,
    log: collectingLog(),
    announceProgress: (id, done) => {
      progress.push({ id, done });
      onProgress();
    },
  });
}

async function added(references: ReferenceService, path: string): Promise<Reference> {
  const { added: list, refused } = await references.add([path]);
  if (list[0] === undefined) throw new Error(JSON.stringify(refused));
  return list[0];
}

/** What another program sees: mean colour of a picture as `[red, green, blue]`, or loudness of a sound. */
function meanColour(path: string, crop = 'null'): number[] {
  const raw = ffmpeg(
    [
      '-i',
      path,
      '-vf',
      `${crop},scale=1:1:flags=area`,
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
    ],
    `${path}.mean`,
  );
  return [...readFileSync(raw)];
}
function samples(path: string): Float32Array {
  const raw = ffmpeg(['-i', path, '-f', 'f32le', '-af', 'pan=mono|c0=c0', '-ar', '48000'], `${path}.f32`);
  const bytes = readFileSync(raw);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
const peak = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('a video', () => {
  // Bug: the cut is at a key frame; rate, size or codec are those of the original.
  test('is cut, cropped, scaled and made constant, and the parent stays', async () => {
    const references = service();
    const path = makeVideo(from('walk.mov'), {
      seconds: 3,
      size: '322x182',
      fps: 120,
      format: 'mov',
      extra: ['-g', '480'],
    });
    const parent = await added(references, path);
    const before = readFileSync(references.fileOf(parent.id) ?? '');
    const repair: Repair = {
      span: { from: 0.75, to: 3 },
      crop: { x: 0.25, y: 0, width: 0.5, height: 1 },
      size: { width: 320, height: 360 },
      fps: 60,
      format: 'mp4',
    };
    const made = await references.repair(parent.id, repair);
    expect(made).toMatchObject({
      kind: 'video',
      source: 'derived',
      name: 'walk.mp4',
      format: 'mp4',
      codec: 'h264',
      width: 320,
      height: 360,
      hasSound: true,
      hasThumb: true,
      derived: { parentId: parent.id, repair },
    });
    expect(made.seconds).toBeCloseTo(2.25, 1);
    expect(made.fps).toBeCloseTo(60, 2);
    expect(references.get([parent.id])).toEqual([parent]);
    expect(readFileSync(references.fileOf(parent.id) ?? '')).toEqual(before);
  });

  // Bug: the same click twice costs the work twice, or makes two files.
  test('the same repair is made once', async () => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4'), { seconds: 2 }));
    const [first, second] = await Promise.all([
      references.repair(parent.id, { span: { from: 0, to: 1 } }),
      references.repair(parent.id, { span: { to: 1, from: 0 } }),
    ]);
    expect(second).toEqual(first);
    expect(await service(noClips, noFfmpeg()).repair(parent.id, { span: { from: 0, to: 1 } })).toEqual(first);
    expect(kept()).toHaveLength(2);
    rmSync(references.fileOf(first.id) ?? '');
    expect((await references.repair(parent.id, { span: { from: 0, to: 1 } })).derived?.parentId).toBe(
      parent.id,
    );
    expect(kept()).toHaveLength(2);
  });

  // Bug: a short clip is refused for ever, or its sound stops after the first round.
  test('is repeated, with its sound', async () => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4'), { seconds: 0.5 }));
    const made = await references.repair(parent.id, { repeatTo: 2 });
    expect(made.seconds).toBeCloseTo(2, 1);
    const heard = samples(references.fileOf(made.id) ?? '');
    expect(peak(heard.subarray(48_000 * 1.6, 48_000 * 1.9))).toBeGreaterThan(0.05);
  });

  // Bug: a turned phone video comes out lying; 10 bits, 5.1 or oblong pixels go through.
  test('comes out upright, in 8 bits and stereo', async () => {
    const references = service();
    const surround = [
      '-c:v',
      'libx265',
      '-pix_fmt',
      'yuv420p10le',
      '-x265-params',
      'log-level=error',
      '-ac',
      '6',
    ];
    const odd = makeVideo(from('odd.mkv'), { format: 'matroska', extra: surround });
    const upright = makeVideo(from('phone.mp4'), { rotation: 90 });
    const [deep, turned] = [await added(references, odd), await added(references, upright)];
    const eight = await references.repair(deep.id, { format: 'mp4' });
    expect(eight).toMatchObject({ codec: 'h264', width: 320, height: 180 });
    expect(await probe({ path: references.fileOf(eight.id) ?? '', format: 'mp4' }, runner)).toMatchObject({
      channels: 2,
      hdr: false,
    });
    expect(await references.repair(turned.id, { fps: 30 })).toMatchObject({
      width: 180,
      height: 320,
      fps: 30,
    });
  });

  // Bug: what was filmed for bright screens comes out grey, or not at all where the filters are missing.
  test('HDR is mapped down', async () => {
    const references = service();
    const tags = 'colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=error';
    const extra = ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params', tags, '-tag:v', 'hvc1'];
    const parent = await added(references, makeVideo(from('hdr.mp4'), { size: '320x180', extra }));
    const made = await references.repair(parent.id, { fps: 30 });
    expect(await probe({ path: references.fileOf(made.id) ?? '', format: 'mp4' }, runner)).toMatchObject({
      hdr: false,
      width: 320,
    });
  });

  // Bug: bars are missing, or the picture is stretched into them.
  test('is padded with bars', async () => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4'), { size: '320x180' }));
    const made = await references.repair(parent.id, { size: { width: 320, height: 320 }, pad: true });
    const path = references.fileOf(made.id) ?? '';
    expect(made).toMatchObject({ width: 320, height: 320 });
    expect(Math.max(...meanColour(path, 'crop=320:60:0:0'))).toBeLessThan(20);
    expect(Math.max(...meanColour(path, 'crop=320:160:0:80'))).toBeGreaterThan(60);
  });

  // Bug: the limit is missed by a little, and the file is refused after the wait.
  test('reaches a size in bytes', async () => {
    const references = service();
    const extra = ['-vf', 'noise=alls=60:allf=t', '-crf', '10'];
    const parent = await added(
      references,
      makeVideo(from('noise.mp4'), { seconds: 2, size: '640x360', extra }),
    );
    const made = await references.repair(parent.id, { maxBytes: 300_000 });
    expect(parent.bytes).toBeGreaterThan(1_000_000);
    expect(made.bytes).toBeLessThanOrEqual(300_000);
  });
});

describe('stopping', () => {
  // Bug: ffmpeg goes on for minutes, or half a file lies about and is taken for a reference.
  test('leaves nothing', async () => {
    const references = service();
    const parent = await added(
      references,
      makeVideo(from('long.mp4'), { seconds: 30, size: '1280x720', sound: false }),
    );
    const started = new Promise<void>((resolve) => (onProgress = resolve));
    const work = references.repair(parent.id, { size: { width: 1920, height: 1080 } });
    const outcome = expect(work).rejects.toMatchObject({ code: 'cancelled' });
    await started;
    references.cancelRepair(parent.id);
    await outcome;
    expect(kept()).toEqual([`${parent.id}.mp4`]);
    expect(database.all('SELECT id FROM media')).toHaveLength(1);
    expect(
      progress.every(({ id, done }) => id === parent.id && done !== null && done >= 0 && done <= 1),
    ).toBe(true);
  });

  // Bug: what still waits for its turn cannot be stopped.
  test('also what has not begun', async () => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4'), { seconds: 8, size: '1280x720' }));
    const works = [1, 2, 3, 4].map((to) => references.repair(parent.id, { span: { from: 0, to } }));
    const outcomes = Promise.allSettled(works);
    await new Promise<void>((resolve) => (onProgress = resolve));
    references.cancelRepair(parent.id);
    const codes = (await outcomes).map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'made',
    );
    expect(codes.slice(2)).toEqual(['cancelled', 'cancelled']);
    expect(kept().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a picture', () => {
  // Bug: the photo lies on its side, keeps its inks, or is a HEIC under another name.
  test('EXIF is baked in', async () => {
    const references = service();
    const jpeg = readFileSync(makeImage(from('lying.jpg'), 'mjpeg'));
    const exif = Buffer.from('45786966000049492a0008000000010012010300010000000600000000000000', 'hex');
    const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    writeFileSync(from('up.jpg'), Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]));
    const parent = await added(references, from('up.jpg'));
    const made = await references.repair(parent.id, { size: { width: 360, height: 640 } });
    expect(made).toMatchObject({ format: 'jpeg', name: 'up.jpg', width: 360, height: 640 });
    expect(readFileSync(references.fileOf(made.id) ?? '').includes('Exif')).toBe(false);
  });

  // Bug: transparency is lost in PNG, or shows what hid behind it in JPEG.
  test('transparency stays in PNG and is white in JPEG', async () => {
    const references = service();
    const clear = ffmpeg(
      [
        '-f',
        'lavfi',
        '-i',
        'color=c=red@0:s=400x320,format=rgba,format=rgba64be',
        '-frames:v',
        '1',
        '-c:v',
        'png',
        '-f',
        'image2pipe',
      ],
      from('clear.png'),
    );
    const parent = await added(references, clear);
    const png = await references.repair(parent.id, { size: { width: 500, height: 400 } });
    const jpeg = await references.repair(parent.id, { format: 'jpeg' });
    const raw = ffmpeg(
      ['-i', references.fileOf(png.id) ?? '', '-f', 'rawvideo', '-pix_fmt', 'rgba'],
      from('raw'),
    );
    expect(readFileSync(raw)[3]).toBe(0);
    // The depth stands behind the size in PNG's first chunk.
    expect(readFileSync(references.fileOf(png.id) ?? '')[24]).toBe(8);
    expect(Math.min(...meanColour(references.fileOf(jpeg.id) ?? ''))).toBeGreaterThan(250);
  });

  test('reaches a size in bytes', async () => {
    const references = service();
    const noise = ffmpeg(
      [
        '-f',
        'lavfi',
        '-i',
        'nullsrc=s=800x600,geq=random(1)*255:128:128',
        '-frames:v',
        '1',
        '-c:v',
        'png',
        '-f',
        'image2pipe',
      ],
      from('noise.png'),
    );
    const parent = await added(references, noise);
    const made = await references.repair(parent.id, { format: 'jpeg', maxBytes: 120_000 });
    expect(made.bytes).toBeLessThanOrEqual(120_000);
    await expect(references.repair(parent.id, { format: 'jpeg', maxBytes: 1024 })).rejects.toMatchObject({
      code: 'repair_impossible',
    });
    expect(kept()).toHaveLength(2);
  });
});

describe('a sound', () => {
  // Bug: the cut clicks, the copy is louder than the original, or longer than asked for.
  test('is cut without a click, and never louder', async () => {
    const references = service();
    const wave =
      "aevalsrc='0.9*cos(2*PI*220*t)|0.9*cos(2*PI*220*t)|0.9*cos(2*PI*220*t)|0|0.9*cos(2*PI*220*t)|0.9*cos(2*PI*220*t)':c=5.1:d=4";
    const path = ffmpeg(['-f', 'lavfi', '-i', wave, '-c:a', 'flac', '-f', 'flac'], from('loud.flac'));
    const parent = await added(references, path);
    const made = await references.repair(parent.id, { span: { from: 0.5, to: 3 }, format: 'wav' });
    expect(made).toMatchObject({ kind: 'audio', format: 'wav', name: 'loud.wav' });
    expect(made.seconds).toBeCloseTo(2.5, 2);
    const heard = samples(references.fileOf(made.id) ?? '');
    expect(Math.abs(heard[0] ?? 1)).toBeLessThan(0.02);
    expect(Math.abs(heard.at(-1) ?? 1)).toBeLessThan(0.02);
    expect(peak(heard)).toBeLessThanOrEqual(0.91);
    expect(peak(heard)).toBeGreaterThan(0.3);
  });

  // Bug: an untouched end is faded as well.
  test('is faded where it was cut alone', async () => {
    const references = service();
    const wave = "aevalsrc='0.8*cos(2*PI*220*t)':d=3";
    const path = ffmpeg(['-f', 'lavfi', '-i', wave, '-f', 'wav'], from('tone.wav'));
    const parent = await added(references, path);
    const made = await references.repair(parent.id, { span: { from: 0, to: 2 } });
    const heard = samples(references.fileOf(made.id) ?? '');
    expect(heard[0]).toBeGreaterThan(0.5);
    expect(Math.abs(heard.at(-1) ?? 1)).toBeLessThan(0.05);
  });

  test('reaches a size in bytes', async () => {
    const references = service();
    const parent = await added(references, makeSound(from('a.wav'), 'wav', 10));
    const made = await references.repair(parent.id, { format: 'mp3', maxBytes: 100_000 });
    expect(made).toMatchObject({ format: 'mp3' });
    expect(made.bytes).toBeLessThanOrEqual(100_000);
  });
});

describe('what cannot be', () => {
  test.each([
    [{ span: { from: 5, to: 6 } }, 'repair_impossible'],
    [{ format: 'mp3' }, 'repair_impossible'],
    [{ repeatTo: 3600 }, 'repair_impossible'],
  ] as const)('%o is %s', async (repair, code) => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4')));
    await expect(references.repair(parent.id, repair)).rejects.toMatchObject({ code });
    expect(kept()).toHaveLength(1);
  });

  // Bug: the person is told of ffmpeg's exit code where the file, the program or the disk is missing.
  test('says what is missing', async () => {
    const references = service();
    const parent = await added(references, makeVideo(from('a.mp4')));
    const address = await references.addUrl('https://example.com/a.mp4');
    await expect(references.repair(address.id, { fps: 24 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(references.repair('unknown', { fps: 24 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(service(noClips, noFfmpeg()).repair(parent.id, { fps: 30 })).rejects.toMatchObject({
      code: 'ffmpeg_missing',
    });
    rmSync(references.fileOf(parent.id) ?? '');
    await expect(references.repair(parent.id, { fps: 30 })).rejects.toMatchObject({
      code: 'file_unreadable',
    });
  });
});

describe('preview', () => {
  // Bug: the window gets a black rectangle, or every file is encoded again for nothing.
  test('a copy is made where the window cannot play the file, once', async () => {
    const references = service();
    const hevc = ['-c:v', 'libx265', '-x265-params', 'log-level=error'];
    const parent = await added(references, makeVideo(from('a.mp4'), { size: '1280x720', extra: hevc }));
    expect(await references.preview(parent.id)).toEqual({ kind: 'preview', proxy: true });
    const path = references.previewOf(parent.id) ?? '';
    expect(await probe({ path, format: 'mp4' }, runner)).toMatchObject({
      codec: 'h264',
      width: 640,
      height: 360,
      soundCodec: 'aac',
    });
    const { mtimeMs } = statSync(path);
    await references.preview(parent.id);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(progress.every(({ id }) => id === parent.id)).toBe(true);
  });

  test('a picture of no known format gets one too', async () => {
    const references = service();
    const parent = await added(references, makeImage(from('a.tif'), 'tiff'));
    expect(await references.preview(parent.id)).toEqual({ kind: 'preview', proxy: true });
    expect(references.previewOf(parent.id)).toMatch(/preview\.webp$/);
    expect(existsSync(references.previewOf(parent.id) ?? '')).toBe(true);
  });

  test('what plays is left alone', async () => {
    const references = service();
    const paths = [
      makeVideo(from('a.mp4')),
      makeImage(from('a.gif'), 'gif'),
      makeSound(from('a.wav')),
      makeSound(from('a.m4a'), 'ipod'),
    ];
    for (const path of paths) {
      const { id } = await added(references, path);
      expect(await references.preview(id)).toEqual({ kind: 'reference', proxy: false });
    }
    expect(existsSync(join(home, 'derived', 'preview.mp4'))).toBe(false);
  });

  // Bug: a sound in a codec of another maker stays silent, because its container is a common one.
  test('a sound in a codec the window lacks gets a copy', async () => {
    const references = service();
    const alac = ffmpeg(['-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'alac', '-f', 'ipod'], from('a.m4a'));
    const parent = await added(references, alac);
    expect(await references.preview(parent.id)).toEqual({ kind: 'preview', proxy: true });
    const facts = await probe({ path: references.previewOf(parent.id) ?? '', format: 'm4a' }, runner);
    expect(facts.soundCodec).toBe('aac');
  });
});

describe('from a clip', () => {
  /** Every frame has a grey of its own: `10 + 2·n`. */
  function countingClip(name: string): string {
    const grey = "nullsrc=s=320x180:r=24:d=4,format=gray,geq=lum='10+2*N'";
    return ffmpeg(
      [
        '-f',
        'lavfi',
        '-i',
        grey,
        '-f',
        'lavfi',
        '-i',
        'sine=d=5',
        '-c:v',
        'libx264',
        '-g',
        '96',
        '-pix_fmt',
        'yuvj420p',
        '-f',
        'mp4',
      ],
      from(name),
    );
  }
  function clipsOf(path: string, lastFrame: string | null = null): ClipPort {
    const facts = { path, title: 'A walk', seconds: 4, width: 320, height: 180, fps: 24 };
    return {
      find: (id) => (id === 'c' ? facts : null),
      lastFrameOf: async () => lastFrame,
      resultOf: () => null,
    };
  }

  test('all of it', async () => {
    const path = countingClip('clip.mp4');
    const result = { baseUrl: 'https://api.example.com', until: '2026-12-01T00:00:00Z' };
    const made = await service({ ...clipsOf(path), resultOf: () => result }).fromClip('c', {});
    expect(made).toMatchObject({ source: 'clip', name: 'A walk.mp4', clip: { id: 'c', result } });
  });

  // Bug: the frame is the one beside it, or the key frame before it.
  test.each([
    [0, 0],
    [1, 24],
    [2.4, 57],
    [3.999, 95],
    [99, 95],
  ])('the frame at %d s is number %d', async (moment, index) => {
    const references = service(clipsOf(countingClip('clip.mp4')));
    const made = await references.fromClip('c', { moment });
    const [grey = 0] = meanColour(references.fileOf(made.id) ?? '');
    expect(Math.round((grey - 10) / 2)).toBe(index);
    expect(made).toMatchObject({ kind: 'image', format: 'png', source: 'clip', width: 320, height: 180 });
    expect(made.clip?.moment).toBeCloseTo(index / 24, 2);
    expect(await service(clipsOf(from('clip.mp4')), noFfmpeg()).fromClip('c', { moment })).toEqual(made);
  });

  // Bug: the sound goes on after the last picture, and the "last frame" is black or missing.
  test('the last frame is the last that there is', async () => {
    const references = service(clipsOf(countingClip('clip.mp4')));
    const made = await references.fromClip('c', { moment: 'last' });
    const [grey = 0] = meanColour(references.fileOf(made.id) ?? '');
    expect(Math.round((grey - 10) / 2)).toBe(95);
    expect(made.name).toBe('A walk 4.0 s.png');
  });

  // Bug: the frame without the watermark, which was asked for and paid, is left lying.
  test('the provider’s own last frame goes first', async () => {
    const saved = makeImage(from('clip.last.png'), 'png', '320x180');
    const references = service(clipsOf(countingClip('clip.mp4'), saved));
    const made = await references.fromClip('c', { moment: 'last' });
    expect(readFileSync(references.fileOf(made.id) ?? '')).toEqual(readFileSync(saved));
  });

  test('a part is exact', async () => {
    const references = service(clipsOf(countingClip('clip.mp4')));
    const made = await references.fromClip('c', { span: { from: 1, to: 2.5 } });
    expect(made).toMatchObject({
      name: 'A walk 1.0–2.5 s.mp4',
      clip: { id: 'c', span: { from: 1, to: 2.5 } },
    });
    expect(made.seconds).toBeCloseTo(1.5, 1);
    const [grey = 0] = meanColour(references.fileOf(made.id) ?? '');
    expect(Math.abs(Math.round((grey - 10) / 2) - 24)).toBeLessThanOrEqual(1);
  });

  // Bug: the saved still is the frame beside the one on the screen, or a half written file stays when it cannot be made.
  test.each([
    [0, 0],
    [2.4, 57],
    [99, 95],
  ])('the frame at %d s is saved as number %d, where it was wanted', async (moment, index) => {
    const references = service(clipsOf(countingClip('clip.mp4')));
    const to = from('a still.png');
    writeFileSync(to, 'what stood there');
    await references.saveFrame('c', moment, to);
    expect(readFileSync(to).subarray(1, 4).toString()).toBe('PNG');
    const [grey = 0] = meanColour(to);
    expect(Math.round((grey - 10) / 2)).toBe(index);
    // It is the person's file, no reference.
    expect(existsSync(join(home, 'library', '.references'))).toBe(false);
  });

  test('a frame that cannot be saved leaves nothing', async () => {
    const path = countingClip('clip.mp4');
    const to = join(home, 'stills', 'a still.png');
    mkdirSync(join(home, 'stills'));
    await expect(service(clipsOf(path), noFfmpeg()).saveFrame('c', 1, to)).rejects.toMatchObject({
      code: 'ffmpeg_missing',
    });
    writeFileSync(path, 'no film');
    await expect(service(clipsOf(path)).saveFrame('c', 1, to)).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    rmSync(path);
    for (const id of ['c', 'other'])
      await expect(service(clipsOf(path)).saveFrame(id, 1, to)).rejects.toMatchObject({ code: 'not_found' });
    expect(readdirSync(join(home, 'stills'))).toEqual([]);
  });

  test('says when there is none', async () => {
    const references = service(clipsOf(from('gone.mp4')));
    await expect(references.fromClip('other', {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(references.fromClip('c', {})).rejects.toMatchObject({ code: 'not_found' });
  });
});
