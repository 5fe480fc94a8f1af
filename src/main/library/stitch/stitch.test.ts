import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ffmpegRunner } from '../../../../tests/fixtures/ffmpegRunner';
import { makeVideo, temporaryFolder } from '../../../../tests/fixtures/media';
import { commandLines } from '../../../../tests/fixtures/processes';
import type { MediaFormat } from '../../ffmpeg/sniff';
import { stitchFacts, TakeFacts } from './facts';
import { stitch, stitchPlan, type StitchItem } from './stitch';

const ffmpeg = ffmpegRunner();
let folder = '';
beforeAll(() => {
  folder = temporaryFolder('stitch');
});

const source = (name: string): string => join(folder, name);
const output = (): string => join(temporaryFolder('film'), 'the film.mp4');

/** What ffmpeg's own tools say of a file; the product's reader is not asked to check itself. */
function asked(args: readonly string[]): string {
  const program = process.env.FFMPEG_PATH ?? 'ffmpeg';
  return execFileSync(program, ['-nostdin', '-v', 'error', ...args], {
    maxBuffer: 64 * 1024 * 1024,
  }).toString();
}

/** Size and hash of each stored picture, in the order of storing. */
function packets(path: string): string[] {
  const lines = asked(['-i', `file:${path}`, '-map', '0:v:0', '-c', 'copy', '-f', 'framemd5', '-']).split(
    '\n',
  );
  return lines
    .filter((line) => line.startsWith('0,'))
    .map((line) => line.split(',').slice(4).join(',').trim());
}

