// What leaves the library: exports, films, stills, files dragged out, and recipes read from files.
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { FoundRecipe } from '@shared/contract/requests';
import type { Work } from '@shared/domain/clip';
import type { DraftReference } from '@shared/domain/draft';
import { ROLES_OF_KIND, type ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { StitchChoice, StitchPlan, StripItem } from '@shared/domain/stitch';
import type { Ffmpeg, FfmpegLog } from '../ffmpeg/run';
import { exists, renameDurably, temporaryBeside } from '../files/durableFile';
import { fileError } from '../files/fileError';
import { isInside } from './clipPort';
import { dragIcon } from './dragIcon';
import { readEmbeddedRecipe, type EmbeddedRecipe } from './embeddedRecipe';
import { csvOf } from './exports/csv';
import type { ExportClip } from './exports/exportClip';
import { fcpxmlOf } from './exports/fcpxml';
import { exportFolder } from './exports/folder';
import { otioOf } from './exports/otio';
import { TakeFacts } from './stitch/facts';
import { stitch, stitchPlan, type StitchItem } from './stitch/stitch';
import type { WorkHandle, Works } from './Works';

export interface LibraryOutputOptions {
  /** In the order of the ids; unknown ones are left out. Paths are absolute. */
  readonly clips: (ids: readonly string[]) => ExportClip[];
  readonly posterOf: (id: string) => string | null;
  readonly library: {
    readonly root: () => string;
    /** A film that was written into the library's folder. */
    readonly add: (path: string) => Promise<unknown>;
  };
  readonly references: {
    readonly folder: () => string;
    /** The reference of this content, where its bytes are kept here; else null. */
    readonly kept: (hash: string) => Promise<Reference | null>;
    /** An address as a reference. Throws where it is none. */
    readonly ofAddress: (address: string, kind: ReferenceKind) => Promise<Reference>;
    /** The exact frame of a clip as PNG. */
    readonly saveFrame: (clipId: string, moment: number, to: string) => Promise<void>;
  };
  readonly works: Pick<Works, 'begin'>;
  readonly ffmpeg: Ffmpeg;
  readonly log: FfmpegLog;
}

type TextFormat = 'csv' | 'fcpxml' | 'otio';

export class LibraryOutput {
  /** For the end of the app: what is being written right now. */
  private readonly running = new Set<Promise<void>>();

  private readonly measured: TakeFacts;

  constructor(private readonly options: LibraryOutputOptions) {
    this.measured = new TakeFacts(options.ffmpeg);
  }

  /**
   * Gives clips out, in this order. A folder that has something in it gets a new one inside.
   * @throws AppError `not_found` where none of the clips is known
   */
  export(ids: readonly string[], as: 'folder' | TextFormat, to: string): Work {
    const clips = this.options.clips(ids);
    if (clips.length === 0) throw new AppError('not_found', 'no known clip');
    return this.work('export', basename(to), (handle) =>
      as === 'folder' ? this.exportFolder(clips, to, handle) : this.exportText(clips, as, to, handle),
    );
  }

  /** Null also for a file that cannot be read or holds what is no recipe: it is then a video as any other. */
  async readRecipe(path: string): Promise<FoundRecipe | null> {
    const embedded = await readFound(path);
    if (embedded === null) return null;
    const { references, ...recipe } = embedded.recipe;
    const known = new Map<string, DraftReference>();
    let missingReferences = 0;
    for (const reference of references) {
      // Chips bind to the key: one that stands twice would be two references under one name.
      if (known.has(reference.key)) continue;
      const found = await this.resolve(reference);
      if (found === null) missingReferences += 1;
      else known.set(reference.key, found);
    }
    return { recipe: { ...recipe, references: [...known.values()] }, missingReferences };
  }

  /** In this order. The picture is the first clip's; null where it is not there, or not in a moment. */
  async dragged(ids: readonly string[]): Promise<{ files: string[]; icon: string | null }> {
    const { clips, posterOf, ffmpeg } = this.options;
    const known = clips(ids).filter(({ missing }) => !missing);
    const there = await Promise.all(known.map(({ path }) => exists(path).catch(() => false)));
    const present = known.filter((_, index) => there[index] === true);
    const poster = present[0] === undefined ? null : posterOf(present[0].id);
    return {
      files: present.map(({ path }) => path),
      icon: poster === null ? null : await dragIcon(poster, ffmpeg),
    };
  }

  /** @throws AppError as `references.fromClip`; `disk_full`, `no_permission`, `folder_missing` */
  async saveFrame(id: string, moment: number, to: string): Promise<void> {
    await this.options.references.saveFrame(id, moment, to).catch((error: unknown) => {
      throw ofOutput(fileError(error));
    });
  }

  /** @throws AppError `not_found`, `clip_missing`, and as `stitchPlan` */
  async planStitch(items: readonly StripItem[], choice: StitchChoice): Promise<StitchPlan> {
    return stitchPlan(await this.takes(items), choice, this.measured);
  }

  /** The film joins the library where it is written into the library's folder. */
  stitch(items: readonly StripItem[], choice: StitchChoice, to: string): Work {
    const { ffmpeg, library, log } = this.options;
    return this.work('stitch', basename(to), async (handle) => {
      const { signal } = handle;
      const onProgress = (share: number): void => handle.step(share);
      const takes = await this.takes(items);
      await stitch({ items: takes, choice, output: to, signal, onProgress }, ffmpeg, this.measured).catch(
        (error: unknown) => {
          throw this.withTakeNamed(error, items);
        },
      );
      // The film is whole and where it was wanted, whatever the library says.
      if (isInside(to, library.root()))
        await library.add(to).catch((error: unknown) => log.error('A film did not join the library', error));
      return to;
    });
  }

  /** One clip gives its own name; several the day's. */
  nameFor(ids: readonly string[], extension: string): string {
    const clip = new Set(ids).size === 1 ? this.options.clips(ids.slice(0, 1))[0] : undefined;
    const stem = clip === undefined ? '' : basename(clip.path, extname(clip.path));
    return `${stem === '' ? collectedName() : stem}.${extension}`;
  }

  /** Resolves when nothing is being written any more; what runs is to be cancelled first. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private work(kind: 'export' | 'stitch', name: string, run: (handle: WorkHandle) => Promise<string>): Work {
    const handle = this.options.works.begin(kind, 1);
    const running = handle
      .ready()
      .then(() => run(handle))
      .then(
        (path) => handle.done(path),
        (error: unknown) => handle.giveUp(namedIn(error) ?? name, ofOutput(error)),
      );
    this.running.add(running);
    void running.finally(() => this.running.delete(running));
    return handle.work;
  }

  private async exportFolder(clips: readonly ExportClip[], to: string, handle: WorkHandle): Promise<string> {
    const folder = await freeFolder(to);
    const { missingClips } = await exportFolder({
      clips,
      folder,
      referencesFolder: this.options.references.folder(),
      signal: handle.signal,
      onProgress: (share) => handle.step(share),
    });
    for (const { id, title, fileName } of clips)
      if (missingClips.includes(id)) handle.fail(title || fileName, new AppError('clip_missing'));
    return folder;
  }

  private async exportText(
    clips: readonly ExportClip[],
    as: TextFormat,
    to: string,
    { signal }: WorkHandle,
  ): Promise<string> {
    const name = basename(to, extname(to));
    const write = {
      csv: () => csvOf(clips),
      fcpxml: () => fcpxmlOf(clips, name),
      otio: () => otioOf(clips, name),
    };
    const temporary = temporaryBeside(to);
    try {
      await writeFile(temporary, write[as](), { flag: 'wx', signal });
      await renameDurably(temporary, to);
      return to;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw signal.aborted ? signal.reason : fileError(error);
    }
  }

  private async takes(items: readonly StripItem[]): Promise<StitchItem[]> {
    const ids = [...new Set(items.map(({ clipId }) => clipId))];
    const known = new Map(this.options.clips(ids).map((clip) => [clip.id, clip]));
    return Promise.all(
      items.map(async ({ clipId, span }) => {
        const clip = known.get(clipId);
        if (clip === undefined) throw new AppError('not_found', 'unknown clip');
        if (clip.missing || !(await exists(clip.path).catch(() => false)))
          throw new AppError('clip_missing', 'a take is missing', { values: { name: clip.title } });
        return { path: clip.path, ...(span === undefined ? {} : { span }) };
      }),
    );
  }

  /** Only the takes know what the one with this number is called. */
  private withTakeNamed(error: unknown, items: readonly StripItem[]): unknown {
    const index = error instanceof AppError ? error.detail.values?.['index'] : undefined;
    const take = typeof index === 'number' ? items[index] : undefined;
    if (!(error instanceof AppError) || take === undefined) return error;
    const name = this.options.clips([take.clipId])[0]?.title ?? '';
    const values = { ...error.detail.values, name };
    return new AppError(error.code, error.message, { ...error.detail, values }, { cause: error });
  }

  private async resolve({ key, role, kind, hash, address }: FoundReference): Promise<DraftReference | null> {
    const { kept, ofAddress } = this.options.references;
    const reference =
      hash !== null
        ? await kept(hash)
        : address === null
          ? null
          : await ofAddress(address, kind).catch(() => null);
    if (reference === null) return null;
    // A forged recipe may call a sound a picture: what the bytes are decides.
    const roles = ROLES_OF_KIND[reference.kind];
    return { key, reference, role: roles.find((each) => each === role) ?? roles[0] ?? role };
  }
}

/** The take or file that it is about, where that is not what was to be written. */
function namedIn(error: unknown): string | null {
  const name = error instanceof AppError ? error.detail.values?.['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : null;
}

/** What is written goes anywhere: when its folder is gone, that is not the library's. */
function ofOutput(error: unknown): unknown {
  return error instanceof AppError && error.code === 'library_missing'
    ? new AppError('folder_missing', error.message, error.detail, { cause: error })
    : error;
}

type FoundReference = EmbeddedRecipe['recipe']['references'][number];

async function readFound(path: string): Promise<EmbeddedRecipe | null> {
  try {
    // A pipe or a device would be waited for without end.
    return isAbsolute(path) && (await stat(path)).isFile() ? await readEmbeddedRecipe(path) : null;
  } catch {
    return null;
  }
}

/** The chosen folder, or a new one in it where something is in it already. */
async function freeFolder(chosen: string): Promise<string> {
  const names = await readdir(chosen).catch((): string[] => []);
  if (names.every((name) => name.startsWith('.'))) return chosen;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? collectedName() : `${collectedName()} (${number})`;
    if (!names.includes(name)) return join(chosen, name);
  }
}

/** `Dailies 2026-11-22`, by the clock on the wall. */
function collectedName(): string {
  // Swedish writes days as ISO 8601 does.
  return `Dailies ${new Date().toLocaleDateString('sv')}`;
}
