// What the library's search needs in the database, for new clips and for those already there. A migration's text.

/**
 * Columns that follow from a row of `clips`, with the expression for each. Numbers only: a text taken out of JSON by
 * SQLite may hold half a character, and reading one ends the process. Casts: STRICT refuses what else stands there.
 */
const FOLLOWING = {
  created_ms: (row: string) => integer(`round(unixepoch(${row}.created_at, 'subsec') * 1000)`),
  milliseconds: (row: string) => integer(`round((${row}.record ->> '$.seconds') * 1000)`),
  width: (row: string) => integer(`${row}.record ->> '$.width'`),
  height: (row: string) => integer(`${row}.record ->> '$.height'`),
  bytes: (row: string) => `${row}.bytes`,
  // Records from before there was an import do not say it.
  origin: (row: string) =>
    `iif(coalesce(${row}.record ->> '$.origin' = 'imported', ${row}.record ->> '$.generationId' IS NULL),
      'imported', 'generated')`,
  seed: (row: string) =>
    `CAST(coalesce(${row}.task ->> '$.seed', ${row}.recipe ->> '$.parameters.seed') AS INTEGER)`,
  cost: (row: string) => `CAST(${row}.record ->> '$.price.amount' AS REAL)`,
  currency: (row: string) =>
    `CASE ${row}.record ->> '$.price.currency' WHEN 'CNY' THEN 'CNY' WHEN 'USD' THEN 'USD' END`,
  tokens: (row: string) => `CAST(${row}.record ->> '$.tokens' AS INTEGER)`,
  missing: (row: string) => integer(`${row}.record ->> '$.missing'`),
  practice: (row: string) => integer(`${row}.record ->> '$.practice'`),
  has_sound: (row: string) => integer(`${row}.record ->> '$.hasSound'`),
} as const;

function integer(expression: string): string {
  return `coalesce(CAST(${expression} AS INTEGER), 0)`;
}

/** A record without what its pictures change. */
function searched(row: string): string {
  return `json_remove(${row}.record, '$.revision', '$.hasPoster', '$.sprite', '$.hasProxy')`;
}

const NAMES = Object.keys(FOLLOWING).join(', ');
const values = (row: string): string =>
  Object.values(FOLLOWING)
    .map((expression) => expression(row))
    .join(', ');

/**
 * The shape of the library's search. Triggers keep the numbers in `clip_facts` in step with `clips`. `rating`, `flag`,
 * `trashed_at`, `note`, tags and collections are the person's own and stand nowhere else. Model, title, references
 * and words are put in by `ClipIndex`: until then `indexed` is 0.
 */
