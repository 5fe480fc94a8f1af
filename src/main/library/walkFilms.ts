// The videos in a folder, by content: one after the other, however many there are.
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { headOf } from '../files/durableFile';
import { SNIFF_BYTES, sniffFilm } from '../ffmpeg/sniff';

/** Files that call themselves videos. */
export const FILM_NAME = /\.(mp4|m4v|mov|webm|mkv|avi|ts|m2ts|mts|mpg|mpeg|flv|wmv|asf)$/i;
/** Being written by a program that will rename it. */
const UNFINISHED = /\.(part|tmp|crdownload|download)$/i;

/** Whether a file is nobody's business: hidden, or not finished by whoever writes it. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || UNFINISHED.test(name);
}

/**
 * Links are not followed: they may lead out, or round in a circle. What is hidden, unreadable or something else is
 * passed over, and so is the folder `without`. A folder that is gone is empty.
 */
export async function* filmsIn(folder: string, without: string | null = null): AsyncGenerator<string> {
  const folders: string[] = [];
  const directory = await opendir(folder).catch(() => null);
  if (directory === null) return;
  try {
    for await (const entry of directory) {
      if (isPassedOver(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && path !== without) folders.push(path);
      else if (entry.isFile() && (await isFilm(path))) yield path;
    }
  } catch {
    // Gone or unplugged while it was read: what was found stands.
  }
  for (const inside of folders.sort()) yield* filmsIn(inside, without);
}

async function isFilm(path: string): Promise<boolean> {
  try {
    const head = await headOf(path, SNIFF_BYTES);
    if (head.length > 0) return sniffFilm(head) !== null;
    // An empty one that calls itself a video is named, any other is passed over.
    return FILM_NAME.test(path) && (await stat(path)).isFile();
  } catch {
    return false;
  }
}
