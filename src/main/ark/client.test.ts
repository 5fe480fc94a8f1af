import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import {
  hangUp,
  json,
  startScriptedServer,
  text,
  type Script,
  type ScriptedServer,
} from '../../../tests/fakes/scriptedServer';
import { ArkClient } from './client';

let server: ScriptedServer | undefined;
afterEach(async () => server?.close());

async function client(...scripts: Script[]): Promise<ArkClient> {
  server = await startScriptedServer(...scripts);
  return new ArkClient({ baseUrl: `${server.origin}/api/v3`, key: 'sk-test' });
}
const body = Buffer.from('{"model":"m"}');

// Bug: the answer to a paid request misread, so it is sent again or thrown away.
test.each<[string, Script, string]>([
  ['a bare id', json(200, { id: 'cgt-1' }), 'accepted'],
  ['an id in an object of the gateway', json(200, { code: 'success', data: { task_id: 'x/1' } }), 'accepted'],
  ['an error in a 200', json(200, { code: 1001, msg: 'no credit' }), 'refused'],
  ['a web page in a 200', text(200, '<html>welcome</html>', 'text/html'), 'refused'],
  ['an empty 200', text(200, '', 'application/json'), 'unknown'],
  ['half a JSON', text(200, '{"id":"cgt', 'application/json'), 'unknown'],
  ['a 400', json(400, { error: { code: 'InvalidParameter', message: 'x' } }), 'refused'],
  ['a 401', json(401, { error: { code: 'AuthenticationError', message: 'x' } }), 'refused'],
  ['a 408', text(408, '', 'text/plain'), 'unknown'],
  ['a 429 of the API', json(429, { error: { code: 'RequestBurstTooFast', message: 'x' } }), 'later'],
  ['an empty trial', json(429, { error: { code: 'SetLimitExceeded', message: 'x' } }), 'refused'],
  ['a 500 of the API', json(500, { error: { code: 'InternalServiceError', message: 'x' } }), 'later'],
  ['a 500 of a gateway', json(500, { code: 'fail_to_fetch_task', message: 'EOF', data: null }), 'unknown'],
  ['a 502 page of a proxy', text(502, '<html>Bad Gateway</html>', 'text/html'), 'unknown'],
  ['a 504 in the API shape', json(504, { error: { code: 'InternalServiceError', message: 'x' } }), 'unknown'],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { Location: 'https://else.example/' }).end(),
    'refused',
  ],
  ['a line dropped after sending', hangUp, 'unknown'],
])('create: %s is %s', async (_, script, type) => {
  const outcome = await (await client(script)).create(body);
  expect(outcome.type).toBe(type);
  expect(server?.arrived).toHaveLength(1);
});

// Bug: a request that never left is treated as perhaps paid, or one that left as never sent.
test('create: a refused connection certainly never arrived', async () => {
  const ark = await client(hangUp);
  await server?.close();
  expect((await ark.create(body)).type).toBe('not_sent');
});

// Bug: a kept-open connection dies, the client sends the POST once more by itself, and both are billed.
test('create: a dead kept-open connection is not used, and nothing is sent twice', async () => {
  const ark = await client(json(200, { id: 'a', status: 'queued' }), hangUp, json(200, { id: 'b' }));
  await ark.get('a');
  expect((await ark.create(body)).type).toBe('unknown');
  const posts = server?.arrived.filter((request) => request.method === 'POST') ?? [];
  expect(posts).toHaveLength(1);
  expect(posts[0]?.headers.connection).toBe('close');
});

// Bug: two requests that come closer together on the way make a good connection look refused.
test('a list or a test that came too soon is asked for again', async () => {
  const tooSoon = json(429, { error: { code: 'RequestBurstTooFast', message: 'x' } });
  const ark = await client(tooSoon, json(200, { items: [], total: 0 }));
  expect(await ark.test()).toMatchObject({ verdict: 'ok' });
  expect(server?.arrived).toHaveLength(2);
});

