// The library's folder: making it, choosing another one, and what space it has left.
import { constants, existsSync, mkdirSync } from 'node:fs';
import { access, copyFile, mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { LibraryTrouble } from '@shared/contract/requests';
import { exists, renameDurably, temporaryBeside } from '../files/durableFile';
import { errnoOf, fileError } from '../files/fileError';

/** In the library: references kept by content. */
export const REFERENCES_FOLDER = '.references';

/**
 * Makes the library's folder only while nothing is in the library: one that had clips and is gone was unplugged or
 * moved, and making it anew would hide that.
 * @throws AppError `library_missing`, `no_permission`, `disk_full`
 */
export function requireRoot(root: string, clips: number): void {
  if (existsSync(root)) return;
  if (clips > 0) throw new AppError('library_missing');
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw fileError(error);
  }
}

/** What is wrong with the library's folder, null for nothing. Asks the disk. */
export async function rootTrouble(root: string, clips: number): Promise<LibraryTrouble | null> {
  try {
    if (!(await stat(root)).isDirectory()) return 'file';
    await access(root, constants.R_OK | constants.X_OK);
    return (await readdir(root)).length === 0 && clips > 0 ? 'empty' : null;
  } catch (error) {
    return ['EACCES', 'EPERM'].includes(errnoOf(error) ?? '') ? 'unreadable' : 'gone';
  }
}

/** @throws AppError `no_permission`, `disk_full`, `library_missing` when no file can be written there */
export async function requireWritable(folder: string): Promise<void> {
  if (!isAbsolute(folder)) throw new AppError('library_missing', 'not an absolute path');
  const trial = temporaryBeside(join(folder, 'trial'));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'Dailies', { flag: 'wx' });
  } catch (error) {
    throw fileError(error);
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

/** Copies the kept references to the new root; `removeOld` is called when nothing needs them any more. */
export async function copyReferences(from: string, to: string): Promise<{ removeOld: () => Promise<void> }> {
  const [source, target] = [join(from, REFERENCES_FOLDER), join(to, REFERENCES_FOLDER)];
  const removeOld = (): Promise<void> => rm(source, { recursive: true, force: true }).catch(() => undefined);
  try {
    if (!(await exists(source))) return { removeOld: () => Promise.resolve() };
    await mkdir(target, { recursive: true });
    for (const name of await readdir(source)) {
      const temporary = temporaryBeside(join(target, name));
      // The name is the content: a file that is there already is the same.
      if (name.startsWith('.') || (await exists(join(target, name)))) continue;
      await copyFile(join(source, name), temporary, constants.COPYFILE_FICLONE);
      await renameDurably(temporary, join(target, name));
    }
    return { removeOld };
  } catch (error) {
    throw fileError(error);
  }
}

/** Free bytes of the disk that holds (or will hold) the folder; null where that cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let place = folder; ; place = dirname(place)) {
    const facts = await statfs(place).catch(() => null);
    if (facts !== null) return facts.bavail * facts.bsize;
    if (dirname(place) === place) return null;
  }
}
