// Whether a database is whole: a real file, a real thread, real damage.
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { builtWorker } from '../../../tests/fixtures/builtWorker';
import { openDatabase } from './open';
import { isWhole } from './whole';

const never = new AbortController().signal;
let script = '';
beforeAll(async () => {
  script = await builtWorker('src/main/database/wholeWorker.ts');
});

// Bug: the check locks out the app that has the file open, or finds damage where there is none.
test('is whole while it is open and written to', async () => {
  const path = join(await testFolder('whole'), 'dailies.db');
  const database = openDatabase(path);
  const checked = isWhole(script, path, never);
  database.run('CREATE TABLE other (value TEXT)');
  expect(await checked).toBe(true);
  database.close();
});

// Bug: damage in the middle of the file passes, because only its head is read.
test('is not whole with a page overwritten, and no database at all is none', async () => {
  const folder = await testFolder('damaged');
  const path = join(folder, 'dailies.db');
  const database = openDatabase(path);
  // From the log into the file.
  database.get('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const file = await open(path, 'r+');
  const { size } = await stat(path);
  await file.write(Buffer.alloc(size - 8192, 0x5a), 0, size - 8192, 8192);
  await file.close();
  expect(await isWhole(script, path, never)).toBe(false);
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(isWhole(join(folder, 'no-script.cjs'), path, stopped)).rejects.toThrow();
});
