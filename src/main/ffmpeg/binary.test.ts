import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { createBinaryFinder } from './binary';

const folder = temporaryFolder('binary');

/** A program that answers as ffmpeg does, and counts how often it was asked. */
function standIn(path: string, version: string): string {
  writeFileSync(path, `#!/bin/sh\necho "ffmpeg version ${version} Copyright"\necho x >> "${path}.asked"\n`);
  chmodSync(path, 0o755);
  return path;
}

const found = (search: Parameters<typeof createBinaryFinder>[0]): Promise<string> =>
  createBinaryFinder(search)
    .find()
    .then(({ version }) => version);

// Bug: the person's choice loses to the one on PATH; a broken choice stops everything.
test('the choice comes first, then the environment, then what was shipped, then PATH', async () => {
  const chosen = standIn(join(folder, 'chosen'), '7-chosen');
  const named = standIn(join(folder, 'named'), '7-env');
  const bundled = standIn(join(folder, 'bundled'), '7-bundled');
  standIn(join(folder, 'ffmpeg'), '7-path');
  const env = { PATH: `${folder}:/usr/bin:/bin`, FFMPEG_PATH: named };
  expect(await found({ chosen: () => chosen, env, bundled })).toBe('7-chosen');
  expect(await found({ chosen: () => '/nowhere/ffmpeg', env, bundled })).toBe('7-env');
  expect(await found({ env: { PATH: env.PATH }, bundled })).toBe('7-bundled');
  expect(await found({ env: { PATH: env.PATH }, bundled: join(folder, 'no file') })).toBe('7-path');
});

// Bug: a packaged app starts the program inside the archive, which no system can.
test('leaves the archive', async () => {
  const unpacked = join(folder, 'app.asar.unpacked');
  mkdirSync(unpacked);
  standIn(join(unpacked, 'ffmpeg'), '7-unpacked');
  const env = { PATH: '/nowhere' };
  expect(await found({ env, bundled: join(folder, 'app.asar', 'ffmpeg') })).toBe('7-unpacked');
});

// Bug: some other program that runs is taken for ffmpeg; or the search is done before every picture.
test('asks once, believes only ffmpeg, and searches again after a failure', async () => {
  const path = join(folder, 'later');
  const env = { PATH: '/nowhere' };
  const finder = createBinaryFinder({ chosen: () => path, env, bundled: '/bin/true' });
  await expect(finder.find()).rejects.toMatchObject({ code: 'ffmpeg_missing' });
  standIn(path, '7-later');
  expect((await finder.find()).version).toBe('7-later');
  rmSync(`${path}.asked`);
  await Promise.all([finder.find(), finder.find()]);
  expect(existsSync(`${path}.asked`)).toBe(false);
  finder.forget();
  await finder.find();
  expect(existsSync(`${path}.asked`)).toBe(true);
});
