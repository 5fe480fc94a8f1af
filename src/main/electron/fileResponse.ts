// Answers a request for a file: ranges, HEAD, 304, exact lengths. Electron-free, so that it can be tested.
import { readByteRange } from '../files/byteRange';
import type { ContainedFile } from './containedFile';
import { fileBody } from './fileBody';

export interface FileAnswer {
  readonly type: string;
  readonly cacheControl: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The response to `request` (GET or HEAD) for this file: 200, 206, 304, 405 or 416. */
export function fileResponse(request: Request, file: ContainedFile, answer: FileAnswer): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return emptyResponse(405, { allow: 'GET, HEAD' });
  const etag = `"${file.bytes.toString(16)}-${Math.trunc(file.modifiedMs).toString(16)}"`;
  const headers: Record<string, string> = {
    'content-type': answer.type,
    'cache-control': answer.cacheControl,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    etag,
    ...answer.headers,
  };
  if (request.headers.get('if-none-match') === etag) return emptyResponse(304, headers);

  // A range of another version of the file would be glued to the wrong bytes.
  const condition = request.headers.get('if-range');
  const asked = condition === null || condition === etag ? request.headers.get('range') : null;
  const range = readByteRange(asked, file.bytes);
  if (range.type === 'unsatisfiable')
    return emptyResponse(416, { ...headers, 'content-range': `bytes */${file.bytes}` });

  const [first, last] = range.type === 'part' ? [range.first, range.last] : [0, file.bytes - 1];
  headers['content-length'] = String(last - first + 1);
  if (range.type === 'part') headers['content-range'] = `bytes ${first}-${last}/${file.bytes}`;
  const body = request.method === 'HEAD' || last < first ? null : fileBody(file.path, first, last);
  return new Response(body, { status: range.type === 'part' ? 206 : 200, headers });
}

export function emptyResponse(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'x-content-type-options': 'nosniff', ...headers } });
}
