// Keeps the bytes of a reference by content: a synced copy named after its hash, once.
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import { headOf, renameDurably, sha256Of, temporaryBeside } from '../files/durableFile';
import { errnoOf, fileError } from '../files/fileError';
import { extensionOf, sniff, SNIFF_BYTES, type Sniffed } from '../ffmpeg/sniff';

export interface Kept extends Sniffed {
  /** SHA-256 of the bytes, lower-case hex. */
  readonly id: string;
  /** `<id>.<extension>` in the references folder. */
  readonly file: string;
  readonly bytes: number;
}

/** The API takes 50 MB at most; a copy of a film twenty times that size is of no use to anybody. */
export const MOST_KEPT_BYTES = 1024 ** 3;

/**
 * Copies a local file into the references folder.
 * @throws AppError `file_unreadable` (gone, no permission, a folder or device), `file_empty`, `file_too_large`,
 * `format_unsupported`; `disk_full`, `no_permission`, `library_missing` for the folder
 */
export async function keepFile(path: string, folder: string): Promise<Kept> {
  await checkSource(path);
  return keepThrough(folder, async (temporary) => {
    // A clone costs nothing where the file system can; elsewhere it is a copy.
    await copyFile(path, temporary, constants.COPYFILE_FICLONE);
    // The copy of a read-only file is read-only too, and could not be synced.
    await chmod(temporary, 0o644);
  });
}

/** As `keepFile`, for bytes that are in memory. */
export async function keepBytes(bytes: Uint8Array, folder: string): Promise<Kept> {
  if (bytes.byteLength === 0) throw new AppError('file_empty');
  requireMedia(bytes.subarray(0, SNIFF_BYTES));
  return keepThrough(folder, (temporary) => writeFile(temporary, bytes, { flag: 'wx' }));
}

/**
 * Keeps what `write` puts at the path it is given, for files that are made here.
 * @throws what `write` throws; `disk_full`, `no_permission`, `library_missing` for the folder
 */
export async function keepMade(folder: string, write: (path: string) => Promise<void>): Promise<Kept> {
  return keepThrough(folder, write);
}

/** Removes what an interrupted copy left behind. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (/^\..*\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
}

async function checkSource(path: string): Promise<void> {
  let head: Buffer;
  try {
    // A pipe would wait for ever in `open`, and a device never ends: look before opening.
    const facts = await stat(path);
    if (!facts.isFile()) throw unreadable(facts.isDirectory() ? 'folder' : 'device');
    if (facts.size === 0) throw new AppError('file_empty');
    if (facts.size > MOST_KEPT_BYTES)
      throw new AppError('file_too_large', undefined, { values: { has: facts.size, most: MOST_KEPT_BYTES } });
    head = await headOf(path, SNIFF_BYTES);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(errnoOf(error) ?? 'unknown');
  }
  requireMedia(head);
}

function unreadable(reason: string): AppError {
  return new AppError('file_unreadable', `cannot be read: ${reason}`, { values: { reason } });
}

function requireMedia(head: Uint8Array): Sniffed {
  const sniffed = sniff(head);
  if (sniffed === null) throw new AppError('format_unsupported', 'no known image, video or sound');
  return sniffed;
}

/** What is hashed and sniffed is the copy: the original may change while it is read. */
async function keepThrough(folder: string, write: (temporary: string) => Promise<void>): Promise<Kept> {
  const temporary = temporaryBeside(join(folder, 'incoming'));
  try {
    await makeFolder(folder);
    await write(temporary);
    const { kind, format } = requireMedia(await headOf(temporary, SNIFF_BYTES));
    const id = await sha256Of(temporary);
    const { size: bytes } = await stat(temporary);
    const kept: Kept = { id, kind, format, bytes, file: `${id}.${extensionOf(format)}` };
    await settle(temporary, join(folder, kept.file), bytes);
    return kept;
  } catch (error) {
    // Stopped by quitting: nothing is wrong with the folder.
    throw error instanceof Error && error.name === 'AbortError' ? error : fileError(error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Only the folder itself is made: a library that was unplugged is not made anew in its place. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
}

async function settle(temporary: string, target: string, bytes: number): Promise<void> {
  const present = await stat(target).catch(() => null);
  if (present?.isFile() === true && present.size === bytes) return;
  await renameDurably(temporary, target);
}

/** The last part of a path or name, whichever system it comes from, as a person would call the file. */
export function displayName(path: string): string {
  return basename(path.replaceAll('\\', '/')) || path;
}
