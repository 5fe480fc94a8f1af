// What the database knows of files: whose content, where, watched folders, and files that are no use.
import { basename, dirname, sep } from 'node:path';
import { AppError, type ErrorRecord } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import type { Database } from '../database/open';
import { isInside, pathOfClip, placeOf } from './clipPort';
import { CLIP_COLUMNS, clipOf, type ClipRow } from './clipStore';

/** A clip and the absolute path of its file. */
export interface FiledClip {
  readonly clip: Clip;
  readonly relativePath: string;
  readonly contentHash: string;
  readonly path: string;
}

export interface WatchedFolder {
  readonly path: string;
  readonly mode: 'inPlace' | 'copy';
}

/** A file as it was when it was looked at: another size or time is another file. */
export interface FileState {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970, whole. */
  readonly modifiedMs: number;
}

const CLIPS = `SELECT ${CLIP_COLUMNS} FROM clips JOIN clip_facts ON clip_facts.clip_id = clips.id`;
/** As the index has it. */
const OUTSIDE = "record ->> '$.outside'";
const FILES = 'JOIN clip_files ON clip_files.clip_id = clips.id';

/** Synchronous; a returned write is on disk. */
export class FileStore {
  constructor(
    private readonly database: Database,
    private readonly root: () => string,
  ) {}

  find(id: string): FiledClip | null {
    return this.first(`${CLIPS} WHERE clips.id = ?`, id);
  }

  /** The clip whose file is (or was) at this path; one that is there before one that is missing. */
  atPath(path: string): FiledClip | null {
    const { relativePath, outside, fileName } = placeOf(path, this.root(), '');
    if (outside === null) return this.first(`${CLIPS} WHERE relative_path = ?`, relativePath);
    const here = `${OUTSIDE} = ? AND record ->> '$.fileName' = ? AND ${OUTSIDE} IS NOT NULL`;
    return this.first(`${CLIPS} WHERE ${here} ORDER BY missing`, outside, fileName);
  }

  /** Clips outside the library whose file is somewhere in this folder. */
  outsideIn(folder: string): FiledClip[] {
    const within = `${OUTSIDE} >= ? AND ${OUTSIDE} < ? AND ${OUTSIDE} IS NOT NULL`;
    return this.filed(`${CLIPS} WHERE ${within}`, folder, `${folder}${sep}\u{10ffff}`).filter(({ path }) =>
      isInside(path, folder),
    );
  }

  withContent(contentId: string): FiledClip[] {
    return this.filed(`${CLIPS} ${FILES} WHERE content_id = ? ORDER BY clips.id`, contentId);
  }

  /** By id, `limit` of them behind `after`. */
  batch(after: string, limit: number): FiledClip[] {
    return this.filed(`${CLIPS} WHERE clips.id > ? ORDER BY clips.id LIMIT ?`, after, limit);
  }

  missing(): FiledClip[] {
    return this.filed(`${CLIPS} WHERE missing = 1 ORDER BY clips.id`);
  }

  count(): number {
    return this.database.get<{ n: number }>('SELECT count(*) AS n FROM clips')?.n ?? 0;
  }

  contentOf(id: string): { contentId: string; fullHash: string | null } | null {
    const row = this.database.get<{ content_id: string; full_hash: string | null }>(
      'SELECT content_id, full_hash FROM clip_files WHERE clip_id = ?',
      id,
    );
    return row === undefined ? null : { contentId: row.content_id, fullHash: row.full_hash };
  }

  /** A new content: what was known of the old one goes. */
  setContent(id: string, contentId: string, playable: boolean | null): void {
    this.database.run(
      `INSERT INTO clip_files (clip_id, content_id, playable) SELECT id, ?, ? FROM clips WHERE id = ?
       ON CONFLICT (clip_id) DO UPDATE SET content_id = excluded.content_id, playable = excluded.playable,
         full_hash = NULL, decoded_as = NULL, decodes = NULL`,
      contentId,
      playable === null ? null : Number(playable),
      id,
    );
  }

  setFullHash(id: string, hash: string): void {
    this.database.run('UPDATE clip_files SET full_hash = ? WHERE clip_id = ?', hash, id);
  }

