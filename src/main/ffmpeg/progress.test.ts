import { expect, test } from 'vitest';
import { ProgressReader } from './progress';

const BLOCKS =
  'frame=12\nfps=0.0\nout_time_us=500000\nspeed=1x\nprogress=continue\n' +
  'frame=24\nout_time_us=1000000\nprogress=end\n';

// Bug: reports are lost or doubled when the pipe cuts a line.
test.each([1, 3, 7, 1000])('reads blocks cut into pieces of %d', (size) => {
  const reader = new ProgressReader();
  const reports = [];
  for (let at = 0; at < BLOCKS.length; at += size) reports.push(...reader.push(BLOCKS.slice(at, at + size)));
  expect(reports).toEqual([
    { frames: 12, seconds: 0.5, ended: false },
    { frames: 24, seconds: 1, ended: true },
  ]);
});

// Bug: `N/A`, a negative time, Windows line ends or rubbish end the reading.
test('passes over what is no number', () => {
  const reader = new ProgressReader();
  const text =
    'rubbish\r\nout_time_us=N/A\r\nout_time_ms=-577014\r\nprogress=continue\r\n' +
    'out_time_us=-9223372036854775807\nprogress=continue\n';
  expect(reader.push(text)).toEqual([
    { frames: 0, seconds: null, ended: false },
    { frames: 0, seconds: null, ended: false },
  ]);
});

// Bug: a program that never ends a line fills the memory.
test('keeps no endless line', () => {
  const reader = new ProgressReader();
  for (let n = 0; n < 100; n += 1) reader.push('x'.repeat(10_000));
  expect(JSON.stringify(reader).length).toBeLessThan(2000);
});
