// Importing a folder of short clips until every one is listed with poster and sprite, against bare ffmpeg doing the
// same with as many processes; and how long main is held up meanwhile.
// CLIPS=1000 for more of them, PICTURES=0 for the import alone.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { openDatabase } from '../src/main/database/open';
import { createBinaryFinder } from '../src/main/ffmpeg/binary';
import { createFfmpeg, type Ffmpeg } from '../src/main/ffmpeg/run';
import { sheetFor } from '../src/main/library/derived';
import { PARALLEL } from '../src/main/library/derivedQueue';
import { LibraryFiles } from '../src/main/library/LibraryFiles';
import { LibraryService } from '../src/main/library/LibraryService';
import { Works } from '../src/main/library/Works';
import { printTable } from './table';

const CLIPS = Number(process.env['CLIPS'] ?? 200);
const PICTURES = process.env['PICTURES'] !== '0';
/** Enough to know which bare call is the fastest. */
const TRIED = 12;
const BAR = 0.9;
const FRAME_MS = 32;
const [WIDTH, HEIGHT, SECONDS, FPS] = [1280, 720, 5, 24];

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
const shoot = join(folder, 'shoot');
mkdirSync(shoot);
const picture = `testsrc2=size=${WIDTH}x${HEIGHT}:rate=${FPS}:duration=${SECONDS},noise=alls=7:allf=t`;
const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];
execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, ...codec, join(folder, 'one.mp4')]);
const paths = Array.from({ length: CLIPS }, (_, n) => {
  const path = join(shoot, `clip ${n}.mp4`);
  copyFileSync(join(folder, 'one.mp4'), path);
  // Another content: a box that players pass over.
  const box = Buffer.from(`\0\0\0\x10free${String(n).padStart(8, '0')}`, 'latin1');
  appendFileSync(path, box);
  return path;
});

const log = { info: () => undefined, warn: () => undefined, error: console.error };
const finder = createBinaryFinder();
const ffmpeg = createFfmpeg({ finder, log });
const { path: program } = await finder.find();

function call(...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(program, ['-nostdin', '-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
      .on('error', reject)
      .on('close', (code) => (code === 0 ? resolve() : reject(new Error(`bare ffmpeg ended with ${code}`))));
  });
}

const WEBP = ['-frames:v', '1', '-c:v', 'libwebp', '-quality', '80', '-compression_level', '2', '-f', 'webp'];
const { count, columns, rows, cellWidth, cellHeight } = sheetFor({
  ...{ width: WIDTH, height: HEIGHT, seconds: SECONDS, fps: FPS },
});
const moment = SECONDS * 0.1;
const step = SECONDS / count;
const cells = `select='lt(selected_n,${count})*gte(t,(selected_n+0.5)*${step})',scale=${cellWidth}:${cellHeight},tile=${columns}x${rows}`;

/** What ffmpeg alone does for one clip; the facts it reads by the way. */
const BARE = {
  'a call each': async (path: string, to: string): Promise<void> => {
    await call('-ss', String(moment), '-i', path, '-vf', 'scale=640:360', ...WEBP, `${to}.poster.webp`);
    await call('-i', path, '-vf', cells, ...WEBP, `${to}.sprite.webp`);
  },
  'one call, two pictures': async (path: string, to: string): Promise<void> => {
    const graph = `split[a][b];[a]select='gte(t,${moment})',scale=640:360[poster];[b]${cells}[sprite]`;
    const poster = ['-map', '[poster]', ...WEBP, `${to}.poster.webp`];
    await call(
      ...['-i', path, '-filter_complex', `[0:v:0]${graph}`],
      ...[...poster, '-map', '[sprite]', ...WEBP, `${to}.sprite.webp`],
    );
  },
};

/** Clips per second. */
async function bare(way: keyof typeof BARE, some: readonly string[]): Promise<number> {
  const to = mkdtempSync(join(folder, 'bare-'));
  const queue = new PQueue({ concurrency: PARALLEL });
  const started = performance.now();
  for (const [n, path] of some.entries()) void queue.add(() => BARE[way](path, join(to, String(n))));
  await queue.onIdle();
  return some.length / ((performance.now() - started) / 1000);
}

interface Held {
  readonly p99: number;
  readonly most: number;
}

