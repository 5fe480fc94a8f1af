// A tiny picture on disk, for trying a host: hosts that take only pictures take it too.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The smallest PNG: one grey pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Gone when `work` has ended. */
export async function probeFile<T>(work: (path: string, content: Buffer) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-host-'));
  try {
    const path = join(folder, 'dailies-test.png');
    await writeFile(path, PIXEL);
    return await work(path, PIXEL);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
