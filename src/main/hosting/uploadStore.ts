// What lies at the hosts, who needs it, and what was begun: three tables. Every call is synchronous and on disk.
import type { Database } from '../database/open';
import type { Multipart, MultipartMemory } from './s3Host';

export interface UploadRow {
  readonly hostId: string;
  readonly referenceId: string;
  readonly place: string;
  /** Put there from here; else it was there before and is not ours to take away. */
  readonly ours: boolean;
  /** ISO 8601 UTC; null: begun and not finished. */
  readonly uploadedAt: string | null;
  readonly until: string | null;
}

export interface UploadUse {
  readonly hostId: string;
  readonly referenceId: string;
}

interface Row {
  host_id: string;
  reference_id: string;
  place: string;
  ours: number;
  uploaded_at: string | null;
  until: string | null;
}

const COLUMNS = 'host_id, reference_id, place, ours, uploaded_at, until';

export class UploadStore {
  constructor(private readonly database: Database) {}

  find({ hostId, referenceId }: UploadUse): UploadRow | null {
    const row = this.database.get<Row>(
      `SELECT ${COLUMNS} FROM uploads WHERE host_id = ? AND reference_id = ?`,
      hostId,
      referenceId,
    );
    return row === undefined ? null : toUpload(row);
  }

  /** Newest first. */
  list(): UploadRow[] {
    return this.database
      .all<Row>(`SELECT ${COLUMNS} FROM uploads ORDER BY uploaded_at DESC, reference_id`)
      .map(toUpload);
  }

  save({ hostId, referenceId, place, ours, uploadedAt, until }: UploadRow): void {
    this.database.run(
      `INSERT INTO uploads (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (host_id, reference_id) DO UPDATE SET
         place = excluded.place, ours = excluded.ours, uploaded_at = excluded.uploaded_at, until = excluded.until`,
      hostId,
      referenceId,
      place,
      ours ? 1 : 0,
      uploadedAt,
      until,
    );
  }

  remove({ hostId, referenceId }: UploadUse): void {
    this.database.run('DELETE FROM uploads WHERE host_id = ? AND reference_id = ?', hostId, referenceId);
  }

  /** The generation needs it until `unuse`. */
  use(generationId: string, { hostId, referenceId }: UploadUse): void {
    this.database.run(
      'INSERT INTO upload_uses (generation_id, host_id, reference_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      generationId,
      hostId,
      referenceId,
    );
  }

  unuse(generationId: string, { hostId, referenceId }: UploadUse): void {
    this.database.run(
      'DELETE FROM upload_uses WHERE generation_id = ? AND host_id = ? AND reference_id = ?',
      generationId,
      hostId,
      referenceId,
    );
  }

  usesOf(generationId: string): UploadUse[] {
    return this.database.all<UploadUse>(
      'SELECT host_id AS hostId, reference_id AS referenceId FROM upload_uses WHERE generation_id = ?',
      generationId,
    );
  }

  /** Whether a generation other than this one needs it. */
  isUsedBesides(generationId: string, { hostId, referenceId }: UploadUse): boolean {
    const row = this.database.get(
      'SELECT 1 AS found FROM upload_uses WHERE host_id = ? AND reference_id = ? AND generation_id <> ?',
      hostId,
      referenceId,
      generationId,
    );
    return row !== undefined;
  }

  users(): string[] {
    return this.database
      .all<{ id: string }>('SELECT DISTINCT generation_id AS id FROM upload_uses')
      .map(({ id }) => id);
  }

  /** Everything that is known of a host's uploads. What lies there stays. */
  forgetHost(hostId: string): void {
    this.database.transaction(() => {
      for (const table of ['uploads', 'upload_uses', 'upload_parts'])
        this.database.run(`DELETE FROM ${table} WHERE host_id = ?`, hostId);
    });
  }

  hostIds(): string[] {
    return this.database
      .all<{ id: string }>('SELECT host_id AS id FROM uploads UNION SELECT host_id AS id FROM upload_uses')
      .map(({ id }) => id);
  }

  multiparts(hostId: string): MultipartMemory {
    return {
      find: (place) => {
        const row = this.database.get<{ record: string }>(
          'SELECT record FROM upload_parts WHERE host_id = ? AND place = ?',
          hostId,
          place,
        );
        return row === undefined ? null : (JSON.parse(row.record) as Multipart);
      },
      save: (place, multipart) =>
        this.database.run(
          `INSERT INTO upload_parts (host_id, place, record) VALUES (?, ?, ?)
           ON CONFLICT (host_id, place) DO UPDATE SET record = excluded.record`,
          hostId,
          place,
          JSON.stringify(multipart),
        ),
      remove: (place) =>
        this.database.run('DELETE FROM upload_parts WHERE host_id = ? AND place = ?', hostId, place),
    };
  }
}

function toUpload(row: Row): UploadRow {
  return {
    hostId: row.host_id,
    referenceId: row.reference_id,
    place: row.place,
    ours: row.ours === 1,
    uploadedAt: row.uploaded_at,
    until: row.until,
  };
}
