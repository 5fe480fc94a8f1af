// The clips table: records in, pages out.
import type { Clip, ClipCursor, ClipDetail, ClipPage, ClipTask } from '@shared/domain/clip';
import type { Recipe } from '@shared/domain/draft';
import type { Database } from '../database/open';

export interface StoredClip {
  readonly clip: Clip;
  /** In the library, with slashes; for a clip outside, `.imported/<id>.<ext>` (`clipPort.ts`). */
  readonly relativePath: string;
  readonly contentHash: string;
  /** File name of the saved last frame beside the clip; absent: there is none. */
  readonly lastFrame?: string | null;
}

/** Nothing was made of the file yet, or what was made is gone. */
export const NO_PICTURES = { hasPoster: false, sprite: null, hasProxy: false } as const;

/** Of every clip that comes: pictures are made later, and what a person does is kept as edits. */
export const NEW_CLIP = {
  revision: 1,
  ...NO_PICTURES,
  rating: 0,
  flag: null,
  tags: [],
  trashedAt: null,
} as const satisfies Partial<Clip>;

/** What may change in a record after it was made; what a person edits goes through `LibraryEdits`. */
export type ClipChange = Partial<
  Pick<Clip, 'hasPoster' | 'sprite' | 'hasProxy' | 'missing' | 'outside' | 'fileName'> &
    Pick<Clip, 'bytes' | 'width' | 'height' | 'seconds' | 'fps' | 'hasSound'>
> & {
  readonly relativePath?: string;
  readonly contentHash?: string;
  readonly lastFrame?: string | null;
};

/** A row as `CLIP_COLUMNS` gives it. */
export interface ClipRow {
  readonly record: string;
  readonly relative_path: string;
  readonly content_hash: string;
  readonly last_frame: string | null;
  readonly rating: number;
  readonly flag: number;
  readonly trashed_at: string | null;
  readonly edits: number;
  /** JSON, in the order of the texts. */
  readonly tags: string;
}

/** The record with what the person edited, which stands in tables of its own so that many change at once. */
export const CLIP_COLUMNS = `record, relative_path, content_hash, last_frame, rating, flag, trashed_at, edits,
  (SELECT json_group_array(tag) FROM clip_tags WHERE clip = number) AS tags`;
const TABLES = 'clips JOIN clip_facts ON clip_id = clips.id';

/** What a record holds by itself. Older ones lack what was added since. */
type ClipRecord = Omit<Clip, 'rating' | 'flag' | 'tags' | 'trashedAt'>;

/** The clip of a row, with defaults for what its record was written without. */
export function clipOf(row: ClipRow): Clip {
  const record = JSON.parse(row.record) as ClipRecord;
  return {
    ...record,
    origin: record.origin ?? (record.generationId === null ? 'imported' : 'generated'),
    outside: record.outside ?? null,
    hasProxy: record.hasProxy ?? false,
    revision: record.revision + row.edits,
    rating: row.rating,
    flag: flagName(row.flag),
    tags: JSON.parse(row.tags) as string[],
    trashedAt: row.trashed_at,
  };
}

export function flagName(flag: number): Clip['flag'] {
  if (flag === 0) return null;
  return flag > 0 ? 'kept' : 'rejected';
}

export function flagNumber(flag: Clip['flag']): -1 | 0 | 1 {
  if (flag === null) return 0;
  return flag === 'kept' ? 1 : -1;
}

/** Clips in the database. Every call is synchronous; a returned write is on disk. */
export class ClipStore {
  constructor(private readonly database: Database) {}

  find(id: string): StoredClip | null {
    const row = this.database.get<ClipRow>(`SELECT ${CLIP_COLUMNS} FROM ${TABLES} WHERE clips.id = ?`, id);
    return row === undefined ? null : stored(row);
  }

  detail(id: string): ClipDetail | null {
    const row = this.database.get<ClipRow & { recipe: string | null; task: string | null; note: string }>(
      `SELECT ${CLIP_COLUMNS}, recipe, task, note FROM ${TABLES} WHERE clips.id = ?`,
      id,
    );
    if (row === undefined) return null;
    return {
      ...clipOf(row),
      recipe: row.recipe === null ? null : (JSON.parse(row.recipe) as Recipe),
      task: row.task === null ? null : (JSON.parse(row.task) as ClipTask),
      note: row.note,
      hasLastFrame: row.last_frame !== null,
    };
  }

  /** Newest first, from behind `after`, without what is in the trash. Clips added meanwhile shift nothing. */
  page(after: ClipCursor | null, limit: number): ClipPage {
    const clips = this.rows(after, limit + 1, 'trashed_at IS NULL').map(clipOf);
    const more = clips.length > limit;
    const shown = more ? clips.slice(0, limit) : clips;
    const last = shown.at(-1);
    const next = more && last !== undefined ? { createdAt: last.createdAt, id: last.id } : null;
    const { n: trashed = 0 } =
      this.database.get<{ n: number }>('SELECT COUNT(*) AS n FROM clip_facts WHERE trashed_at IS NOT NULL') ??
      {};
    return { clips: shown, next, total: this.count() - trashed };
  }

