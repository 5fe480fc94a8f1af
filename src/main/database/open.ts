// Opens the one SQLite file, in the mode that survives a power cut, and brings it to the newest version.
import { existsSync, renameSync } from 'node:fs';
import Libsql from 'libsql';
import { backUp } from './backup';
import { migrations } from './migrations';
import { DatabaseTooNew } from './openError';

export type SqlValue = string | number | null;

/** The few calls the stores use. Synchronous: a returned `run` is on disk. */
export interface Database {
  run(sql: string, ...values: SqlValue[]): void;
  get<Row extends object>(sql: string, ...values: SqlValue[]): Row | undefined;
  all<Row extends object>(sql: string, ...values: SqlValue[]): Row[];
  /** All or nothing, also for what `action` throws. */
  transaction<T>(action: () => T): T;
  close(): void;
}

/**
 * Opens or creates the database at `path` (`:memory:` in tests). An older one is copied to `<path>.v<version>.bak`
 * before it is brought to the newest version.
 * @throws DatabaseTooNew when its version is above the migrations known here; nothing was written then. And what
 * SQLite and the file system throw
 */
export function openDatabase(path: string): Database {
  const connection = new Libsql(path);
  try {
    prepareConnection(connection, path);
  } catch (error) {
    // What was refused must not stay open: the next attempt, or another program, may need it.
    connection.close();
    throw error;
  }
  // Preparing is the slow half of a small statement: each text is prepared once.
  const prepared = new Map<string, Libsql.Statement>();
  const prepare = (sql: string): Libsql.Statement => {
    let statement = prepared.get(sql);
    if (statement === undefined) prepared.set(sql, (statement = connection.prepare(sql)));
    return statement;
  };
  return {
    run: (sql, ...values) => void prepare(sql).run(...values),
    get: <Row extends object>(sql: string, ...values: SqlValue[]) => {
      const row = prepare(sql).get(...values) as (Row & { _metadata?: unknown }) | undefined;
      // libsql adds its timing to the row of `get`.
      if (row !== undefined) delete row._metadata;
      return row;
    },
    all: <Row extends object>(sql: string, ...values: SqlValue[]) => prepare(sql).all(...values) as Row[],
    transaction: (action) => connection.transaction(action)(),
    close: () => void connection.close(),
  };
}

/**
 * Opens the database at `path`; a damaged one is kept beside it under another name and a new one begun.
 * `broken` is told where the damaged one is now.
 * @throws DatabaseTooNew, and what the file system throws
 */
export function openOrSetAside(path: string, broken: (keptAt: string) => void): Database {
  try {
    return openDatabase(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const keptAt = `${path}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
    renameSync(path, keptAt);
    // Without these the new database would be mixed with pages of the old one.
    for (const suffix of ['-wal', '-shm'])
      if (existsSync(path + suffix)) renameSync(path + suffix, keptAt + suffix);
    broken(keptAt);
    return openDatabase(path);
  }
}

function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code) || /malformed|not a database/i.test(String(error));
}

function prepareConnection(connection: Libsql.Database, path: string): void {
  connection.exec('PRAGMA busy_timeout = 2000;');
  const version = versionOf(connection);
  // Before anything is written.
  if (version > migrations.length)
    throw new DatabaseTooNew(`database version ${version}, this program knows ${migrations.length}`);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (version > 0 && version < migrations.length) backUp(connection, path, version);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    connection.exec(`BEGIN; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function versionOf(connection: Libsql.Database): number {
  return (connection.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
