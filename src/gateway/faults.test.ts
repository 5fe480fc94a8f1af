// Catches: a fault that a client's test relies on not happening, happening elsewhere, or not stopping.
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCall, startTestGateway, textBody, type TestGateway } from './harness';
import { ERROR_SHAPES, type FaultRuleInput } from './faults';

let running: TestGateway;
let done: string;
let link: string;
let size: number;
beforeAll(async () => {
  running = await startTestGateway();
  done = await running.create(textBody());
  const record = await running.finished(done);
  link = (record.content as Record<string, string>).video_url ?? '';
  size = Number((await fetch(link, { method: 'HEAD' })).headers.get('content-length'));
});
afterAll(() => running.end());
beforeEach(() => running.gateway.setFaults([]));

const set = (...rules: FaultRuleInput[]): void => running.gateway.setFaults(rules);
const ledgerSize = async (): Promise<number> => (await running.gateway.ledger()).length;
const failed = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    () => 'failed',
  );

describe('the connection', () => {
  it('answer_lost: the task is there, the answer is not', async () => {
    set({ kind: 'answer_lost', on: 'create' });
    const before = await ledgerSize();
    expect(await failed(running.call('POST', '', textBody({ safety_identifier: 'lost' })))).toBe('failed');
    expect(await ledgerSize()).toBe(before + 1);
    const { json } = await running.call('GET', '?page_size=1');
    expect(json.items).toMatchObject([{ safety_identifier: 'lost' }]);
  });

  it('reset_before: there is no task', async () => {
    set({ kind: 'reset_before', on: 'create' });
    const before = await ledgerSize();
    expect(await failed(running.call('POST', '', textBody()))).toBe('failed');
    expect(await ledgerSize()).toBe(before);
    expect((await running.call('POST', '', textBody())).status).toBe(200);
  });

  it('hang and delay', async () => {
    set({ kind: 'hang', on: 'get' }, { kind: 'delay', on: 'get', ms: 150 });
    const url = `${running.gateway.baseUrl}/contents/generations/tasks/${done}`;
    expect(await failed(fetch(url, { signal: AbortSignal.timeout(300) }))).toBe('failed');
    const started = performance.now();
    expect((await fetch(url)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });
});

describe('refusals', () => {
  it.each<[FaultRuleInput, number, string]>([
    [{ kind: 'unauthorized', on: 'create' }, 401, 'AuthenticationError'],
    [{ kind: 'rate_limited', on: 'create', retryAfterSeconds: 7 }, 429, 'ModelAccountRpmRateLimitExceeded'],
    [{ kind: 'server_error', on: 'create' }, 500, 'InternalServiceError'],
    [{ kind: 'refuse_submit' }, 400, 'InputImageSensitiveContentDetected.PrivacyInformation'],
  ])('%o', async (rule, status, code) => {
    const before = await ledgerSize();
    set(rule);
    const answer = await running.call('POST', '', textBody());
    expect(answer.status).toBe(status);
    expect(answer.json.error).toMatchObject({
      code,
      message: expect.stringContaining('Request id: 02') as string,
    });
    if (status === 429) expect(answer.headers.get('retry-after')).toBe('7');
    if (status === 400) expect(answer.text).toContain("'content[1]' may contain real person");
    expect(await ledgerSize()).toBe(before);
    expect(running.gateway.faults()).toEqual([]);
  });

  it('bad_gateway and html_page answer HTML', async () => {
    set(
      { kind: 'bad_gateway', on: 'get' },
      { kind: 'html_page', on: 'list' },
      { kind: 'not_found', on: 'get' },
    );
    const bad = await running.call('GET', `/${done}`);
    expect([bad.status, bad.text.slice(0, 15)]).toEqual([502, '<!DOCTYPE html>']);
    const page = await running.call('GET');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await running.call('GET', `/${done}`)).json.error).toMatchObject({ code: 'NotFound.Task' });
  });

  it('errors in the shapes of other gateways', async () => {
    const seen: unknown[] = [];
    for (const shape of ERROR_SHAPES) {
      set({ kind: 'error_shape', on: 'create', shape, code: 'C', message: 'M' });
      seen.push((await running.call('POST', '', textBody())).json);
    }
    expect(seen).toEqual([
      { error: 'M' },
      { message: '{"error":{"code":"C","message":"M"}}', data: { code: 400 } },
      { code: 'C', message: 'M' },
      { code: 'C', message: 'M', data: null },
      { error: { message: 'M', type: 'new_api_error', code: 'C' } },
    ]);
  });
});

