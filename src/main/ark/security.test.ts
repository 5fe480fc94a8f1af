// Answers that were made to stop whoever reads them. Each ends in a code of ours while the reader goes on.
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import {
  startScriptedServer,
  text,
  type Script,
  type ScriptedServer,
} from '../../../tests/fakes/scriptedServer';
import { selfSigned } from '../../../tests/fixtures/selfSigned';
import { ArkClient } from './client';
import { toAppError } from './errors';
import { MAX_ANSWER_BYTES, openHttp } from './http';
import { readTask } from './wire';

/** A good record, and more white space than any answer may have. */
const BOMB = `{"id":"a","status":"queued"}${' '.repeat(MAX_ANSWER_BYTES)}`;

let server: ScriptedServer | undefined;
afterEach(async () => server?.close());

async function client(script: Script): Promise<ArkClient> {
  server = await startScriptedServer(script);
  return new ArkClient({ baseUrl: server.origin, key: 'sk-test' });
}

// Bug: looking for tags in a page of nothing but open brackets takes hours, and main does nothing else meanwhile.
test('a page of open brackets is read at once', () => {
  const page = '<'.repeat(MAX_ANSWER_BYTES);
  expect(toAppError(500, null, {}, page)).toMatchObject({ code: 'server_error' });
});

// Bug: the error's code is as long as the answer, and goes into the log and through to the window.
test('a code of a megabyte is cut', () => {
  const error = toAppError(400, { code: 'x'.repeat(1_000_000), message: null, inOwnShape: true });
  expect(JSON.stringify(error.detail).length + error.message.length).toBeLessThan(1000);
});

// Bug: microseconds instead of seconds make a date that no calendar has, and the finished video is never fetched.
test.each([1.8e15, -1, 1e300, 'soon'])('a record of %s seconds is still a record', (time) => {
  const task = readTask(JSON.stringify({ id: 'a', status: 'succeeded', updated_at: time, created_at: time }));
  expect(task).toMatchObject({ id: 'a', meaning: 'succeeded', updatedAt: null, createdAt: null });
});

test('frames at no rate have no length', () => {
  const record = { id: 'a', status: 'succeeded', frames: 120, framespersecond: 0 };
  expect(readTask(JSON.stringify(record))?.seconds).toBe(5);
});

// Bug: two megabytes on the line are two gigabytes in memory, or a stack is only so deep.
test.each<[string, Buffer | string, Record<string, string>]>([
  ['a bomb of gzip', gzipSync(BOMB), { 'Content-Encoding': 'gzip' }],
  ['gzip that is none', 'not gzip', { 'Content-Encoding': 'gzip' }],
  ['a million brackets', '['.repeat(1_000_000), {}],
  ['a million objects, closed', `${'{"data":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`, {}],
])('%s is no answer', async (_what, body, headers) => {
  const ark = await client((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(body);
  });
  await expect(ark.get('a')).rejects.toMatchObject({ name: 'AppError' });
});

// Bug: an address of another kind reads a file of this computer, or hands the key to a program.
test.each(['file:///etc/passwd', 'ftp://a.b/c', 'data:text/plain,x', 'gopher://a.b/'])(
  '%s is not opened',
  async (url) => {
    const request = openHttp({ method: 'GET', url, timeoutMs: 1000 });
    await expect(request).rejects.toMatchObject({
      message: expect.stringContaining('not an http address') as string,
      mayHaveArrived: false,
    });
  },
);

// Bug: whoever stands in the way pretends to be the endpoint, and reads the key.
test('a server whose certificate nobody vouches for is told nothing', async () => {
  let heard = 0;
  const secure = createServer(selfSigned(), (_, response) => {
    heard += 1;
    response.end('{"id":"a","status":"queued"}');
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void secure.close());
  const baseUrl = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  const ark = new ArkClient({ baseUrl, key: 'sk-test' });
  await expect(ark.get('a')).rejects.toMatchObject({ code: 'tls_failed' });
  expect(await ark.create(Buffer.from('{}'))).toMatchObject({ type: 'not_sent' });
  expect(heard).toBe(0);
  // It would have answered.
  const status = await new Promise((resolve, reject) => {
    get(baseUrl, { rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
  expect([status, heard]).toEqual([200, 1]);
});

test('a page of HTML with a good status is no task', async () => {
  const ark = await client(text(200, '<html>Sign in</html>', 'text/html'));
  await expect(ark.get('a')).rejects.toMatchObject({ code: 'not_an_api' });
});