/** How long this thread did not answer; and one that does nothing, which only waits for its turn on the machine. */
function watchLoop(): { stop: () => Promise<{ main: Held; idle: Held }> } {
  const own = monitorEventLoopDelay({ resolution: 5 });
  const idle = new Worker(
    `const { monitorEventLoopDelay } = require('node:perf_hooks');
     const { parentPort } = require('node:worker_threads');
     const delay = monitorEventLoopDelay({ resolution: 5 });
     delay.enable();
     parentPort.once('message', () => {
       parentPort.postMessage([delay.percentile(99), delay.max]);
     });`,
    { eval: true },
  );
  own.enable();
  const held = (p99: number, most: number): Held => ({ p99: p99 / 1e6 - 5, most: most / 1e6 - 5 });
  return {
    async stop() {
      own.disable();
      const answer = new Promise<[number, number]>((resolve) => idle.once('message', resolve));
      idle.postMessage('stop');
      const main = held(own.percentile(99), own.max);
      const other = held(...(await answer));
      await idle.terminate();
      return { main, idle: other };
    },
  };
}

interface Measured {
  readonly listed: number;
  readonly whole: number;
  readonly main: Held;
  readonly idle: Held;
}

async function ours(name: string, mode: 'inPlace' | 'copy', pictures: boolean): Promise<Measured> {
  const never: Ffmpeg = { ...ffmpeg, produce: () => Promise.reject(new DOMException('held', 'AbortError')) };
  const database = openDatabase(join(folder, `${name}.db`));
  const works = new Works({ announce: () => undefined });
  const tools = { ffmpeg: pictures ? ffmpeg : never, log, works };
  const library = new LibraryService({
    ...{ database, ...tools },
    root: join(folder, name),
    derivedFolder: join(folder, `${name} derived`),
    announce: () => undefined,
  });
  // Idle reading comes after the import; here it is held back for good.
  const files = new LibraryFiles({ ...{ database, clips: library, ...tools }, isBusy: () => true });
  const loop = watchLoop();
  const started = performance.now();
  const { id } = await files.import([shoot], mode);
  while (works.list().some((work) => work.id === id && work.state === 'running')) await wait(5);
  const listed = performance.now() - started;
  const { failed = [] } = works.list().find((work) => work.id === id) ?? {};
  if (failed.length > 0) throw new Error(JSON.stringify(failed.slice(0, 3)));
  await library.picturesMade();
  const whole = performance.now() - started;
  await library.sidecarsWritten();
  const held = await loop.stop();
  const { clips } = library.list(null, CLIPS);
  const made = clips.filter(({ hasPoster, sprite }) => hasPoster && sprite !== null).length;
  if (clips.length !== CLIPS || (pictures && made !== CLIPS))
    throw new Error(`${clips.length} clips, ${made} with pictures, of ${CLIPS}`);
  await files.close();
  works.close();
  await library.close();
  database.close();
  return { listed: CLIPS / (listed / 1000), whole: CLIPS / (whole / 1000), ...held };
}

const ms = ({ p99, most }: Held): string => `${p99.toFixed(0)} / ${most.toFixed(0)} ms`;
const table: [string, string, string][] = [];
const heldRow = (what: string, { main, idle }: Measured): void =>
  void table.push(
    [`${what}: main held up, p99 / most`, ms(main), `under ${FRAME_MS} ms`],
    ['  a thread that does nothing, meanwhile', ms(idle), ''],
  );
for (const mode of ['inPlace', 'copy'] as const) {
  const alone = await ours(`${mode} alone`, mode, false);
  const what = mode === 'inPlace' ? 'import in place' : 'import by copy';
  table.push([`${what} alone`, `${alone.listed.toFixed(1)} clips listed a second`, '']);
  heldRow(what, alone);
}
if (PICTURES) {
  const some = paths.slice(0, TRIED);
  const [each, both] = [await bare('a call each', some), await bare('one call, two pictures', some)];
  const fastest = each > both ? 'a call each' : 'one call, two pictures';
  // Before and after ours: the machine may have other work.
  const half = Math.ceil(CLIPS / 2);
  const before = await bare(fastest, paths.slice(0, half));
  const whole = await ours('inPlace', 'inPlace', true);
  const after = await bare(fastest, paths.slice(half));
  const alone = CLIPS / (half / before + (CLIPS - half) / after);
  table.push(
    [`bare ffmpeg, ${fastest}`, `${alone.toFixed(2)} clips/s`, ''],
    ['import in place with poster and sprite', `${whole.whole.toFixed(2)} clips/s`, ''],
    ['  of bare ffmpeg', (whole.whole / alone).toFixed(2), `at least ${BAR}`],
  );
  heldRow('  with pictures', whole);
}
const load = loadavg()[0]?.toFixed(1);
printTable(`Import of ${CLIPS} clips of 5 s 720p, ${PARALLEL} ffmpeg at once; load ${load}`, table);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
