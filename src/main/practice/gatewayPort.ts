// The gateway's port, the same at every start where possible: a task in flight knows its old address.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Null when there is none yet or the file makes no sense. */
export async function rememberedPort(folder: string): Promise<number | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(fileIn(folder), 'utf8'));
    const port = typeof stored === 'object' && stored !== null && 'port' in stored ? stored.port : null;
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

export async function rememberPort(folder: string, port: number): Promise<void> {
  await writeFileAtomic(fileIn(folder), JSON.stringify({ port }));
}

/**
 * Waits until nothing listens on the port of this computer: the gateway of the run before may be about to
 * end. False when it is still taken after `limitMs`.
 */
export async function portBecomesFree(port: number, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  for (;;) {
    if (await isFree(port)) return true;
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function fileIn(folder: string): string {
  return join(folder, 'port.json');
}
