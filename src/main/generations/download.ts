// Fetches a finished video into its `.part` file: goes on where it stopped, and trusts nothing the host says.
import { open, stat, statfs, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@shared/contract/errors';
import { LineError, openHttp, type OpenHttp } from '../ark/http';
import { fileError } from '../files/fileError';

export interface DownloadState {
  /** Validator of the file the `.part` was begun with; without one it is begun anew. */
  readonly etag: string | null;
  readonly totalBytes: number | null;
}

export interface DownloadRequest extends DownloadState {
  readonly url: string;
  /** The person accepts plain http for this endpoint. Without it such an address is asked for over https. */
  readonly plainHttpAccepted: boolean;
  readonly partPath: string;
  readonly signal: AbortSignal;
  /** Called before the first byte is written, so that a later try can go on. */
  readonly onStart: (state: DownloadState) => void;
  readonly onProgress: (done: number, total: number | null) => void;
}

/** A result of 15 s at 4k is under 200 MB; whatever claims more than this is not one. */
export const MOST_BYTES = 8 * 1024 ** 3;
/** Characters of a refusal that are kept. */
const MOST_WORDS = 1000;
const MOST_REDIRECTS = 5;
const SILENCE_MS = 30_000;
/** Written in one go: a socket gives 64 kB at a time, and each write is a trip to another thread. */
const PIECE_BYTES = 1024 * 1024;
/** A slow line is written as it comes: what was fetched before a crash need not be fetched again. */
const PIECE_MS = 50;
/** Kept free on the disk beside the file itself. */
const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * Downloads to `partPath` and syncs it. Sends no Authorization header, to nobody.
 * @throws AppError `link_expired` (403, 404, 410), `download_interrupted`, `download_mismatch` (a web page, a
 * wrong length), `file_too_large`, `disk_full`, `no_permission`, `offline`, `tls_failed`, `timeout`,
 * `plain_http_not_accepted` (the host of a plain http address did not answer over https).
 */
export async function download(request: DownloadRequest, openUrl: OpenHttp = openHttp): Promise<number> {
  const begun = await sizeOf(request.partPath);
  // Without a validator nobody can tell whether the rest belongs to the same file.
  const from = request.etag === null ? 0 : begun;
  const answer = await openFollowing(request, from, openUrl);
  try {
    return await receive(request, answer, from);
  } finally {
    answer.destroy();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
}

async function openFollowing(
  request: DownloadRequest,
  from: number,
  openUrl: OpenHttp,
): Promise<IncomingMessage> {
  if (!/^https?:/i.test(request.url) || !URL.canParse(request.url))
    throw new AppError('download_mismatch', 'the result has no web address');
  const raised = !request.plainHttpAccepted && /^http:/i.test(request.url);
  let url = raised ? request.url.replace(/^http:/i, 'https:') : request.url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const answer = await openUrl({
      method: 'GET',
      url,
      headers: {
        Accept: '*/*',
        ...(from > 0 && request.etag !== null ? { Range: `bytes=${from}-`, 'If-Range': request.etag } : {}),
      },
      signal: request.signal,
      timeoutMs: SILENCE_MS,
    }).catch((error: unknown) => rethrowLine(error, raised));
    const { statusCode: status = 0 } = answer;
    const { location } = answer.headers;
    if (status < 300 || status > 399 || location === undefined) return answer;
    answer.resume();
    const next = URL.canParse(location, url) ? new URL(location, url) : null;
    if (next === null || (next.protocol !== 'http:' && next.protocol !== 'https:'))
      throw new AppError('download_mismatch', 'redirected to something that is no web address');
    // An encrypted transfer is not continued in the open.
    if (next.protocol === 'http:' && /^https:/i.test(url))
      throw new AppError('download_mismatch', 'redirected from https to http');
    url = next.href;
  }
  throw new AppError('download_mismatch', 'redirected too often');
}

function rethrowLine(error: unknown, raised: boolean): never {
  if (!(error instanceof LineError)) throw error;
  if (raised)
    throw new AppError('plain_http_not_accepted', `over https: ${error.message}`, {}, { cause: error });
  const code = error.failure === 'interrupted' ? 'download_interrupted' : error.failure;
  throw new AppError(code, error.message, {}, { cause: error });
}

async function receive(request: DownloadRequest, answer: IncomingMessage, from: number): Promise<number> {
  const status = answer.statusCode ?? 0;
  if (status === 416 && from > 0) {
    if (from === request.totalBytes) return from;
    await truncate(request.partPath, 0);
    throw new AppError('download_interrupted', 'the host refused to go on; beginning anew');
  }
  if (status === 403 || status === 404 || status === 410)
    throw new AppError('link_expired', `${status}`, { status, rawMessage: await beginningOf(answer) });
  if (status !== 200 && status !== 206) throw new AppError('download_interrupted', `${status}`, { status });
  const type = answer.headers['content-type'] ?? '';
  if (/text\/|json|xml/.test(type))
    throw new AppError('download_mismatch', `content type ${type.slice(0, 60)}`);

  const start = status === 206 ? rangeStart(answer) : 0;
  if (start !== 0 && start !== from) throw new AppError('download_mismatch', 'the host sent another range');
  const total = totalBytes(answer, start);
  if (total !== null && total > MOST_BYTES) throw new AppError('file_too_large', `${total} bytes`);
  await requireSpace(request.partPath, (total ?? 0) - start);
  if (start === 0) request.onStart({ etag: strongEtag(answer), totalBytes: total });

  const file = await open(request.partPath, start === 0 ? 'w' : 'r+').catch(rethrowDisk);
  try {
    const size = await write(file, answer, start, total, request);
    await file.sync().catch(rethrowDisk);
    return size;
  } finally {
    await file.close();
  }
}

/** What a host says about a refusal, cut. */
async function beginningOf(answer: IncomingMessage): Promise<string> {
  answer.setTimeout(SILENCE_MS, () => answer.destroy());
  let text = '';
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8');
      if (text.length >= MOST_WORDS) break;
    }
  } catch {
    // What came before the line broke will do.
  }
  return text.slice(0, MOST_WORDS);
}

