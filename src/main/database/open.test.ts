import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { migrations } from './migrations';
import { openDatabase, openOrSetAside } from './open';
import { DatabaseTooNew } from './openError';

const file = (): string => join(mkdtempSync(join(tmpdir(), 'dailies-db-')), 'dailies.db');

/** A database as version `version` of the program left it, with something in it. */
function written(version: number): string {
  const path = file();
  const connection = new Libsql(path);
  connection.exec('PRAGMA journal_mode = WAL;');
  for (const sql of migrations.slice(0, version)) connection.exec(sql);
  connection.exec(`PRAGMA user_version = ${version};`);
  connection.exec("INSERT INTO media VALUES ('a', '{}', NULL, '2026');");
  connection.close();
  return path;
}

const backups = (path: string): string[] =>
  readdirSync(dirname(path))
    .filter((name) => name.endsWith('.bak'))
    .sort();

const shape = (path: string): unknown[] => {
  const connection = new Libsql(path, { readonly: true });
  const rows = connection.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  connection.close();
  return rows;
};

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

const EARLIER = migrations.slice(1).map((_sql, index) => index + 1);

// Bug: an upgrade loses rows, ends in another shape than a new database, or leaves no way back.
test.each(EARLIER)('version %i is brought up to date, and kept as it was', (version) => {
  const path = written(version);
  const before = shape(path);
  openDatabase(path).close();
  const fresh = file();
  openDatabase(fresh).close();
  expect(shape(path)).toEqual(shape(fresh));
  expect(backups(path)).toEqual([`dailies.db.v${version}.bak`]);
  const backup = `${path}.v${version}.bak`;
  expect(shape(backup)).toEqual(before);
  const copy = new Libsql(backup, { readonly: true });
  expect(copy.prepare('SELECT id FROM media').all()).toEqual([{ id: 'a' }]);
  expect(copy.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: version });
  copy.close();
});

// Bug: what only the write-ahead log holds after a power cut is missing in the backup.
test('the backup has what was written last', () => {
  const path = written(1);
  const killed = new Libsql(path);
  killed.exec("INSERT INTO media VALUES ('b', '{}', NULL, '2026');");
  openDatabase(path).close();
  killed.close();
  const copy = new Libsql(`${path}.v1.bak`, { readonly: true });
  expect(copy.prepare('SELECT id FROM media ORDER BY id').all()).toEqual([{ id: 'a' }, { id: 'b' }]);
  copy.close();
});

// Bug: a new copy with every upgrade for ever, or the wrong ones thrown away (10 sorts before 9 as text).
test('the two newest backups stay, and other files are left alone', () => {
  const path = written(4);
  for (const name of ['dailies.db.v1.bak', 'dailies.db.v2.bak', 'dailies.db.v3.bak', 'dailies.db.vx.bak'])
    writeFileSync(join(dirname(path), name), '');
  openDatabase(path).close();
  expect(backups(path)).toEqual(['dailies.db.v3.bak', 'dailies.db.v4.bak', 'dailies.db.vx.bak']);
});

// Bug: an upgrade that could not be backed up goes on, or one cut short blocks the next for ever.
test('without a backup there is no upgrade; a half one is begun again', () => {
  const path = written(1);
  const before = shape(path);
  mkdirSync(`${path}.v1.bak`);
  expect(() => openDatabase(path)).toThrow();
  expect(shape(path)).toEqual(before);
  rmdirSync(`${path}.v1.bak`);
  writeFileSync(`${path}.v1.bak.part`, 'half of it');
  openDatabase(path).close();
  expect(backups(path)).toEqual(['dailies.db.v1.bak']);
});

// Bug: the refusal itself writes: another journal mode, files beside it, a checkpoint.
test('a newer database stays as it is, byte for byte', () => {
  const path = file();
  const connection = new Libsql(path);
  connection.exec('CREATE TABLE tomorrow (id TEXT); PRAGMA user_version = 999;');
  connection.close();
  const before = readFileSync(path);
  expect(() => openDatabase(path)).toThrow(DatabaseTooNew);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual(['dailies.db']);
});
