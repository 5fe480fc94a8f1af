import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DatabaseTooNew, openDatabase } from './open';

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
