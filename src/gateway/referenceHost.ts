// A loopback host for references: local videos get a web address, as the API takes no video inline.
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ApiError, invalidParameter } from './apiError';

/** Larger than any reference limit in the vendor's newest pages. */
const MAX_BYTES = 200 * 1024 * 1024;
const KEPT_MS = 7 * 86_400_000;

const TYPES: Record<string, string> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

/** Files named by their content: `<sha256>.<extension>`. */
export class ReferenceHost {
  constructor(private readonly folder: string) {}

  /** Makes the folder and removes what is half-written or older than a week. */
  async load(now: number): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const facts = await stat(path);
      if (name.endsWith('.part') || now - facts.mtimeMs > KEPT_MS) await rm(path, { force: true });
    }
  }

  /** Keeps the body of a PUT. Throws a 400 when it is not what its name says, 413 when too large. */
  async keep(name: string, body: IncomingMessage): Promise<void> {
    const { sha256 } = this.parseName(name);
    const path = join(this.folder, name);
    const part = `${path}.${randomBytes(4).toString('hex')}.part`;
    const hash = createHash('sha256');
    let size = 0;
    try {
      await pipeline(
        body,
        async function* (source: AsyncIterable<Buffer>) {
          for await (const chunk of source) {
            size += chunk.length;
            if (size > MAX_BYTES)
              throw new ApiError(413, 'InvalidParameter', 'The file is too large.', 'body');
            hash.update(chunk);
            yield chunk;
          }
        },
        createWriteStream(part),
      );
      if (hash.digest('hex') !== sha256) throw invalidParameter('name', 'the content has another SHA-256');
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Path and media type of a kept file (which may not exist). Throws a 400 for a name that is none of ours. */
  locate(name: string): { path: string; type: string } {
    const { extension } = this.parseName(name);
    const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
    return { path: join(this.folder, name), type: type ?? 'application/octet-stream' };
  }

  private parseName(name: string): { sha256: string; extension: string } {
    const match = /^([0-9a-f]{64})\.([a-z0-9]{1,5})$/.exec(name);
    const [, sha256, extension] = match ?? [];
    if (sha256 === undefined || extension === undefined) {
      throw invalidParameter('name', 'expected <sha256>.<extension>');
    }
    return { sha256, extension };
  }
}
