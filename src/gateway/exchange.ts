// Reading requests and writing answers over Node's http: bounded bodies, JSON, headers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, invalidParameter } from './apiError';

/** One request with its answer. `path` is undecoded; nothing of it is trusted. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string;
}

/** How long a body that is too large is still read (and thrown away), so that the refusal can be read. */
const DRAIN_MS = 10_000;

/** Reads the whole body. Throws a 413 ApiError above `maxBytes`, without keeping more than that in memory. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): ApiError => {
    request.resume();
    const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref();
    request.once('close', () => clearTimeout(timer));
    const limit = Math.round(maxBytes / 1024 / 1024);
    return new ApiError(
      413,
      'InvalidParameter',
      `The request body is too large, it must not exceed ${limit} MB.`,
      'body',
      'BadRequest',
      { connection: 'close' },
    );
  };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        request.removeAllListeners('data');
        chunks.length = 0;
        reject(tooLarge());
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the client went away')));
  });
}

/** Parses a JSON body; a 400 ApiError when it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw invalidParameter('body', 'the request body is not valid JSON');
  }
}

/** Decodes one part of a path. Throws a 400 ApiError on bad percent-encoding. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidParameter('path', 'bad percent-encoding');
  }
}

/** Sends a JSON answer. Nothing happens when the client is gone or was answered. */
export function sendJson(
  { response, requestId }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendBytes(response, status, Buffer.from(JSON.stringify(body)), {
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': requestId,
    ...headers,
  });
}

/** Sends bytes with their length. */
export function sendBytes(
  response: ServerResponse,
  status: number,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-length': String(bytes.length), ...headers });
  response.end(bytes);
}