  /** As `page`, with what only main knows, and with the trash. */
  stored(after: ClipCursor | null, limit: number): StoredClip[] {
    return this.rows(after, limit, 'true').map(stored);
  }

  private rows(after: ClipCursor | null, limit: number, condition: string): ClipRow[] {
    const select = `SELECT ${CLIP_COLUMNS} FROM ${TABLES} WHERE ${condition}`;
    const order = 'ORDER BY clips.created_at DESC, clips.id DESC LIMIT ?';
    if (after === null) return this.database.all<ClipRow>(`${select} ${order}`, limit);
    return this.database.all<ClipRow>(
      `${select} AND (clips.created_at, clips.id) < (?, ?) ${order}`,
      ...[after.createdAt, after.id, limit],
    );
  }

  /** In this order; unknown ids are left out. */
  several(ids: readonly string[]): StoredClip[] {
    return this.database
      .all<ClipRow>(
        `SELECT ${CLIP_COLUMNS} FROM json_each(?) JOIN clips ON clips.id = value JOIN clip_facts ON clip_id = clips.id
         ORDER BY key`,
        JSON.stringify(ids),
      )
      .map(stored);
  }

  /** Whose file this is; null: nobody's. */
  idAt(relativePath: string): string | null {
    const row = this.database.get<{ id: string }>(
      'SELECT id FROM clips WHERE relative_path = ?',
      relativePath,
    );
    return row?.id ?? null;
  }

  /** With the trash: what is on the disk. */
  count(): number {
    return this.database.get<{ n: number }>('SELECT COUNT(*) AS n FROM clips')?.n ?? 0;
  }

  /** Those whose file is where it should be, as far as was looked. */
  countThere(): number {
    return this.database.get<{ n: number }>('SELECT COUNT(*) AS n FROM clip_facts WHERE missing = 0')?.n ?? 0;
  }

  /** Of clips whose file is not in the library's folder. */
  idsOutside(): string[] {
    const outside = "SELECT id FROM clips WHERE record ->> '$.outside' IS NOT NULL";
    return this.database.all<{ id: string }>(outside).map(({ id }) => id);
  }

  bytes(): number {
    return this.database.get<{ n: number }>('SELECT COALESCE(SUM(bytes), 0) AS n FROM clips')?.n ?? 0;
  }

  /** Does nothing when the id is there already. What a person edited is written by `ClipIndex.put`. */
  insert(
    { clip, relativePath, contentHash, lastFrame = null }: StoredClip,
    recipe: Recipe | null,
    task: ClipTask | null,
  ): void {
    this.database.run(
      `INSERT INTO clips (id, created_at, relative_path, content_hash, bytes, record, recipe, task, last_frame)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      clip.id,
      clip.createdAt,
      relativePath,
      contentHash,
      clip.bytes,
      JSON.stringify(recordOf(clip)),
      recipe === null ? null : JSON.stringify(recipe),
      task === null ? null : JSON.stringify(task),
      lastFrame,
    );
  }

  /** Changes records and counts their revisions up, with one write to the disk; answers with those that changed. */
  changeAll(changes: readonly { readonly id: string; readonly change: ClipChange }[]): Clip[] {
    if (changes.length === 0) return [];
    return this.database.transaction(() => changes.flatMap(({ id, change }) => this.changeOne(id, change)));
  }

  /** As `changeAll`, inside the caller's transaction. */
  changeOne(id: string, change: ClipChange): Clip[] {
    const before = this.database.get<ClipRow>(`SELECT ${CLIP_COLUMNS} FROM ${TABLES} WHERE clips.id = ?`, id);
    if (before === undefined) return [];
    const {
      relativePath = before.relative_path,
      contentHash = before.content_hash,
      lastFrame = before.last_frame,
      ...facts
    } = change;
    const record = JSON.parse(before.record) as ClipRecord;
    const changed = { ...record, ...facts };
    const same =
      JSON.stringify(changed) === before.record &&
      relativePath === before.relative_path &&
      contentHash === before.content_hash &&
      lastFrame === before.last_frame;
    if (same) return [];
    const after: ClipRow = {
      ...before,
      record: JSON.stringify({ ...changed, revision: record.revision + 1 }),
    };
    this.database.run(
      'UPDATE clips SET record = ?, bytes = ?, relative_path = ?, content_hash = ?, last_frame = ? WHERE id = ?',
      ...[after.record, changed.bytes, relativePath, contentHash, lastFrame, id],
    );
    return [clipOf(after)];
  }
}

/** Without what stands in tables of its own. */
function recordOf({ rating: _, flag: __, tags: ___, trashedAt: ____, ...record }: Clip): ClipRecord {
  return record;
}

function stored(row: ClipRow): StoredClip {
  return {
    clip: clipOf(row),
    relativePath: row.relative_path,
    contentHash: row.content_hash,
    lastFrame: row.last_frame,
  };
}
