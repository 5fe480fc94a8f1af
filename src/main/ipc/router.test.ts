import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { RequestName } from '@shared/contract/requests';
import { recordingHandlers } from '../../../tests/fakes/handlers';
import { mask } from '../log/mask';
import type { HandlersOf } from './handler';
import { createRouter } from './router';

const CALLER = { windowId: 1 };
const KEY = 'sk-abcdef0123456789';

function setup(answers: Partial<Record<RequestName, unknown>> = {}) {
  const written: string[] = [];
  const write = (text: string, ...details: unknown[]): void => {
    written.push([text, ...details.map((detail) => inspect(detail))].join(' '));
  };
  const { handlers, calls } = recordingHandlers(answers);
  const route = createRouter(handlers, { mask: (text) => mask(text), warn: write, error: write });
  return { calls, written, ask: (name: unknown, input: unknown) => route(CALLER, name, input) };
}

describe('router', () => {
  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'settings',
    'settings.get ',
    'x'.repeat(5_000_000),
    null,
    undefined,
    7,
    {},
    ['settings.get'],
    { toString: () => 'settings.get' },
  ])(
    'refuses a name that is not an own route (an inherited member would be called): case %#',
    async (name) => {
      const { ask, calls, written } = setup();
      const answer = await ask(name, {});
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad_request' } });
      expect(calls).toEqual([]);
      expect(JSON.stringify([answer, written]).length).toBeLessThan(1000);
    },
  );

  // Bug: half an emoji, cut by a program that counts wrongly, brings the database down.
  it('hands on only whole characters', async () => {
    const { ask, calls } = setup();
    await ask('connections.add', {
      preset: 'custom',
      label: 'Studio \ud83d',
      baseUrl: 'https://example.com',
      plainHttpAccepted: false,
    });
    expect(calls[0]?.input).toMatchObject({ label: 'Studio \ufffd' });
  });

  it('refuses keys that the contract does not name, also as an own __proto__', async () => {
    const { ask, calls } = setup();
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    for (const input of [{ extra: 1 }, hostile]) {
      expect(await ask('settings.get', input)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
    expect(calls).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('never repeats the input in the refusal: it may be a key', async () => {
    const { ask, written } = setup();
    const answer = await ask('connections.setKey', { id: 'a', key: `${KEY}${'x'.repeat(5000)}` });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad_request', message: 'key: too_big' } });
    const unknownKey = await ask('connections.setKey', { id: 'a', key: 'k', [KEY]: 1 });
    expect(JSON.stringify([answer, unknownKey, written])).not.toContain(KEY);
  });

  it('hands the handler the parsed input, not what came in', async () => {
    const { ask, calls } = setup();
    await ask('connections.add', {
      preset: 'custom',
      label: '  Studio  ',
      baseUrl: 'https://example.com',
      plainHttpAccepted: false,
    });
    expect(calls[0]?.input).toMatchObject({ label: 'Studio' });
  });

  it('passes an AppError on as its record, masked', async () => {
    const detail = { rawMessage: `key ${KEY} refused`, values: { sent: `Bearer ${KEY}`, times: 2 } };
    const { ask } = setup({
      'settings.get': () => {
        throw new AppError('key_refused', `Bearer ${KEY}`, detail);
      },
    });
    const answer = await ask('settings.get', {});
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'key_refused', detail: { values: { times: 2 } } },
    });
    expect(JSON.stringify(answer)).not.toContain(KEY);
    expect(structuredClone(answer)).toEqual(answer);
  });

  const unprintable = Object.assign(Object.create(null) as object, { toString: () => Symbol() });
  it.each([
    new TypeError('boom'),
    'text',
    42,
    null,
    undefined,
    Symbol('s'),
    unprintable,
    { code: 'key_refused' },
  ])('turns anything else that is thrown into internal: case %#', async (thrown) => {
    const { ask } = setup({
      'settings.get': () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- just that
        throw thrown;
      },
    });
    const answer = await ask('settings.get', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(structuredClone(answer)).toEqual(answer);
  });

  it('masks and logs an unexpected error', async () => {
    const { ask, written } = setup({ 'app.info': () => Promise.reject(new Error(`no: Bearer ${KEY}`)) });
    const answer = await ask('app.info', {});
    expect(JSON.stringify(answer)).not.toContain(KEY);
    expect(written).toHaveLength(1);
  });

  it('does not compile with a missing or an extra handler', () => {
    // @ts-expect-error -- 'app.info' is missing
    const missing: HandlersOf<'app'> = {};
    // @ts-expect-error -- there is no such route
    const extra: HandlersOf<'library'> = { ...({} as HandlersOf<'library'>), 'library.format': () => null };
    expect([missing, extra]).toHaveLength(2);
  });
});
