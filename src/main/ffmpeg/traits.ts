// What a picture's own bytes tell beside its size: that it moves, and that its colours are inks.
import { open, type FileHandle } from 'node:fs/promises';
import type { MediaFormat } from './sniff';

export interface PictureTraits {
  readonly animated?: true;
  readonly cmyk?: true;
}

/** Headers lie within this; a longer one is passed over. */
const HEAD_BYTES = 256 * 1024;
/** A GIF's second frame begins within this, or nobody will miss it. */
const GIF_BYTES = 16 * 1024 * 1024;

/** Reads headers, never the whole picture. Throws what the file system throws. */
export async function traitsOf(path: string, format: MediaFormat): Promise<PictureTraits> {
  if (!['gif', 'webp', 'png', 'avif', 'jpeg'].includes(format)) return {};
  const handle = await open(path, 'r');
  try {
    if (format === 'jpeg') return (await jpegComponents(handle)) === 4 ? { cmyk: true } : {};
    const head = await read(handle, 0, format === 'gif' ? GIF_BYTES : HEAD_BYTES);
    return moves(head, format) ? { animated: true } : {};
  } finally {
    await handle.close();
  }
}

function moves(head: Buffer, format: MediaFormat): boolean {
  if (format === 'gif') return gifFrames(head) > 1;
  // VP8X's flags: the second bit is "animation".
  if (format === 'webp') return head.toString('latin1', 12, 16) === 'VP8X' && ((head[20] ?? 0) & 0x02) !== 0;
  if (format === 'avif') return head.toString('latin1', 8, 12) === 'avis';
  // APNG: its control chunk stands before the first pixels.
  const [control, pixels] = [head.indexOf('acTL', 8, 'latin1'), head.indexOf('IDAT', 8, 'latin1')];
  return control > 0 && (pixels < 0 || control < pixels);
}

/** Image blocks of a GIF, two at most. */
function gifFrames(file: Buffer): number {
  const flags = file[10] ?? 0;
  let at = 13 + tableBytes(flags);
  let frames = 0;
  while (at < file.length && frames < 2) {
    const block = file[at];
    if (block === 0x21) at = endOfSubBlocks(file, at + 2);
    else if (block === 0x2c) {
      frames += 1;
      at = endOfSubBlocks(file, at + 11 + tableBytes(file[at + 9] ?? 0));
    } else break;
  }
  return frames;
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function endOfSubBlocks(file: Buffer, at: number): number {
  for (let size = file[at]; size !== undefined && size > 0; size = file[at]) at += size + 1;
  return at + 1;
}

/** The number of colour components in the frame header: 1 grey, 3 colour, 4 inks. */
async function jpegComponents(handle: FileHandle): Promise<number | null> {
  let at = 2;
  for (;;) {
    const marker = await read(handle, at, 10);
    if (marker.length < 10 || marker[0] !== 0xff) return null;
    const code = marker[1] ?? 0;
    // Start of frame, in any of its kinds; C4, C8 and CC are tables.
    if (code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code)) return marker[9] ?? null;
    if (code === 0xda || code === 0xd9) return null;
    // Fill bytes before a marker.
    at += code === 0xff ? 1 : 2 + marker.readUInt16BE(2);
  }
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
