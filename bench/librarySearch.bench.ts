// Search, filter and sort of a library in main: from the typed text to the order and the first rows.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEWEST_FIRST, parseSearch, SORT_KEYS, type Sort } from '@shared/domain/search';
import { ClipIndex } from '../src/main/library/clipIndex';
import { fillLibrary, openLibrary } from './libraryClips';
import { median, printTable } from './table';

const SIZES = [1000, 10_000, 100_000];
const ROUNDS = 20;
const ROWS = 100;
const BAR_MS = 30;

const SEARCHES = [
  '',
  ...[
    'c',
    'ci',
    'cin',
    'cinematic',
    'camera',
    'puppy beach',
    '"slow motion"',
    'kalo',
    'brigorzen',
    '-camera',
  ],
  ...['的', '狗', '小狗', '小狗 黄昏', '电影质感', '在海边奔跑', '没有的字'],
  ...[
    'rating:>3',
    'cost:>15',
    'seed:42',
    'length:4..6',
    'ratio:9:16',
    'is:kept',
    'on:2026-11',
    'before:2025-06',
  ],
  ...['tag:备选', 'ref:puppy', 'ref:image', 'model:fast'],
  'camera rating:>3 ratio:vertical -tag:test after:2025-12',
];

interface Measured {
  /** Milliseconds on the clock. */
  readonly wall: number[];
  /** Milliseconds of the processor: what the clock would show on an idle machine. */
  readonly processor: number[];
}

function measure(action: () => void, into: Measured): void {
  const cpu = process.cpuUsage();
  const started = performance.now();
  action();
  into.wall.push(performance.now() - started);
  const { user, system } = process.cpuUsage(cpu);
  into.processor.push((user + system) / 1000);
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

const row = (what: string, { wall, processor }: Measured, bar = ''): [string, string, string] => {
  const figures = [median(wall), percentile95(wall), median(processor)].map((ms) =>
    ms.toFixed(1).padStart(6),
  );
  return [what, figures.join(' '), bar];
};

const none = (): Measured => ({ wall: [], processor: [] });

for (const size of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
  const path = join(folder, 'dailies.db');
  const database = openLibrary(path);
  const filling = none();
  measure(() => fillLibrary(database, new ClipIndex(database), size), filling);
  const index = new ClipIndex(database);
  const first = none();
  measure(() => index.query([], NEWEST_FIRST), first);

  const anId = index.ids([], NEWEST_FIRST, 0, 1)[0] ?? '';
  let edits = 0;
  const all = none();
  const one = (search: string, sort: Sort): Measured => {
    const measured = none();
    for (let round = 0; round <= ROUNDS; round += 1) {
      // An edit before each: nothing is answered from what was found before.
      index.put(anId, { rating: (edits += 1) % 6 });
      const ask = (): void => {
        const terms = parseSearch(search);
        const { total } = index.query(terms, sort);
        index.page(terms, sort, Math.floor((total * round) / ROUNDS / 2), ROWS);
      };
      // The first reads a column that no search needed before; that is in the table as "first".
      if (round === 0) measure(ask, first);
      else measure(ask, measured);
    }
    all.wall.push(...measured.wall);
    all.processor.push(...measured.processor);
    return measured;
  };
  const rows = [
    ...SEARCHES.map((search) => row(search === '' ? '(everything)' : search, one(search, NEWEST_FIRST))),
    ...SORT_KEYS.map((key) => row(`sort by ${key}`, one('', { key, descending: false }))),
    row('camera, by title', one('camera', { key: 'title', descending: true })),
  ];
  const completing = none();
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const key of ['tag', 'ref', 'model', 'ratio', 'is'] as const) {
      index.put(anId, { rating: (edits += 1) % 6 });
      measure(() => index.values(key, '', 20), round === 0 ? first : completing);
    }
  printTable(
    `Search in ${size} clips, ${ROWS} rows each; load ${loadavg()[0]?.toFixed(1)}: median, 95th percentile, processor, ms`,
    [
      ...rows,
      row('all together', all, size === SIZES.at(-1) ? `95th percentile under ${BAR_MS}` : ''),
      row('values to complete to', completing),
      [
        'the very first',
        `${(first.wall[0] ?? 0).toFixed(0)} ms, ${(first.processor[0] ?? 0).toFixed(0)} of the processor`,
        '',
      ],
      [
        'first of each kind after that, most',
        `${Math.max(...first.wall.slice(1)).toFixed(0)} ms, ${Math.max(...first.processor.slice(1)).toFixed(0)} of the processor`,
        '',
      ],
      ['writing a clip', `${((filling.processor[0] ?? 0) / size).toFixed(2)} ms of the processor`, ''],
      ['database', `${Math.round(statSync(path).size / 1024 / 1024)} MB`, ''],
    ],
  );
  database.close();
  rmSync(folder, { recursive: true, force: true });
}
