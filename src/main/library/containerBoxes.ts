// Walks the boxes of an MP4 or QuickTime file by their headers alone (ISO/IEC 14496-12, 4.2).
import type { FileHandle } from 'node:fs/promises';

/** Bytes of a file, the end not included. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

export interface BoxWalk {
  readonly handle: FileHandle;
  /** Boxes that may still be looked at. */
  left: number;
}

/**
 * The inside of the first box of this type; what was cut off or lies may claim to end behind `to`. A length of 0
 * reaches to the end, 1 stands for 64 bits behind the type. Throws what the file system throws.
 */
export async function findBox(walk: BoxWalk, { from, to }: Part, type: string): Promise<Part | null> {
  for (let at = from; to - at >= 8 && walk.left > 0; walk.left -= 1) {
    const header = await readPart(walk.handle, at, 16);
    if (header.length < 8) return null;
    const short = header.readUInt32BE(0);
    const wide = short === 1 && header.length === 16;
    const length = short === 0 ? to - at : wide ? Number(header.readBigUInt64BE(8)) : short;
    const head = wide ? 16 : 8;
    if (length < head) return null;
    if (header.toString('latin1', 4, 8) === type) return { from: at + head, to: at + length };
    at += length;
  }
  return null;
}

/** Fewer bytes where the file ends before. */
export async function readPart(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
