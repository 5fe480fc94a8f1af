// Why Dailies could not start, as an error the window has words for.
import { AppError, type ErrorCode } from '@shared/contract/errors';
import { DatabaseTooNew } from './database/openError';
import { SettingsTooNew } from './settings/settingsFile';

const FILE_CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'data_unreadable',
  EPERM: 'data_unreadable',
  EISDIR: 'data_unreadable',
  EROFS: 'data_not_writable',
  ENOTDIR: 'data_not_writable',
  EEXIST: 'data_not_writable',
  ENOSPC: 'data_disk_full',
  EDQUOT: 'data_disk_full',
  EBUSY: 'data_locked',
  ERR_DLOPEN_FAILED: 'module_missing',
  MODULE_NOT_FOUND: 'module_missing',
  ERR_MODULE_NOT_FOUND: 'module_missing',
};

/** libsql gives some of these as a code and some only in words. */
const DATABASE_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/SQLITE_(BUSY|LOCKED)|database is locked/, 'data_locked'],
  [/SQLITE_READONLY|readonly database/, 'data_not_writable'],
  [/SQLITE_FULL|database or disk is full/, 'data_disk_full'],
  [/SQLITE_(CANTOPEN|PERM|AUTH|IOERR)|unable to open|disk I\/O error/i, 'data_unreadable'],
];

/** `internal` for what is not known. Nothing was changed on disk in any of these cases. */
export function startTroubleOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new AppError(codeOf(error, message), message, {}, { cause: error });
}

function codeOf(error: unknown, message: string): ErrorCode {
  if (error instanceof DatabaseTooNew) return 'database_too_new';
  if (error instanceof SettingsTooNew) return 'settings_too_new';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = Object.hasOwn(FILE_CODES, code) ? FILE_CODES[code] : undefined;
  if (known !== undefined) return known;
  const words = DATABASE_WORDS.find(([pattern]) => pattern.test(`${code} ${message}`));
  return words?.[1] ?? 'internal';
}
