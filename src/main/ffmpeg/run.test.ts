import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { commandLines, runs } from '../../../tests/fixtures/processes';
import { decodeCheckArgs, posterArgs } from './args';
import type { FfmpegProgress } from './progress';

/** Encodes as slowly as it is watched: runs for ten minutes unless it is stopped. */
const endless = (to: string): string[] => [
  ...['-re', '-f', 'lavfi', '-i', 'testsrc2=duration=600', '-c:v', 'libx264', '-f', 'mpegts'],
  `file:${to}`,
];
const LONG = { limitMs: 600_000 };

/** A program in ffmpeg's place that ignores gentle requests and starts another; writes down both. */
function stubborn(folder: string): string {
  const path = join(folder, 'stubborn');
  const script = [
    '#!/bin/sh',
    'if [ "$1" = "-version" ]; then echo "ffmpeg version 7-stubborn"; exit 0; fi',
    `trap '' TERM INT`,
    'sleep 300 &',
    `echo "$$ $!" > "${folder}/pids.tmp"; mv "${folder}/pids.tmp" "${folder}/pids"`,
    'wait; wait; sleep 300',
  ];
  writeFileSync(path, `${script.join('\n')}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function pidsIn(folder: string): Promise<number[]> {
  while (!existsSync(join(folder, 'pids'))) await wait(20);
  return readFileSync(join(folder, 'pids'), 'utf8').trim().split(' ').map(Number);
}

// Bug: a video made to be slow, or a stuck child, works on for ever.
test('the time limit ends the whole tree, whatever it ignores', async () => {
  const folder = temporaryFolder('limit');
  const run = ffmpegRunner(stubborn(folder)).run(['-i', 'x'], { limitMs: 1500 });
  const pids = await pidsIn(folder);
  expect(pids.map(runs)).toEqual([true, true]);
  await expect(run).rejects.toMatchObject({ code: 'ffmpeg_failed', message: /longer than/ });
  // The signal is sent; dying of it takes the system a moment.
  await expect.poll(() => pids.map(runs), { timeout: 1000 }).toEqual([false, false]);
});

// Bug: cancelling leaves a process that goes on writing, or half a file under the final name.
test('abort leaves no process and no file', async () => {
  const folder = temporaryFolder('abort');
  const controller = new AbortController();
  const ffmpeg = ffmpegRunner();
  const making = ffmpeg.produce(join(folder, 'out.ts'), endless, { ...LONG, signal: controller.signal });
  while (readdirSync(folder).length === 0) await wait(20);
  controller.abort();
  await expect(making).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(folder)).toEqual([]);
  expect(commandLines().filter((line) => line.includes(folder))).toEqual([]);
});

// Bug: quitting leaves ffmpeg behind, or a queued job starts one after it.
test('stopAll ends what runs and starts nothing any more', async () => {
  const folder = temporaryFolder('quit');
  const ffmpeg = ffmpegRunner(stubborn(folder));
  const run = ffmpeg.run(['-i', 'x'], LONG);
  const ended = expect(run).rejects.toMatchObject({ name: 'AbortError' });
  const pids = await pidsIn(folder);
  await ffmpeg.stopAll();
  await ended;
  // The signal is sent; dying of it takes the system a moment.
  await expect.poll(() => pids.map(runs), { timeout: 1000 }).toEqual([false, false]);
  await expect(ffmpeg.run(['-version'], LONG)).rejects.toMatchObject({ name: 'AbortError' });
});

// Bug: a failure says nothing about why, or leaves what it had written.
test('a failure brings the last lines and leaves nothing', async () => {
  const folder = temporaryFolder('failure');
  writeFileSync(join(folder, 'no.mp4'), 'not a video at all, only words');
  const input = { path: join(folder, 'no.mp4'), format: 'mp4' } as const;
  const args = (to: string): string[] => posterArgs(input, 0, { width: 64, height: 64 }, to);
  const failure = ffmpegRunner().produce(join(folder, 'o.webp'), args, LONG);
  await expect(failure).rejects.toMatchObject({
    code: 'ffmpeg_failed',
    detail: { rawMessage: expect.stringContaining('Invalid data') as string },
  });
  expect(readdirSync(folder)).toEqual(['no.mp4']);
});

// Bug: a picture that was never written is recorded as made.
test('a run that writes nothing is a failure', async () => {
  const folder = temporaryFolder('failure');
  const path = makeVideo(join(folder, 'a.mp4'));
  const args = (to: string): string[] =>
    posterArgs({ path, format: 'mp4' }, 60, { width: 64, height: 36 }, to);
  const failure = ffmpegRunner().produce(join(folder, 'o.webp'), args, LONG);
  await expect(failure).rejects.toMatchObject({ code: 'ffmpeg_failed' });
  expect(readdirSync(folder)).toEqual(['a.mp4']);
});

// Bug: a playlist that is called a video makes ffmpeg open other files or the network.
test('reads nothing but the file it was given', async () => {
  const folder = temporaryFolder('playlist');
  makeVideo(join(folder, 'other.ts'), { format: 'mpegts' });
  writeFileSync(join(folder, 'list.mp4'), '#EXTM3U\n#EXTINF:1,\nother.ts\n#EXT-X-ENDLIST\n');
  const input = { path: join(folder, 'list.mp4'), format: 'mp4' } as const;
  await expect(ffmpegRunner().run(decodeCheckArgs(input), LONG)).rejects.toMatchObject({
    code: 'ffmpeg_failed',
  });
  const address = ['-i', 'http://127.0.0.1:9/x.mp4', '-f', 'null', '-'];
  await expect(ffmpegRunner().run(address, LONG)).rejects.toMatchObject({
    detail: { rawMessage: expect.stringContaining('whitelist') as string },
  });
});

// Bug: a variable that somebody set makes each run write a log of all it was asked, wherever the variable says.
test('writes no report of its own', async () => {
  const folder = temporaryFolder('report');
  const path = makeVideo(join(folder, 'a.mp4'));
  vi.stubEnv('FFREPORT', `file=${join(folder, 'report.log')}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await ffmpegRunner().run(decodeCheckArgs({ path, format: 'mp4' }), LONG);
  expect(readdirSync(folder)).toEqual(['a.mp4']);
});

