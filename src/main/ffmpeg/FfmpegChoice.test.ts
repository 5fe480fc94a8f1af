// Choosing an ffmpeg: only one that works is taken, and what waited for one goes on.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { collectingLog } from '../../../tests/fixtures/ffmpegRunner';
import { createBinaryFinder } from './binary';
import { FfmpegChoice } from './FfmpegChoice';

async function program(lines: readonly string[]): Promise<string> {
  const path = join(await testFolder('choice'), 'program');
  await writeFile(path, ['#!/bin/sh', ...lines].join('\n'));
  await chmod(path, 0o755);
  return path;
}

/** A computer whose PATH holds none. */
function setUp() {
  let kept: string | null = null;
  let changes = 0;
  const env = { PATH: '/nowhere' };
  const binaries = createBinaryFinder({ chosen: () => kept, env, bundled: null });
  const choice = new FfmpegChoice({
    binaries,
    keep: (path) => (kept = path),
    changed: () => (changes += 1),
    log: collectingLog(),
  });
  return { choice, binaries, kept: () => kept, changes: () => changes };
}

// Bug: a wrong file is remembered, and from then on every clip fails with words about the clip.
test('takes no other program, and none that lacks what is needed', async () => {
  const { choice, kept, changes } = setUp();
  await expect(choice.choose('/bin/true')).rejects.toMatchObject({ code: 'ffmpeg_not_one' });
  await expect(choice.choose('/nowhere/ffmpeg')).rejects.toMatchObject({ code: 'ffmpeg_not_one' });
  const poor = await program([
    'case "$*" in',
    '  -version) echo "ffmpeg version 9.9-poor";;',
    '  *libwebp*) exit 1;;',
    `  *) PATH='${process.env.PATH}' exec ffmpeg "$@";;`,
    'esac',
  ]);
  await expect(choice.choose(poor)).rejects.toMatchObject({
    code: 'ffmpeg_incomplete',
    detail: { values: { list: 'WebP' } },
  });
  expect([kept(), changes()]).toEqual([null, 0]);
});

// Bug: the new program is used only after a restart, and what waited for it waits on.
test('uses the chosen one at once, and goes back', async () => {
  const { choice, binaries, kept, changes } = setUp();
  await expect(binaries.find()).rejects.toMatchObject({ code: 'ffmpeg_missing' });
  expect([await choice.lookAgain(), changes()]).toEqual([false, 0]);
  const good = await program([`PATH='${process.env.PATH}' exec ffmpeg "$@"`]);
  await choice.choose(good);
  expect((await binaries.find()).path).toBe(good);
  expect([kept(), changes()]).toEqual([good, 1]);
  choice.clear();
  await expect(binaries.find()).rejects.toMatchObject({ code: 'ffmpeg_missing' });
  expect(kept()).toBeNull();
});
