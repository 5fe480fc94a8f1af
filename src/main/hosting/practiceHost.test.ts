import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { PracticeHost } from './practiceHost';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(listener: RequestListener): Promise<PracticeHost> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return new PracticeHost(() => `http://127.0.0.1:${port}`);
}

const bytes = Buffer.alloc(3_000_000, 'dailies');
const name = `${createHash('sha256').update(bytes).digest('hex')}.mp4`;
function file(): string {
  const path = join(temporaryFolder('host'), '100%d #1.mp4');
  writeFileSync(path, bytes);
  return path;
}
const signal = (): AbortSignal => new AbortController().signal;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// Bug: the file arrives cut, in chunks without a length, or under another name.
test('sends the whole file with its length', async () => {
  const seen: unknown[] = [];
  const host = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      seen.push(request.method, request.url, request.headers['content-length'], body.equals(bytes));
      response.end(JSON.stringify({ url: 'http://127.0.0.1:1/host/x.mp4' }));
    });
  });
  expect(await host.put(file(), name, signal())).toBe('http://127.0.0.1:1/host/x.mp4');
  expect(seen).toEqual(['PUT', `/host/${name}`, String(bytes.length), true]);
});

// Bug: what a broken or foreign server says becomes an address in a paid request.
test.each([
  [500, '{"url":"http://127.0.0.1/x"}'],
  [200, '<html>'],
  [200, '{"url":"file:///etc/passwd"}'],
  [200, '{}'],
  [200, `{"url":"http://127.0.0.1/${'x'.repeat(100_000)}"}`],
])('an answer of %d %s is no address', async (status, body) => {
  const host = await serve((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  await expect(host.put(file(), name, signal())).rejects.toMatchObject({ code: 'practice_unavailable' });
});

// Bug: a stopped gateway is a bug of the program; cancelling waits for the transfer.
test('a gateway that is gone, a file that is gone, and cancelling', async () => {
  await expect(new PracticeHost(() => null).put(file(), name, signal())).rejects.toMatchObject({
    code: 'practice_unavailable',
  });
  await expect(
    new PracticeHost(() => 'http://127.0.0.1:1').put(file(), name, signal()),
  ).rejects.toMatchObject({
    code: 'practice_unavailable',
  });
  const host = await serve(() => undefined);
  await expect(host.put('/nowhere.mp4', name, signal())).rejects.toMatchObject({ code: 'file_unreadable' });
  const controller = new AbortController();
  const sending = host.put(file(), name, controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
});
