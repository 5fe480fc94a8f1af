import { describe, expect, test } from 'vitest';
import { AppError } from '@shared/contract/errors';
import { inputs } from '@shared/contract/requests';
import { collectingLog } from '../../../tests/fixtures/ffmpegRunner';
import { createRouter } from './router';
import { safeHandlers } from './safeHandlers';

const log = { ...collectingLog(), mask: (text: string) => text };
const trouble = new AppError('database_too_new', 'version 99');

describe('in safe mode', () => {
  const info = { version: '1.0.0', electron: '33', platform: 'linux', systemLocale: 'en' } as const;
  const handlers = safeHandlers({ 'app.info': () => info }, trouble);

  // Bug: a route that needs the records ends in "is not a function", or the window waits for ever.
  test('every request is answered with the reason', async () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(inputs).sort());
    const route = createRouter(handlers, log);
    const answer = await route({ windowId: 1 }, 'library.location', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'database_too_new' } });
  });

  // Bug: the screen that explains what happened cannot ask for the language and the version.
  test('what needs no records is answered as always', async () => {
    const route = createRouter(handlers, log);
    expect(await route({ windowId: 1 }, 'app.info', {})).toEqual({ ok: true, value: info });
  });
});
