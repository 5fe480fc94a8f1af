// When a film was made, as its container says.
import { open, type FileHandle } from 'node:fs/promises';

/** Seconds from 1904, where the format counts from, to 1970 (ISO/IEC 14496-12, 8.2.2). */
const FROM_1904 = 2_082_844_800;
/** Before this there were no such files: a clock that was never set. */
const EARLIEST = Date.UTC(1990, 0, 1);
const MOST_BOXES = 1000;

/**
 * The creation time of an MP4 or QuickTime file in milliseconds since 1970; null where there is none, or one that
 * cannot be. Reads a few dozen bytes. Throws what the file system throws.
 */
export async function containerTime(path: string): Promise<number | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const movie = await findBox(handle, 'moov', 0, size);
    const header = movie === null ? null : await findBox(handle, 'mvhd', movie.from, movie.to);
    if (header === null) return null;
    const bytes = await read(handle, header.from, 12);
    if (bytes.length < 12) return null;
    const seconds = bytes[0] === 1 ? Number(bytes.readBigUInt64BE(4)) : bytes.readUInt32BE(4);
    const time = (seconds - FROM_1904) * 1000;
    return time >= EARLIEST && time <= Date.now() + 24 * 3600_000 ? time : null;
  } finally {
    await handle.close();
  }
}

/** The inside of a box. A length of 0 reaches to the end, 1 stands for 64 bits behind the type. */
async function findBox(
  handle: FileHandle,
  type: string,
  from: number,
  to: number,
): Promise<{ from: number; to: number } | null> {
  let at = from;
  for (let boxes = 0; boxes < MOST_BOXES && to - at >= 8; boxes += 1) {
    const header = await read(handle, at, 16);
    if (header.length < 8) return null;
    const short = header.readUInt32BE(0);
    const wide = short === 1 && header.length === 16;
    const length = short === 0 ? to - at : wide ? Number(header.readBigUInt64BE(8)) : short;
    if (length < 8) return null;
    if (header.toString('latin1', 4, 8) === type) return { from: at + (wide ? 16 : 8), to: at + length };
    at += length;
  }
  return null;
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
