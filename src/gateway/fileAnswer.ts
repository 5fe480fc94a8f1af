// Sends a file with ranges, ETag and length, or the broken ways a test asks for.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomBytes } from 'node:crypto';
import type { Exchange } from './exchange';
import type { FaultRule } from './faults';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The range a `Range` header asks of a file of `size` bytes: null when the whole file is to be sent (no header,
 * several ranges, another unit, nonsense), `unsatisfiable` when it begins behind the end.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const length = Number(last);
    if (last === '') return null;
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/** Answers GET or HEAD with the file at `path`. Resolves false when there is no such file; nothing was sent then. */
export async function sendFile(
  { request, response, method, requestId }: Exchange,
  path: string,
  type: string,
  fault: FaultRule | null,
): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) return false;
  const stamp = `${facts.size.toString(16)}-${Math.trunc(facts.mtimeMs).toString(16)}`;
  const etag = fault?.kind === 'new_etag' ? `"${randomBytes(8).toString('hex')}"` : `"${stamp}"`;
  const headers: Record<string, string> = {
    'content-type': type,
    etag,
    'last-modified': facts.mtime.toUTCString(),
    'accept-ranges': 'bytes',
    'x-request-id': requestId,
  };
  const ifRange = request.headers['if-range'];
  const mayRange = fault?.kind !== 'ignores_range' && (ifRange === undefined || ifRange === etag);
  const range = mayRange ? parseRange(request.headers.range, facts.size) : null;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${facts.size}`, 'content-length': '0' });
    response.end();
    return true;
  }
  const { start, end } = range ?? { start: 0, end: facts.size - 1 };
  const length = end - start + 1;
  const declared = fault?.kind === 'wrong_length' ? fault.contentLength : length;
  if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${facts.size}`;
  response.writeHead(range === null ? 200 : 206, { ...headers, 'content-length': String(declared) });
  if (method === 'HEAD' || facts.size === 0) {
    response.end();
    return true;
  }
  const stopAt =
    fault?.kind === 'truncated' || fault?.kind === 'reset_at' ? Math.min(length, fault.bytes) : length;
  const sent = Math.min(stopAt, declared);
  if (sent > 0) {
    const file = createReadStream(path, { start, end: start + sent - 1, highWaterMark: 256 * 1024 });
    const body = fault?.kind === 'slow' ? Readable.from(throttled(file, fault.bytesPerSecond)) : file;
    // A client that goes away in the middle is no error of ours.
    await pipeline(body, response, { end: false }).catch(() => undefined);
  }
  if (sent === declared) response.end();
  // A reset throws away what is still on its way: the bytes before it get a moment.
  else if (fault?.kind === 'reset_at') setTimeout(() => response.socket?.resetAndDestroy(), 100);
  else response.socket?.end();
  return true;
}

/** Passes ten small pieces per second. */
async function* throttled(source: AsyncIterable<Buffer>, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const step = Math.max(1, Math.floor(bytesPerSecond / 10));
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += step) {
      yield chunk.subarray(at, at + step);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
