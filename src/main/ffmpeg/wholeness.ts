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
      case 'jpeg':
        return await scanEnds(handle, size);
      case 'bmp':
        return (await read(handle, 2, 4)).readUInt32LE(0) <= size;
      case 'webp':
        return (await read(handle, 4, 4)).readUInt32LE(0) + 8 <= size;
      case 'wav':
      case 'avi':
        return await chunkEndsAt(handle, size);
      case 'webm':
      case 'mkv':
        return await segmentEndsAt(handle, size);
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

/** A photo's pixels end in a mark that cannot stand among them. Behind it some cameras append a film. */
async function scanEnds(handle: FileHandle, size: number): Promise<boolean> {
  let at = 2;
  for (;;) {
    const header = await read(handle, at, 4);
    // Not laid out as expected: whoever decodes it will tell.
    if (header.length < 4 || header[0] !== 0xff) return header.length === 4;
    if (header[1] === 0xda) break;
    at += header[1] === 0xff ? 1 : 2 + header.readUInt16BE(2);
  }
  const mark = Buffer.from([0xff, 0xd9]);
  for (; at < size; at += PIECE_BYTES)
    if ((await read(handle, at, PIECE_BYTES + 1)).includes(mark)) return true;
  return false;
}

const PIECE_BYTES = 1024 * 1024;

/** RIFF: one length for all. Recorders that were writing a stream leave 0 or the largest number. */
async function chunkEndsAt(handle: FileHandle, size: number): Promise<boolean> {
  const length = (await read(handle, 4, 4)).readUInt32LE(0);
  return length === 0 || length >= 0xffffff00 || length + 8 <= size + 1;
}

/** Matroska: a header, then one segment with everything. Its length may be left unknown. */
async function segmentEndsAt(handle: FileHandle, size: number): Promise<boolean> {
  const head = await read(handle, 0, 4096);
  const header = sizeAt(head, 4);
  if (header === null || header.value === null) return true;
  const segment = header.next + header.value;
  if (segment + 12 > head.length || head.readUInt32BE(segment) !== 0x18538067) return true;
  const length = sizeAt(head, segment + 4);
  return length === null || length.value === null || length.next + length.value <= size;
}

/** An EBML length: as many bytes as the first has leading zeros, plus one; all ones is "unknown". */
function sizeAt(bytes: Buffer, at: number): { value: number | null; next: number } | null {
  const first = bytes[at] ?? 0;
  const width = Math.clz32(first) - 23;
  if (first === 0 || at + width > bytes.length) return null;
  let value = BigInt(first & (0xff >> width));
  let unknown = value === BigInt(0xff >> width);
  for (const byte of bytes.subarray(at + 1, at + width)) {
    value = value * 256n + BigInt(byte);
    unknown &&= byte === 0xff;
  }
  return { value: unknown ? null : Number(value), next: at + width };
}
