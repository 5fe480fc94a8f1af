// Says what an error of the file system means for a person.
import { AppError, type ErrorCode } from '@shared/contract/errors';

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  // A file system such as FAT32 takes no file of this size.
  EFBIG: 'file_too_large',
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  EROFS: 'no_permission',
  ENOENT: 'library_missing',
  ENOTDIR: 'library_missing',
  // What a drive answers that was unplugged, or a share that went away.
  EIO: 'library_missing',
  ENODEV: 'library_missing',
  ENXIO: 'library_missing',
  ESTALE: 'library_missing',
  ENOTCONN: 'library_missing',
  EHOSTDOWN: 'library_missing',
};

/**
 * The AppError for whatever went wrong while writing to the library: `disk_full`, `no_permission`,
 * `library_missing`, `file_too_large`, else `internal`. An AppError passes unchanged. No path in it.
 */
export function fileError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const errno = errnoOf(error);
  const code = errno !== null && Object.hasOwn(CODES, errno) ? CODES[errno] : undefined;
  return new AppError(
    code ?? 'internal',
    errno ?? 'unexpected error',
    errno === null ? {} : { rawCode: errno },
    {
      cause: error,
    },
  );
}

/** The `code` of a Node error (`ENOENT`, …), or null. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
