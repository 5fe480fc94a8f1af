// A part of a file as a web stream that holds the file open no longer than it is read.
import { open, type FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;

/**
 * Bytes `first` to `last` (both included). The file is opened at the first read and closed at the end, on an
 * error and when the reader hangs up. Not `Readable.toWeb`: on Node 20 a cancel there can throw uncaught.
 */
export function fileBody(path: string, first: number, last: number): ReadableStream<Uint8Array> {
  let file: FileHandle | null = null;
  let position = first;
  let cancelled = false;

  const close = async (): Promise<void> => {
    const open = file;
    file = null;
    await open?.close();
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          file ??= await open(path, 'r');
          const wanted = Math.min(CHUNK_BYTES, last - position + 1);
          const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position);
          // Cancelled while reading: `cancel` could not close a file that was still being opened.
          if (cancelled) return await close();
          if (bytesRead === 0) throw new Error('the file became shorter while it was read');
          position += bytesRead;
          controller.enqueue(bytesRead === wanted ? buffer : buffer.subarray(0, bytesRead));
          if (position > last) {
            await close();
            controller.close();
          }
        } catch (error) {
          await close().catch(() => undefined);
          if (!cancelled) controller.error(error);
        }
      },
      async cancel() {
        cancelled = true;
        await close();
      },
    },
    { highWaterMark: 0 },
  );
}
