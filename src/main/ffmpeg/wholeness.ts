// Tells a file that was cut off from a whole one, where its container says how long it should be.
import { open, type FileHandle } from 'node:fs/promises';
import type { MediaFormat } from './sniff';

/** More boxes than this at the top level is no film: fragments of a second make 15 of them. */
const MOST_BOXES = 10_000;

/**
 * Whether the file ends where its container says. True for formats that do not tell.
 * Reads a few bytes per box, never the media. Throws what the file system throws.
 */
export async function isWhole(path: string, format: MediaFormat): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    switch (format) {
      case 'mp4':
      case 'mov':
      case 'm4a':
      case 'heic':
      case 'heif':
      case 'avif':
        return await boxesEndAt(handle, size);
      case 'png':
        return (await read(handle, Math.max(0, size - 65_536), 65_536)).includes('IEND');
      case 'webp':
        return (await read(handle, 4, 4)).readUInt32LE(0) + 8 <= size;
      default:
        return true;
    }
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Boxes whose loss is the loss of the picture. What stands behind them may be anything: some tools append notes. */
const VITAL_BOXES = new Set(['ftyp', 'moov', 'mdat', 'moof', 'meta']);

/** Walks the top-level boxes. A length of 0 reaches to the end of the file, 1 stands for 64 bits behind the type. */
async function boxesEndAt(handle: FileHandle, size: number): Promise<boolean> {
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && size - at >= 8; boxes += 1) {
    const header = await read(handle, at, 16);
    const short = header.readUInt32BE(0);
    const length = short === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : short;
    if (length < 8) return true;
    at += length;
    if (at > size) return !VITAL_BOXES.has(header.toString('latin1', 4, 8));
  }
  return true;
}
