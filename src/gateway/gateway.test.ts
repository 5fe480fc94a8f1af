// Catches: a result that is not what was asked, a record out of shape, work lost over a restart, a wrong delete.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ffmpeg,
  inline,
  makeMedia,
  readCall,
  startTestGateway,
  textBody,
  type TestGateway,
  type TestMedia,
} from './harness';
import { probe } from './probe';

let media: TestMedia;
let current: TestGateway | undefined;
beforeAll(async () => {
  media = await makeMedia();
});
afterAll(() => rm(media.folder, { recursive: true, force: true }));
afterEach(async () => {
  await current?.end();
  current = undefined;
});
async function start(...options: Parameters<typeof startTestGateway>): Promise<TestGateway> {
  current = await startTestGateway(...options);
  return current;
}

async function save(url: unknown, name: string): Promise<string> {
  const response = await fetch(String(url));
  expect(response.status).toBe(200);
  const path = join(media.folder, name);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  return path;
}

/** Mean red, green and blue of one frame without the words: its upper middle. */
async function colourAt(path: string, seconds: number): Promise<[number, number, number]> {
  const raw = join(media.folder, 'pixel.rgb');
  const crop = 'crop=iw/2:ih/4:iw/4:ih/4,scale=1:1:flags=area,format=rgb24';
  await ffmpeg(
    '-loglevel',
    'error',
    '-ss',
    String(seconds),
    '-i',
    path,
    '-frames:v',
    '1',
    '-vf',
    crop,
    '-f',
    'rawvideo',
    raw,
  );
  const [red = 0, green = 0, blue = 0] = await readFile(raw);
  return [red, green, blue];
}

const meanVolume = async (path: string): Promise<number> => {
  const report = await ffmpeg('-i', path, '-vn', '-af', 'volumedetect', '-f', 'null', '-');
  return Number(/mean_volume: (-?[\d.]+)/.exec(report)?.[1]);
};

