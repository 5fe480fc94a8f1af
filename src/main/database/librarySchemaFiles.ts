// What importing, watching and finding files needs in the database. A migration's text.

/**
 * `clip_files`: what is known of a clip's bytes; a clip without a row was not looked at yet. `full_hash`, `playable`
 * and `decodes` are null until somebody looked. `file_failures`: files that are no use, until they change.
 */
export const LIBRARY_SCHEMA_FILES = `
  CREATE TABLE clip_files (
    clip_id    TEXT PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
    content_id TEXT NOT NULL,
    full_hash  TEXT,
    playable   INTEGER,
    -- Size and time of the file when all of it was decoded, and whether it could be.
    decoded_as TEXT,
    decodes    INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX clip_files_content ON clip_files (content_id);
  CREATE INDEX clip_files_unplayable ON clip_files (clip_id) WHERE playable = 0;
  CREATE INDEX clip_files_unhashed ON clip_files (clip_id) WHERE full_hash IS NULL;

  CREATE INDEX clips_outside ON clips (record ->> '$.outside', record ->> '$.fileName')
  WHERE record ->> '$.outside' IS NOT NULL;

  CREATE TABLE watched_folders (
    path TEXT PRIMARY KEY,
    mode TEXT NOT NULL
  ) STRICT;

  CREATE TABLE file_failures (
    path        TEXT PRIMARY KEY,
    bytes       INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    error       TEXT NOT NULL
  ) STRICT;
`;
