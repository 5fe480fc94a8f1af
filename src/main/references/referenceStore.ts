// References in the database: looked up by id, and by what they were made from.
import type { ClipOrigin, Reference } from '@shared/domain/reference';
import type { Repair } from '@shared/domain/repair';
import type { Database } from '../database/open';

export interface StoredReference {
  readonly reference: Reference;
  /** In the references folder; null for an address. */
  readonly file: string | null;
}

interface Row {
  record: string;
  file: string | null;
}

export class ReferenceStore {
  constructor(private readonly database: Database) {}

  find(id: string): StoredReference | null {
    const row = this.database.get<Row>('SELECT record, file FROM media WHERE id = ?', id);
    return row === undefined ? null : stored(row);
  }

  /** What this repair of this file made, if it was ever done. */
  madeBy(parentId: string, repair: Repair): StoredReference | null {
    const rows = this.database.all<Row>(
      `SELECT record, file FROM media WHERE json_extract(record, '$.derived.parentId') = ?`,
      parentId,
    );
    return rows.map(stored).find((row) => isSame(row.reference.derived?.repair, repair)) ?? null;
  }

  /** What was taken from a clip before, if it is a frame or a part. */
  takenFrom(origin: ClipOrigin): StoredReference | null {
    const rows = this.database.all<Row>(
      `SELECT record, file FROM media WHERE json_extract(record, '$.clip.id') = ?`,
      origin.id,
    );
    return rows.map(stored).find((row) => isSame(row.reference.clip, origin)) ?? null;
  }

  write(reference: Reference, file: string | null): void {
    this.database.run(
      `INSERT INTO media (id, record, file, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET record = excluded.record, file = excluded.file`,
      reference.id,
      JSON.stringify(reference),
      file,
      new Date().toISOString(),
    );
  }
}

function stored({ record, file }: Row): StoredReference {
  return { reference: JSON.parse(record) as Reference, file };
}

/** The same values, in whatever order they were written. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** As JSON with sorted keys; what is undefined counts as absent. */
export function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