/** When each picture is shown, in units of a 24th of a second unless said otherwise. */
function moments(path: string, rate = 24): number[] {
  const lines = asked([
    '-i',
    `file:${path}`,
    '-map',
    '0:v:0',
    '-f',
    'framemd5',
    '-enc_time_base',
    '1:120000',
    '-',
  ]);
  const base = Number(/#tb 0: 1\/(\d+)/.exec(lines)?.[1]);
  const times = lines.split('\n').filter((line) => line.startsWith('0,'));
  return times.map((line) => (Number(line.split(',')[2]) / base) * rate);
}

/** Samples of sound at 48 kHz, one channel, 16 bits. */
function samples(path: string): Int16Array {
  const program = process.env.FFMPEG_PATH ?? 'ffmpeg';
  const args = [
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    's16le',
    '-',
  ];
  const bytes = execFileSync(program, args, { maxBuffer: 64 * 1024 * 1024 });
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

/** The loudest sample between two moments, of 32,767. */
function loudest(sound: Int16Array, from: number, until: number): number {
  return sound
    .subarray(Math.round(from * 48_000), Math.round(until * 48_000))
    .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** The mean colour of a frame, 0 to 255 each. */
function colourOf(path: string, frame: number): number[] {
  const program = process.env.FFMPEG_PATH ?? 'ffmpeg';
  const filter = `select=eq(n\\,${frame}),scale=1:1:flags=area,format=rgb24`;
  const args = ['-v', 'error', '-i', `file:${path}`, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  return [...execFileSync(program, args)];
}

/** The mean colour of a column of pixels. */
function columnOf(path: string, frame: number, x: number): number[] {
  const program = process.env.FFMPEG_PATH ?? 'ffmpeg';
  const filter = `select=eq(n\\,${frame}),crop=2:ih:${x}:0,scale=1:1:flags=area,format=rgb24`;
  const args = ['-v', 'error', '-i', `file:${path}`, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  return [...execFileSync(program, args)];
}

/** A take of one colour each second: red, green, blue, then again. */
function colours(name: string, seconds: number, extra: readonly string[] = [], fps = 24): string {
  const red = `if(eq(mod(floor(T),3),0),255,0)`;
  const green = `if(eq(mod(floor(T),3),1),255,0)`;
  const blue = `if(eq(mod(floor(T),3),2),255,0)`;
  const path = source(name);
  asked([
    ...[
      '-y',
      '-f',
      'lavfi',
      '-i',
      `nullsrc=s=64x36:r=${fps}:d=${seconds},format=rgb24,geq=r='${red}':g='${green}':b='${blue}'`,
    ],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
    ...['-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv420p', ...extra, '-f', 'mp4', `file:${path}`],
  ]);
  return path;
}

// Bug: joining takes of one kind encodes them anew, or changes a packet, or lets the picture drift behind.
test('takes of one kind are joined packet by packet', async () => {
  const items = [1, 2, 3].map((number) => ({
    path: makeVideo(source(`same ${number}'s %d #.mp4`), { seconds: number, size: '64x36' }),
  }));
  const shares: number[] = [];
  const to = output();
  const film = await stitch({ items, output: to, onProgress: (share) => shares.push(share) }, ffmpeg);
  expect(film.plan).toMatchObject({ mode: 'copy', frames: 144, sound: 'encoded' });
  expect(packets(to)).toEqual(items.flatMap(({ path }) => packets(path)));
  expect(moments(to).map((moment) => Math.round(moment * 100) / 100)).toEqual(
    Array.from({ length: 144 }, (_, index) => index),
  );
  expect(Math.abs(samples(to).length - 6 * 48_000)).toBeLessThan(2048);
  expect(shares.at(-1)).toBe(1);
  expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  expect(readdirSync(join(to, '..'))).toEqual(['the film.mp4']);
});

// Bug: sound that is a little longer than its picture moves every take behind it, a little more each time.
test('twelve takes with longer sound stay in step', async () => {
  const path = source('longer sound.mp4');
  asked([
    ...[
      '-y',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x36:r=24:d=0.5',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=440:duration=0.58',
    ],
    ...['-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv420p', '-f', 'mp4', `file:${path}`],
  ]);
  const to = output();
  const items = Array.from({ length: 12 }, () => ({ path }));
  const film = await stitch({ items, output: to }, ffmpeg);
  expect(film.plan).toMatchObject({ mode: 'copy', frames: 144 });
  const apart = moments(to).map((moment, index) => Math.abs(moment - index));
  expect(Math.max(...apart)).toBeLessThan(0.01);
  expect(Math.abs(samples(to).length - 6 * 48_000)).toBeLessThan(2048);
});

// Bug: a cut on a key frame encodes everything, or takes a picture too many or too few along.
test('cuts on key frames copy the packets between them', async () => {
  const path = colours('keyed.mp4', 4, ['-g', '24', '-keyint_min', '24', '-sc_threshold', '0']);
  const to = output();
  const items = [
    { path, span: { from: 1, to: 3 } },
    { path, span: { from: 0, to: 1 } },
  ];
  const film = await stitch({ items, output: to }, ffmpeg);
  expect(film.plan).toMatchObject({ mode: 'copy', frames: 72 });
  const all = packets(path);
  expect(packets(to)).toEqual([...all.slice(24, 72), ...all.slice(0, 24)]);
  const apart = moments(to).map((moment, index) => Math.abs(moment - index));
  expect(Math.max(...apart)).toBeLessThan(0.01);
  expect(Math.abs(samples(to).length - 3 * 48_000)).toBeLessThan(2048);
});

// Bug: a cut between key frames shows the pictures before it, or is a frame beside what was asked for.
test('cuts anywhere are exact to the frame', async () => {
  const path = colours('one key.mp4', 3, ['-g', '250']);
  const to = output();
  const items = [
    { path, span: { from: 23 / 24, to: 25 / 24 } },
    { path, span: { from: 2, to: 2.5 } },
    { path, span: { from: 2.9, to: 99 } },
  ];
  const film = await stitch({ items, output: to }, ffmpeg);
  expect(film.plan).toMatchObject({ mode: 'encode', frames: 2 + 12 + 2 });
  expect(film.plan.joins[0]).toEqual({ copy: false, reasons: ['cut'] });
  expect(moments(to)).toHaveLength(16);
  const strongest = [0, 1, 2, 13].map((frame) => {
    const colour = colourOf(to, frame);
    return colour.indexOf(Math.max(...colour));
  });
  expect(strongest).toEqual([0, 1, 2, 2]);
});

// Bug: the picture is cut where it should be and the sound is not, so that lips move before they are heard.
test.each([
  ['copy', 1, 2, 'keyed sound.mp4'],
  ['encode', 23 / 24, 49 / 24, 'keyed sound.mp4'],
] as const)('sound is cut with its picture: %s', async (mode, from, until, name) => {
  const path = source(name);
  // A tone in the second second alone.
  asked([
    ...['-y', '-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=24:d=3'],
    ...[
      '-f',
      'lavfi',
      '-i',
      "sine=frequency=1000:duration=3,volume='between(t,1,2)':eval=frame:precision=float",
    ],
    ...['-c:v', 'libx264', '-g', '24', '-keyint_min', '24', '-sc_threshold', '0', '-bf', '2'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-f', 'mp4', `file:${path}`],
  ]);
  const to = output();
  const items = [{ path, span: { from: 0, to: from } }, { path, span: { from, to: until } }, { path }];
  const film = await stitch({ items, output: to }, ffmpeg);
  expect(film.plan.mode).toBe(mode);
  const sound = samples(to);
  // Twice: from the middle of the film's second take, and from that of its third.
  for (const begin of [1, until + 1]) {
    expect(loudest(sound, begin - 0.5, begin - 0.06)).toBeLessThan(300);
    expect(loudest(sound, begin + 0.03, begin + 0.06)).toBeGreaterThan(1000);
    expect(loudest(sound, begin + 0.92, begin + 0.97)).toBeGreaterThan(1000);
    expect(loudest(sound, begin + 1.08, begin + 1.4)).toBeLessThan(300);
  }
});

// Bug: another size is stretched, another rate plays too fast, a silent take pulls the next one's sound forward.
test('takes of every kind become one film', async () => {
  const items = [
    { path: makeVideo(source('wide.mp4'), { seconds: 4, size: '128x72' }) },
    { path: makeVideo(source('tall.mp4'), { seconds: 1, size: '36x64', fps: 30, sound: false }) },
    { path: makeVideo(source('slow.mp4'), { seconds: 1, size: '64x64', fps: 12 }) },
    { path: makeVideo(source('turned.mp4'), { seconds: 1, size: '128x72', rotation: 90 }) },
    {
      path: makeVideo(source('other.webm'), {
        seconds: 1,
        format: 'webm',
        size: '64x64',
        extra: ['-c:v', 'libvpx', '-c:a', 'libvorbis'],
      }),
    },
    {
      path: makeVideo(source('old.avi'), {
        seconds: 1,
        format: 'avi',
        size: '64x64',
        extra: ['-c:v', 'mpeg4', '-c:a', 'mp3'],
      }),
    },
  ];
  const to = output();
  const film = await stitch({ items, output: to }, ffmpeg);
  expect(film).toMatchObject({ width: 128, height: 72, hasSound: true });
  expect(film.plan).toMatchObject({ mode: 'encode', frames: 216, fps: 24 });
  expect(film.plan.items[1]).toMatchObject({ silent: true, from: 4, seconds: 1 });
  expect(film.plan.joins[0]?.reasons).toEqual(['size', 'rate']);
  expect(moments(to)).toHaveLength(216);
  // The tall one stands in the middle, 36 of 128 columns wide, with black beside it.
  const [beside, inside] = [columnOf(to, 108, 20), columnOf(to, 108, 64)];
  expect(Math.max(...beside)).toBeLessThan(24);
  expect(Math.max(...inside)).toBeGreaterThan(64);
  const sound = samples(to);
  const loud = (from: number, until: number): number => loudest(sound, from, until);
  expect(loud(0.2, 3.8)).toBeGreaterThan(1000);
  expect(loud(4.1, 4.9)).toBeLessThan(10);
  expect(loud(5.2, 5.8)).toBeGreaterThan(1000);
});

// Bug: the chosen size or rate is passed over because a copy would be quicker.
test('a chosen size and rate are kept to', async () => {
  const path = makeVideo(source('chosen.mp4'), { seconds: 1, size: '128x72' });
  const choice = { size: { width: 64, height: 64 }, fps: 30 };
  const to = output();
  const film = await stitch({ items: [{ path }], choice, output: to }, ffmpeg);
  expect(film).toMatchObject({ width: 64, height: 64 });
  expect(film.plan.items[0]?.reasons).toEqual(['chosen_size', 'chosen_rate']);
  expect(moments(to, 30)).toHaveLength(30);
});

// Bug: a film of silent takes gets a sound of nothing, or fails for want of one.
test('silent takes make a silent film', async () => {
  const path = makeVideo(source('silent.mp4'), { size: '64x36', sound: false });
  const other = makeVideo(source('silent small.mp4'), { size: '32x36', sound: false });
  expect(await stitch({ items: [{ path }, { path }], output: output() }, ffmpeg)).toMatchObject({
    hasSound: false,
    plan: { mode: 'copy', sound: 'none' },
  });
  expect(await stitch({ items: [{ path }, { path: other }], output: output() }, ffmpeg)).toMatchObject({
    hasSound: false,
    plan: { mode: 'encode', sound: 'none' },
  });
});

// Bug: a long strip opens a decoder for each take, or its groups do not meet.
test.each([
  ['copy', undefined],
  ['encode', { fps: 30 }],
] as const)('sixty takes: %s', async (mode, choice) => {
  const path = makeVideo(source('short.mp4'), { seconds: 0.25, size: '64x36' });
  const to = output();
  const items: StitchItem[] = Array.from({ length: 60 }, () => ({ path }));
  const film = await stitch({ items, output: to, ...(choice === undefined ? {} : { choice }) }, ffmpeg);
  const rate = mode === 'copy' ? 24 : 30;
  expect(film.plan).toMatchObject({ mode, frames: 15 * rate });
  const apart = moments(to, rate).map((moment, index) => Math.abs(moment - index));
  expect(apart).toHaveLength(15 * rate);
  expect(Math.max(...apart)).toBeLessThan(0.05);
  expect(Math.abs(samples(to).length - 15 * 48_000)).toBeLessThan(2048);
});

// Bug: cancelling leaves half a film, the folder it was made in, or ffmpeg at work; or takes away what was there.
test('an abort leaves everything as it was', async () => {
  const path = makeVideo(source('long.mp4'), { seconds: 20, size: '640x360' });
  const to = output();
  writeFileSync(to, 'an older film');
  const controller = new AbortController();
  const making = stitch(
    {
      items: [{ path }, { path }],
      choice: { fps: 60 },
      output: to,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    },
    ffmpeg,
  );
  await expect(making).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(join(to, '..'))).toEqual(['the film.mp4']);
  expect(readFileSync(to, 'utf8')).toBe('an older film');
  expect(commandLines().filter((line) => line.includes(join(to, '..')))).toEqual([]);
});

// Bug: an abort while the result is looked through comes too late, and the film stands there all the same.
test('an abort at the last check leaves no film', async () => {
  const path = makeVideo(source('checked.mp4'), { seconds: 1, size: '64x36' });
  const to = output();
  const controller = new AbortController();
  const onProgress = (share: number): void => {
    if (share > 0.9) controller.abort();
  };
  const making = stitch({ items: [{ path }], output: to, signal: controller.signal, onProgress }, ffmpeg);
  await expect(making).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(join(to, '..'))).toEqual([]);
});

// Bug: a film saved under a take's name destroys the take, also by another way to the same file.
test('never replaces one of its takes', async () => {
  const path = makeVideo(source('mine.mp4'), { size: '64x36' });
  const before = readFileSync(path);
  linkSync(path, source('the same.mp4'));
  for (const name of ['mine.mp4', 'the same.mp4']) {
    const making = stitch({ items: [{ path }], output: source(name) }, ffmpeg);
    await expect(making).rejects.toMatchObject({ code: 'film_over_take' });
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});

// Bug: which of forty takes is damaged or gone is not said.
test('names the take that cannot be read', async () => {
  const path = makeVideo(source('good.mp4'), { size: '64x36' });
  writeFileSync(source('no.mp4'), 'not a video at all, only words');
  for (const bad of [source('no.mp4'), source('gone.mp4')]) {
    const planning = stitchPlan([{ path }, { path: bad }], {}, new TakeFacts(ffmpeg));
    await expect(planning).rejects.toMatchObject({
      code: 'file_unreadable',
      detail: { values: { index: 1 } },
    });
  }
  await expect(stitchPlan([], {}, new TakeFacts(ffmpeg))).rejects.toMatchObject({ code: 'bad_request' });
});

// Bug: a folder with a line end, a quote or a per cent sign in its name breaks the list of files.
test('names that other programs stumble over', async () => {
  const odd = join(folder, "a 'b'\n%d #c 海");
  mkdirSync(odd);
  const path = makeVideo(join(odd, 'x.mp4'), { size: '64x36' });
  const to = join(odd, "film's.mp4");
  const film = await stitch({ items: [{ path }, { path }], output: to }, ffmpeg);
  expect(film.plan.mode).toBe('copy');
  expect(readdirSync(odd).sort()).toEqual(["film's.mp4", 'x.mp4']);
});

// Bug: two encoders' settings are taken for one, and the second take is shown as rubbish.
test('takes whose decoders are set up differently are encoded', async () => {
  const paths = [
    makeVideo(source('high.mp4'), { size: '64x36', extra: ['-profile:v', 'high', '-refs', '3'] }),
    makeVideo(source('main.mp4'), { size: '64x36', extra: ['-profile:v', 'main', '-refs', '1'] }),
    makeVideo(source('full.mp4'), { size: '64x36', extra: ['-color_range', 'pc', '-colorspace', 'bt709'] }),
  ];
  const plan = await stitchPlan(
    paths.map((path) => ({ path })),
    {},
    new TakeFacts(ffmpeg),
  );
  expect(plan.joins.map(({ reasons }) => reasons)).toEqual([['settings'], ['colours']]);
});

// Bug: frames that come when they like are counted as if they were even, so that the film is too long or too short.
test('a take of uneven frames keeps its length', async () => {
  const path = source('uneven.mp4');
  asked([
    ...['-y', '-f', 'lavfi', '-i', "testsrc2=s=64x36:r=24:d=2,select='not(between(n,10,30))'"],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-vsync', 'vfr', '-f', 'mp4', `file:${path}`],
  ]);
  const format: MediaFormat = 'mp4';
  expect(await stitchFacts({ path, format }, ffmpeg)).toMatchObject({ even: false, cuts: [] });
  const film = await stitch({ items: [{ path }], choice: { fps: 24 }, output: output() }, ffmpeg);
  expect(film.plan.mode).toBe('encode');
  expect(film.seconds).toBeCloseTo(2, 1);
});

// Bug: each change of a long strip reads every file again, or a film that was saved over keeps its old length.
test('a take is measured once, until its file changes', async () => {
  const takes = new TakeFacts(ffmpeg);
  const path = makeVideo(source('known.mp4'), { seconds: 1, size: '64x64' });
  const before = await takes.of(path);
  expect(before.facts).toMatchObject({ frames: 24, width: 64 });
  expect(await takes.of(path)).toBe(before);
  // Another film in its place, of another size in bytes; then one that only its time tells apart.
  const { mtime } = statSync(path);
  renameSync(makeVideo(source('other.mp4'), { seconds: 2, size: '64x64' }), path);
  utimesSync(path, mtime, mtime);
  const after = await takes.of(path);
  expect(after.facts.frames).toBe(48);
  utimesSync(path, new Date(0), new Date(1000));
  const touched = await takes.of(path);
  expect(touched).not.toBe(after);
  expect(touched).toEqual(after);
  writeFileSync(path, 'no film any more');
  await expect(takes.of(path)).rejects.toMatchObject({ code: 'file_unreadable' });
});
