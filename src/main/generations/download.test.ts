import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  startScriptedServer,
  text,
  type Script,
  type ScriptedServer,
} from '../../../tests/fakes/scriptedServer';
import { openHttp, type OpenHttp } from '../ark/http';
import { download, MOST_BYTES, type DownloadRequest, type DownloadState } from './download';

const FILE = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
let server: ScriptedServer | undefined;
let partPath: string;
let started: DownloadState[];
afterEach(async () => server?.close());

async function request(...scripts: Script[]): Promise<DownloadRequest> {
  server = await startScriptedServer(...scripts);
  partPath = join(mkdtempSync(join(tmpdir(), 'dailies-download-')), 'clip.mp4.part');
  started = [];
  return {
    url: `${server.origin}/v.mp4?signature=s`,
    plainHttpAccepted: true,
    partPath,
    etag: null,
    totalBytes: null,
    signal: new AbortController().signal,
    onStart: (state) => void started.push(state),
    onProgress: () => undefined,
  };
}

const whole: Script = (_, response) =>
  response
    .writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': FILE.length, ETag: '"v1"' })
    .end(FILE);
const rest =
  (from: number): Script =>
  (_, response) =>
    response
      .writeHead(206, {
        'Content-Type': 'video/mp4',
        'Content-Range': `bytes ${from}-4999/5000`,
        ETag: '"v1"',
      })
      .end(FILE.subarray(from));
const cutAt =
  (bytes: number): Script =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': FILE.length, ETag: '"v1"' });
    response.write(FILE.subarray(0, bytes), () => response.socket?.destroy());
  };

test('a whole file arrives as it is', async () => {
  await download(await request(whole));
  expect(readFileSync(partPath).equals(FILE)).toBe(true);
});

// Bug: a cut transfer begins at zero again, or its rest is put in the wrong place.
test('goes on where it stopped, asking for the same file', async () => {
  let cut = (): void => undefined;
  const first = await request((_, response) => {
    response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': FILE.length, ETag: '"v1"' });
    response.write(FILE.subarray(0, 2000));
    cut = () => response.socket?.destroy();
  });
  const failed = download({ ...first, onProgress: () => cut() });
  await expect(failed).rejects.toMatchObject({ code: 'download_interrupted' });
  expect(started).toEqual([{ etag: '"v1"', totalBytes: 5000 }]);
  await server?.close();
  server = await startScriptedServer(rest(2000));
  await download({ ...first, url: `${server.origin}/v.mp4`, etag: '"v1"', totalBytes: 5000 });
  expect(server.arrived[0]?.headers).toMatchObject({ range: 'bytes=2000-', 'if-range': '"v1"' });
  expect(readFileSync(partPath).equals(FILE)).toBe(true);
});

// Bug: the rest of a changed file is appended to the beginning of the old one.
test('begins anew when the host answers with the whole file', async () => {
  const value = await request(whole);
  writeFileSync(partPath, 'old beginning');
  await download({ ...value, etag: '"v0"', totalBytes: 5000 });
  expect(readFileSync(partPath).equals(FILE)).toBe(true);
});

test('a file that is there already is not fetched again', async () => {
  const value = await request((_, response) => response.writeHead(416).end());
  writeFileSync(partPath, FILE);
  expect(await download({ ...value, etag: '"v1"', totalBytes: 5000 })).toBe(5000);
});

// Bug: what a lying host sends is taken for the video that was paid for, or fills the disk.
test.each<[string, Script, string]>([
  ['a web page', text(200, '<html>sign in</html>', 'text/html'), 'download_mismatch'],
  ['an expired link', text(403, '<Error/>', 'application/xml'), 'link_expired'],
  [
    'more bytes than announced',
    (_, response) => {
      response.socket?.write(
        'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n',
      );
      response.socket?.destroy();
    },
    'download_interrupted',
  ],
  [
    'more bytes than the range says',
    (_, response) =>
      response.writeHead(206, { 'Content-Type': 'video/mp4', 'Content-Range': 'bytes 0-9/10' }).end(FILE),
    'download_mismatch',
  ],
  ['too few bytes', cutAt(100), 'download_interrupted'],
  [
    'a giant',
    (_, response) =>
      response
        .writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': MOST_BYTES + 1 })
        .flushHeaders(),
    'file_too_large',
  ],
  [
    'a range that starts elsewhere',
    (_, response) =>
      response.writeHead(206, { 'Content-Type': 'video/mp4', 'Content-Range': 'bytes 7-9/10' }).end('abc'),
    'download_mismatch',
  ],
  [
    'a redirect to a file on this disk',
    (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
    'download_mismatch',
  ],
  [
    'a redirect in circles',
    (_, response) => response.writeHead(302, { Location: '/again' }).end(),
    'download_mismatch',
  ],
  ['a server error', text(500, 'x', 'text/plain'), 'download_interrupted'],
])('%s is refused', async (_, script, code) => {
  await expect(download(await request(script))).rejects.toMatchObject({ code });
});

// Bug: a lying server has a local file read, or its nonsense is told as "no network" for ever.
test.each(['file:///etc/passwd', 'not an address', ''])('%j is no address of a result', async (url) => {
  await expect(download({ ...(await request(whole)), url })).rejects.toMatchObject({
    code: 'download_mismatch',
  });
});

// Bug: the API key travels to the file's host, or along a redirect to somebody else's.
test('follows a redirect to another host, and sends no key to anyone', async () => {
  const host = await startScriptedServer(whole);
  const value = await request((_, response) =>
    response.writeHead(302, { Location: `${host.origin}/real.mp4` }).end(),
  );
  await download(value);
  expect(readFileSync(partPath).equals(FILE)).toBe(true);
  for (const { headers } of [...(server?.arrived ?? []), ...host.arrived])
    expect(headers.authorization).toBeUndefined();
  await host.close();
});

/** What answers https here: the server, without the certificate that nobody can give it. */
const asIfSecure: OpenHttp = (sent) => openHttp({ ...sent, url: sent.url.replace(/^https:/, 'http:') });

// Bug: a transfer that began encrypted goes on in the open, where others read along and put in what they like.
test('is not led from https into the open', async () => {
  const value = await request(
    (_, response) => response.writeHead(302, { Location: `${server?.origin}/open.mp4` }).end(),
    whole,
  );
  const url = value.url.replace('http:', 'https:');
  await expect(download({ ...value, url }, asIfSecure)).rejects.toMatchObject({ code: 'download_mismatch' });
  expect(server?.arrived).toHaveLength(1);
});

// Bug: an endpoint that was chosen for its https has the video, and who reads along, come over plain http.
test('a plain http address is asked for over https until the person accepts it', async () => {
  const value = { ...(await request(whole)), plainHttpAccepted: false };
  await expect(download(value)).rejects.toMatchObject({ code: 'plain_http_not_accepted' });
  expect(server?.arrived).toEqual([]);
  const asked: string[] = [];
  const open: OpenHttp = (sent) => {
    asked.push(sent.url);
    return asIfSecure(sent);
  };
  await download({ ...value, url: value.url.replace('http:', 'HTTP:') }, open);
  expect(asked).toEqual([value.url.replace('http:', 'https:')]);
  expect(readFileSync(partPath).equals(FILE)).toBe(true);
});

// Bug: quitting leaves the transfer running.
test('stops when told to', async () => {
  const controller = new AbortController();
  const value = await request(
    (_, response) => void response.writeHead(200, { 'Content-Type': 'video/mp4' }).write(FILE),
  );
  const running = download({ ...value, signal: controller.signal, onProgress: () => controller.abort() });
  await expect(running).rejects.toThrow();
});