test('get: the key goes in the header, the id is escaped', async () => {
  await (await client(json(200, { id: 'x', status: 'queued' }))).get('a/../b?c');
  expect(server?.arrived[0]).toMatchObject({
    path: '/api/v3/contents/generations/tasks/a%2F..%2Fb%3Fc',
    headers: { authorization: 'Bearer sk-test' },
  });
});

// Bug: a task wrapped by a gateway reads as unknown for ever, and the finished video is never fetched.
test.each<[string, unknown]>([
  [
    'the vendor',
    {
      id: 't',
      status: 'succeeded',
      content: { video_url: 'https://h/v.mp4' },
      usage: { completion_tokens: 7 },
    },
  ],
  [
    'new-api',
    {
      code: 'success',
      data: {
        task_id: 't',
        status: 'SUCCESS',
        result_url: 'https://h/v.mp4',
        data: { id: 'up', status: 'succeeded', usage: { completion_tokens: 7 } },
      },
    },
  ],
  [
    'another word',
    { id: 't', status: 'completed', content: { video_url: 'https://h/v.mp4' }, usage: { total_tokens: 7 } },
  ],
])('get: reads a finished task of %s', async (_, answer) => {
  expect(await (await client(json(200, answer))).get('t')).toMatchObject({
    meaning: 'succeeded',
    videoUrl: 'https://h/v.mp4',
    tokens: 7,
  });
});

test('get: an error inside a failed task is found', async () => {
  const failed = {
    id: 't',
    status: 'failed',
    error: { code: 'OutputVideoSensitiveContentDetected', message: 'm' },
  };
  expect((await (await client(json(200, failed))).get('t')).error).toMatchObject({
    code: 'OutputVideoSensitiveContentDetected',
  });
});

// Bug: strange answers crash the poller instead of being asked again.
test.each<[string, Script, string]>([
  ['html', text(200, '<html></html>', 'text/html'), 'not_an_api'],
  [
    'broken gzip',
    (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not gzip'),
    'not_an_api',
  ],
  ['401', json(401, {}), 'key_refused'],
  ['a dropped line', hangUp, 'offline'],
  ['502', text(502, 'bad', 'text/plain'), 'bad_gateway'],
  ['an unknown id', json(404, { error: { code: 'NotFound.Task', message: 'x' } }), 'record_gone'],
])('get: %s is %s', async (_, script, code) => {
  await expect((await client(script)).get('t')).rejects.toMatchObject({ code });
});

// Bug: a body without end fills the memory.
test('an endless body is cut off', async () => {
  const endless: Script = (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const push = (): void => void (response.writable && response.write(chunk, () => setImmediate(push)));
    push();
  };
  await expect((await client(endless)).get('t')).rejects.toMatchObject({ code: 'not_an_api' });
});

test('a compressed answer is read', async () => {
  const script: Script = (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"id":"t","status":"queued"}'));
  expect((await (await client(script)).get('t')).meaning).toBe('queued');
});

// Bug: a gateway without a list is reported as broken, or its web page read as an empty list.
test('list: a page of HTML or a 404 means there is no list', async () => {
  expect(await (await client(text(200, '<html>', 'text/html'))).list(1, 10)).toBeNull();
  await server?.close();
  expect(await (await client(text(404, 'no', 'text/plain'))).list(1, 10)).toBeNull();
});

// Bug: "Test connection" makes and bills a task.
test('test: asks for the list, and nothing else', async () => {
  expect((await (await client(json(200, { items: [], total: 0 }))).test()).verdict).toBe('ok');
  expect(server?.arrived.map((request) => request.method)).toEqual(['GET']);
});

test('test: says what is wrong', async () => {
  await expect(
    (await client(json(401, { error: { code: 'AuthenticationError', message: 'x' } }))).test(),
  ).rejects.toMatchObject({ code: 'key_refused' });
  await server?.close();
  await expect((await client(text(200, '<html>', 'text/html'))).test()).rejects.toMatchObject({
    code: 'not_an_api',
  });
});
