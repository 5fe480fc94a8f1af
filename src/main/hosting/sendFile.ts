// Sends a file as the body of one HTTP request, from disk, with its exact length, and reads a small answer.
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { filePieces } from './filePieces';

export interface FileRequest {
  readonly url: URL;
  readonly method: 'POST' | 'PUT';
  readonly headers: OutgoingHttpHeaders;
  readonly file: string;
  readonly bytes: number;
  /** What stands around the file in a form. */
  readonly before?: string;
  readonly after?: string;
  readonly signal: AbortSignal;
  /** Milliseconds of silence after which the server is given up. */
  readonly silenceMs: number;
  readonly onProgress?: (done: number) => void;
}

export interface SmallAnswer {
  readonly status: number;
  readonly text: string;
}

/** An answer is an address or a few words; whatever is longer is neither. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** Redirects are not followed. @throws AppError `file_unreadable`; what the line throws; the signal's reason */
export async function sendFile(sending: FileRequest): Promise<SmallAnswer> {
  const answer = await send(sending);
  try {
    return { status: answer.statusCode ?? 0, text: await bounded(answer) };
  } finally {
    answer.destroy();
  }
}

function send(sending: FileRequest): Promise<IncomingMessage> {
  const { url, method, headers, signal, silenceMs, before = '', after = '' } = sending;
  const length = Buffer.byteLength(before) + sending.bytes + Buffer.byteLength(after);
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method,
      // The exact length: without it Node would send chunks, which many stores refuse.
      headers: { ...headers, 'Content-Length': length },
      // A server that answers before it has read everything would break the next request on this line.
      agent: false,
      signal,
      timeout: silenceMs,
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('silence')));
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    // A server may answer before it has read everything: its answer counts then, not the broken pipe.
    pipeline(Readable.from(body(sending, before, after), { objectMode: false }), outgoing).catch(reject);
  });
}

async function* body(
  { file, bytes, onProgress }: FileRequest,
  before: string,
  after: string,
): AsyncGenerator<Buffer> {
  if (before !== '') yield Buffer.from(before);
  let done = 0;
  yield* filePieces(file, 0, bytes, (read) => onProgress?.((done += read))) as AsyncIterable<Buffer>;
  if (after !== '') yield Buffer.from(after);
}

async function bounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > MOST_ANSWER_BYTES) throw new Error('an endless answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
