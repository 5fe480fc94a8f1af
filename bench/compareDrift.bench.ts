// Takes compared in the real window: how far apart they are while they play in a loop.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { driftsOf, type Shown } from './drift';
import { electronExecutable, ElectronRun, ROOT } from './electronRun';
import { printTable } from './table';

const WATCHED_MS = 22_000;
const FPS = 24;
const FRAME_MS = 1000 / FPS;
const PATIENCE_MS = 120_000;
/** The last one of four is a second shorter: it holds its last frame until the others are there. */
const SECONDS = [5, 5, 5, 4] as const;
const SIZES = [
  { name: '720p', size: '1280x720', bitrate: '6M' },
  { name: '1080p', size: '1920x1080', bitrate: '10M' },
] as const;

type Row = readonly [string, string, string];

/** Every frame that each player shows, in its own row: seconds of the film, milliseconds of the screen. */
const WATCH = `new Promise((resolve) => {
  const videos = [...document.querySelectorAll('[role="dialog"] video')];
  const rows = videos.map(() => []);
  const stops = videos.map((video, at) => {
    let handle = video.requestVideoFrameCallback(function next(_now, { mediaTime, expectedDisplayTime }) {
      rows[at].push({ time: mediaTime, at: expectedDisplayTime });
      handle = video.requestVideoFrameCallback(next);
    });
    return () => video.cancelVideoFrameCallback(handle);
  });
  const qualities = () => videos.map((video) => video.getVideoPlaybackQuality());
  const before = qualities();
  setTimeout(() => {
    for (const stop of stops) stop();
    const dropped = qualities().map((after, at) => after.droppedVideoFrames - before[at].droppedVideoFrames);
    resolve({ rows, dropped });
  }, ${WATCHED_MS});
})`;

function makeTakes(folder: string): void {
  for (const { name, size, bitrate } of SIZES)
    SECONDS.forEach((seconds, at) => {
      const picture = `testsrc2=size=${size}:rate=${FPS}:duration=${seconds},hue=h=${at * 90}`;
      execFileSync('ffmpeg', [
        ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', picture],
        ...['-f', 'lavfi', '-i', `sine=frequency=${220 * (at + 1)}:duration=${seconds}`],
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-g', '48', '-b:v', bitrate],
        ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', join(folder, `${name}-${at + 1}.mp4`)],
      ]);
    });
}

async function until(run: ElectronRun, condition: string): Promise<void> {
  const late = performance.now() + PATIENCE_MS;
  while (!(await run.evaluate<boolean>(condition))) {
    if (performance.now() > late) throw new Error(`Never true: ${condition}`);
    await delay(250);
  }
}

async function press(run: ElectronRun, key: string, code: number): Promise<void> {
  const event = {
    key,
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    windowsVirtualKeyCode: code,
  };
  const text = key.length === 1 ? { text: key } : {};
  await run.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...text });
  await run.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

/** As a hand does: the first tile, the others with Control, then C. */
async function openCompare(run: ElectronRun, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    const { x, y } = await run.evaluate<{ x: number; y: number }>(`(() => {
      const tile = [...document.querySelectorAll('[role="gridcell"]')].find((each) =>
        each.getAttribute('aria-label').startsWith('${name}'));
      tile.scrollIntoView({ block: 'nearest' });
      const { left, top, width, height } = tile.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })()`);
    const event = { x, y, button: 'left', clickCount: 1, modifiers: at === 0 ? 0 : 2 };
    await run.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...event });
    await run.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...event });
  }
  await press(run, 'c', 67);
  await until(run, `document.querySelectorAll('[role="dialog"] video').length === ${names.length}`);
}

async function measured(run: ElectronRun, name: string, count: number): Promise<Row[]> {
  await openCompare(
    run,
    SECONDS.slice(0, count).map((_, at) => `${name}-${at + 1}`),
  );
  const { rows, dropped } = await run.evaluate<{ rows: Shown[][]; dropped: number[] }>(WATCH);
  await press(run, 'Escape', 27);
  await until(run, `document.querySelector('[role="dialog"]') === null`);
  const { clocks, frames } = driftsOf(rows, SECONDS.slice(0, count), FPS);
  const figures = (values: readonly number[]): string =>
    [0.5, 0.99, 1].map((share) => percentile(values, share).toFixed(1)).join(' / ');
  const p99 = percentile(clocks, 0.99);
  const shown = rows.reduce((sum, row) => sum + row.length, 0);
  const lost = dropped.reduce((sum, each) => sum + each, 0);
  return [
    [
      `${count} takes, ${name}: the players' places, median / 99 % / most, ms`,
      figures(clocks),
      `99 % at most one frame, ${FRAME_MS.toFixed(1)} ms: ${p99 <= FRAME_MS ? 'holds' : 'MISSED'}`,
    ],
    [`${count} takes, ${name}: the frames on the screen`, figures(frames), `${shown} shown, ${lost} dropped`],
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
const [takes, library, userData] = ['takes', 'library', 'user-data'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
for (const each of [takes, library, userData]) mkdirSync(each);
makeTakes(takes);
const run = await ElectronRun.start({
  executable: await electronExecutable(),
  appFolder: ROOT,
  env: { DAILIES_USER_DATA: userData, DAILIES_LIBRARY: library },
  // The loop is on, as whoever compares leaves it.
  probe: `localStorage.setItem('dailies.playback', '{"state":{"volume":1,"muted":false,"loop":true},"version":1}');`,
});
const request = `window.dailies.request('library.import', ${JSON.stringify({ paths: [takes], mode: 'inPlace' })})`;
await run.evaluate(request);
await until(
  run,
  `window.dailies.request('clips.list', { after: null, limit: 50 }).then(({ value }) =>
    value.clips.length === ${SIZES.length * SECONDS.length} && value.clips.every(({ sprite }) => sprite !== null))`,
);
await until(
  run,
  `document.querySelectorAll('[role="gridcell"]').length === ${SIZES.length * SECONDS.length}`,
);
const rows: Row[] = [];
for (const { name } of SIZES) for (const count of [2, 4]) rows.push(...(await measured(run, name, count)));
await run.stop();
rmSync(folder, { recursive: true, force: true });
printTable(
  `Takes compared in step, ${WATCHED_MS / 1000} s of a loop at ${FPS} fps; load ${loadavg()[0]?.toFixed(1)}`,
  rows,
);
