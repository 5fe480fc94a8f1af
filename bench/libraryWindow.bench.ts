// The library in the real window against an empty one: start, scrolling, search to paint, memory, rest.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { electronExecutable, ElectronRun, ROOT } from './electronRun';
import { readsOf, treeFigures } from './processTree';
import { median, printTable } from './table';
import { writeApps, writePlainPage, type WindowApps } from './windowApps';
import { makeLibrary, type WindowLibrary } from './windowLibrary';
import { FRAMES_BEGIN, FRAMES_END, GRID_PROBE, KEYS_BEGIN, PAGE_PROBE } from './windowProbes';

const SIZES = (process.env.SIZES ?? '1000,10000,100000').split(',').map(Number);
/** Where to leave pictures of the grid. */
const PICTURES = process.argv[2];
const STARTS = 5;
const SETTLE_MS = 8000;
const REST_MS = 20_000;
const SCROLL_MS = 8000;
/** A quick hand: 25 notches a second of 120 pixels. */
const NOTCH = { pixels: 120, everyMs: 40 };
const TYPING_MS = 80;
/** The size that the bars for scrolling and searching are for. */
const BARRED = 100_000;
const START_BARS: Readonly<Record<number, number>> = { 10_000: 1.5, 100_000: 2 };
const SEARCHES = [
  'cinematic',
  '小狗 黄昏',
  'rating:>3 ',
  'camera ratio:vertical rating:>2 ',
  'tag:备选 ',
  'is:kept -camera',
  'seed:42',
  '没有的字',
];

type Row = readonly [string, string, string];

