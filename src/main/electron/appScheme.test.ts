import { mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { createAppScheme, type FindMedia } from './appScheme';

const BYTES = Buffer.from(Array.from({ length: 1_000_000 }, (_item, index) => index % 251));

async function setup(findMedia?: FindMedia) {
  const folder = await testFolder('scheme');
  const page = join(folder, 'renderer');
  const library = join(folder, 'library');
  await mkdir(join(page, 'assets'), { recursive: true });
  await mkdir(library);
  await writeFile(join(page, 'index.html'), '<!doctype html>');
  await writeFile(join(page, 'assets', 'main-1a2b.js'), 'export {}');
  await writeFile(join(page, 'assets', 'a b#c%.svg'), '<svg/>');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(library, 'take.mp4'), BYTES);
  await writeFile(join(library, 'empty.mp4'), '');
  await symlink(join(folder, 'secret.txt'), join(page, 'link.txt'));
  await symlink(folder, join(page, 'up'));
  await symlink(join(folder, 'secret.txt'), join(library, 'link.mp4'));
  const find: FindMedia = (kind, id) =>
    kind === 'clip' ? { path: join(library, `${id}.mp4`), type: 'video/mp4', root: library } : null;
  const answer = createAppScheme({ pageFolder: page, findMedia: findMedia ?? find });
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    answer(new Request(`app://dailies${path}`, init));
  return { ask, answer, library };
}

describe('the page', () => {
  it('comes with its policy and content types', async () => {
    const { ask } = await setup();
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(policy).toContain(`${name} 'none'`);
    // Not for scripts: a prompt shown as HTML by mistake would run.
    expect(/script-src[^;]*/.exec(policy)?.[0]).toBe("script-src 'self'");
    const script = await ask('/assets/main-1a2b.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect((await ask('/assets/a%20b%23c%25.svg')).status).toBe(200);
  });

  // Bug: the page begins in another language than the person's, or without its policy.
  it('begins in the language that is shown, with its words', async () => {
    const folder = await testFolder('page');
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<html lang="en"><head></head></html>');
    for (const name of ['en-1a.js', 'zh-CN-2b.js']) await writeFile(join(folder, 'assets', name), '');
    const answer = createAppScheme({ pageFolder: folder, findMedia: () => null, language: () => 'zh-CN' });
    const page = await answer(new Request('app://dailies/index.html'));
    expect(await page.text()).toMatch(/<html lang="zh-CN">.*modulepreload.*\.\/assets\/zh-CN-2b\.js/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/C:%5cWindows',
    '/index.html%00.js',
    '/%ff',
    '/%',
    '/link.txt',
    '/up/secret.txt',
    '/assets',
    '/assets/',
    '/missing.html',
  ])('answers 404 to %s', async (path) => {
    const { ask } = await setup();
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('answers only for its own host, and only to GET and HEAD', async () => {
    const { answer, ask } = await setup();
    for (const address of [
      'app://evil/index.html',
      'app://dailies.evil/index.html',
      'app://dailies:81/index.html',
    ])
      expect((await answer(new Request(address))).status).toBe(404);
    expect((await ask('/index.html', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('media', () => {
  it('sends the whole file with its exact length and stored type', async () => {
    const { ask } = await setup();
    const response = await ask('/media/clip/take');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(BYTES.length));
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await response.arrayBuffer()).equals(BYTES)).toBe(true);
  });

  // Bug: a page or a drawing with a script that lies in the library runs with the bridge to main.
  it('is never a document that runs', async () => {
    const { ask } = await setup();
    const { headers } = await ask('/media/clip/take');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  // Bug: a part of an address that is a path when it is decoded is looked up as if it were an id.
  it('looks up nothing that could be a path', async () => {
    const asked: string[] = [];
    const { ask } = await setup((_kind, id) => {
      asked.push(id);
      return null;
    });
    for (const id of ['..%2ftake', '..%5ctake', '%2e%2e', 'C:', 'a%00b', '%ff'])
      await ask(`/media/clip/${id}`);
    expect(asked).toEqual([]);
  });

  it.each([
    ['bytes=0-', 0, 999_999],
    ['bytes=400000-', 400_000, 999_999],
    ['bytes=7-7', 7, 7],
    ['bytes=262143-262144', 262_143, 262_144],
    ['bytes=-100', 999_900, 999_999],
  ])('answers 206 to %s with exactly those bytes', async (range, first, last) => {
    const { ask } = await setup();
    const response = await ask('/media/clip/take', { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/1000000`);
    expect(response.headers.get('content-length')).toBe(String(last - first + 1));
    expect(Buffer.from(await response.arrayBuffer()).equals(BYTES.subarray(first, last + 1))).toBe(true);
  });

  it('answers 416 beyond the end, and to any range of an empty file', async () => {
    const { ask } = await setup();
    const beyond = await ask('/media/clip/take', { headers: { range: 'bytes=1000000-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000000']);
    expect((await ask('/media/clip/empty', { headers: { range: 'bytes=0-' } })).status).toBe(416);
    const empty = await ask('/media/clip/empty');
    expect([empty.status, empty.headers.get('content-length')]).toEqual([200, '0']);
  });

  it('answers HEAD without a body and 304 to the known version', async () => {
    const { ask } = await setup();
    const head = await ask('/media/clip/take', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      '1000000',
      '',
    ]);
    const etag = head.headers.get('etag') ?? '';
    expect((await ask('/media/clip/take', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('sends no range of another version of the file', async () => {
    const { ask } = await setup();
    const headers = { range: 'bytes=10-19', 'if-range': '"old"' };
    expect((await ask('/media/clip/take', { headers })).status).toBe(200);
  });

  it.each([
    '/media/clip/gone',
    '/media/clip/link',
    '/media/clip/',
    '/media/clip/take/more',
    '/media/clip/..%2ftake',
    '/media/clip/..',
    '/media/constructor/take',
    '/media/secret/take',
    `/media/clip/${'a'.repeat(101)}`,
  ])('answers 404 to %s', async (path) => {
    const { ask } = await setup();
    expect((await ask(path)).status).toBe(404);
  });

  it('answers 500 and stays alive when the lookup throws', async () => {
    const { ask } = await setup(() => Promise.reject(new Error('database closed')));
    expect((await ask('/media/clip/take')).status).toBe(500);
  });

  it('lets go of the file when the player hangs up, at every moment', async () => {
    const { ask, library } = await setup();
    for (const chunks of [0, 1, 2]) {
      const response = await ask('/media/clip/take');
      const reader = response.body?.getReader();
      for (let read = 0; read < chunks; read += 1) await reader?.read();
      const late = chunks === 0 ? reader?.read() : undefined;
      await reader?.cancel();
      await late;
    }
    await expect.poll(() => openFilesIn(library)).toBe(0);
  });

  it('serves many at once, each its own bytes', async () => {
    const { ask } = await setup();
    const starts = Array.from({ length: 8 }, (_item, index) => index * 100_000);
    const parts = await Promise.all(
      starts.map(async (start) => {
        const response = await ask('/media/clip/take', { headers: { range: `bytes=${start}-` } });
        return Buffer.from(await response.arrayBuffer());
      }),
    );
    expect(parts.every((part, index) => part.equals(BYTES.subarray(starts[index])))).toBe(true);
  });
});

/** How many of this process's open files lie in the folder. Linux shows it; elsewhere nothing is seen. */
async function openFilesIn(folder: string): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const targets = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(folder)).length;
}