describe('the task and the answer', () => {
  it('fail_output ends the task with the error and without a bill', async () => {
    set({ kind: 'fail_output' });
    const record = await running.finished(await running.create(textBody()));
    expect(record).toMatchObject({
      status: 'failed',
      error: { code: 'OutputVideoSensitiveContentDetected' },
    });
    expect(record.usage).toBeUndefined();
    expect(record.content).toBeUndefined();
  });

  it('status_word and result_url change what is told', async () => {
    set(
      { kind: 'status_word', on: 'get', word: 'SUCCESS' },
      { kind: 'status_word', on: 'list', word: 'analysing' },
      { kind: 'result_url', on: 'get', url: 'file:///etc/passwd' },
    );
    expect((await running.call('GET', `/${done}`)).json.status).toBe('SUCCESS');
    const listed = (await running.call('GET')).json.items as { status: string }[];
    expect(listed.every(({ status }) => status === 'analysing')).toBe(true);
    expect((await running.call('GET', `/${done}`)).json.content).toMatchObject({
      video_url: 'file:///etc/passwd',
    });
    expect((await running.call('GET', `/${done}`)).json.status).toBe('succeeded');
  });

  it('wraps answers as other gateways do', async () => {
    set(
      { kind: 'wrapped', on: 'create', shape: 'new-api-submit' },
      { kind: 'wrapped', on: 'create', shape: 'task-id' },
    );
    const submitted = (await running.call('POST', '', textBody())).json;
    expect(submitted).toMatchObject({ object: 'video', status: 'queued', id: submitted.task_id });
    expect(Object.keys((await running.call('POST', '', textBody())).json)).toEqual(['task_id']);
    const seen: unknown[] = [];
    for (const shape of ['new-api-query', 'openai', 'reseller'] as const) {
      set({ kind: 'wrapped', on: 'get', shape });
      seen.push((await running.call('GET', `/${done}`)).json);
    }
    expect(seen).toMatchObject([
      {
        code: 'success',
        data: { status: 'SUCCESS', result_url: link, data: { id: done, status: 'succeeded' } },
      },
      { id: done, object: 'video', status: 'completed', metadata: { url: link } },
      { code: 0, data: { id: done } },
    ]);
  });

  it('gzip_garbage, redirect, deep_json and endless_body', async () => {
    const url = `${running.gateway.baseUrl}/contents/generations/tasks/${done}`;
    set({ kind: 'gzip_garbage', on: 'get' });
    expect(await failed(fetch(url).then((response) => response.text()))).toBe('failed');
    set({ kind: 'redirect', on: 'get', location: 'file:///etc/passwd' });
    const redirect = await fetch(url, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'file:///etc/passwd']);
    set({ kind: 'deep_json', on: 'get', depth: 1000 });
    expect(await (await fetch(url)).text()).toBe('['.repeat(1000));
    set({ kind: 'endless_body', on: 'get' });
    let read = 0;
    for await (const chunk of (await fetch(url)).body ?? []) {
      read += (chunk as Uint8Array).length;
      if (read > 5_000_000) break;
    }
    expect(read).toBeGreaterThan(5_000_000);
  });
});

