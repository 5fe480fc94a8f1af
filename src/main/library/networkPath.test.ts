import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { isNetworkPath } from './networkPath';

// Bug: a share is listened to, where nothing is ever told, or a drive is asked for every few seconds.
test.each([
  [String.raw`\\nas\films`, 'win32', true],
  [String.raw`\\?\UNC\nas\films`, 'win32', true],
  ['//nas/films', 'win32', true],
  [String.raw`\\?\C:\films`, 'win32', false],
  [String.raw`C:\films`, 'win32', false],
  ['/Volumes/nas/films', 'darwin', true],
  ['/Users/mei/Movies', 'darwin', false],
] as const)('%s on %s', async (path, platform, network) => {
  expect(await isNetworkPath(path, platform)).toBe(network);
});

test("this computer's own disk is none", async () => {
  expect(await isNetworkPath(tmpdir(), 'linux')).toBe(false);
  expect(await isNetworkPath('/nowhere at all', 'linux')).toBe(false);
});
