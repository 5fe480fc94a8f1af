// References: files, pasted pictures and addresses become records; their bytes are kept by content.
import { join } from 'node:path';
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import type { AddedReferences } from '@shared/contract/requests';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { Database } from '../database/open';
import { exists } from '../files/durableFile';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { addressReference } from './address';
import { makeThumb, measure, thumbPath } from './intake';
import { displayName, keepBytes, keepFile, removeLeftovers, type Kept } from './keep';

export interface ReferenceServiceOptions {
  readonly database: Database;
  /** `<library>/.references`, asked for each time: the library may move. */
  readonly referencesFolder: () => string;
  /** Thumbs go to `<derivedFolder>/<id>/thumb.webp`. */
  readonly derivedFolder: string;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
}

interface Row {
  id: string;
  record: string;
  file: string | null;
}

/** Files worked on at once: copying waits for the disk, measuring for the processor. */
const PARALLEL = 3;

export class ReferenceService {
  private readonly queue = new PQueue({ concurrency: PARALLEL });
  /** Work on the same content is done one after the other. */
  private readonly inWork = new Map<string, Promise<unknown>>();

  constructor(private readonly options: ReferenceServiceOptions) {
    void removeLeftovers(options.referencesFolder());
  }

  /** Each path by itself: one that is refused says why and holds back none of the others. Order is kept. */
  async add(paths: readonly string[]): Promise<AddedReferences> {
    const outcomes = await Promise.all(
      paths.map((path) =>
        this.queue.add(() =>
          this.addFile(path).catch((error: unknown) => this.refusal(displayName(path), error)),
        ),
      ),
    );
    const added: Reference[] = [];
    const refused: AddedReferences['refused'] = [];
    for (const outcome of outcomes) {
      if ('error' in outcome) refused.push(outcome);
      // The same content dropped twice in one go is one reference.
      else if (!added.some((reference) => reference.id === outcome.id)) added.push(outcome);
    }
    return { added, refused };
  }

  /** @throws AppError as `keepBytes` and `measure` do */
  async paste(bytes: Uint8Array, name: string): Promise<Reference> {
    return this.queue.add(async () => {
      const kept = await keepBytes(bytes, this.options.referencesFolder());
      return this.record(kept, 'pasted', displayName(name));
    });
  }

  /** @throws AppError `url_invalid`, `kind_unknown` */
  async addUrl(url: string, kind?: ReferenceKind): Promise<Reference> {
    const reference = addressReference(url, kind);
    this.write(reference, null);
    return reference;
  }

  /** In the order asked for. @throws AppError `not_found` for an id that was never given out */
  get(ids: readonly string[]): Reference[] {
    return ids.map((id) => {
      const row = this.row(id);
      if (row === undefined) throw new AppError('not_found', 'unknown reference');
      return JSON.parse(row.record) as Reference;
    });
  }

  /** The kept file, or null for an address and for an unknown id. The disk is not asked. */
  fileOf(id: string): string | null {
    const file = this.row(id)?.file ?? null;
    return file === null ? null : join(this.options.referencesFolder(), file);
  }

  thumbOf(id: string): string | null {
    const row = this.row(id);
    if (row === undefined || !(JSON.parse(row.record) as Reference).hasThumb) return null;
    return thumbPath(this.options.derivedFolder, id);
  }

  private async addFile(path: string): Promise<Reference> {
    const kept = await keepFile(path, this.options.referencesFolder());
    return this.record(kept, 'file', displayName(path));
  }

  /** Measures what is new; what is known keeps its facts and takes the name the person used last. */
  private async record(kept: Kept, source: 'file' | 'pasted', name: string): Promise<Reference> {
    const before = this.inWork.get(kept.id) ?? Promise.resolve();
    const work = before.catch(() => undefined).then(() => this.recordAlone(kept, source, name));
    this.inWork.set(kept.id, work);
    try {
      return await work;
    } finally {
      if (this.inWork.get(kept.id) === work) this.inWork.delete(kept.id);
    }
  }

  private async recordAlone(kept: Kept, source: 'file' | 'pasted', name: string): Promise<Reference> {
    const { referencesFolder, derivedFolder, ffmpeg } = this.options;
    const path = join(referencesFolder(), kept.file);
    const row = this.row(kept.id);
    const known = row === undefined ? null : (JSON.parse(row.record) as Reference);
    const facts = known ?? (await measure(kept, path, ffmpeg));
    const thumbed = known?.hasThumb === true && (await exists(thumbPath(derivedFolder, kept.id)));
    const hasThumb = thumbed || (await makeThumb(kept, facts, path, derivedFolder, ffmpeg));
    const reference: Reference = { ...facts, source, name, hasThumb };
    this.write(reference, kept.file);
    return reference;
  }

  private row(id: string): Row | undefined {
    return this.options.database.get<Row>('SELECT id, record, file FROM media WHERE id = ?', id);
  }

  private write(reference: Reference, file: string | null): void {
    this.options.database.run(
      `INSERT INTO media (id, record, file, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET record = excluded.record, file = excluded.file`,
      reference.id,
      JSON.stringify(reference),
      file,
      new Date().toISOString(),
    );
  }

  private refusal(name: string, error: unknown): AddedReferences['refused'][number] {
    if (!(error instanceof AppError)) this.options.log.error('adding a reference', error);
    const known = error instanceof AppError ? error : new AppError('internal', 'adding a reference failed');
    return { name, error: known.toRecord() };
  }
}
