// A real HTTP server on loopback whose answers a test writes one by one, and which remembers what arrived.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Script = (request: Arrived, response: ServerResponse) => void;

export interface ScriptedServer {
  readonly origin: string;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

/** Answers the n-th request with the n-th script, and every further one with the last. */
export async function startScriptedServer(...scripts: Script[]): Promise<ScriptedServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const record = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      arrived.push(record);
      scripts[Math.min(arrived.length, scripts.length) - 1]?.(record, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function text(status: number, body: string, type: string): Script {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': type });
    response.end(body);
  };
}

/** Reads the whole request, then drops the line without an answer. */
export const hangUp: Script = (_, response) => response.socket?.destroy();
