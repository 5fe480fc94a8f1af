// A dropped folder becomes the media files in it, within bounds.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sniff, SNIFF_BYTES } from '../ffmpeg/sniff';
import { headOf } from '../files/durableFile';

/** More than one draft can hold; a person who drops a whole disk did not mean it. */
export const MOST_FILES = 50;
/** Entries that are looked at. A disk with a million files is not read through for fifty pictures. */
const MOST_ENTRIES = 5000;
const DEEPEST = 8;

export interface FolderContent {
  /** Media files by content, in the order a person sees them in. */
  readonly paths: readonly string[];
  /** Some were left out: there are more than `MOST_FILES`, or more entries than are looked at. */
  readonly cut: boolean;
}

/** Whether it is a folder; false also where nothing can be told. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

/**
 * The media in a folder and the folders in it. Links are not followed: they may lead out, or round in a circle.
 * What is hidden, unreadable or something else is passed over.
 */
export async function mediaIn(folder: string): Promise<FolderContent> {
  const paths: string[] = [];
  let looked = 0;
  let cut = false;
  const walk = async (path: string, depth: number): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    for (const entry of entries) {
      if (entry.name.startsWith('.') || (!entry.isFile() && !entry.isDirectory())) continue;
      if (looked >= MOST_ENTRIES || paths.length > MOST_FILES) return void (cut = true);
      looked += 1;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST) await walk(inside, depth + 1);
      } else if (await isMedia(inside)) paths.push(inside);
    }
  };
  await walk(folder, 1);
  return { paths: paths.slice(0, MOST_FILES), cut: cut || paths.length > MOST_FILES };
}

async function isMedia(path: string): Promise<boolean> {
  const head = await headOf(path, SNIFF_BYTES).catch(() => null);
  return head !== null && sniff(head) !== null;
}
