// Opens the one SQLite file, in the mode that survives a power cut, and brings it to the newest version.
import { existsSync, renameSync } from 'node:fs';
import Libsql from 'libsql';
import { migrations } from './migrations';

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

/** Thrown for a file that a newer Dailies wrote: opening it could lose what this version does not know. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
}

/**
 * Opens or creates the database at `path` (`:memory:` in tests).
 * @throws DatabaseTooNew when its version is above the migrations known here.
 */
export function openDatabase(path: string): Database {
  const connection = new Libsql(path);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  connection.exec('PRAGMA busy_timeout = 5000;');
  migrate(connection);
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

function migrate(connection: Libsql.Database): void {
  const { user_version: version } = connection.prepare('PRAGMA user_version').get() as {
    user_version: number;
  };
  if (version > migrations.length)
    throw new DatabaseTooNew(`database version ${version}, this program knows ${migrations.length}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    connection.exec(`BEGIN; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
