import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import { collectingLog, ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { ffmpeg as runFfmpeg, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { probe } from '../ffmpeg/probe';
import type { Ffmpeg } from '../ffmpeg/run';
import type { StoredClip } from './clipStore';
import { derivedPath } from './derived';
import { DerivedQueue, PARALLEL, type DerivedQueueOptions } from './derivedQueue';
import { isPlayable } from './proxies';
import { Works } from './Works';

const ffmpeg = ffmpegRunner();
let samples = '';
let derivedFolder = '';
let clips: Map<string, StoredClip>;
let order: string[];
let works: Works;
let busy = false;
let timesAsked = 0;
const open: DerivedQueue[] = [];

beforeAll(() => {
  samples = temporaryFolder('samples');
  makeVideo(join(samples, 'a.mp4'), { seconds: 1, sound: true });
  const tone = ['-f', 'lavfi', '-i', 'sine=duration=1', '-shortest'];
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1922x1080:duration=1:rate=12', ...tone];
  runFfmpeg(
    [...picture, '-c:v', 'mpeg2video', '-q:v', '5', '-c:a', 'mp2', '-f', 'mpegts'],
    join(samples, 'tape.ts'),
  );
  writeFileSync(join(samples, 'broken.mp4'), 'no film');
});
beforeEach(() => {
  derivedFolder = temporaryFolder('derived');
  clips = new Map();
  order = [];
  busy = false;
  timesAsked = 0;
  works = new Works({ announce: () => undefined });
});
afterEach(async () => {
  works.close();
  await Promise.all(open.splice(0).map((queue) => queue.close()));
});

function add(id: string, fileName = 'a.mp4', contentHash = id): string {
  const size = fileName === 'tape.ts' ? { width: 1922, height: 1080 } : { width: 320, height: 180 };
  const clip = {
    id,
    fileName,
    ...size,
    seconds: 1,
    fps: 12,
    hasPoster: false,
    sprite: null,
  } as unknown as Clip;
  clips.set(id, { clip, relativePath: fileName, contentHash });
  return id;
}

function queue(options: Partial<DerivedQueueOptions> = {}): DerivedQueue {
  const made = new DerivedQueue({
    derivedFolder,
    ffmpeg,
    log: collectingLog(),
    find: (id) => clips.get(id) ?? null,
    pathOf: ({ relativePath }) => join(samples, relativePath),
    change: (id, change) => {
      order.push(`${Object.keys(change).join()} ${id}`);
      const stored = clips.get(id);
      if (stored !== undefined) clips.set(id, { ...stored, clip: { ...stored.clip, ...change } });
    },
    works,
    isBusy: () => {
      timesAsked += 1;
      return busy;
    },
    ...options,
  });
  open.push(made);
  return made;
}

// Bug: the grid stays empty while sprites and copies of the first clips are made.
test('posters come first, then sprites, then copies for the window', async () => {
  const pictures = queue();
  for (const id of ['1', '2']) pictures.add(add(id));
  pictures.add(add('3', 'tape.ts'), true);
  await pictures.idle();
  const kinds = order.map((done) => done.split(' ')[0]);
  expect(kinds.filter((kind) => kind === 'hasPoster')).toHaveLength(3);
  expect(kinds.slice(0, 3).every((kind) => kind === 'hasPoster')).toBe(true);
  expect(order.at(-1)).toBe('hasProxy 3');
  const proxy = derivedPath(derivedFolder, '3', 'proxy');
  const facts = await probe({ path: proxy, format: 'mp4' }, ffmpeg);
  expect(facts).toMatchObject({ width: 1280, height: 720, codec: 'h264', hasSound: true, soundCodec: 'aac' });
  expect(isPlayable('mp4', facts)).toBe(true);
  expect(works.list()).toEqual([]);
});

// Bug: "pause" goes on using the computer, or a paid job waits behind pictures.
test('waits while paused and while something else needs the computer', async () => {
  works.pause(true);
  busy = true;
  const pictures = queue();
  for (const id of ['1', '2', '3']) pictures.add(add(id));
  expect(works.list()).toMatchObject([{ kind: 'pictures', state: 'paused', total: 6 }]);
  works.pause(false);
  // Each that has its turn asks, and asks again later.
  await expect.poll(() => timesAsked, { timeout: 10_000 }).toBeGreaterThan(2 * PARALLEL);
  expect(works.list()).toMatchObject([{ state: 'running', done: 0 }]);
  expect(order).toEqual([]);
  busy = false;
  await pictures.idle();
  expect(order).toHaveLength(6);
});

// Bug: a damaged file is named at every start and for each of its pictures, and tried for ever.
test('a damaged file is named once', async () => {
  const first = queue();
  first.add(add('1', 'broken.mp4'));
  await first.idle();
  expect(works.list()).toMatchObject([{ state: 'done', failed: [{ name: 'broken.mp4' }] }]);
  works.dismiss(works.list()[0]?.id ?? '');
  for (let start = 0; start < 3; start += 1) {
    const later = queue();
    later.add('1');
    await later.idle();
  }
  expect(works.list()).toEqual([]);
  const tried: unknown[] = [];
  const counting = { ...ffmpeg, produce: async (...args: unknown[]) => void tried.push(args) };
  const last = queue({ ffmpeg: counting });
  last.add('1');
  await last.idle();
  expect(tried).toEqual([]);
});

// Bug: a machine that was busy for a minute costs a good clip its poster for ever, or a file that hangs is tried for ever.
test('what ran into its time limit is tried at some later starts, with more time, and then named', async () => {
  add('1');
  const limits: number[] = [];
  const late: Ffmpeg = {
    ...ffmpeg,
    // As on a machine that gives it no time at all: the real run, the real limit.
    produce: (output, args, options) => {
      limits.push(options.limitMs);
      return ffmpeg.produce(output, args, { ...options, limitMs: 0 });
    },
  };
  const start = async (options: Partial<DerivedQueueOptions> = {}): Promise<void> => {
    const pictures = queue(options);
    pictures.add('1');
    await pictures.idle();
    // Asked for again at the same start, nothing is tried again.
    pictures.add('1');
    await pictures.idle();
  };
  await start({ ffmpeg: late });
  await start({ ffmpeg: late });
  const [first = 0, , second = 0] = limits;
  expect(limits).toEqual([first, first, second, second]);
  expect(second).toBe(2 * first);
  expect(works.list()).toEqual([]);
  await start();
  expect(order).toEqual(['hasPoster 1', 'sprite 1']);
  add('2');
  limits.length = 0;
  for (let time = 0; time < 7; time += 1) {
    const pictures = queue({ ffmpeg: late });
    pictures.add('2');
    await pictures.idle();
  }
  expect(limits).toHaveLength(2 * 5);
  expect(works.list()).toMatchObject([{ state: 'done', failed: [{ name: 'a.mp4' }] }]);
});

// Bug: a folder of a thousand starts as many processes as there are clips, and the computer stands still.
test('no more are made at once than leave the window a core, and each is shown when it is made', async () => {
  let [running, most] = [0, 0];
  const counting: Ffmpeg = {
    ...ffmpeg,
    produce: async (...args) => {
      most = Math.max(most, (running += 1));
      // Each is told of before the next of its turn is begun.
      told.push(order.length);
      await ffmpeg.produce(...args);
      running -= 1;
    },
  };
  const told: number[] = [];
  const pictures = queue({ ffmpeg: counting });
  for (const id of ['1', '2', '3', '4']) pictures.add(add(id));
  await pictures.idle();
  expect(most).toBe(Math.min(4, PARALLEL));
  expect(told.every((done, begun) => done >= begun - PARALLEL + 1)).toBe(true);
  expect(order).toHaveLength(8);
});

// Bug: two clips of one content make the same picture at once, and one overwrites the other half way.
test('two clips of one content share their pictures', async () => {
  const pictures = queue();
  pictures.add(add('1', 'a.mp4', 'same'));
  pictures.add(add('2', 'a.mp4', 'same'));
  pictures.add('2');
  await pictures.idle();
  expect(order).toHaveLength(4);
  expect(existsSync(derivedPath(derivedFolder, 'same', 'sprite'))).toBe(true);
});

// Bug: what the person stopped goes on, or is never made again.
test('stopped pictures are made when they are asked for again', async () => {
  works.pause(true);
  const pictures = queue();
  for (const id of ['1', '2', '3']) pictures.add(add(id));
  works.cancel(works.list()[0]?.id ?? '');
  await pictures.idle();
  expect(order).toEqual([]);
  works.pause(false);
  pictures.add('1');
  await pictures.idle();
  expect(order).toEqual(['hasPoster 1', 'sprite 1']);
});
