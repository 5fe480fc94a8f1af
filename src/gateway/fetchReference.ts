// Brings one reference to disk: decodes its data URL or downloads its web address, within bounds.
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ApiError, invalidParameter } from './apiError';
import type { MediaItem } from './validate';

const FETCH_LIMIT_MS = 20_000;
const MAX_REDIRECTS = 3;

/**
 * Writes the reference to `path`. Reads at most one byte more than `maxBytes`, so that the size rule can refuse it.
 * Throws an ApiError naming `content[i]` when it cannot be had. Loopback is allowed: this is practice.
 */
export async function fetchReference(item: MediaItem, path: string, maxBytes: number): Promise<void> {
  const at = `content[${item.index}].${item.kind}_url.url`;
  if (/^data:/i.test(item.url)) {
    const base64 = item.url.slice(item.url.indexOf(',') + 1);
    const bytes = /^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(base64)
      ? Buffer.from(base64, 'base64')
      : Buffer.alloc(0);
    if (bytes.length === 0) {
      const code = item.kind === 'image' ? 'InvalidImageURL.InvalidFormat' : 'InvalidParameter';
      throw new ApiError(
        400,
        code,
        `The parameter \`${at}\` is not valid: the base64 data cannot be decoded.`,
        at,
      );
    }
    await writeFile(path, bytes.subarray(0, maxBytes + 1));
    return;
  }
  try {
    await download(item.url, path, maxBytes);
  } catch {
    throw invalidParameter(at, `resource download failed (content[${item.index}])`);
  }
}

async function download(address: string, path: string, maxBytes: number): Promise<void> {
  const signal = AbortSignal.timeout(FETCH_LIMIT_MS);
  let url = new URL(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('not a web address');
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { 'accept-encoding': 'identity' },
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = new URL(location, url);
      continue;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status}`);
    }
    const body = response.body as unknown as AsyncIterable<Uint8Array>;
    await pipeline(body, bounded(maxBytes + 1), createWriteStream(path), { signal });
    return;
  }
  throw new Error('too many redirects');
}

/** Passes `most` bytes on and then ends, whatever more the other side would send. */
function bounded(most: number) {
  return async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let left = most;
    for await (const chunk of source) {
      yield chunk.subarray(0, left);
      left -= Math.min(left, chunk.length);
      if (left === 0) return;
    }
  };
}
