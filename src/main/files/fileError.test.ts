import { expect, test } from 'vitest';
import { AppError } from '@shared/contract/errors';
import { fileError } from './fileError';

// Bug: a full disk is shown as a bug of the program.
test.each([
  ['ENOSPC', 'disk_full'],
  ['EDQUOT', 'disk_full'],
  ['EACCES', 'no_permission'],
  ['EROFS', 'no_permission'],
  ['ENOENT', 'library_missing'],
  ['EIO', 'library_missing'],
  ['EWHATEVER', 'internal'],
])('%s means %s', (code, meaning) => {
  const error = Object.assign(new Error("open '/home/someone/secret'"), { code });
  expect(fileError(error)).toMatchObject({ code: meaning, detail: { rawCode: code } });
  expect(JSON.stringify(fileError(error).toRecord())).not.toContain('/home');
});

// Bug: what was understood already is understood anew, and worse.
test('an AppError passes', () => {
  const error = new AppError('not_a_video');
  expect(fileError(error)).toBe(error);
  expect(fileError('text').code).toBe('internal');
});
