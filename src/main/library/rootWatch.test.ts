import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { RootWatch } from './rootWatch';

const watches: RootWatch[] = [];
afterEach(() => watches.splice(0).forEach((each) => each.close()));

function watched(path: string) {
  const changed = vi.fn<(there: boolean) => void>();
  const watch = new RootWatch({ path, changed });
  watches.push(watch);
  return { watch, changed };
}

// Bug: every time the window comes to the front, the whole library is looked through.
test('tells only what changed', async () => {
  const home = temporaryFolder('root');
  const path = join(home, 'library');
  mkdirSync(path);
  const { watch, changed } = watched(path);
  for (let n = 0; n < 20; n += 1) watch.look();
  renameSync(path, join(home, 'elsewhere'));
  watch.look();
  await expect.poll(() => changed.mock.calls).toEqual([[false]]);
  renameSync(join(home, 'elsewhere'), path);
  for (let n = 0; n < 20; n += 1) watch.look();
  await expect.poll(() => changed.mock.calls).toEqual([[false], [true]]);
});

// Bug: what was closed goes on looking, and announces into a closed database.
test('closed, it tells nothing', async () => {
  const home = temporaryFolder('root');
  const path = join(home, 'library');
  mkdirSync(path);
  const { watch, changed } = watched(path);
  const other = watched(path);
  watch.look();
  watch.close();
  renameSync(path, join(home, 'elsewhere'));
  watch.look();
  other.watch.look();
  await expect.poll(() => other.changed.mock.calls).toEqual([[false]]);
  expect(changed).not.toHaveBeenCalled();
});

// Bug: a file in the folder's place, or a folder that may not be read, counts as the library, so that its return is
// never noticed.
test('takes only a folder that can be read for one that is there', async () => {
  const path = join(temporaryFolder('root'), 'library');
  writeFileSync(path, 'a file');
  const { watch, changed } = watched(path);
  rmSync(path);
  mkdirSync(path);
  watch.look();
  await expect.poll(() => changed.mock.calls).toEqual([[true]]);
  // Root may read everything.
  if (process.getuid?.() === 0) return;
  chmodSync(path, 0o000);
  watch.look();
  await expect.poll(() => changed.mock.calls).toEqual([[true], [false]]);
  chmodSync(path, 0o700);
  watch.look();
  await expect.poll(() => changed.mock.calls).toEqual([[true], [false], [true]]);
});