  /** A clip that is there and whose content nobody has looked at, behind `after`. */
  unread(after: string): FiledClip | null {
    const unread = 'clips.id NOT IN (SELECT clip_id FROM clip_files)';
    return this.first(
      `${CLIPS} WHERE clips.id > ? AND missing = 0 AND ${unread} ORDER BY clips.id LIMIT 1`,
      after,
    );
  }

  /** A clip that is there and was never read to its end, behind `after`. */
  unhashed(after: string): FiledClip | null {
    const unhashed = 'full_hash IS NULL AND missing = 0';
    return this.first(
      `${CLIPS} ${FILES} WHERE clips.id > ? AND ${unhashed} ORDER BY clips.id LIMIT 1`,
      after,
    );
  }

  /** Clips that the window cannot play, and that have no copy yet. */
  withoutProxy(): string[] {
    const sql = `SELECT clips.id FROM clip_files JOIN clips ON id = clip_id
      WHERE playable = 0 AND coalesce(record ->> '$.hasProxy', 0) = 0`;
    return this.database.all<{ id: string }>(sql).map(({ id }) => id);
  }

  /** Clips of the same size and samples, in groups. */
  alike(): FiledClip[][] {
    const ids = this.database.all<{ content_id: string }>(
      'SELECT content_id FROM clip_files GROUP BY content_id HAVING count(*) > 1 ORDER BY min(clip_id)',
    );
    return ids.map(({ content_id }) => this.withContent(content_id));
  }

  /** Whether all of it decoded when it was last tried in this state; null: not tried. */
  decodes(id: string, state: FileState): boolean | null {
    const row = this.database.get<{ decodes: number | null }>(
      'SELECT decodes FROM clip_files WHERE clip_id = ? AND decoded_as = ?',
      id,
      nameOf(state),
    );
    return row?.decodes == null ? null : row.decodes === 1;
  }

  setDecodes(id: string, state: FileState, decodes: boolean): void {
    this.database.run(
      'UPDATE clip_files SET decoded_as = ?, decodes = ? WHERE clip_id = ?',
      nameOf(state),
      Number(decodes),
      id,
    );
  }

  watched(): WatchedFolder[] {
    return this.database.all<WatchedFolder>('SELECT path, mode FROM watched_folders ORDER BY path');
  }

  watch({ path, mode }: WatchedFolder): void {
    this.database.run(
      'INSERT INTO watched_folders (path, mode) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET mode = excluded.mode',
      path,
      mode,
    );
  }

  unwatch(path: string): void {
    this.database.run('DELETE FROM watched_folders WHERE path = ?', path);
  }

  /** Why this file was no use when it was last tried in this state; null: not tried, or it changed. */
  failureOf({ path, bytes, modifiedMs }: FileState): AppError | null {
    const row = this.database.get<{ error: string }>(
      'SELECT error FROM file_failures WHERE path = ? AND bytes = ? AND modified_ms = ?',
      path,
      bytes,
      modifiedMs,
    );
    return row === undefined ? null : AppError.from(JSON.parse(row.error) as ErrorRecord);
  }

  noteFailure({ path, bytes, modifiedMs }: FileState, error: AppError): void {
    this.database.run(
      `INSERT INTO file_failures (path, bytes, modified_ms, error) VALUES (?, ?, ?, ?) ON CONFLICT (path)
       DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms, error = excluded.error`,
      path,
      bytes,
      modifiedMs,
      JSON.stringify(error.toRecord()),
    );
  }

  forgetFailure(path: string): void {
    this.database.run('DELETE FROM file_failures WHERE path = ?', path);
  }

  private first(sql: string, ...values: string[]): FiledClip | null {
    return this.filed(sql, ...values)[0] ?? null;
  }

  private filed(sql: string, ...values: (string | number)[]): FiledClip[] {
    return this.database.all<ClipRow>(sql, ...values).map((row) => {
      const clip = clipOf(row);
      const { relative_path: relativePath, content_hash: contentHash } = row;
      return { clip, relativePath, contentHash, path: pathOfClip(clip, relativePath, this.root()) };
    });
  }
}

function nameOf({ bytes, modifiedMs }: FileState): string {
  return `${bytes} ${modifiedMs}`;
}

/** As a person would call the file. */
export function shownName(path: string): string {
  return basename(path) || dirname(path);
}
