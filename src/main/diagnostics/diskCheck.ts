// Whether the library's folder and the app's own can be written to, and how much room they have.
import { existsSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckFact } from '@shared/domain/diagnostics';
import { temporaryBeside } from '../files/durableFile';
import { fileError } from '../files/fileError';
import type { Check } from './check';
import { fileSystemName } from './fileSystemName';

/** A hundred clips of 20 MB. */
const LOW_BYTES = 2_000_000_000;

export interface DiskCheckOptions {
  /** `empty`: nothing is in it yet, so that its folder may still be to be made. */
  readonly library: () => { readonly path: string; readonly empty: boolean };
  readonly userData: string;
  /** Whether a folder lies on another computer. */
  readonly isNetworkPath: (path: string) => Promise<boolean>;
  /** Writes a small file through to the disk and takes it away; only for tests. */
  readonly writeTrial?: (folder: string) => Promise<void>;
}

/** The check throws AppError `library_missing`, `disk_full`, `no_permission`, `file_too_large`, `internal`. */
export function diskCheck(options: DiskCheckOptions): Check {
  const { library, userData, isNetworkPath, writeTrial = writeSmallFile } = options;
  return async () => {
    const { path, empty } = library();
    const folder = empty ? nearestFolder(path) : path;
    const facts: CheckFact[] = [];
    let least = Infinity;
    for (const place of new Set([folder, userData])) {
      try {
        await writeTrial(place);
        const { bavail, bsize, type } = await statfs(place);
        const free = bavail * bsize;
        least = Math.min(least, free);
        facts.push({ name: 'folder', value: place }, { name: 'freeBytes', value: free });
        const kind = fileSystemName(type);
        if (kind !== null) facts.push({ name: 'fileSystem', value: kind });
      } catch (error) {
        throw fileError(error);
      }
    }
    const values = { bytes: least };
    if (least < LOW_BYTES) return { state: 'look', finding: 'disk_low', values, facts };
    if (await isNetworkPath(folder)) return { state: 'look', finding: 'disk_network', values, facts };
    return { state: 'ok', finding: 'disk_ok', values, facts };
  };
}

function nearestFolder(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function writeSmallFile(folder: string): Promise<void> {
  const path = temporaryBeside(join(folder, 'trial'));
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(Buffer.alloc(64 * 1024, 'Dailies'));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}