describe('a task from create to file', () => {
  it('renders text with sound at the exact size and length, and answers a record of the documented shape', async () => {
    const { call, create, finished } = await start();
    const made = await call(
      'POST',
      '',
      textBody({ seed: 42, return_last_frame: true, safety_identifier: 'me' }),
    );
    expect(made.status).toBe(200);
    expect(Object.keys(made.json)).toEqual(['id']);
    expect(made.json.id).toMatch(/^cgt-\d{14}-[a-z0-9]{5}$/);
    expect(made.headers.get('x-request-id')).toMatch(/^0217/);

    const record = await finished(String(made.json.id));
    expect(record).toMatchObject({
      model: 'doubao-seedance-2-0-260128',
      status: 'succeeded',
      error: null,
      seed: 42,
      resolution: '480p',
      ratio: '16:9',
      duration: 4,
      framespersecond: 24,
      generate_audio: true,
      safety_identifier: 'me',
      usage: { completion_tokens: 40594, total_tokens: 40594 },
    });
    expect(record.created_at).toBeTypeOf('number');
    expect(Number(record.created_at)).toBeLessThan(10_000_000_000);
    const content = record.content as Record<string, string>;
    const video = await save(content.video_url, 'text.mp4');
    expect(await probe(video)).toMatchObject({
      format: 'mp4',
      width: 864,
      height: 496,
      frames: 97,
      videoCodec: 'avc',
      audioCodec: 'aac',
    });
    expect(await meanVolume(video)).toBeGreaterThan(-40);
    const last = await save(content.last_frame_url, 'last.png');
    expect(await probe(last)).toMatchObject({ format: 'png', width: 864, height: 496 });

    const silent = await finished(await create(textBody({ generate_audio: false, ratio: '9:16' })));
    expect(silent).toMatchObject({ generate_audio: false, ratio: '9:16' });
    const silentContent = silent.content as Record<string, string>;
    expect(silentContent.last_frame_url).toBeUndefined();
    const file = await probe(await save(silentContent.video_url, 'silent.mp4'));
    expect(file).toMatchObject({ width: 496, height: 864, frames: 97, audioCodec: null });
  });

  it('goes from the first frame to the last', async () => {
    const { create, finished } = await start();
    const content = [
      inline('image', 'png', media.redPng, 'first_frame'),
      inline('image', 'jpeg', media.blueJpeg, 'last_frame'),
    ];
    const record = await finished(await create(textBody({ content, ratio: 'adaptive', watermark: true })));
    expect(record).toMatchObject({ status: 'succeeded', ratio: '16:9' });
    const video = await save((record.content as Record<string, string>).video_url, 'frames.mp4');
    const [startRed, , startBlue] = await colourAt(video, 0);
    const [endRed, , endBlue] = await colourAt(video, 3.98);
    expect(startRed).toBeGreaterThan(startBlue + 60);
    expect(endBlue).toBeGreaterThan(endRed + 60);
    expect((await probe(video))?.frames).toBe(97);
  });

  it('shows every reference in content order, and plays the reference sound', async () => {
    const { gateway, create, finished } = await start();
    const name = `${createHash('sha256').update(media.clip).digest('hex')}.mp4`;
    const hosted = await fetch(`${gateway.origin}/host/${name}`, {
      method: 'PUT',
      body: new Uint8Array(media.clip),
    });
    const { url } = (await hosted.json()) as { url: string };
    const content = [
      { type: 'text', text: 'Image 1, then Image 2, then Video 1' },
      inline('image', 'png', media.redPng, 'reference_image'),
      inline('image', 'jpeg', media.blueJpeg, 'reference_image'),
      { type: 'video_url', video_url: { url }, role: 'reference_video' },
      inline('audio', 'wav', media.tone, 'reference_audio'),
    ];
    const record = await finished(await create(textBody({ content })));
    expect(record).toMatchObject({ status: 'succeeded' });
    // The 2 s of the video are billed beside the 4 s made.
    expect(record.usage).toMatchObject({ total_tokens: Math.floor((864 * 496 * (24 * 6 + 1)) / 1024) });
    const video = await save((record.content as Record<string, string>).video_url, 'references.mp4');
    expect(await probe(video)).toMatchObject({ frames: 97, width: 864, height: 496 });
    const brightest = async (seconds: number): Promise<number> => {
      const colour = await colourAt(video, seconds);
      return colour.indexOf(Math.max(...colour));
    };
    expect([await brightest(0.3), await brightest(2), await brightest(3.7)]).toEqual([0, 2, 1]);
    expect(await meanVolume(video)).toBeGreaterThan(-40);
  });

  it('goes through queued and running, and has no result until it succeeded', async () => {
    const { create, call, reached, finished } = await start({ settings: { queuedMs: 300, runningMs: 500 } });
    const id = await create(textBody());
    const queued = await call('GET', `/${id}`);
    expect(queued.json).toMatchObject({ id, status: 'queued', error: null });
    expect(queued.json.content).toBeUndefined();
    expect(queued.json.usage).toBeUndefined();
    await reached(id, 'running');
    expect((await finished(id)).status).toBe('succeeded');
  });

  it('lets no more than maxRunning tasks run', async () => {
    const { create, call, reached } = await start({ settings: { maxRunning: 1, runningMs: 60_000 } });
    const first = await create(textBody());
    const second = await create(textBody());
    await reached(first, 'running');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await call('GET', `/${second}`)).json.status).toBe('queued');
  });
});

