import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { openLog } from './fileLog';

it('writes masked lines to a file in a folder that it makes, percent signs and all', async () => {
  const folder = join(await testFolder('log'), 'logs');
  const log = openLog(folder, { terminal: false });
  log.warn('100 %s done %d', { authorization: 'Bearer abcdefgh12345' });
  log.debug('not kept');
  const text = await readFile(join(folder, 'dailies.log'), 'utf8');
  expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} warn 100 %s done %d \{ authorization: /);
  expect(text).not.toContain('abcdefgh12345');
  expect(text).not.toContain('not kept');
});
