// Collections: those that clips are put into, and those that follow a search. Kept in the library's folder too.
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '@shared/contract/errors';
import type { Collection } from '@shared/domain/clip';
import { foldText, parseSearch } from '@shared/domain/search';
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
      clips: query === null ? (counts.get(id) ?? 0) : this.index.count(parseSearch(query)),
    }));
  }

  /**
   * Makes one (`id` null) at the end, or changes one. With a query it loses the clips that were put in.
   * @throws AppError `name_taken`, `not_found`
   */
  save(id: string | null, name: string, query: string | null): Collection {
    const kept = this.kept();
    if (kept.some((other) => other.id !== id && foldText(other.name) === foldText(name)))
      throw new AppError('name_taken', 'another collection has this name');
    const before = kept.find((each) => each.id === id);
    if (id !== null && before === undefined) throw new AppError('not_found', 'unknown collection');
    const saved = id ?? randomUUID();
    this.database.transaction(() => {
      if (before === undefined)
        this.insert({ id: saved, name, query, createdAt: new Date().toISOString() }, kept.length);
      else {
        this.markMembers(saved);
        this.database.run('UPDATE collections SET name = ?, query = ? WHERE id = ?', name, query, saved);
        if (query !== null) this.database.run('DELETE FROM collection_clips WHERE collection_id = ?', saved);
      }
    });
    const found = this.list().find((each) => each.id === saved);
    if (found === undefined) throw new AppError('internal', 'the collection is gone');
    return found;
  }

  /** The clips in it stay. */
  remove(id: string): void {
    this.database.transaction(() => {
      this.markMembers(id);
      this.database.run('DELETE FROM collections WHERE id = ?', id);
    });
  }

  /** The one that clips are put into under this name; made where there is none. */
  manualNamed(name: string): string {
    const kept = this.kept();
    const alike = kept.filter((each) => foldText(each.name) === foldText(name));
    const manual = alike.find(({ query }) => query === null);
    if (manual !== undefined) return manual.id;
    const id = randomUUID();
    const free = alike.length === 0 ? name : `${name} 2`;
    this.insert({ id, name: free, query: null, createdAt: new Date().toISOString() }, kept.length);
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

  /** Takes in what the folder knows and the database does not. */
  async readFile(root: string): Promise<void> {
    const kept = await readFile(join(root, FILE), 'utf8')
      .then((text) => fileSchema.parse(JSON.parse(text)).collections)
      .catch(() => []);
    this.database.transaction(() => {
      for (const collection of kept) {
        const known = this.kept();
        const taken = known.some(
          ({ id, name }) => id === collection.id || foldText(name) === foldText(collection.name),
        );
        if (!taken) this.insert(collection, known.length);
      }
    });
  }

  private insert({ id, name, query, createdAt }: KeptCollection, position: number): void {
    this.database.run(
      'INSERT INTO collections (id, name, query, created_at, position) VALUES (?, ?, ?, ?, ?)',
      ...[id, name, query, createdAt, position],
    );
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
