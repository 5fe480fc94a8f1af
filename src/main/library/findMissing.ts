// Clips whose file is not where it was: noticing that, noticing that it is back, and looking for it elsewhere.
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '@shared/contract/errors';
import { exists, sha256Of } from '../files/durableFile';
import { fileError } from '../files/fileError';
import { placeOf, type ClipPort, type FilePlace } from './clipPort';
import { contentIdOf } from './contentId';
import type { FiledClip, FileStore } from './fileStore';
import { readSidecar, sidecarPath } from './sidecar';
import { filmsIn } from './walkFilms';

/** Clips looked at in one go. */
const BATCH = 500;

/** Which names each folder has; asked once per folder, not once per file. */
export class FolderNames {
  private readonly names = new Map<string, Promise<Set<string>>>();

  /** False also where the folder cannot be read. */
  async has(path: string): Promise<boolean> {
    const folder = dirname(path);
    let names = this.names.get(folder);
    if (names === undefined) {
      // Some file systems answer with decomposed letters.
      names = readdir(folder).then(
        (found) => new Set(found.map((name) => name.normalize('NFC'))),
        () => new Set(),
      );
      this.names.set(folder, names);
    }
    return (await names).has(basename(path).normalize('NFC'));
  }
}

/** Sets right which clips are missing, all of them; ends early when `stopped`. */
export async function refreshMissing(
  store: FileStore,
  clips: ClipPort,
  stopped: () => boolean,
): Promise<void> {
  const names = new FolderNames();
  for (let after = ''; !stopped();) {
    const batch = store.batch(after, BATCH);
    const last = batch.at(-1);
    if (last === undefined) return;
    await markThese(batch, clips, names, stopped);
    after = last.clip.id;
    await breathe();
  }
}

/** As `refreshMissing`, for these alone. */
export async function markThese(
  filed: readonly FiledClip[],
  clips: ClipPort,
  names: FolderNames,
  stopped: () => boolean,
): Promise<void> {
  const [gone, back]: [string[], string[]] = [[], []];
  for (const { clip, path } of filed) {
    const there = await names.has(path);
    if (there === clip.missing) (there ? back : gone).push(clip.id);
  }
  if (stopped()) return;
  if (gone.length > 0) clips.markMissing(gone, true);
  if (back.length > 0) clips.markMissing(back, false);
}

export interface FindRequest {
  /** Null: every missing clip. */
  readonly id: string | null;
  /** A file or a folder. */
  readonly path: string;
}

/**
 * Looks for missing clips by content. A file that is another one, or the same film in another container, is not taken:
 * it would not be the clip that the record speaks of.
 * @throws AppError `not_found` (no such clip), `file_unreadable` (nothing at that path); `library_missing`,
 * `no_permission`, `disk_full` for the sidecar
 */
export async function findMissing(
  { id, path }: FindRequest,
  store: FileStore,
  clips: ClipPort,
): Promise<{ found: number }> {
  const wanted = await wantedClips(id, store);
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw new AppError('file_unreadable', 'gone', { values: { reason: 'gone' } });
  const files = facts.isDirectory() ? filmsIn(path) : [path];
  let found = 0;
  for await (const file of files) {
    if (wanted.size === 0) break;
    const clip = await clipOf(file, wanted, store);
    if (clip === null) continue;
    const there = store.atPath(file);
    if (there !== null && there.clip.id !== clip.clip.id) continue;
    const place = placeOf(file, clips.root, clip.clip.id);
    try {
      clips.relocate(clip.clip.id, place);
      await clips.writeSidecar(clip.clip.id);
      await removeOldSidecar(clip, place, clips.root);
    } catch (error) {
      throw fileError(error);
    }
    clips.makePictures(clip.clip.id, false);
    wanted.delete(clip.clip.id);
    found += 1;
  }
  return { found };
}

/** Two sidecars of one clip would be read as two clips when the library is made anew from its folder. */
export async function removeOldSidecar(
  { clip, relativePath }: FiledClip,
  now: FilePlace,
  root: string,
): Promise<void> {
  const [before, after] = [relativePath, now.relativePath].map((path) => join(root, ...path.split('/')));
  if (before === undefined || after === undefined || sidecarPath(before) === sidecarPath(after)) return;
  if ((await readSidecar(before))?.clip.id === clip.id) await rm(sidecarPath(before), { force: true });
}

async function wantedClips(id: string | null, store: FileStore): Promise<Map<string, FiledClip>> {
  if (id === null) return new Map(store.missing().map((filed) => [filed.clip.id, filed]));
  const filed = store.find(id);
  if (filed === null) throw new AppError('not_found', 'unknown clip');
  // One that is there is in nobody's way: the person may not have seen it come back.
  const there = await exists(filed.path).catch(() => false);
  return new Map(there && !filed.clip.missing ? [] : [[id, filed]]);
}

/** The size tells most files apart without reading them. */
async function clipOf(
  file: string,
  wanted: ReadonlyMap<string, FiledClip>,
  store: FileStore,
): Promise<FiledClip | null> {
  const size = (await stat(file).catch(() => null))?.size;
  const candidates = [...wanted.values()].filter(({ clip }) => clip.bytes === size);
  if (candidates.length === 0) return null;
  const content = await contentIdOf(file).catch(() => null);
  let whole: string | null = null;
  for (const candidate of candidates) {
    const known = store.contentOf(candidate.clip.id);
    if (known !== null && known.contentId !== content?.id) continue;
    // The content id of what was imported; the hash of the whole file of what was generated.
    if (candidate.contentHash === content?.id && known?.fullHash == null) return candidate;
    const hash = known?.fullHash ?? candidate.contentHash;
    whole ??= await sha256Of(file).catch(() => '');
    if (whole === hash) return candidate;
  }
  return null;
}
