// Hosts against real servers: a bucket, an uploader, and a tunnel whose program is a stand-in.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HostFacts, UploaderFacts } from '@shared/domain/host';
import { findCloudflared } from '../../src/main/hosting/cloudflared';
import { TunnelHost, type TunnelHostOptions } from '../../src/main/hosting/tunnelHost';
import { BUCKET, startLine, startStore, startVerifyingStore } from '../fakes/s3';
import { json, startScriptedServer, text, type Script, type ScriptedServer } from '../fakes/scriptedServer';
import { temporaryFolder } from '../fixtures/media';
import { runs } from '../fixtures/processes';
import { bucketAt, chooseBucket, noise, place, SECRET, setupHosts, type HostSetup } from './hosts';

const MEGABYTE = 1024 * 1024;

/** Files below the folder that hold one of the texts, as UTF-8 or UTF-16. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return texts.some((each) => bytes.includes(each) || bytes.includes(Buffer.from(each, 'utf16le')));
    });
}

const SHAPES = [
  SECRET,
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString('base64').replace(/=+$/, ''),
];

describe('a bucket', () => {
  async function setup() {
    const store = await startStore(temporaryFolder('bucket'));
    const line = await startLine(store.port);
    return { ...setupHosts(), store, line };
  }
  const putsOf = (requests: readonly string[]): string[] => requests.filter((each) => each.startsWith('PUT'));

  // Bug: the endpoint cannot fetch the file, gets another type, or has to fetch it whole.
  test('takes a file and gives it out to anybody who has the address, in parts too', async () => {
    const all = await setup();
    const id = await chooseBucket(all, bucketAt(all.line.origin));
    const content = noise(700_000);
    const reference = all.keep(content);
    const done: number[] = [];
    const { url, reused } = await place(all, reference, { onProgress: (each) => done.push(each) });
    expect(reused).toBe(false);
    expect(done.at(-1)).toBe(content.length);
    expect(new URL(url).pathname).toBe(`/${BUCKET}/dailies/${reference}.mp4`);
    const whole = await fetch(url);
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    const part = await fetch(url, { headers: { range: 'bytes=1000-1999' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(1000, 2000))).toBe(true);
    const [upload] = all.service.uploads();
    expect(upload).toMatchObject({ referenceId: reference, hostId: id, hostLabel: 'My bucket' });
    expect(Date.parse(upload?.until ?? '') - Date.now()).toBeGreaterThan(3500_000);
    expect(all.announced.uploads.at(-1)).toEqual(all.service.uploads());
  });

  // Bug: the same 50 MB go out again for every variation, or the first end takes them from the second.
  test('is given a content once, and keeps it until the last generation has ended, over a restart', async () => {
    const all = await setup();
    await chooseBucket(all, bucketAt(all.line.origin));
    const reference = all.keep(noise(1000));
    await place(all, reference, { generationId: 'first' });
    const second = await place(all, reference, { generationId: 'second' });
    expect(second.reused).toBe(true);
    expect(putsOf(all.store.requests)).toHaveLength(1);
    all.restart();
    expect(all.service.users().sort()).toEqual(['first', 'second']);
    expect(await all.service.release('first')).toEqual([]);
    expect((await fetch(second.url)).status).toBe(200);
    expect(await all.service.release('second')).toEqual(['My bucket']);
    expect((await fetch(second.url)).status).toBe(404);
    expect([all.service.uploads(), all.service.users()]).toEqual([[], []]);
  });

  // Bug: a file of another computer, or of last year, is deleted because it has the same content.
  test('what is to stay stays, and what was there before is not taken away', async () => {
    const all = await setup();
    const id = await chooseBucket(all, bucketAt(all.line.origin), { removeAfter: false });
    const reference = all.keep(noise(1000));
    const { url } = await place(all, reference);
    expect(await all.service.release('g1')).toEqual([]);
    expect((await fetch(url)).status).toBe(200);
    // A new profile that does not know who put it there.
    all.database.run('DELETE FROM uploads');
    const facts = bucketAt(all.line.origin);
    await all.service.save({ id, label: 'Mine', facts, lifeSeconds: 3600, removeAfter: true });
    expect((await place(all, reference, { generationId: 'g2' })).reused).toBe(true);
    expect(await all.service.release('g2')).toEqual([]);
    expect((await fetch(url)).status).toBe(200);
  });

  // Bug: a host that is away at the end keeps a private file for ever.
  test('what could not be removed is removed later', async () => {
    const all = await setup();
    await chooseBucket(all, bucketAt(all.line.origin));
    const { url } = await place(all, all.keep(noise(1000)));
    all.line.down = true;
    expect(await all.service.release('g1')).toEqual([]);
    expect(all.service.users()).toEqual(['g1']);
    all.line.down = false;
    expect(await all.service.release('g1')).toEqual(['My bucket']);
    expect((await fetch(url)).status).toBe(404);
  });

  // Bug: a cut line or a killed app sends everything again, or puts the parts together wrongly.
  test('goes on with the missing parts after a cut and a restart', async () => {
    const all = await setup();
    await chooseBucket(all, bucketAt(all.line.origin));
    const content = noise(20 * MEGABYTE);
    const reference = all.keep(content);
    all.line.cutAfter = 12 * MEGABYTE;
    await expect(place(all, reference)).rejects.toMatchObject({ code: 'host_unreachable' });
    expect(all.service.uploads()).toEqual([]);
    Object.assign(all.line, { down: false, cutAfter: null, sent: 0 });
    all.restart();
    const { url } = await place(all, reference);
    // The first part of 8 MB was there.
    expect(all.line.sent).toBeLessThan(13 * MEGABYTE);
    const got = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash('sha256').update(got).digest('hex')).toBe(reference);
    expect(all.database.all('SELECT * FROM upload_parts')).toEqual([]);
  });

  // Bug: an upload that the store has swept away meanwhile is tried for ever.
  test('begins anew where the store has forgotten the parts', async () => {
    const all = setupHosts();
    const line = await startLine(Number(new URL(await startVerifyingStore('AK', SECRET)).port));
    await chooseBucket(all, bucketAt(line.origin, { accessKeyId: 'AK' }));
    const reference = all.keep(noise(17 * MEGABYTE));
    line.cutAfter = 10 * MEGABYTE;
    await expect(place(all, reference)).rejects.toMatchObject({ code: 'host_unreachable' });
    Object.assign(line, { down: false, cutAfter: null });
    expect(all.database.all('SELECT * FROM upload_parts')).toHaveLength(1);
    all.database.run("UPDATE upload_parts SET record = json_set(record, '$.uploadId', 'swept')");
    const { url } = await place(all, reference);
    const got = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash('sha256').update(got).digest('hex')).toBe(reference);
  });

  // Bug: cancelling waits for a slow line, or for somebody else's upload of the same file.
  test('a slow upload is stopped at once, and who waits behind it too', async () => {
    const all = await setup();
    await chooseBucket(all, bucketAt(all.line.origin));
    const reference = all.keep(noise(8 * MEGABYTE));
    all.line.delayMs = 200;
    const first = new AbortController();
    const second = new AbortController();
    const begun = new Promise<void>((resolve) => {
      place(all, reference, { signal: first.signal, onProgress: () => resolve() }).catch(() => undefined);
    });
    await begun;
    const waiting = place(all, reference, { signal: second.signal, generationId: 'g2' });
    second.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const running = place(all, reference, { signal: first.signal, generationId: 'g1' });
    first.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    all.line.delayMs = 0;
    for (const id of ['g1', 'g2']) await all.service.release(id);
    expect([all.service.uploads(), all.service.users()]).toEqual([[], []]);
  });

  // Bug: every trouble is "failed", and the person does not know whether key, name or network is wrong.
  test('says what is wrong: the bucket, the line, the file', async () => {
    const all = await setup();
    const reference = all.keep(noise(1000));
    await expect(place(all, reference)).rejects.toMatchObject({ code: 'video_needs_host' });
    const id = await chooseBucket(all, bucketAt(all.line.origin, { bucket: 'no-such-bucket' }));
    await expect(place(all, reference)).rejects.toMatchObject({
      code: 'host_bucket_missing',
      detail: { status: 404, rawCode: 'NoSuchBucket' },
    });
    await expect(all.service.test(id)).rejects.toMatchObject({ code: 'host_bucket_missing' });
    const gone = await chooseBucket(all, bucketAt('http://127.0.0.1:9'));
    await expect(place(all, reference)).rejects.toMatchObject({
      code: 'host_unreachable',
      detail: { rawCode: 'ECONNREFUSED' },
    });
    await all.service.clearSecret(gone);
    await expect(place(all, reference)).rejects.toMatchObject({ code: 'host_secret_missing' });
    rmSync(all.pathOf(reference));
    await expect(place(all, reference)).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  // Bug: Test says yes and the upload fails, or Test leaves its files in the person's bucket.
  test('is tried with a real put, get and delete', async () => {
    const folder = temporaryFolder('bucket');
    const all = { ...setupHosts(), store: await startStore(folder) };
    const id = await chooseBucket(all, bucketAt(`http://127.0.0.1:${all.store.port}`));
    expect(await all.service.test(id)).toMatchObject({ removed: true });
    expect(all.store.requests.map((each) => each.split(' ')[0])).toEqual(['PUT', 'GET', 'DELETE']);
    expect(filesWith(folder, ['Dailies puts'])).toEqual([]);
  });

  // Bug: a wrong secret is believed, or told as a broken network. s3rver checks no signature, so this one does.
  test('a wrong secret or access key is refused with the words of the store', async () => {
    const all = setupHosts();
    const origin = await startVerifyingStore('AKIDRIGHT', SECRET);
    const facts = bucketAt(origin, { accessKeyId: 'AKIDRIGHT' });
    const id = await chooseBucket(all, facts, { secret: 'another-secret' });
    const reference = all.keep(noise(1000));
    const refused = { code: 'host_refused', detail: { status: 403, rawCode: 'SignatureDoesNotMatch' } };
    await expect(all.service.test(id)).rejects.toMatchObject(refused);
    await expect(place(all, reference)).rejects.toMatchObject(refused);
    await all.service.setSecret(id, SECRET);
    expect(await all.service.test(id)).toMatchObject({ removed: true });
    expect((await fetch((await place(all, reference)).url)).status).toBe(200);
    const other = await chooseBucket(all, bucketAt(origin, { accessKeyId: 'AKIDWRONG' }));
    await expect(all.service.test(other)).rejects.toMatchObject({
      code: 'host_refused',
      detail: { rawCode: 'InvalidAccessKeyId' },
    });
  });
});

describe('what is stored', () => {
  const facts = bucketAt('https://s3.example.com');
  const save = (all: HostSetup, id: string | null, change: Partial<typeof facts> = {}) =>
    all.service.save({
      id,
      label: 'B',
      facts: { ...facts, ...change },
      lifeSeconds: 3600,
      removeAfter: true,
    });

  // Bug: a secret given to one store is sent to another one after a change of the address.
  test('the secret belongs to endpoint, bucket and access key, and survives a restart', async () => {
    const all = setupHosts();
    const { id } = await save(all, null);
    expect((await all.service.setSecret(id, ` ${SECRET}\n`)).secret).toBe('keychain');
    expect([...all.keychain.entries.values()]).toEqual([SECRET]);
    expect((await save(all, id, { prefix: 'x', pathStyle: false })).secret).toBe('keychain');
    all.restart();
    expect((await all.service.list()).hosts[0]?.secret).toBe('keychain');
    for (const change of [
      { endpoint: 'https://evil.example' },
      { bucket: 'other' },
      { accessKeyId: 'AK2' },
    ]) {
      await save(all, id);
      await all.service.setSecret(id, SECRET);
      expect((await save(all, id, change)).secret).toBe('none');
      expect(all.keychain.entries.size).toBe(0);
    }
  });

  // Bug: where no keychain takes it, nobody says that the secret is gone with the app.
  test('a secret in memory is said to be there', async () => {
    const all = setupHosts();
    const { id } = await save(all, null);
    all.keychain.mood = 'refuses';
    expect((await all.service.setSecret(id, SECRET)).secret).toBe('memory');
    all.restart();
    expect((await all.service.list()).hosts[0]?.secret).toBe('none');
  });

  // Bug: without a choice files go somewhere, or the window offers a host that cannot work.
  test('nobody is chosen until the person chooses, and only a host with its secret is usable', async () => {
    const all = setupHosts();
    const changes: boolean[] = [];
    all.service.onChange((usableChanged) => changes.push(usableChanged));
    const { id } = await save(all, null);
    expect((await all.service.list()).activeId).toBeNull();
    expect((await all.service.use(id)).activeId).toBe(id);
    expect(all.service.usable()).toBe(false);
    await all.service.setSecret(id, SECRET);
    expect([all.service.usable(), changes.filter(Boolean)]).toEqual([true, [true]]);
    await expect(all.service.use('nobody')).rejects.toMatchObject({ code: 'not_found' });
    expect((await all.service.remove(id)).activeId).toBeNull();
    expect([all.service.usable(), all.keychain.entries.size]).toEqual([false, 0]);
    await expect
      .poll(() => all.announced.hosts.at(-1))
      .toEqual({ hosts: [], activeId: null, cloudflared: null });
  });

  const uploader = (change: Partial<UploaderFacts>): UploaderFacts => ({
    kind: 'uploader',
    url: 'https://up.example/',
    method: 'POST',
    headers: [],
    field: 'file',
    answerPath: '',
    ...change,
  });
  const token = [{ name: 'Authorization', value: 'Bearer {secret}' }];

  // Bug: a secret or a bucket in the open, or a header that breaks the request.
  test.each<[string, HostFacts, string]>([
    ['a bucket over plain http', bucketAt('http://s3.example.com'), 'plain_http_not_accepted'],
    ['a password in the address', bucketAt('https://u:p@s3.example.com'), 'url_invalid'],
    ['another protocol', bucketAt('ftp://s3.example.com'), 'url_invalid'],
    ['a bucket that is a path', bucketAt('https://s3.example.com', { bucket: '../x' }), 'bad_request'],
    ['a prefix that climbs', bucketAt('https://s3.example.com', { prefix: 'a/../b' }), 'bad_request'],
    [
      'a secret over plain http',
      uploader({ url: 'http://up.example', headers: token }),
      'plain_http_not_accepted',
    ],
    ['a file as an uploader', uploader({ url: 'file:///etc/passwd' }), 'url_invalid'],
    ['a header in two lines', uploader({ headers: [{ name: 'a', value: 'b\r\nc: d' }] }), 'bad_request'],
    ['a length of their own', uploader({ headers: [{ name: 'Content-Length', value: '1' }] }), 'bad_request'],
  ])('%s is refused', async (_, value, code) => {
    const { service } = setupHosts();
    const input = { id: null, label: 'x', facts: value, lifeSeconds: 3600, removeAfter: false };
    await expect(service.save(input)).rejects.toMatchObject({ code });
    expect((await service.list()).hosts).toEqual([]);
  });

  test('what is typed loosely is stored in one spelling', async () => {
    const { hosts } = await (async () => {
      const all = setupHosts();
      await save(all, null, { endpoint: ' s3.Example.com/ ', prefix: '/a b/视频/' });
      all.restart();
      return all.service.list();
    })();
    expect(hosts[0]?.facts).toMatchObject({ endpoint: 'https://s3.example.com', prefix: 'a b/视频' });
  });

  // Bug: a settings file that was edited or torn takes all hosts, or the app, with it.
  test('one broken record costs only itself', async () => {
    const all = setupHosts();
    await save(all, null);
    const path = join(all.folder, 'settings.json');
    const { records } = JSON.parse(readFileSync(path, 'utf8')) as { records: object[] };
    const evil = { ...records[0], id: 'evil', facts: { ...facts, endpoint: 'http://evil.example' } };
    writeFileSync(path, JSON.stringify({ version: 1, activeId: 'evil', records: [evil, 7, ...records] }));
    all.restart();
    const { hosts, activeId } = await all.service.list();
    expect([hosts.map(({ label }) => label), activeId]).toEqual([['B'], null]);
  });
});

describe('an uploader', () => {
  async function setup(change: Partial<UploaderFacts>, ...scripts: Script[]) {
    const server = await startScriptedServer(...scripts);
    onTestFinished(() => server.close());
    const all = setupHosts();
    const facts: UploaderFacts = {
      kind: 'uploader',
      url: `${server.origin}/up?x=1`,
      method: 'POST',
      headers: [{ name: 'Authorization', value: 'Token {secret}' }],
      field: 'file',
      answerPath: 'data.files.0.url',
      ...change,
    };
    const input = { id: null, label: 'Mine', facts, lifeSeconds: 3600, removeAfter: true };
    const { id } = await all.service.save(input);
    if (facts.headers.length > 0) await all.service.setSecret(id, SECRET);
    await all.service.use(id);
    return { ...all, server, id };
  }
  const addressOf = (server: ScriptedServer): string => `${server.origin}/f/1.mp4`;
  /** Keeps what comes in a form and gives it out. */
  const keeping =
    (origin: () => string): Script =>
    (request, response) => {
      if (request.method === 'POST') {
        const start = request.body.indexOf('\r\n\r\n') + 4;
        kept = request.body.subarray(start, request.body.lastIndexOf('\r\n--'));
        response.end(JSON.stringify({ data: { files: [{ url: `${origin()}/f/1.mp4` }] } }));
      } else response.end(kept);
    };
  let kept: Buffer = Buffer.alloc(0);

  // Bug: the form is not one that servers read, or the secret goes nowhere, or into a file of ours.
  test('sends the file in a form with the secret in its header, and the secret is kept nowhere', async () => {
    let origin = '';
    const all = await setup(
      {},
      keeping(() => origin),
    );
    ({ origin } = all.server);
    const content = noise(300_000);
    const reference = all.keep(content);
    expect(await place(all, reference)).toMatchObject({ url: addressOf(all.server), reused: false });
    expect(kept.equals(content)).toBe(true);
    const [first] = all.server.arrived;
    expect(first?.headers).toMatchObject({ authorization: `Token ${SECRET}` });
    expect(first?.path).toBe('/up?x=1');
    const form = await new Response(new Uint8Array(first?.body ?? []), {
      headers: { 'content-type': first?.headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('file')).toMatchObject({ name: `${reference}.mp4`, type: 'video/mp4', size: 300_000 });
    expect(await all.service.test(all.id)).toMatchObject({ removed: null });
    all.log.warn('as it might be', { headers: first?.headers, said: SECRET });
    expect(filesWith(all.folder, SHAPES)).toEqual([]);
    expect(filesWith(all.folder, ['as it might be', addressOf(all.server)])).not.toEqual([]);
  });

  // Bug: the same file is uploaded for every take, or an address that has died is sent to the endpoint.
  test('is asked once while its address answers, and again when it has died', async () => {
    const all = await setup(
      { headers: [], field: '', method: 'PUT', answerPath: '' },
      (_, response) => response.end(`${all.server.origin}/f/1.mp4\n`),
      (_, response) => response.writeHead(200, { 'content-length': '1000' }).end(),
      text(404, 'gone', 'text/plain'),
      text(404, 'gone', 'text/plain'),
      (_, response) => response.end(`${all.server.origin}/f/2.mp4`),
    );
    const content = noise(1000);
    const reference = all.keep(content);
    await place(all, reference);
    expect(all.server.arrived[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': 'video/mp4' } });
    expect(all.server.arrived[0]?.body.equals(content)).toBe(true);
    expect(await place(all, reference)).toMatchObject({ reused: true, url: addressOf(all.server) });
    expect(await place(all, reference)).toMatchObject({ reused: false, url: `${all.server.origin}/f/2.mp4` });
    expect(all.server.arrived.map(({ method }) => method)).toEqual(['PUT', 'HEAD', 'HEAD', 'GET', 'PUT']);
    // It cannot be asked to remove anything.
    expect(await all.service.release('g1')).toEqual([]);
    expect(all.service.uploads()).toHaveLength(1);
  });

  // Bug: whatever a server says becomes an address in a paid request; a secret it says back is shown.
  test.each<[string, Script, string]>([
    ['a web page', text(200, '<html>Welcome</html>', 'text/html'), 'host_answer_unreadable'],
    ['another shape', json(200, { url: 'https://x.example/a.mp4' }), 'host_answer_unreadable'],
    ['a number', json(200, { data: { files: [{ url: 7 }] } }), 'host_answer_unreadable'],
    ['a file', json(200, { data: { files: [{ url: 'file:///etc/passwd' }] } }), 'host_answer_unreadable'],
    ['an endless answer', text(200, 'x'.repeat(100_000), 'text/plain'), 'host_unreachable'],
    ['a refusal', text(401, `wrong token ${SECRET}`, 'text/plain'), 'host_refused'],
    ['a refusal that is cut', text(401, `${'x '.repeat(95)}${SECRET}`, 'text/plain'), 'host_refused'],
    ['trouble', text(503, 'later', 'text/plain'), 'host_unreachable'],
  ])('%s is no address', async (_, script, code) => {
    const all = await setup({}, script);
    const error: unknown = await place(all, all.keep(noise(10))).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).not.toContain(SECRET.slice(0, 8));
    expect(all.service.uploads()).toEqual([]);
  });

  // Bug: a redirect carries the person's secret to somebody else.
  test('a redirect is not followed', async () => {
    const other = await startScriptedServer(text(200, 'thanks', 'text/plain'));
    onTestFinished(() => other.close());
    const all = await setup({}, (_, response) => response.writeHead(307, { location: other.origin }).end());
    await expect(place(all, all.keep(noise(10)))).rejects.toMatchObject({ code: 'host_answer_unreadable' });
    expect(other.arrived).toEqual([]);
  });

  // Bug: Test is content with any answer, and the endpoint finds a sign-in page.
  test('Test finds an address that is not public', async () => {
    const all = await setup(
      {},
      (_, response) =>
        response.end(JSON.stringify({ data: { files: [{ url: `${all.server.origin}/private` }] } })),
      text(403, 'sign in', 'text/html'),
    );
    await expect(all.service.test(all.id)).rejects.toMatchObject({
      code: 'host_not_public',
      detail: { status: 403 },
    });
  });
});

describe('a tunnel', () => {
  /** A `cloudflared` that does what `body` says, starts a child of its own as the real one may, and stays. */
  function fakeCloudflared(body: string): { folder: string; pids: () => number[] } {
    const folder = temporaryFolder('cloudflared');
    const path = join(folder, 'cloudflared');
    writeFileSync(
      path,
      `#!${process.execPath}
const { appendFileSync } = require('node:fs');
if (process.argv.includes('--version')) {
  console.log('cloudflared version 2026.10.1 (built 2026-10-01)');
  process.exit(0);
}
const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
appendFileSync(${JSON.stringify(join(folder, 'pids'))}, process.pid + '\\n' + child.pid + '\\n');
appendFileSync(${JSON.stringify(join(folder, 'args'))}, JSON.stringify(process.argv.slice(2)) + '\\n');
const address = process.argv[process.argv.indexOf('--url') + 1];
process.on('SIGTERM', () => {});
setInterval(() => {}, 1000);
${body}
`,
    );
    chmodSync(path, 0o755);
    const list = join(folder, 'pids');
    return {
      folder,
      pids: () => (existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n').map(Number) : []),
    };
  }
  const OPENS = "console.error('INF |  ' + address + '  |');";

  function setup(body: string, options: Partial<TunnelHostOptions> = {}) {
    const program = fakeCloudflared(body);
    const find = () => findCloudflared({ PATH: program.folder });
    const log = { info: () => undefined };
    const pattern = /http:\/\/127\.0\.0\.1:\d+/;
    const tunnel = new TunnelHost({ find, log, pattern, limitMs: 5000, ...options });
    const all = setupHosts({ findCloudflared: find, tunnel });
    return { ...all, program };
  }
  async function chooseTunnel({ service }: HostSetup): Promise<void> {
    const facts = { kind: 'tunnel' } as const;
    const { id } = await service.save({ id: null, label: 'T', facts, lifeSeconds: 3600, removeAfter: false });
    await service.use(id);
  }
  const noneRuns = (pids: readonly number[]): boolean => pids.length > 0 && !pids.some(runs);

  // Bug: the tunnel shows more of this computer than the file, lets it be guessed, or serves it for ever.
  test('serves only the files in use, under names nobody can guess', async () => {
    const all = setup(OPENS);
    await chooseTunnel(all);
    expect(all.service.usable()).toBe(true);
    expect((await all.service.list()).cloudflared).toBe('2026.10.1');
    const content = noise(100_000);
    const reference = all.keep(content);
    const unused = all.keep(noise(10));
    const { url } = await place(all, reference);
    const { origin, pathname } = new URL(url);
    expect(pathname).toMatch(/^\/[0-9a-f]{64}\.mp4$/);
    expect(pathname).not.toContain(reference);
    const whole = await fetch(url);
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    const part = await fetch(url, { headers: { range: 'bytes=-10' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 99990-99999/100000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(-10))).toBe(true);
    expect((await fetch(url, { headers: { range: 'bytes=100000-' } })).status).toBe(416);
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
    for (const path of ['/', `/${reference}.mp4`, `/${unused}.mp4`, `${pathname}x`, '/%2e%2e/etc/passwd'])
      expect((await fetch(origin + path)).status).toBe(404);
    expect(readFileSync(join(all.program.folder, 'args'), 'utf8').trim()).toBe(
      JSON.stringify(['tunnel', '--url', origin, '--no-autoupdate']),
    );
    // A second file needs no second tunnel; the first goes with its generation.
    const second = await place(all, unused, { generationId: 'g2' });
    expect(new URL(second.url).origin).toBe(origin);
    expect(await all.service.release('g1')).toEqual(['T']);
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(second.url)).status).toBe(200);
    expect(all.program.pids()).toHaveLength(2);
  });

  // Bug: the program, or what it started, stays behind after the last generation or after quitting.
  test('is closed with its whole tree, a moment after the last use and on quitting', async () => {
    const all = setup(OPENS, { lingerMs: 50 });
    await chooseTunnel(all);
    const reference = all.keep(noise(10));
    await place(all, reference);
    const first = all.program.pids();
    expect(first.every(runs)).toBe(true);
    await all.service.release('g1');
    await expect.poll(() => noneRuns(first), { timeout: 5000 }).toBe(true);
    await place(all, reference, { generationId: 'g2' });
    const second = all.program.pids().slice(first.length);
    expect(second.every(runs)).toBe(true);
    await all.service.stop();
    await expect.poll(() => noneRuns(second), { timeout: 5000 }).toBe(true);
  });

  // Bug: a file stays open to the internet after the person took the tunnel away; quitting waits for one that opens.
  test('goes when its host is removed, and does not hold up quitting while it opens', async () => {
    const all = setup(OPENS);
    await chooseTunnel(all);
    const { url } = await place(all, all.keep(noise(10)));
    const { activeId } = await all.service.list();
    await all.service.remove(activeId ?? '');
    expect((await fetch(url)).status).toBe(404);
    const opening = setup('', { limitMs: 60_000 });
    await chooseTunnel(opening);
    const placing = place(opening, opening.keep(noise(10))).catch((thrown: unknown) => thrown);
    await expect.poll(() => opening.program.pids().length, { timeout: 10_000 }).toBe(2);
    await opening.service.stop();
    expect(await placing).toMatchObject({ code: 'tunnel_failed' });
    await expect.poll(() => noneRuns(opening.program.pids()), { timeout: 8000 }).toBe(true);
  });

  // Bug: a tunnel that died is believed to be open, and every later generation fails.
  test('a tunnel that died is opened again', async () => {
    const all = setup(OPENS);
    await chooseTunnel(all);
    const reference = all.keep(noise(10));
    await place(all, reference);
    process.kill(all.program.pids()[0] ?? 0, 'SIGKILL');
    await expect.poll(() => noneRuns(all.program.pids()), { timeout: 5000 }).toBe(true);
    const { url } = await place(all, reference, { generationId: 'g2' });
    expect((await fetch(url)).status).toBe(200);
  });

  // Bug: a tunnel that never opens holds the generation for ever, and its program stays.
  test.each([
    ['says nothing', '', 'tunnel_failed'],
    ['ends', "console.error('ERR no network'); process.exit(1);", 'tunnel_failed'],
    ['does not answer', "console.log('http://127.0.0.1:9');", 'tunnel_failed'],
  ])('one that %s fails with its words, and leaves no process', async (_, body, code) => {
    const all = setup(body, { limitMs: 1000, lingerMs: 50 });
    await chooseTunnel(all);
    const error: unknown = await place(all, all.keep(noise(10))).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    if (body.includes('ERR')) expect(error).toMatchObject({ detail: { rawMessage: 'ERR no network' } });
    await all.service.release('g1');
    await expect.poll(() => noneRuns(all.program.pids()), { timeout: 8000 }).toBe(true);
  });

  test('without cloudflared a tunnel is not usable, and says so', async () => {
    const all = setupHosts();
    await chooseTunnel(all);
    expect([all.service.usable(), (await all.service.list()).cloudflared]).toEqual([false, null]);
    await expect(place(all, all.keep(noise(10)))).rejects.toMatchObject({ code: 'tunnel_missing' });
    const { folder } = fakeCloudflared(OPENS);
    const here = await findCloudflared({ PATH: folder });
    expect(here?.path).toBe(join(folder, 'cloudflared'));
    const beside = await findCloudflared({ PATH: `${relative(process.cwd(), folder)}${delimiter}/nowhere` });
    expect(beside?.path ?? '').not.toContain(basename(folder));
  });
});