describe('what survives', () => {
  it('goes on after a restart, with the same links and the ledger', async () => {
    const { create, reached, finished, restart, gateway, dataDir } = await start({
      settings: { queuedMs: 60_000 },
    });
    const first = await create(textBody({ seed: 1 }));
    expect((await gateway.ledger()).map(({ taskId }) => taskId)).toEqual([first]);
    await restart({ settings: { queuedMs: 0, runningMs: 60_000 } });
    await reached(first, 'running');
    await restart({ settings: { queuedMs: 0, runningMs: 0 } });
    const record = await finished(first);
    expect(record).toMatchObject({ status: 'succeeded', seed: 1 });
    await restart();
    const again = await finished(first);
    const path = (found: Record<string, unknown>): string =>
      new URL((found.content as Record<string, string>).video_url ?? '').search;
    expect(path(again)).toBe(path(record));
    await save((again.content as Record<string, string>).video_url, 'kept.mp4');
    expect(await readdir(join(dataDir, 'staging'))).toEqual([]);
  });

  it('completes a ledger that a crash cut short', async () => {
    const running = await start({ settings: { queuedMs: 60_000 } });
    const id = await running.create(textBody());
    await running.gateway.close();
    await writeFile(join(running.dataDir, 'ledger.jsonl'), '{"taskId":"cgt-old"}\n{"taskI');
    await running.restart();
    expect((await running.gateway.ledger()).map(({ taskId }) => taskId)).toEqual(['cgt-old', id]);
  });

  it('writes who asked for what, without the key', async () => {
    const { call, gateway } = await start();
    const body = JSON.stringify(textBody());
    await call('POST', '', body, { authorization: 'Bearer sk-very-secret' });
    await call('POST', '', body);
    await call('POST', '', { model: 'nonsense' });
    const response = await fetch(`${gateway.origin}/practice/ledger`);
    const { items } = (await response.json()) as { items: Record<string, unknown>[] };
    expect(items).toHaveLength(2);
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(items[0]).toMatchObject({
      bodySha256: hash(body),
      keySha256: hash('sk-very-secret'),
      prompt: 'A quiet lake at dawn',
      references: { image: 0, video: 0, audio: 0 },
    });
    expect(items[1]).toMatchObject({ keySha256: null });
    expect(JSON.stringify(items)).not.toContain('very-secret');
  });

  it('forgets records after seven days, and cancelled ones after one', async () => {
    const day = 86_400_000;
    let now = Date.now();
    const { create, call, finished } = await start({ now: () => now, settings: { queuedMs: 0 } });
    const id = await create(textBody());
    await finished(id);
    now += 7 * day - 1000;
    expect((await call('GET', `/${id}`)).status).toBe(200);
    now += 2000;
    expect((await call('GET', `/${id}`)).status).toBe(404);
    expect((await call('GET')).json).toEqual({ items: [], total: 0 });
  });

  it('expires a task that was not made in time', async () => {
    let now = Date.now();
    const { create, call } = await start({ now: () => now, settings: { queuedMs: 60_000 } });
    const id = await create(textBody({ execution_expires_after: 3600 }));
    now += 3_600_000;
    const record = (await call('GET', `/${id}`)).json;
    expect(record.status).toBe('expired');
    expect(record.content).toBeUndefined();
    expect((await call('DELETE', `/${id}`)).status).toBe(200);
  });
});

describe('delete', () => {
  it('cancels a queued task, once', async () => {
    const { create, call } = await start({ settings: { queuedMs: 60_000 } });
    const id = await create(textBody());
    const deleted = await call('DELETE', `/${id}`);
    expect([deleted.status, deleted.text]).toEqual([200, '{}']);
    expect((await call('GET', `/${id}`)).json.status).toBe('cancelled');
    expect((await call('DELETE', `/${id}`)).status).toBe(409);
  });

  it('refuses for a running one, and forgets a finished one with its file', async () => {
    const { create, call, reached, finished, restart } = await start({ settings: { runningMs: 60_000 } });
    const id = await create(textBody());
    await reached(id, 'running');
    const refused = await call('DELETE', `/${id}`);
    expect(refused.status).toBe(409);
    expect(refused.json.error).toMatchObject({
      code: 'InvalidAction.RunningTaskDeletion',
      message: expect.stringContaining('Cannot delete task because it is currently running') as string,
    });
    await restart({ settings: { runningMs: 0 } });
    const { content } = (await finished(id)) as { content: Record<string, string> };
    expect((await call('DELETE', `/${id}`)).status).toBe(200);
    expect((await call('GET', `/${id}`)).json.error).toMatchObject({ code: 'NotFound.Task' });
    expect((await call('DELETE', `/${id}`)).status).toBe(404);
    expect((await fetch(content.video_url ?? '')).status).toBe(404);
  });
});

describe('list', () => {
  it('pages and filters, newest first', async () => {
    const { create, call } = await start({ settings: { queuedMs: 60_000 } });
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await create(textBody(n === 0 ? { model: 'ep-1' } : {})));
    await call('DELETE', `/${ids[1]}`);
    const list = async (query: string): Promise<[string[], unknown]> => {
      const { json } = await call('GET', `?${query}`);
      return [(json.items as { id: string }[]).map(({ id }) => ids.indexOf(id)).map(String), json.total];
    };
    expect(await list('')).toEqual([['4', '3', '2', '1', '0'], 5]);
    expect(await list('page_num=2&page_size=2')).toEqual([['2', '1'], 5]);
    expect(await list('filter.status=cancelled')).toEqual([['1'], 1]);
    expect(await list(`filter.task_ids=${ids[0]}&filter.task_ids=${ids[3]}`)).toEqual([['3', '0'], 2]);
    expect(await list('filter.model=ep-1')).toEqual([['0'], 1]);
    expect(await list('filter.service_tier=flex')).toEqual([[], 0]);
    for (const bad of ['page_num=0', 'page_size=501', 'page_size=x', 'filter.status=done']) {
      expect((await call('GET', `?${bad}`)).status).toBe(400);
    }
  });
});

