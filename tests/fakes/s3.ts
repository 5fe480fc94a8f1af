// S3 servers for tests: a real store, a line to it that can be cut, slowed or closed, and one that checks signatures.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, createServer as createNetServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import S3rver from 's3rver';

export const BUCKET = 'dailies-test';
/** The one account that s3rver knows. */
export const ACCESS_KEY = 'S3RVER';

export interface TestStore {
  readonly port: number;
  /** Method and path of every request that arrived, without the query. */
  readonly requests: string[];
}

/** A store in a folder, closed at the end of the test. */
export async function startStore(directory: string): Promise<TestStore> {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  const requests: string[] = [];
  server.httpServer.on('request', (request: IncomingMessage) =>
    requests.push(`${request.method} ${request.url?.split('?')[0]}`),
  );
  onTestFinished(async () => {
    server.httpServer.closeAllConnections();
    await server.close();
  });
  return { port, requests };
}

export interface Line {
  readonly origin: string;
  /** Bytes that went to the server since the last reset. */
  sent: number;
  /** Closes every connection once so many bytes went to the server; null: never. */
  cutAfter: number | null;
  /** Milliseconds that each piece to the server waits. */
  delayMs: number;
  /** Refuses every connection. */
  down: boolean;
}

/** A line to a port of this computer. */
export async function startLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const server = createNetServer({ pauseOnConnect: true }, (near) => {
    if (line.down) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    near.on('data', (piece: Buffer) => {
      line.sent += piece.length;
      if (line.cutAfter !== null && line.sent > line.cutAfter) {
        line.down = true;
        for (const socket of sockets) socket.destroy();
        return;
      }
      near.pause();
      setTimeout(() => far.write(piece, () => near.resume()), line.delayMs);
    });
    near.on('end', () => far.end());
    far.pipe(near);
    far.on('close', () => near.destroy());
    near.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const line: Line = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: 0,
    cutAfter: null,
    delayMs: 0,
    down: false,
  };
  return line;
}

/** A store of one account that recomputes every signature, forgets no upload, and keeps all in memory. */
export async function startVerifyingStore(accessKey: string, secret: string): Promise<string> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const refusal = refusalOf(request, accessKey, secret);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://store');
    const refuse = (status: number, code: string): void => {
      const xml = `<Error><Code>${code}</Code><Message>${code} at the store</Message></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? undefined : xml);
    };
    const accept = (xml = ''): void => {
      response.writeHead(200, { etag: '"x"', ...(xml === '' ? {} : { 'content-type': 'application/xml' }) });
      response.end(xml);
    };
    const ofUpload = (uploadId: string, body: Buffer): void => {
      const parts = uploads.get(uploadId);
      if (parts === undefined) return refuse(404, 'NoSuchUpload');
      if (request.method === 'PUT') parts[Number(searchParams.get('partNumber')) - 1] = body;
      else {
        if (request.method === 'POST') objects.set(pathname, Buffer.concat(parts));
        uploads.delete(uploadId);
      }
      accept(request.method === 'POST' ? '<CompleteMultipartUploadResult/>' : '');
    };
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (refusal !== null) return refuse(403, refusal);
      const body = Buffer.concat(chunks);
      const uploadId = searchParams.get('uploadId');
      if (uploadId !== null) return ofUpload(uploadId, body);
      const object = objects.get(pathname);
      switch (request.method) {
        case 'POST': {
          const begun = `upload-${uploads.size + 1}`;
          uploads.set(begun, []);
          return accept(
            `<InitiateMultipartUploadResult><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`,
          );
        }
        case 'PUT':
          objects.set(pathname, body);
          return accept();
        case 'DELETE':
          objects.delete(pathname);
          return accept();
        default:
          if (object === undefined) return refuse(404, 'NoSuchKey');
          response.writeHead(200, { 'content-length': object.length });
          response.end(request.method === 'HEAD' ? undefined : object);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Signature version 4 as Amazon's documentation describes it, for a header or a query. */
function refusalOf(request: IncomingMessage, accessKey: string, secret: string): string | null {
  const url = new URL(request.url ?? '', 'http://store');
  const query = url.searchParams;
  const header =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const inQuery = query.has('X-Amz-Signature');
  const [credential = '', signed = '', signature = ''] = inQuery
    ? ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'].map((name) => query.get(name) ?? '')
    : header.slice(1);
  const [id, day = '', region = '', service = ''] = credential.split('/');
  if (id !== accessKey) return 'InvalidAccessKeyId';
  const time = inQuery ? query.get('X-Amz-Date') : request.headers['x-amz-date'];
  query.delete('X-Amz-Signature');
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const canonical = [
    request.method,
    url.pathname,
    [...query]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    inQuery ? 'UNSIGNED-PAYLOAD' : request.headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    time,
    `${day}/${region}/${service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature
    ? null
    : 'SignatureDoesNotMatch';
}