/** What a client without any cleverness gets: status line, headers and however many bytes came. */
function rawDownload(): Promise<{ head: string; bytes: number; reset: boolean }> {
  return new Promise((resolve) => {
    const { hostname, port, pathname, search } = new URL(link);
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    let reset = false;
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => (reset = true));
    socket.on('close', () => {
      const all = Buffer.concat(chunks);
      const split = all.indexOf('\r\n\r\n');
      resolve({ head: all.toString('latin1', 0, split).toLowerCase(), bytes: all.length - split - 4, reset });
    });
  });
}

describe('the file', () => {
  it('truncated: the full length promised, less sent', async () => {
    set({ kind: 'truncated', bytes: 1000 });
    const { head, bytes, reset } = await rawDownload();
    expect(head).toContain(`content-length: ${size}`);
    expect([bytes, reset]).toEqual([1000, false]);
    expect(await (await fetch(link)).arrayBuffer()).toHaveProperty('byteLength', size);
  });

  it('reset_at: the connection breaks after so many bytes', async () => {
    set({ kind: 'reset_at', bytes: 2000 });
    const { bytes, reset } = await rawDownload();
    expect([bytes, reset]).toEqual([2000, true]);
  });

  it('wrong_length: another length, larger or smaller', async () => {
    set(
      { kind: 'wrong_length', contentLength: 10_000_000_000 },
      { kind: 'wrong_length', contentLength: 500 },
    );
    const large = await rawDownload();
    expect(large.head).toContain('content-length: 10000000000');
    expect(large.bytes).toBe(size);
    expect((await rawDownload()).bytes).toBe(500);
  });

  it('mislabelled, expired_url and not_found', async () => {
    set({ kind: 'mislabelled' }, { kind: 'expired_url' }, { kind: 'not_found', on: 'download' });
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(await page.text()).toContain('<!DOCTYPE html>');
    expect((await fetch(link)).status).toBe(403);
    expect((await fetch(link)).status).toBe(404);
  });

  it('ignores_range and new_etag spoil a resume', async () => {
    const etag = (await fetch(link, { method: 'HEAD' })).headers.get('etag') ?? '';
    set({ kind: 'ignores_range' }, { kind: 'new_etag' });
    for (const expected of [200, 200, 206]) {
      const response = await fetch(link, { headers: { range: 'bytes=10-', 'if-range': etag } });
      expect(response.status).toBe(expected);
      await response.body?.cancel();
    }
  });

  it('slow: takes its time', async () => {
    set({ kind: 'slow', bytesPerSecond: size * 2 });
    const started = performance.now();
    await (await fetch(link)).arrayBuffer();
    expect(performance.now() - started).toBeGreaterThan(300);
  });
});

describe('control over HTTP', () => {
  const control = async (method: string, name: string, body?: unknown) =>
    readCall(
      await fetch(`${running.gateway.origin}/practice/${name}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );

  it('sets, shows and clears faults, and refuses nonsense', async () => {
    const put = await control('PUT', 'faults', [{ kind: 'hang', on: 'list', times: 3 }]);
    expect(put.json.faults).toEqual([{ kind: 'hang', on: 'list', times: 3, after: 0 }]);
    expect((await control('GET', 'faults')).json).toEqual(put.json);
    for (const bad of [
      {},
      [{ kind: 'explode', on: 'get' }],
      [{ kind: 'slow', on: 'create', bytesPerSecond: 1 }],
    ]) {
      expect((await control('PUT', 'faults', bad)).status).toBe(400);
    }
    expect((await control('DELETE', 'faults')).json.faults).toEqual([]);
  });

  it('changes settings', async () => {
    const before = running.gateway.settings();
    const changed = await control('PUT', 'settings', { runningMs: 5, limits: { listPerSecond: 77 } });
    expect(changed.json).toMatchObject({
      runningMs: 5,
      queuedMs: before.queuedMs,
      limits: { listPerSecond: 77 },
    });
    expect((await control('PUT', 'settings', { speed: 'fast' })).status).toBe(400);
    expect((await control('GET', 'nothing')).status).toBe(404);
  });
});
