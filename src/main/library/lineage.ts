// Where a clip comes from and what came of it, from the references that recipes name.
import type { Clip, Lineage } from '@shared/domain/clip';
import type { Database } from '../database/open';
import type { ClipStore } from './clipStore';

const MOST = 100;

/** Clips in the trash are left out. */
export function lineageOf(database: Database, store: ClipStore, id: string): Lineage {
  const clips = (condition: string): Clip[] => {
    const row = database.get<{ ids: string }>(
      `SELECT json_group_array(clip_id) AS ids FROM (
         SELECT clip_id FROM clip_facts AS other, (SELECT ? AS self)
         WHERE ${condition} AND clip_id <> self AND trashed_at IS NULL
         ORDER BY created_ms DESC, clip_id DESC LIMIT ${MOST})`,
      id,
    );
    return store.several(JSON.parse(row?.ids ?? '[]') as string[]).map(({ clip }) => clip);
  };
  const own = '(SELECT number FROM clip_facts WHERE clip_id = self)';
  return {
    madeFrom: clips(`clip_id IN (SELECT source_clip_id FROM clip_references WHERE clip = ${own})`),
    usedIn: clips('number IN (SELECT clip FROM clip_references WHERE source_clip_id = self)'),
    siblings: clips('recipe_key = (SELECT recipe_key FROM clip_facts WHERE clip_id = self)'),
  };
}