export const LIBRARY_SCHEMA = `
  -- One narrow row per clip: reading a column of 100,000 must not pass over the records. The number, unlike a
  -- rowid, survives VACUUM; the search tables and the tables below are about it.
  CREATE TABLE clip_facts (
    number       INTEGER PRIMARY KEY,
    clip_id      TEXT NOT NULL UNIQUE REFERENCES clips (id) ON DELETE CASCADE,
    created_ms   INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    origin       TEXT NOT NULL,
    seed         INTEGER,
    cost         REAL,
    currency     TEXT,
    tokens       INTEGER,
    missing      INTEGER NOT NULL,
    practice     INTEGER NOT NULL,
    has_sound    INTEGER NOT NULL,
    rating       INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    flag         INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN -1 AND 1),
    trashed_at   TEXT,
    indexed      INTEGER NOT NULL DEFAULT 0,
    model        TEXT,
    title_key    TEXT NOT NULL DEFAULT '',
    note         TEXT NOT NULL DEFAULT '',
    -- How often the person changed something, for the record's revision.
    edits        INTEGER NOT NULL DEFAULT 0,
    -- The same for clips made from the same prompt and references; null where there is no recipe.
    recipe_key   TEXT
  ) STRICT;
  CREATE INDEX clip_facts_time ON clip_facts (created_ms, clip_id);
  CREATE INDEX clip_facts_title ON clip_facts (title_key, created_ms, clip_id);
  CREATE INDEX clip_facts_recipe ON clip_facts (recipe_key) WHERE recipe_key IS NOT NULL;
  CREATE INDEX clip_facts_trashed ON clip_facts (trashed_at) WHERE trashed_at IS NOT NULL;
  CREATE INDEX clip_facts_waiting ON clip_facts (number) WHERE indexed = 0;

  CREATE TABLE clip_tags (
    clip INTEGER NOT NULL REFERENCES clip_facts (number) ON DELETE CASCADE,
    tag  TEXT NOT NULL,
    PRIMARY KEY (clip, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX clip_tags_tag ON clip_tags (tag);

  CREATE TABLE clip_references (
    clip           INTEGER NOT NULL REFERENCES clip_facts (number) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    reference_id   TEXT NOT NULL,
    kind           TEXT NOT NULL,
    name           TEXT NOT NULL,
    source_clip_id TEXT,
    PRIMARY KEY (clip, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX clip_references_reference ON clip_references (reference_id);
  CREATE INDEX clip_references_source ON clip_references (source_clip_id) WHERE source_clip_id IS NOT NULL;

  -- With a query: whatever it finds. Without: what was put in.
  CREATE TABLE collections (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    query      TEXT,
    created_at TEXT NOT NULL,
    position   INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE collection_clips (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    clip          INTEGER NOT NULL REFERENCES clip_facts (number) ON DELETE CASCADE,
    position      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection_id, clip)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX collection_clips_clip ON collection_clips (clip);

  -- Three characters and more; one or two, which is a usual word in Chinese. The texts themselves are not kept.
  CREATE VIRTUAL TABLE clip_text USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
  );
  CREATE VIRTUAL TABLE clip_grams USING fts5 (
    grams, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
  );
  CREATE TRIGGER clip_facts_deleted AFTER DELETE ON clip_facts
  BEGIN
    DELETE FROM clip_text WHERE rowid = OLD.number;
    DELETE FROM clip_grams WHERE rowid = OLD.number;
  END;

  CREATE TRIGGER clip_inserted AFTER INSERT ON clips
  BEGIN
    INSERT INTO clip_facts (clip_id, ${NAMES}) VALUES (NEW.id, ${values('NEW')});
  END;
  -- A poster that was made changes nothing that is searched: then no order is old.
  CREATE TRIGGER clip_updated AFTER UPDATE ON clips
  WHEN NEW.created_at IS NOT OLD.created_at OR NEW.bytes IS NOT OLD.bytes
    OR NEW.recipe IS NOT OLD.recipe OR NEW.task IS NOT OLD.task
    OR ${searched('NEW')} IS NOT ${searched('OLD')}
  BEGIN
    UPDATE clip_facts SET (${NAMES}) = (${values('NEW')}) WHERE clip_id = NEW.id;
  END;
  CREATE TRIGGER clip_rewritten AFTER UPDATE ON clips
  WHEN NEW.recipe IS NOT OLD.recipe OR NEW.record -> '$.title' IS NOT OLD.record -> '$.title'
    OR NEW.record -> '$.fileName' IS NOT OLD.record -> '$.fileName'
  BEGIN
    UPDATE clip_facts SET indexed = 0 WHERE clip_id = NEW.id;
  END;

  INSERT INTO clip_facts (clip_id, ${NAMES})
  SELECT id, ${values('clips')} FROM clips ORDER BY created_at, id;
`;

/** What the library has begun and goes on with after a crash. */
export const LIBRARY_WORK_SCHEMA = `
  -- The still of the last frame beside the clip, by its file name.
  ALTER TABLE clips ADD COLUMN last_frame TEXT;

  -- Sidecars that lag behind; \`mark\` grows, so that a change while one is written is not forgotten.
  CREATE TABLE sidecar_dirty (
    clip_id TEXT PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
    mark    INTEGER NOT NULL DEFAULT 1
  ) STRICT, WITHOUT ROWID;

  -- Files on their way to another name, with slashes, in the library.
  CREATE TABLE clip_renames (
    clip_id       TEXT PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
    relative_path TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
