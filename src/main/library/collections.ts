// Collections: those that clips are put into, and those that follow a search. Kept in the library's folder too.
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '@shared/contract/errors';
import type { Collection } from '@shared/domain/clip';
import {
  foldText,
  NamedSearches,
  parseSearch,
  quotedValue,
  withCollectionRenamed,
} from '@shared/domain/search';
import type { Database } from '../database/open';
import { renameDurably } from '../files/durableFile';
import type { ClipIndex } from './clipIndex';
import { markSidecars } from './libraryEdits';

const FILE = '.collections.json';

const fileSchema = z.object({
  version: z.literal(1),
  app: z.literal('Dailies'),
  collections: z.array(
    z.object({ id: z.string(), name: z.string(), query: z.string().nullable(), createdAt: z.string() }),
  ),
});
type KeptCollection = z.infer<typeof fileSchema>['collections'][number];

export class Collections {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly index: ClipIndex,
  ) {}

  /** In their order, with how many clips outside the trash are in each. */
  list(): Collection[] {
    const members = this.database.all<{ id: string; clips: number }>(
      `SELECT collection_id AS id, COUNT(*) AS clips FROM collection_clips JOIN clip_facts ON number = clip
       WHERE trashed_at IS NULL GROUP BY collection_id`,
    );
    const counts = new Map(members.map(({ id, clips }) => [id, clips]));
    return this.kept().map(({ id, name, query }) => ({
      ...{ id, name, query },
      // As many as are shown when it is opened.
      clips:
        query === null
          ? (counts.get(id) ?? 0)
          : this.index.count(parseSearch(`in:${quotedValue('in', name)}`)),
    }));
  }

  /**
   * Makes one (`id` null) at the end, or changes one, and answers with its id. With a query it loses the clips that were
   * put in; searches that name it follow a new name. Belongs into a transaction, as `remove` and `order` do.
   * @throws AppError `name_taken`, `not_found`, `collection_in_itself`
   */
  save(id: string | null, name: string, query: string | null): string {
    const kept = this.kept();
    if (kept.some((other) => other.id !== id && foldText(other.name) === foldText(name)))
      throw new AppError('name_taken', 'another collection has this name');
    const before = kept.find((each) => each.id === id);
    if (id !== null && before === undefined) throw new AppError('not_found', 'unknown collection');
    const renamed = this.followName(kept, before, name, query);
    requireNoRing(name, renamed);
    const saved = renamed.find((each) => each.id === id) ?? {
      ...{ id: randomUUID(), name, query },
      createdAt: new Date().toISOString(),
    };
    if (before === undefined) {
      this.insert(saved, this.end());
      return saved.id;
    }
    this.markMembers(saved.id);
    for (const each of renamed)
      this.database.run(
        'UPDATE collections SET name = ?, query = ? WHERE id = ?',
        each.name,
        each.query,
        each.id,
      );
    if (query !== null) this.database.run('DELETE FROM collection_clips WHERE collection_id = ?', saved.id);
    return saved.id;
  }

  /** All of them as they are with this name and query for `before`, or for a new one. */
  private followName(
    kept: readonly KeptCollection[],
    before: KeptCollection | undefined,
    name: string,
    query: string | null,
  ): KeptCollection[] {
    const saved = { ...(before ?? { id: '', createdAt: '' }), name, query };
    if (before === undefined) return [...kept, saved];
    return kept.map((each) => {
      if (each.id === before.id) return saved;
      return each.query === null
        ? each
        : { ...each, query: withCollectionRenamed(each.query, before.name, name) };
    });
  }

  /** The clips in it stay. */
  remove(id: string): void {
    this.markMembers(id);
    this.database.run('DELETE FROM collections WHERE id = ?', id);
  }

  /** Those named come first, in this order; the others keep theirs behind them. Unknown ids are passed over. */
  order(ids: readonly string[]): void {
    const known = this.kept().map(({ id }) => id);
    const named = [...new Set(ids)].filter((id) => known.includes(id));
    const ordered = [...named, ...known.filter((id) => !named.includes(id))];
    for (const [position, id] of ordered.entries())
      this.database.run('UPDATE collections SET position = ? WHERE id = ?', position, id);
  }

  /** The one that clips are put into under this name; made where there is none. */
  manualNamed(name: string): string {
    const alike = this.kept().filter((each) => foldText(each.name) === foldText(name));
    const manual = alike.find(({ query }) => query === null);
    if (manual !== undefined) return manual.id;
    const id = randomUUID();
    const free = alike.length === 0 ? name : `${name} 2`;
    this.insert({ id, name: free, query: null, createdAt: new Date().toISOString() }, this.end());
    return id;
  }

  /** Puts a clip at its place, as its sidecar tells. Belongs into the transaction that inserts the clip. */
  join(clipId: string, members: readonly { readonly name: string; readonly position: number }[]): void {
    for (const { name, position } of members)
      this.database.run(
        `INSERT OR IGNORE INTO collection_clips (collection_id, clip, position)
         SELECT ?, number, ? FROM clip_facts WHERE clip_id = ?`,
        ...[this.manualNamed(name), position, clipId],
      );
  }

  /** Where a clip was put in. */
  of(clipId: string): { name: string; position: number }[] {
    return this.database.all(
      `SELECT name, collection_clips.position AS position FROM collection_clips
       JOIN collections ON collections.id = collection_id JOIN clip_facts ON number = clip
       WHERE clip_id = ? ORDER BY name`,
      clipId,
    );
  }

  /** Writes them into the library's folder. One write after the other. */
  writeFile(root: string): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.writeNow(root));
    return this.writing;
  }

  private async writeNow(root: string): Promise<void> {
    const path = join(root, FILE);
    const collections = this.kept();
    const text = `${JSON.stringify({ version: 1, app: 'Dailies', collections }, null, 2)}\n`;
    const before = await readFile(path, 'utf8').catch(() => null);
    if (before === text || (before === null && collections.length === 0)) return;
    const temporary = `${path}.part`;
    await writeFile(temporary, text);
    await renameDurably(temporary, path);
  }

  /** Takes in what the folder knows and the database does not; whether there was any. */
  async readFile(root: string): Promise<boolean> {
    const kept = await readFile(join(root, FILE), 'utf8')
      .then((text) => fileSchema.parse(JSON.parse(text)).collections)
      .catch(() => []);
    return this.database.transaction(() => {
      let found = false;
      for (const collection of kept) {
        const known = this.kept();
        const taken = known.some(
          ({ id, name }) => id === collection.id || foldText(name) === foldText(collection.name),
        );
        if (taken) continue;
        this.insert(collection, this.end());
        found = true;
      }
      return found;
    });
  }

  private insert({ id, name, query, createdAt }: KeptCollection, position: number): void {
    this.database.run(
      'INSERT INTO collections (id, name, query, created_at, position) VALUES (?, ?, ?, ?, ?)',
      ...[id, name, query, createdAt, position],
    );
  }

  /** The place behind the last: those that were removed leave gaps. */
  private end(): number {
    const sql = 'SELECT coalesce(max(position) + 1, 0) AS position FROM collections';
    return this.database.get<{ position: number }>(sql)?.position ?? 0;
  }

  private kept(): KeptCollection[] {
    return this.database.all(
      'SELECT id, name, query, created_at AS createdAt FROM collections ORDER BY position, id',
    );
  }

  /** Their sidecars name it. */
  private markMembers(id: string): void {
    const row = this.database.get<{ ids: string }>(
      `SELECT json_group_array(clip_id) AS ids FROM collection_clips JOIN clip_facts ON number = clip
       WHERE collection_id = ?`,
      id,
    );
    markSidecars(this.database, JSON.parse(row?.ids ?? '[]') as string[]);
  }
}

/** A search that looks for what it itself finds has no meaning. */
function requireNoRing(name: string, collections: readonly KeptCollection[]): void {
  const own = collections.find((each) => foldText(each.name) === foldText(name))?.query ?? '';
  if (new NamedSearches(collections).namedBy(parseSearch(own)).has(foldText(name)))
    throw new AppError('collection_in_itself', 'the search of this collection leads back to it');
}