describe('the result link', () => {
  it('answers ranges as an object store does', async () => {
    const { create, finished } = await start();
    const { content } = (await finished(await create(textBody()))) as { content: Record<string, string> };
    const url = content.video_url ?? '';
    const whole = await fetch(url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(whole.headers.get('content-length')).toBe(String(bytes.length));
    const part = await fetch(url, { headers: { range: 'bytes=100-', 'if-range': etag } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100))).toBe(true);
    const changed = await fetch(url, { headers: { range: 'bytes=100-', 'if-range': '"other"' } });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
    const beyond = await fetch(url, { headers: { range: `bytes=${bytes.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  it('expires, cannot be forged, and leads nowhere else', async () => {
    let now = Date.now();
    const { create, finished, gateway } = await start({
      now: () => now,
      settings: { urlLifetimeSeconds: 100 },
    });
    const { content } = (await finished(await create(textBody()))) as { content: Record<string, string> };
    const url = content.video_url ?? '';
    expect((await fetch(url.replace(/signature=./, 'signature=z'))).status).toBe(403);
    expect(
      (await fetch(`${gateway.origin}/media/..%2f..%2fetc/passwd?expires=9999999999&signature=x`)).status,
    ).toBe(403);
    now += 101_000;
    const dead = await readCall(await fetch(url));
    expect(dead.status).toBe(403);
    expect(dead.headers.get('content-type')).toContain('xml');
    expect(dead.text).toContain('Request has expired');
  });
});

describe('references refused', () => {
  it('names the item that cannot be used', async () => {
    const { call, gateway } = await start();
    const text = { type: 'text', text: 'x' };
    const refused = async (...content: unknown[]): Promise<string> => {
      const { status, json } = await call('POST', '', textBody({ content: [text, ...content] }));
      expect(status).toBe(400);
      return (json.error as { message: string }).message;
    };
    const good = inline('image', 'png', media.redPng, 'reference_image');
    const cut = inline('image', 'png', media.redPng.subarray(0, 12), 'reference_image');
    const noise = inline('image', 'png', Buffer.from('this is no picture at all'), 'reference_image');
    expect(await refused(good, noise)).toContain('content[2]');
    expect(await refused(cut)).toContain('content[1]');
    expect(await refused(inline('audio', 'mp3', media.redPng, 'reference_audio'), good)).toContain('got png');
    const dead = {
      type: 'video_url',
      video_url: { url: `${gateway.origin}/host/${'a'.repeat(64)}.mp4` },
      role: 'reference_video',
    };
    expect(await refused(good, dead)).toMatch(/resource download failed.*content\[2\].*Request id: 02/);
    const broken = {
      type: 'image_url',
      image_url: { url: 'data:image/png;base64,%%%' },
      role: 'first_frame',
    };
    expect(await refused(broken)).toContain('content[1]');
    expect(await gateway.ledger()).toEqual([]);
  });

  it('follows no redirect to a file and reads no endless body', async () => {
    const server = createServer((asked, response) => {
      if (asked.url === '/file') response.writeHead(302, { location: 'file:///etc/hostname' }).end();
      else if (asked.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else {
        response.writeHead(200, { 'content-type': 'image/png' });
        const chunk = Buffer.concat([media.redPng, Buffer.alloc(1024 * 1024)]);
        const pour = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', pour).on('error', () => undefined);
        pour();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { call } = await start();
    const answers: string[] = [];
    for (const path of ['/file', '/loop', '/endless']) {
      const content = [
        { type: 'image_url', image_url: { url: `http://127.0.0.1:${port}${path}` }, role: 'first_frame' },
      ];
      answers.push((await call('POST', '', textBody({ content }))).text);
    }
    expect(answers[0]).toContain('resource download failed');
    expect(answers[1]).toContain('resource download failed');
    expect(answers[2]).toContain('less than 30 MB');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('who may ask', () => {
  it('wants the one key when told so, and any or none otherwise', async () => {
    const { call, gateway } = await start();
    expect((await call('GET')).status).toBe(200);
    gateway.changeSettings({ requireKey: 'right' });
    for (const headers of [undefined, { authorization: 'Bearer wrong' }, { authorization: 'right' }]) {
      const { status, json } = await call('GET', '', undefined, headers);
      expect(status).toBe(401);
      expect(json.error).toMatchObject({ code: 'AuthenticationError', type: 'Unauthorized' });
    }
    expect((await call('GET', '', undefined, { authorization: 'Bearer right' })).status).toBe(200);
  });

  it('turns web pages and foreign host names away', async () => {
    const { gateway } = await start();
    const status = (path: string, headers: Record<string, string>): Promise<number> => {
      return new Promise((resolve, reject) => {
        request(`${gateway.origin}${path}`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    };
    expect(await status('/practice/ledger', {})).toBe(200);
    expect(await status('/practice/ledger', { origin: 'https://evil.example' })).toBe(403);
    expect(await status('/practice/ledger', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status('/practice/ledger', { host: 'evil.example' })).toBe(403);
    expect(await status('/api/v3/contents/generations/tasks', { origin: 'null' })).toBe(403);
  });

  it('counts requests against the documented limits', async () => {
    const { call, gateway } = await start();
    gateway.changeSettings({ limits: { listPerSecond: 1 } });
    expect((await call('GET')).status).toBe(200);
    const second = await call('GET');
    expect([second.status, second.json.error]).toMatchObject([429, { code: 'AccountRateLimitExceeded' }]);
  });
});

describe('hostile requests', () => {
  it('get a clear error and leave the gateway alive', async () => {
    const { call, gateway } = await start();
    const post = async (body: string): Promise<string> => {
      const { status, json } = await call('POST', '', body);
      expect(status).toBe(400);
      return (json.error as { code: string }).code;
    };
    expect(await post('{"model":')).toBe('InvalidParameter');
    expect(await post('[')).toBe('InvalidParameter');
    expect(await post('['.repeat(2_000_000))).toBe('InvalidParameter');
    expect(await post('null')).toBe('InvalidParameter');
    expect(await post('{"__proto__":{"model":"x"},"constructor":1}')).toBe('MissingParameter');
    expect((await call('GET', '/%E0%A4%A')).status).toBe(400);
    expect((await call('GET', '/..%2f..%2fsecret')).status).toBe(404);
    expect((await call('GET', '/__proto__')).status).toBe(404);
    expect((await call('PATCH', '/x')).status).toBe(405);
    const name = `${'a'.repeat(64)}.mp4`;
    const wrong = await fetch(`${gateway.origin}/host/${name}`, { method: 'PUT', body: 'other' });
    expect(wrong.status).toBe(400);
    for (const bad of ['..%2fx.mp4', 'x.mp4', `${'a'.repeat(64)}.mp4%00`]) {
      expect((await fetch(`${gateway.origin}/host/${bad}`, { method: 'PUT', body: 'x' })).status).toBe(400);
    }
    expect((await call('GET')).status).toBe(200);
  });

  it('refuses a body above 64 MB, declared or poured', async () => {
    const { call, gateway } = await start();
    const big = `{"model":"${'x'.repeat(64 * 1024 * 1024)}"}`;
    const declared = await call('POST', '', big);
    expect(declared.status).toBe(413);
    const megabytes = Array.from({ length: 66 }, () => new Uint8Array(1024 * 1024));
    const poured = await fetch(`${gateway.baseUrl}/contents/generations/tasks`, {
      method: 'POST',
      body: Readable.toWeb(Readable.from(megabytes)),
      duplex: 'half',
    } as RequestInit);
    expect(poured.status).toBe(413);
    expect((await call('GET')).status).toBe(200);
  });

  it('treats a POST to a deeper path as a create, as upstream does', async () => {
    const { call, gateway } = await start();
    expect((await call('POST', '/cgt-1/cancel', textBody())).status).toBe(200);
    expect(await gateway.ledger()).toHaveLength(1);
  });
});
