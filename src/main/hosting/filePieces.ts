// Reads a part of a file piece by piece, for sending it with a length that was promised.
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '@shared/contract/errors';

const PIECE_BYTES = 256 * 1024;

/**
 * Exactly `bytes` bytes from `start`, as a stream that opens the file at the first read and closes it when it is
 * destroyed. Fails with AppError `file_unreadable` when the file is gone or shorter.
 */
export function filePieces(
  path: string,
  start: number,
  bytes: number,
  onRead: (bytes: number) => void = () => undefined,
): Readable {
  return Readable.from(read(path, start, bytes, onRead), { objectMode: false });
}

async function* read(
  path: string,
  start: number,
  bytes: number,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file_unreadable', 'the kept file is gone', {}, { cause: error });
  });
  try {
    let done = 0;
    while (done < bytes) {
      const wanted = Math.min(PIECE_BYTES, bytes - done);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, start + done);
      if (bytesRead === 0) throw new AppError('file_unreadable', 'the kept file became shorter');
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
      // Asked for the next piece: this one has left.
      onRead(bytesRead);
    }
  } finally {
    await file.close();
  }
}
