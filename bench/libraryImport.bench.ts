// Importing a folder of short clips in place, against bare ffmpeg reading each file's facts with as many processes.
// CLIPS=1000 for more of them.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { createBinaryFinder } from '../src/main/ffmpeg/binary';
import { createFfmpeg } from '../src/main/ffmpeg/run';
import { openDatabase } from '../src/main/database/open';
import { LibraryFiles } from '../src/main/library/LibraryFiles';
import { Works } from '../src/main/library/Works';
import { testClips } from '../tests/fixtures/clipPort';
import { printTable } from './table';

const CLIPS = Number(process.env['CLIPS'] ?? 200);
const PROCESSES = Math.max(2, cpus().length);
const BAR = 0.9;

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
const shoot = join(folder, 'shoot');
mkdirSync(shoot);
const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=24:duration=5'];
const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];
execFileSync('ffmpeg', ['-v', 'error', ...picture, ...codec, join(folder, 'one.mp4')]);
const paths = Array.from({ length: CLIPS }, (_, n) => {
  const path = join(shoot, `clip ${n}.mp4`);
  copyFileSync(join(folder, 'one.mp4'), path);
  // Another content: a box that players pass over.
  const box = Buffer.from(`\0\0\0\x10free${String(n).padStart(8, '0')}`, 'latin1');
  appendFileSync(path, box);
  return path;
});

/** Clips per second. */
async function bare(args: (path: string) => string[]): Promise<number> {
  const queue = new PQueue({ concurrency: PROCESSES });
  const started = performance.now();
  for (const path of paths)
    void queue.add(
      () =>
        new Promise<void>((resolve) => {
          spawn('ffmpeg', ['-nostdin', '-v', 'error', ...args(path)], { stdio: 'ignore' }).on('close', () =>
            resolve(),
          );
        }),
    );
  await queue.onIdle();
  return CLIPS / ((performance.now() - started) / 1000);
}

const log = { info: () => undefined, warn: () => undefined, error: console.error };
const ffmpeg = createFfmpeg({ finder: createBinaryFinder(), log });
async function ours(mode: 'inPlace' | 'copy'): Promise<{ rate: number; longestMs: number }> {
  const root = join(folder, mode);
  mkdirSync(root);
  const database = openDatabase(join(folder, `${mode}.db`));
  const works = new Works({ announce: () => undefined });
  const clips = testClips(database, root, ffmpeg);
  // Idle reading comes after the import; here it is held back for good.
  const files = new LibraryFiles({ database, clips, ffmpeg, works, log, isBusy: () => true });
  let [before, longestMs] = [performance.now(), 0];
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - before - 5);
    before = performance.now();
  }, 5);
  const started = performance.now();
  const { id } = await files.import([shoot], mode);
  while (works.list().some((work) => work.id === id && work.state === 'running'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const rate = CLIPS / ((performance.now() - started) / 1000);
  clearInterval(beat);
  if (clips.all().length !== CLIPS) throw new Error(`${clips.all().length} of ${CLIPS} clips`);
  await files.close();
  works.close();
  database.close();
  return { rate, longestMs };
}

const facts = await bare((path) => ['-i', path, '-map', '0', '-c', 'copy', '-t', '0', '-f', 'null', '-']);
const inPlace = await ours('inPlace');
const copy = await ours('copy');
const row = (what: string, { rate, longestMs }: typeof copy): [string, string, string] => [
  what,
  `${rate.toFixed(1)} clips/s, ${(rate / facts).toFixed(2)} of it; main held for ${longestMs.toFixed(0)} ms at most`,
  `at least ${BAR}`,
];
printTable(`Import of ${CLIPS} clips of 5 s 720p, ${PROCESSES} at once; load ${loadavg()[0]?.toFixed(1)}`, [
  ['bare ffmpeg, facts of each file', `${facts.toFixed(1)} clips/s`, ''],
  row('import in place', inPlace),
  row('import by copy', copy),
]);
rmSync(folder, { recursive: true, force: true });
