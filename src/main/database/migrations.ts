// The database's shape, version by version. A published entry is never edited; a change is a new entry.
import { LIBRARY_SCHEMA, LIBRARY_WORK_SCHEMA } from './librarySchema';
import { LIBRARY_SCHEMA_FILES } from './librarySchemaFiles';

/** Writes the bill of the generation that a trigger sees. */
const BILL = `
    INSERT INTO bills (generation_id, at, connection_id, connection_label, currency, tokens, amount)
    VALUES (
      NEW.id,
      coalesce(NEW.record ->> '$.succeededAt', NEW.record ->> '$.endedAt', NEW.created_at),
      NEW.connection_id,
      coalesce(NEW.record ->> '$.connection.label', ''),
      NEW.record ->> '$.estimate.price.currency',
      CAST(NEW.record ->> '$.tokens' AS REAL),
      CAST(NEW.record ->> '$.tokens' AS REAL) * (NEW.record ->> '$.estimate.price.perMillion') / 1e6
    )
    ON CONFLICT (generation_id) DO UPDATE SET
      at = excluded.at, currency = excluded.currency, tokens = excluded.tokens, amount = excluded.amount;`;

/** `migrations[n]` takes the database from version n to n + 1 (`PRAGMA user_version`). */
export const migrations: readonly string[] = [
  `
  CREATE TABLE media (
    id         TEXT PRIMARY KEY,
    record     TEXT NOT NULL,
    file       TEXT,
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE generations (
    id            TEXT PRIMARY KEY,
    state         TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    task_id       TEXT,
    fingerprint   TEXT,
    record        TEXT NOT NULL,
    task          TEXT,
    created_at    TEXT NOT NULL,
    dismissed     INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX generations_open ON generations (state, dismissed);
  CREATE INDEX generations_task ON generations (connection_id, task_id);
  CREATE INDEX generations_same ON generations (fingerprint, created_at);

  -- What was billed, kept in step by the triggers: sums over all years must not read every record.
  -- Practice is no money. An unknown price or count leaves the amount null.
  CREATE TABLE bills (
    generation_id    TEXT PRIMARY KEY,
    at               TEXT NOT NULL,
    connection_id    TEXT NOT NULL,
    connection_label TEXT NOT NULL,
    currency         TEXT,
    tokens           REAL,
    amount           REAL
  ) STRICT;
  CREATE INDEX bills_at ON bills (at, connection_id, currency, tokens, amount);
  CREATE TRIGGER generation_inserted AFTER INSERT ON generations
  WHEN NEW.state IN ('downloading', 'finishing', 'done', 'lost') AND NEW.connection_id <> 'practice'
  BEGIN${BILL}
  END;
  CREATE TRIGGER generation_updated AFTER UPDATE ON generations
  WHEN NEW.state IN ('downloading', 'finishing', 'done', 'lost') AND NEW.connection_id <> 'practice'
  BEGIN${BILL}
  END;
  CREATE TRIGGER generation_unbilled AFTER UPDATE ON generations
  WHEN NEW.state NOT IN ('downloading', 'finishing', 'done', 'lost')
  BEGIN
    DELETE FROM bills WHERE generation_id = NEW.id;
  END;

  CREATE TABLE journal (
    generation_id TEXT NOT NULL,
    at            TEXT NOT NULL,
    step          TEXT NOT NULL,
    detail        TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_of ON journal (generation_id);

  CREATE TABLE endpoints (
    base_url TEXT PRIMARY KEY,
    has_list INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE clips (
    id            TEXT PRIMARY KEY,
    created_at    TEXT NOT NULL,
    relative_path TEXT NOT NULL UNIQUE,
    content_hash  TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    record        TEXT NOT NULL,
    recipe        TEXT,
    task          TEXT
  ) STRICT;
  CREATE INDEX clips_newest ON clips (created_at DESC, id DESC);
  `,
  `
  -- What lies at a host, once per content. \`place\`: a key, an address or a name there; never a signed address.
  -- \`ours\` 0: it was there before, so it is not taken away. \`uploaded_at\` null: begun, not finished.
  CREATE TABLE uploads (
    host_id      TEXT NOT NULL,
    reference_id TEXT NOT NULL,
    place        TEXT NOT NULL,
    ours         INTEGER NOT NULL,
    uploaded_at  TEXT,
    until        TEXT,
    PRIMARY KEY (host_id, reference_id)
  ) STRICT;

  -- Which generations need an upload until they have ended.
  CREATE TABLE upload_uses (
    generation_id TEXT NOT NULL,
    host_id       TEXT NOT NULL,
    reference_id  TEXT NOT NULL,
    PRIMARY KEY (generation_id, host_id, reference_id)
  ) STRICT;
  CREATE INDEX upload_uses_of ON upload_uses (host_id, reference_id);

  -- Uploads in parts that are not finished, to go on with after a restart.
  CREATE TABLE upload_parts (
    host_id TEXT NOT NULL,
    place   TEXT NOT NULL,
    record  TEXT NOT NULL,
    PRIMARY KEY (host_id, place)
  ) STRICT;

  -- Results that are still at their endpoint: few, and looked for every hour.
  CREATE INDEX generations_with_result ON generations (id)
  WHERE state = 'done' AND task ->> '$.videoUrl' IS NOT NULL;
  `,
  LIBRARY_SCHEMA,
  LIBRARY_WORK_SCHEMA,
  LIBRARY_SCHEMA_FILES,
];
