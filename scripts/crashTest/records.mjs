// Reads the app's database from a copy: opening the real file would do the recovery that the app has to do.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';

/** @typedef {{ id: string, state: string, prompt: string, taskId: string | null, endedAt: string | null, hold: string | null, error: string | null }} GenerationRow */
/** @typedef {{ id: string, relativePath: string, contentHash: string, generationId: string | null }} ClipRow */
/** @typedef {{ integrity: string, generations: GenerationRow[], clips: ClipRow[] }} Records */

/** @param {string} userData @returns {Promise<Records>} as the disk is now */
export async function readRecords(userData) {
  const copy = await mkdtemp(join(tmpdir(), 'dailies-records-'));
  try {
    for (const name of ['dailies.db', 'dailies.db-wal'])
      await copyFile(join(userData, name), join(copy, name)).catch(() => undefined);
    const database = new Libsql(join(copy, 'dailies.db'));
    try {
      return readAll(database);
    } finally {
      database.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** @param {Libsql.Database} database @returns {Records} */
function readAll(database) {
  const rows = (/** @type {string} */ sql) => /** @type {any[]} */ (database.prepare(sql).all());
  const integrity = rows('PRAGMA integrity_check')
    .map((row) => row.integrity_check)
    .join('; ');
  const tables = rows("SELECT name FROM sqlite_master WHERE type = 'table'").map((row) => row.name);
  // Killed in its very first start, the app may not have made them yet.
  if (!tables.includes('generations') || !tables.includes('clips'))
    return { integrity, generations: [], clips: [] };
  return {
    integrity,
    generations: rows('SELECT id, state, task_id, record FROM generations').map((row) => {
      const { recipe, endedAt, hold, error } = JSON.parse(row.record);
      const code = error === null ? null : `${error.code} ${JSON.stringify(error.detail.values ?? {})}`;
      const { id, state, task_id: taskId } = row;
      return { id, state, taskId, prompt: recipe.prompt, endedAt, hold, error: code };
    }),
    clips: rows('SELECT id, relative_path, content_hash, record FROM clips').map((row) => ({
      id: row.id,
      relativePath: row.relative_path,
      contentHash: row.content_hash,
      generationId: JSON.parse(row.record).generationId,
    })),
  };
}