interface Surroundings {
  readonly executable: string;
  readonly apps: WindowApps;
  readonly library: WindowLibrary;
  readonly folder: string;
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const fine = (value: number): string => `${value.toFixed(1)} ms`;
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
const verdict = (holds: boolean, bar: string): string => `${bar}: ${holds ? 'holds' : 'MISSED'}`;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function openOurs({ executable, library }: Surroundings, appFolder = ROOT, env = {}): Promise<ElectronRun> {
  const { userData, library: folder } = library;
  return ElectronRun.start({
    ...{ executable, appFolder, probe: GRID_PROBE },
    env: { DAILIES_USER_DATA: userData, DAILIES_LIBRARY: folder, ...env },
  });
}

function openEmpty({ executable, apps, folder }: Surroundings, page = 'empty.html'): Promise<ElectronRun> {
  return ElectronRun.start({
    ...{ executable, appFolder: apps.empty, probe: PAGE_PROBE },
    env: { DAILIES_USER_DATA: join(folder, 'empty-data'), BENCH_PAGE: page },
  });
}

async function startTime(run: ElectronRun): Promise<number> {
  return (await run.evaluate<number>('__painted')) - run.startedAt;
}

/** What main noted of the last start: milliseconds since it began to run, by step. */
function marksOf({ userData }: WindowLibrary): [string, number][] {
  const lines = readFileSync(join(userData, 'logs', 'dailies.log'), 'utf8').split('\n');
  const [, marks = ''] = /Start: (.*)/.exec(lines.findLast((line) => line.includes('Start: ')) ?? '') ?? [];
  return marks.split(', ').map((mark) => {
    const [step = '', at] = mark.split(' ');
    return [step, Number(at)];
  });
}

/** In turn, so that both meet the same weather; the first of each fills caches and is not counted. */
async function starts(at: Surroundings, size: number): Promise<Row[]> {
  const [ours, empty]: [number[], number[]] = [[], []];
  const steps = new Map<string, number[]>();
  let tiles = 0;
  for (let round = 0; round <= STARTS; round += 1)
    for (const [open, times] of [[openEmpty, empty] as const, [openOurs, ours] as const]) {
      const run = await open(at);
      const time = await startTime(run);
      if (round > 0) times.push(time);
      if (times === ours) tiles = await run.evaluate<number>('__tiles');
      await run.stop();
      if (times !== ours || round === 0) continue;
      for (const [step, time] of marksOf(at.library)) steps.set(step, [...(steps.get(step) ?? []), time]);
    }
  const ratio = median(ours) / median(empty);
  const bar = START_BARS[size];
  return [
    ['start to first paint, empty window', ms(median(empty)), empty.map(ms).join(' ')],
    [`start to ${tiles} tiles with their posters painted`, ms(median(ours)), ours.map(ms).join(' ')],
    [
      'of the empty window',
      ratio.toFixed(2),
      bar === undefined ? '' : verdict(ratio <= bar, `at most ${bar}`),
    ],
    ...[...steps].map(([step, times]): Row => [
      `from main's first moment to: ${step}`,
      ms(median(times)),
      times.map(ms).join(' '),
    ]),
  ];
}

interface Rest {
  readonly memory: number;
  /** Share of one core. */
  readonly processor: number;
  /** Per second. */
  readonly wakes: ReadonlyMap<string, number>;
}

/** With nobody listening in the page. */
async function rest(run: ElectronRun): Promise<Rest> {
  await startTime(run);
  await run.detach();
  await delay(SETTLE_MS);
  const before = treeFigures(run.pid);
  await delay(REST_MS);
  const after = treeFigures(run.pid);
  await run.stop();
  const seconds = REST_MS / 1000;
  return {
    memory: after.memory,
    processor: (after.processor - before.processor) / REST_MS,
    wakes: new Map(
      [...after.wakes].map(([kind, count]) => [kind, (count - (before.wakes.get(kind) ?? 0)) / seconds]),
    ),
  };
}

async function atRest(at: Surroundings, size: number): Promise<Row[]> {
  const empty = await rest(await openEmpty(at));
  const ours = await rest(await openOurs(at));
  const ratio = ours.memory / empty.memory;
  const share = ({ processor }: Rest): string => `${(processor * 100).toFixed(2)} %`;
  const wakes = (of: Rest): string =>
    [...of.wakes].map(([kind, count]) => `${kind} ${count.toFixed(1)}`).join(', ');
  return [
    ['memory at rest, empty window', megabytes(empty.memory), ''],
    ['memory at rest', megabytes(ours.memory), ''],
    ['of the empty window', ratio.toFixed(2), size === 10_000 ? verdict(ratio <= 1.3, 'at most 1.3') : ''],
    [`share of a core over ${REST_MS / 1000} s of rest, empty window`, share(empty), ''],
    ['share of a core', share(ours), ''],
    ['threads woken a second, empty window', '', wakes(empty)],
    ['threads woken a second', '', wakes(ours)],
  ];
}

interface Frames {
  readonly gaps: number[];
  readonly long: number[];
}

const FARTHEST_SCROLLED =
  'Math.max(...[document.scrollingElement, ...document.querySelectorAll("*")].map((each) => each.scrollTop))';

/** Turns the wheel in the middle of the page, as steadily as a hand never does. */
async function scrolled(run: ElectronRun): Promise<Frames> {
  await run.evaluate(FRAMES_BEGIN);
  const from = performance.now();
  for (let notch = 0; performance.now() - from < SCROLL_MS; notch += 1) {
    const event = { type: 'mouseWheel', x: 700, y: 400, deltaX: 0, deltaY: NOTCH.pixels };
    void run.send('Input.dispatchMouseEvent', event).catch(() => undefined);
    await delay(Math.max(0, from + (notch + 1) * NOTCH.everyMs - performance.now()));
  }
  const frames = await run.evaluate<Frames>(FRAMES_END);
  // A page that stands still is smooth.
  if ((await run.evaluate<number>(FARTHEST_SCROLLED)) === 0) throw new Error('nothing was scrolled');
  return frames;
}

function frameRows(what: string, { gaps, long }: Frames, bar: boolean): Row[] {
  const p99 = percentile(gaps, 0.99);
  const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(gaps, share).toFixed(0)).join(' / ');
  const note = `${gaps.length} frames, ${long.length} tasks over 50 ms${long.length > 0 ? `, the longest ${ms(Math.max(...long))}` : ''}`;
  return [
    [`${what}: median / 95 % / 99 % / most, ms a frame`, figures, note],
    ...(bar ? [['99 % of the frames', ms(p99), verdict(p99 < 32, 'under 32 ms')] as const] : []),
  ];
}

interface Counts {
  readonly calls: Readonly<Record<string, number>>;
  readonly timers: Readonly<Record<string, number>>;
}

async function countsOf(run: ElectronRun, path: string): Promise<Counts> {
  rmSync(path, { force: true });
  run.signal('SIGUSR2');
  for (;;) {
    await delay(100);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Counts;
    } catch {
      // Not written yet.
    }
  }
}

function more(after: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>): string {
  const grown = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)] as const);
  const list = grown.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return list.length === 0 ? 'none' : list.map(([key, count]) => `${key}: ${count}`).join('; ');
}

