// The one place that speaks HTTP to an endpoint or a file's host, and knows whether a request can have arrived.
//
// Node's own client, not Chromium's: Chromium sends a POST again by itself when a kept-open connection dies
// before an answer, and that would pay twice.
import http from 'node:http';
import https from 'node:https';
import { gunzipSync, inflateSync } from 'node:zlib';

export type LineFailure = 'offline' | 'tls_failed' | 'timeout' | 'interrupted';

/** The line failed before a whole answer was read. */
export class LineError extends Error {
  override readonly name = 'LineError';

  constructor(
    readonly failure: LineFailure,
    /** The connection was made, so the request may have arrived. */
    readonly mayHaveArrived: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Longest silence of the line. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Opens a request and gives the answer with its body still to be read. */
export type OpenHttp = (request: HttpRequest) => Promise<http.IncomingMessage>;

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 8 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 8 }),
};

/**
 * Sends one request and resolves when the answer's head is there. Redirects are not followed.
 * @throws LineError, or the signal's reason when it is aborted.
 */
export const openHttp: OpenHttp = (request) =>
  new Promise((resolve, reject) => {
    const url = new URL(request.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      reject(new LineError('offline', false, `not an http address: ${url.protocol}`));
      return;
    }
    const secure = url.protocol === 'https:';
    let connected = false;
    let outgoing: http.ClientRequest;
    try {
      outgoing = (secure ? https : http).request(url, {
        method: request.method,
        // A paid request never shares a connection: a reused one may die with nobody knowing what it delivered.
        agent: request.method === 'POST' ? false : agents[url.protocol],
        headers: {
          Accept: 'application/json',
          'Accept-Encoding': 'identity',
          ...(request.body === undefined ? {} : { 'Content-Length': request.body.byteLength }),
          ...request.headers,
        },
        signal: request.signal,
      });
    } catch (error) {
      // Thrown before anything is opened, for a header that HTTP cannot carry.
      reject(new LineError('offline', false, 'the request cannot be written', { cause: error }));
      return;
    }
    outgoing.setTimeout(request.timeoutMs, () =>
      outgoing.destroy(new LineError('timeout', connected, `no answer for ${request.timeoutMs} ms`)),
    );
    outgoing.on('socket', (socket) => {
      // A kept-open connection is there already; listeners on it would pile up.
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
      else connected = true;
    });
    outgoing.on('error', (error) =>
      reject(request.signal?.aborted ? abortReason(request) : lineError(error, connected)),
    );
    outgoing.on('response', resolve);
    outgoing.end(request.body);
  });

function abortReason(request: HttpRequest): Error {
  const reason: unknown = request.signal?.reason;
  return reason instanceof Error ? reason : new Error('aborted');
}

function lineError(error: Error & { code?: string }, connected: boolean): LineError {
  if (error instanceof LineError) return error;
  const failure: LineFailure = connected
    ? 'interrupted'
    : /CERT|SSL|TLS|ERR_OSSL|EPROTO|ALTNAME/.test(error.code ?? '')
      ? 'tls_failed'
      : 'offline';
  return new LineError(failure, connected, error.code ?? error.message, { cause: error });
}

/** Bodies above this are no answer of this API. A task record is under 10 kB, a page of 500 under 5 MB. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export type SendHttp = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Sends one request and reads the whole answer as text. A body over the bound or with broken compression
 * reads as empty text: it is no JSON then.
 * @throws LineError
 */
export const sendHttp: SendHttp = async (request) => {
  const answer = await openHttp(request);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    if (request.signal?.aborted) throw abortReason(request);
    throw new LineError('interrupted', true, 'the answer broke off', { cause: error });
  }
  const body = bytes > MAX_ANSWER_BYTES ? Buffer.alloc(0) : Buffer.concat(chunks);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    text: decode(body, answer.headers['content-encoding']),
  };
};

function decode(body: Buffer, encoding: string | undefined): string {
  const bound = { maxOutputLength: MAX_ANSWER_BYTES };
  try {
    if (encoding === 'gzip') return gunzipSync(body, bound).toString('utf8');
    if (encoding === 'deflate') return inflateSync(body, bound).toString('utf8');
  } catch {
    // Some gateways promise gzip and send plain text.
  }
  return body.toString('utf8');
}
