// A copy of the database before it is brought to a newer version: the way back when that goes wrong.
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Libsql from 'libsql';

const KEPT = 2;

/**
 * Writes `<path>.v<version>.bak`, whole and on disk when it returns, and keeps the newest two versions.
 * @throws what SQLite and the file system throw; the database is untouched then
 */
export function backUp(connection: Libsql.Database, path: string, version: number): void {
  const backup = `${path}.v${version}.bak`;
  const unfinished = `${backup}.part`;
  // SQLite does not write over a file that an interrupted start left.
  rmSync(unfinished, { force: true });
  connection.exec(`VACUUM INTO '${unfinished.replaceAll("'", "''")}'`);
  // Opened for writing: Windows flushes no other.
  const file = openSync(unfinished, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, backup);
  dropOlder(path);
}

function dropOlder(path: string): void {
  const prefix = `${basename(path)}.v`;
  const versions = readdirSync(dirname(path)).flatMap((name) => {
    const version = /^(\d+)\.bak$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '')?.[1];
    return version === undefined ? [] : [Number(version)];
  });
  for (const version of versions.sort((a, b) => b - a).slice(KEPT))
    rmSync(join(dirname(path), `${prefix}${version}.bak`), { force: true });
}
