// A small server on loopback that gives out the files in use, each under an unguessable name, and nothing else.
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readByteRange } from '../files/byteRange';
import { typeOf } from './FileHost';

export class FileServer {
  private readonly files = new Map<string, string>();
  private server: Server | null = null;

  /** Starts it where it does not run yet, and answers with its port. */
  async start(): Promise<number> {
    if (this.server === null) {
      const server = createServer((request, response) => {
        this.answer(request, response).catch(() => response.destroy());
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      this.server = server;
    }
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
    this.server = null;
  }

  /** The name under which this file can be fetched from now on; the same one while it is in use. */
  offer(path: string): string {
    for (const [name, offered] of this.files) if (offered === path) return name;
    // The extension stays: some endpoints look at it before they fetch.
    const name = `${randomBytes(32).toString('hex')}${extname(path)}`;
    this.files.set(name, path);
    return name;
  }

  offers(path: string): boolean {
    return [...this.files.values()].includes(path);
  }

  withdraw(name: string): void {
    this.files.delete(name);
  }

  get isEmpty(): boolean {
    return this.files.size === 0;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = (request.url ?? '').slice(1);
    const path = this.files.get(name);
    if (path === undefined) return end(response, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return end(response, 405, { allow: 'GET, HEAD' });
    const file = await open(path, 'r').catch(() => null);
    if (file === null) return end(response, 404);
    try {
      const { size } = await file.stat();
      const headers: Record<string, string> = {
        'content-type': typeOf(path),
        'accept-ranges': 'bytes',
        // What is withdrawn must not live on in a cache between here and the endpoint.
        'cache-control': 'no-store',
      };
      const range = readByteRange(request.headers.range ?? null, size);
      if (range.type === 'unsatisfiable')
        return end(response, 416, { ...headers, 'content-range': `bytes */${size}` });
      const [first, last] = range.type === 'part' ? [range.first, range.last] : [0, size - 1];
      if (range.type === 'part') headers['content-range'] = `bytes ${first}-${last}/${size}`;
      headers['content-length'] = String(last - first + 1);
      response.writeHead(range.type === 'part' ? 206 : 200, {
        'x-content-type-options': 'nosniff',
        ...headers,
      });
      if (request.method === 'HEAD' || last < first) response.end();
      else await pipeline(file.createReadStream({ start: first, end: last, autoClose: false }), response);
    } finally {
      await file.close();
    }
  }
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'x-content-type-options': 'nosniff', 'content-length': '0', ...headers })
    .end();
}
