import { expect, test } from 'vitest';
import {
  decodeCheckArgs,
  fitWithin,
  guarded,
  MOST_PIXELS,
  posterArgs,
  spriteArgs,
  waveformArgs,
} from './args';
import { embedArgs } from '../library/embedArgs';

const input = { path: '/tmp/-y\n%d.mp4', format: 'mp4' } as const;

// Bug: a file makes ffmpeg reach for the network, or ffmpeg waits for an answer on the terminal.
test('every input stands behind the list of allowed protocols', () => {
  const args = guarded(['-i', 'file:/a', '-f', 'mov', '-i', 'file:/b', 'file:/c']);
  expect(args.slice(0, 3)).toEqual(['-nostdin', '-hide_banner', '-y']);
  for (const [at, arg] of args.entries())
    if (arg === '-i') expect(args.slice(at - 2, at)).toEqual(['-protocol_whitelist', 'file,pipe']);
  expect(args.filter((arg) => arg === '-protocol_whitelist')).toHaveLength(2);
});

// Bug: a name is read as an option, a protocol or a pattern.
test('paths are always file addresses and the reader is always named', () => {
  const sheet = { columns: 4, rows: 3, count: 12, cellWidth: 284, cellHeight: 160 };
  const lists = [
    posterArgs(input, 0.5, { width: 640, height: 360 }, '/o%d.webp'),
    spriteArgs(input, sheet, 5, '/o%d.webp'),
    waveformArgs({ path: '/s', format: 'mp3' }, 320, 64, '/o%d.webp'),
    decodeCheckArgs(input),
    embedArgs(input, '/words%d', '/o.mp4'),
  ];
  for (const args of lists) {
    expect(args[args.indexOf('-i') + 1]).toMatch(/^file:\//);
    expect(args[args.indexOf('-i') - 2]).toBe('-f');
    expect(args.at(-1)).toMatch(/^(file:\/|-$)/);
    expect(args.at(-3)).toBe('-f');
  }
});

// Bug: a small file that claims a giant picture, or grows one on its way, is decoded into all the memory there is.
test('whatever is decoded is bounded in pixels', () => {
  for (const args of [
    posterArgs(input, 0.5, { width: 640, height: 360 }, '/o.webp'),
    spriteArgs(input, { columns: 1, rows: 1, count: 1, cellWidth: 2, cellHeight: 2 }, 5, '/o.webp'),
    decodeCheckArgs(input),
  ])
    expect(args.slice(0, args.indexOf('-i')).join(' ')).toContain(`-max_pixels ${MOST_PIXELS}`);
});

// Bug: seeking after the input decodes everything before it.
test('a poster seeks before it opens the file', () => {
  const args = posterArgs(input, 0.5, { width: 640, height: 360 }, '/o.webp');
  expect(args.indexOf('-ss')).toBeLessThan(args.indexOf('-i'));
  expect(posterArgs(input, 0, { width: 1, height: 1 }, '/o.webp')).not.toContain('-ss');
});

// Bug: small pictures are blown up, tall ones squashed, thin ones vanish.
test.each([
  [
    { width: 1280, height: 720 },
    { width: 640, height: 360 },
  ],
  [
    { width: 720, height: 1280 },
    { width: 360, height: 640 },
  ],
  [
    { width: 100, height: 50 },
    { width: 100, height: 50 },
  ],
  [
    { width: 100_000, height: 2 },
    { width: 640, height: 1 },
  ],
])('fits %o', (size, fitted) => {
  expect(fitWithin(size, 640)).toEqual(fitted);
});
