// Poster and sprite of short clips: against bare ffmpeg calls, one decode, and the ten seeks of the long-film recipe.
// ROUNDS=9 for more of them.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBinaryFinder } from '../src/main/ffmpeg/binary';
import { createFfmpeg } from '../src/main/ffmpeg/run';
import { makePoster, makeSprite, type Source } from '../src/main/library/derived';
import { median, printTable } from './table';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const POSTER_BAR = 1.2;
const BOTH_BAR = 1.1;
const SEEKS_BAR = 2;
const SEEKS = 10;
const FPS = 24;

const KINDS = [
  { seconds: 5, width: 1280, height: 720, gop: 48 },
  { seconds: 5, width: 1280, height: 720, gop: 250 },
  { seconds: 15, width: 1920, height: 1080, gop: 48 },
  { seconds: 15, width: 1920, height: 1080, gop: 250 },
] as const;
type Kind = (typeof KINDS)[number];

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
const log = { info: () => undefined, warn: console.error, error: console.error };
const ffmpeg = createFfmpeg({ finder: createBinaryFinder(), log });
const { path: program } = await createBinaryFinder().find();

/** A process of its own, nothing else. */
function bare(...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(program, ['-nostdin', '-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
      .on('error', reject)
      .on('close', (code) => (code === 0 ? resolve() : reject(new Error(`bare ffmpeg ended with ${code}`))));
  });
}

/** As encoders deliver them: pictures that move, with some grain, at 3 to 10 Mbit/s. */
async function makeClip({ seconds, width, height, gop }: Kind, path: string): Promise<void> {
  const picture = `testsrc2=size=${width}x${height}:rate=${FPS}:duration=${seconds},noise=alls=4:allf=t`;
  const groups = ['-g', String(gop), '-keyint_min', String(gop), '-sc_threshold', '0'];
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p', ...groups];
  await bare('-f', 'lavfi', '-i', picture, ...codec, '-movflags', '+faststart', path);
}

const WEBP = ['-frames:v', '1', '-c:v', 'libwebp', '-quality', '80', '-compression_level', '2', '-f', 'webp'];

/** The same picture as ours, to the byte. */
async function barePoster(clip: string, { seconds }: Kind, output: string): Promise<void> {
  const at = (seconds * 0.1).toFixed(3);
  const same = ['-map', '0:v:0', '-vf', 'scale=640:360,setsar=1'];
  await bare('-skip_frame', 'noref', '-ss', at, '-i', clip, ...same, ...WEBP, output);
}

async function tenSeeks(clip: string, { seconds }: Kind, output: string): Promise<void> {
  for (let seek = 0; seek < SEEKS; seek += 1) {
    const at = (((seek + 0.5) * seconds) / SEEKS).toFixed(3);
    await bare('-ss', at, '-i', clip, '-vf', 'scale=284:160', ...WEBP, `${output}.${seek}.webp`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const rows: [string, string, string][] = [];
for (const kind of KINDS) {
  const clip = join(folder, `${kind.seconds} s GOP ${kind.gop}.mp4`);
  await makeClip(kind, clip);
  const source: Source = { input: { path: clip, format: 'mp4' }, ...kind, fps: FPS };
  const times: Record<'poster' | 'barePoster' | 'both' | 'decode' | 'seeks', number[]> = {
    ...{ poster: [], barePoster: [], both: [], decode: [], seeks: [] },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = join(folder, `${kind.seconds}-${kind.gop}-${round}`);
    mkdirSync(made);
    const poster = join(made, 'poster', 'poster.webp');
    const bareOne = join(made, 'bare.webp');
    times.poster.push(await timed(() => makePoster(source, poster, ffmpeg)));
    times.barePoster.push(await timed(() => barePoster(clip, kind, bareOne)));
    if (!readFileSync(poster).equals(readFileSync(bareOne))) throw new Error('not the same picture');
    const both = async (): Promise<void> => {
      await makePoster(source, join(made, 'both', 'poster.webp'), ffmpeg);
      await makeSprite(source, join(made, 'both', 'sprite.webp'), ffmpeg);
    };
    times.both.push(await timed(both));
    times.decode.push(await timed(() => bare('-i', clip, '-map', '0:v:0', '-f', 'null', '-')));
    times.seeks.push(await timed(() => tenSeeks(clip, kind, join(made, 'seek'))));
  }
  const of = (name: keyof typeof times): number => median(times[name]);
  // Of each round, so that a busy moment of the machine is in both.
  const ratio = (one: keyof typeof times, other: keyof typeof times): string =>
    median(times[one].map((ms, round) => ms / (times[other][round] ?? Number.NaN))).toFixed(2);
  const ms = (name: keyof typeof times): string => of(name).toFixed(0);
  const name = `${kind.seconds} s ${kind.height}p, GOP ${kind.gop}:`;
  rows.push(
    [
      `${name} poster, ours / bare call`,
      `${ms('poster')} / ${ms('barePoster')} ms, ${ratio('poster', 'barePoster')}`,
      `at most ${POSTER_BAR}`,
    ],
    [
      `${name} poster and sprite / one bare decode`,
      `${ms('both')} / ${ms('decode')} ms, ${ratio('both', 'decode')}`,
      `at most ${BOTH_BAR}`,
    ],
    [
      `${name} ten seeks / poster and sprite`,
      `${ms('seeks')} / ${ms('both')} ms, ${ratio('seeks', 'both')}`,
      kind.gop === 250 ? `at least ${SEEKS_BAR}` : '',
    ],
  );
}
const load = loadavg()[0]?.toFixed(1);
printTable(`Pictures of short clips, median of ${ROUNDS} rounds in turn; load ${load}`, rows);
rmSync(folder, { recursive: true, force: true });