// Bug: an output name with a pattern writes to another file than the one asked for.
test.each(['100%d #1 🎬.webp', '-y.webp', 'new\nline.webp', 'a:b.webp'])('writes to %j', async (name) => {
  const folder = temporaryFolder('names');
  const path = makeVideo(join(folder, name.replace('webp', 'mp4')));
  const args = (to: string): string[] =>
    posterArgs({ path, format: 'mp4' }, 0.1, { width: 64, height: 36 }, to);
  await ffmpegRunner().produce(join(folder, name), args, LONG);
  expect(readdirSync(folder).sort()).toEqual([name, name.replace('webp', 'mp4')].sort());
});

// Bug: progress is never seen, or the number of frames is wrong.
test('reports the frames it decoded', async () => {
  const folder = temporaryFolder('frames');
  const path = makeVideo(join(folder, 'a.mp4'), { seconds: 2 });
  const reports: FfmpegProgress[] = [];
  await ffmpegRunner().run(decodeCheckArgs({ path, format: 'mp4' }), {
    ...LONG,
    onProgress: (report) => reports.push(report),
  });
  expect(reports.at(-1)).toMatchObject({ frames: 48, ended: true });
});

// Bug: a program that went away is looked for in the same place for ever.
test('a program that cannot be started is ffmpeg_missing', async () => {
  const folder = temporaryFolder('gone');
  const path = stubborn(folder);
  const ffmpeg = ffmpegRunner(path);
  expect(await ffmpeg.version()).toBe('7-stubborn');
  chmodSync(path, 0o644);
  await expect(ffmpeg.run(['-i', 'x'], LONG)).rejects.toMatchObject({ code: 'ffmpeg_missing' });
  expect(await ffmpeg.version()).not.toBe('7-stubborn');
});
