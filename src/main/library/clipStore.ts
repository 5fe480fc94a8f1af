// The clips table: records in, pages out.
import type { Clip, ClipCursor, ClipDetail, ClipPage, ClipTask } from '@shared/domain/clip';
import type { Recipe } from '@shared/domain/draft';
import type { Database } from '../database/open';

export interface StoredClip {
  readonly clip: Clip;
  /** In the library, with slashes. */
  readonly relativePath: string;
  readonly contentHash: string;
}

/** What may change in a record after it was made. */
export type ClipChange = Partial<Pick<Clip, 'hasPoster' | 'sprite' | 'missing'>>;

interface Row {
  record: string;
  relative_path: string;
  content_hash: string;
  recipe: string | null;
  task: string | null;
}

const CLIP_COLUMNS = 'record, relative_path, content_hash';

/** Clips in the database. Every call is synchronous; a returned write is on disk. */
export class ClipStore {
  constructor(private readonly database: Database) {}

  find(id: string): StoredClip | null {
    const row = this.database.get<Row>(`SELECT ${CLIP_COLUMNS} FROM clips WHERE id = ?`, id);
    return row === undefined ? null : stored(row);
  }

  detail(id: string): ClipDetail | null {
    const row = this.database.get<Row>('SELECT record, recipe, task FROM clips WHERE id = ?', id);
    if (row === undefined) return null;
    return {
      ...(JSON.parse(row.record) as Clip),
      recipe: row.recipe === null ? null : (JSON.parse(row.recipe) as Recipe),
      task: row.task === null ? null : (JSON.parse(row.task) as ClipTask),
    };
  }

  /** Newest first, from behind `after`. Clips added meanwhile shift nothing. */
  page(after: ClipCursor | null, limit: number): ClipPage {
    const clips = this.stored(after, limit + 1).map(({ clip }) => clip);
    const more = clips.length > limit;
    const shown = more ? clips.slice(0, limit) : clips;
    const last = shown.at(-1);
    const next = more && last !== undefined ? { createdAt: last.createdAt, id: last.id } : null;
    return { clips: shown, next, total: this.count() };
  }

  /** As `page`, with what only main knows. */
  stored(after: ClipCursor | null, limit: number): StoredClip[] {
    const order = 'ORDER BY created_at DESC, id DESC LIMIT ?';
    const rows =
      after === null
        ? this.database.all<Row>(`SELECT ${CLIP_COLUMNS} FROM clips ${order}`, limit)
        : this.database.all<Row>(
            `SELECT ${CLIP_COLUMNS} FROM clips WHERE (created_at, id) < (?, ?) ${order}`,
            after.createdAt,
            after.id,
            limit,
          );
    return rows.map(stored);
  }

  count(): number {
    return this.database.get<{ n: number }>('SELECT COUNT(*) AS n FROM clips')?.n ?? 0;
  }

  bytes(): number {
    return this.database.get<{ n: number }>('SELECT COALESCE(SUM(bytes), 0) AS n FROM clips')?.n ?? 0;
  }

  /** Does nothing when the id is there already. */
  insert(
    { clip, relativePath, contentHash }: StoredClip,
    recipe: Recipe | null,
    task: ClipTask | null,
  ): void {
    this.database.run(
      `INSERT INTO clips (id, created_at, relative_path, content_hash, bytes, record, recipe, task)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      clip.id,
      clip.createdAt,
      relativePath,
      contentHash,
      clip.bytes,
      JSON.stringify(clip),
      recipe === null ? null : JSON.stringify(recipe),
      task === null ? null : JSON.stringify(task),
    );
  }

  /** Changes a record and counts its revision up. Null when the clip is gone or nothing would change. */
  change(id: string, change: ClipChange): Clip | null {
    return this.changeAll([{ id, change }])[0] ?? null;
  }

  /** Many at once, with one write to the disk; answers with the records that changed. */
  changeAll(changes: readonly { readonly id: string; readonly change: ClipChange }[]): Clip[] {
    if (changes.length === 0) return [];
    return this.database.transaction(() => changes.flatMap(({ id, change }) => this.changeOne(id, change)));
  }

  private changeOne(id: string, change: ClipChange): Clip[] {
    const before = this.find(id)?.clip;
    if (before === undefined) return [];
    const after: Clip = { ...before, ...change };
    if (JSON.stringify(after) === JSON.stringify(before)) return [];
    const clip: Clip = { ...after, revision: before.revision + 1 };
    this.database.run('UPDATE clips SET record = ? WHERE id = ?', JSON.stringify(clip), id);
    return [clip];
  }
}

function stored(row: Row): StoredClip {
  return {
    clip: JSON.parse(row.record) as Clip,
    relativePath: row.relative_path,
    contentHash: row.content_hash,
  };
}