/** The same journey with every file call of main counted, and then a rest with its timers counted. */
async function counted(at: Surroundings): Promise<Row[]> {
  const path = join(at.folder, 'counts.json');
  const run = await openOurs(at, at.apps.counted, { BENCH_COUNTS: path, BENCH_ROOT: ROOT });
  await startTime(run);
  await delay(SETTLE_MS);
  const [before, readBefore] = [await countsOf(run, path), readsOf(run.pid)];
  await scrolled(run);
  const [after, readAfter] = [await countsOf(run, path), readsOf(run.pid)];
  const inPage = await run.evaluate<number>('__timers');
  await delay(REST_MS);
  const [rested, inPageAfter] = [await countsOf(run, path), await run.evaluate<number>('__timers')];
  await run.stop();
  const ofLibrary = Object.entries(after.calls)
    .map(([key, count]) => (key.endsWith(', library') ? count - (before.calls[key] ?? 0) : 0))
    .reduce((sum, count) => sum + count, 0);
  return [
    ['file calls in the library while scrolling', String(ofLibrary), verdict(ofLibrary === 0, 'none')],
    ['all file calls of main while scrolling', '', more(after.calls, before.calls)],
    [
      'read by main while scrolling',
      megabytes(readAfter.bytes - readBefore.bytes),
      `${readAfter.calls - readBefore.calls} reads, sockets and pipes included`,
    ],
    [`timers of main that went off in ${REST_MS / 1000} s of rest`, '', more(rested.timers, after.timers)],
    ['timers of the page', String(inPageAfter - inPage), ''],
  ];
}

async function press(run: ElectronRun, key: string): Promise<number | null> {
  await run.evaluate('__expect()');
  if (/^[\x20-\x7e]$/.test(key)) {
    await run.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
    await run.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  } else if (key.length === 1) await run.send('Input.insertText', { text: key });
  else await run.send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode: 27 });
  const time = await run.evaluate<number | null>('__answered');
  await delay(TYPING_MS);
  return time;
}

/** Types into the box, each key once the one before was answered; what changes no row is not counted. */
async function searches(run: ElectronRun, bar: boolean): Promise<Row[]> {
  await run.evaluate(KEYS_BEGIN);
  await run.evaluate(`document.querySelector('[role="search"] input').focus()`);
  const all: number[] = [];
  const rows: Row[] = [];
  let without = 0;
  for (const text of SEARCHES) {
    const times: number[] = [];
    for (const character of text) {
      const time = await press(run, character);
      if (time !== null) times.push(time);
      else without += 1;
    }
    // Twice where a list of what could be typed is open.
    for (let turn = 0; turn < 3; turn += 1) {
      const filled = await run.evaluate<boolean>(
        `document.querySelector('[role="search"][data-filled]') !== null`,
      );
      if (!filled) break;
      const time = await press(run, 'Escape');
      if (time !== null) times.push(time);
    }
    all.push(...times);
    if (times.length === 0) continue;
    rows.push([
      `typing ${text.trim()} and clearing it`,
      fine(median(times)),
      `most ${fine(Math.max(...times))}`,
    ]);
  }
  const p95 = percentile(all, 0.95);
  return [
    ...rows,
    [
      `all ${all.length} keys that change rows, median`,
      fine(median(all)),
      `${without} changed none within 1.5 s`,
    ],
    ['95th percentile, key press to painted rows', fine(p95), bar ? verdict(p95 < 60, 'under 60 ms') : ''],
  ];
}

async function picture(run: ElectronRun, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  const { data } = await run.send<{ data: string }>('Page.captureScreenshot');
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.png`), Buffer.from(data, 'base64'));
}

async function scrollAndSearch(at: Surroundings, size: number): Promise<Row[]> {
  writePlainPage(at.apps.empty, at.library, 860);
  const plain = await openEmpty(at, 'plain.html');
  await startTime(plain);
  await delay(SETTLE_MS / 4);
  const floor = await scrolled(plain);
  await picture(plain, `plain-${size}`);
  await plain.stop();

  const run = await openOurs(at);
  await startTime(run);
  await delay(SETTLE_MS);
  await picture(run, `grid-${size}`);
  const frames = await scrolled(run);
  await picture(run, `scrolled-${size}`);
  const found = await searches(run, size === BARRED);
  await picture(run, `searched-${size}`);
  await run.stop();
  return [
    ...frameRows('scrolling a plain page of as many <img>', floor, false),
    ...frameRows('scrolling the grid', frames, size === BARRED),
    ...found,
  ];
}

const executable = await electronExecutable();
for (const size of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
  const began = performance.now();
  const library = makeLibrary(folder, size);
  const at: Surroundings = { executable, library, folder, apps: writeApps(folder) };
  console.log(`\n${size} clips made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const rows: Row[] = [];
  for (const part of [starts, scrollAndSearch, counted, atRest]) rows.push(...(await part(at, size)));
  printTable(`The window with ${size} clips; load ${loadavg()[0]?.toFixed(1)}`, rows);
  rmSync(folder, { recursive: true, force: true });
}
