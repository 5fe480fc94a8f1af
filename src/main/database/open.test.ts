import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DatabaseTooNew, openDatabase, openOrSetAside } from './open';

const file = (): string => join(mkdtempSync(join(tmpdir(), 'dailies-db-')), 'dailies.db');

// Bug: a write acknowledged to a caller that is gone after the process dies.
test('runs in WAL with full synchronisation', () => {
  const database = openDatabase(file());
  expect(database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  database.close();
});

// Bug: migrations run twice on the second start, or rows lost between starts.
test('opens again with what was written', () => {
  const path = file();
  const first = openDatabase(path);
  first.run("INSERT INTO media VALUES ('a', '{}', NULL, '2026')");
  first.close();
  const second = openDatabase(path);
  expect(second.all('SELECT id FROM media')).toEqual([{ id: 'a' }]);
  second.close();
});

// Bug: an older program opens and damages a newer database.
test('refuses a database of a newer version', () => {
  const path = file();
  const database = openDatabase(path);
  database.run('PRAGMA user_version = 999');
  database.close();
  expect(() => openDatabase(path)).toThrow(DatabaseTooNew);
});

// Bug: half of a group of writes stays when the other half fails.
test('a transaction that throws leaves nothing', () => {
  const database = openDatabase(file());
  expect(() =>
    database.transaction(() => {
      database.run("INSERT INTO media VALUES ('a', '{}', NULL, '2026')");
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(database.all('SELECT id FROM media')).toEqual([]);
  database.close();
});

// Bug: a damaged file keeps the app from starting, or is overwritten and with it whatever could be rescued.
test('a damaged database is kept aside and a new one begun', () => {
  const path = file();
  writeFileSync(path, 'this was a database once'.repeat(200));
  let keptAt = '';
  const database = openOrSetAside(path, (where) => (keptAt = where));
  expect(database.all('SELECT id FROM media')).toEqual([]);
  database.close();
  expect(readFileSync(keptAt, 'utf8')).toContain('this was a database once');
  expect(readdirSync(dirname(path)).some((name) => name.includes('.broken-'))).toBe(true);
});

// Bug: a newer version's database is taken for a damaged one and put away.
test('a newer database is refused, not put aside', () => {
  const path = file();
  const database = openDatabase(path);
  database.run('PRAGMA user_version = 999');
  database.close();
  expect(() => openOrSetAside(path, () => expect.unreachable())).toThrow(DatabaseTooNew);
});