async function write(
  file: FileHandle,
  answer: IncomingMessage,
  start: number,
  total: number | null,
  request: DownloadRequest,
): Promise<number> {
  let at = start;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let flushedAt = -Infinity;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const pieces = waiting;
    const expected = waitingBytes;
    const from = at - expected;
    waiting = [];
    waitingBytes = 0;
    flushedAt = performance.now();
    const { bytesWritten } = await file.writev(pieces, from).catch(rethrowDisk);
    if (bytesWritten < expected) throw new AppError('disk_full', 'written short');
    request.onProgress(at, total);
  };
  answer.setTimeout(SILENCE_MS, () => answer.destroy(new LineError('timeout', true, 'the host went silent')));
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (at + chunk.byteLength > (total ?? MOST_BYTES))
        throw new AppError('download_mismatch', 'more bytes than announced');
      at += chunk.byteLength;
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      if (waitingBytes >= PIECE_BYTES || performance.now() - flushedAt > PIECE_MS) await flush();
    }
    await flush();
  } catch (error) {
    // What came before the line broke counts: the next try goes on behind it.
    if (!(error instanceof AppError)) await flush();
    if (error instanceof AppError || request.signal.aborted) throw error;
    throw new AppError('download_interrupted', 'the transfer broke off', {}, { cause: error });
  }
  if (total !== null && at !== total) throw new AppError('download_interrupted', `${at} of ${total} bytes`);
  return at;
}

function rangeStart(answer: IncomingMessage): number {
  const match = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '');
  if (match === null) throw new AppError('download_mismatch', '206 without a range');
  return Number(match[1]);
}

function totalBytes(answer: IncomingMessage, start: number): number | null {
  const inRange = /\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (answer.statusCode === 206 && inRange !== undefined) return Number(inRange);
  const length = answer.headers['content-length'];
  return length === undefined || !/^\d+$/.test(length) ? null : start + Number(length);
}

/** A weak validator (`W/…`) may not be used with If-Range (RFC 9110, 13.1.5). */
function strongEtag(answer: IncomingMessage): string | null {
  const { etag } = answer.headers;
  return etag === undefined || etag.startsWith('W/') || etag.length > 200 ? null : etag;
}

async function requireSpace(path: string, bytes: number): Promise<void> {
  const facts = await statfs(dirname(path)).catch(rethrowDisk);
  if (facts.bavail * facts.bsize < bytes + SPARE_BYTES) throw new AppError('disk_full', 'not enough space');
}

function rethrowDisk(error: unknown): never {
  throw fileError(error);
}
