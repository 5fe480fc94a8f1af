// When a film was made, as its container says.
import { open } from 'node:fs/promises';
import { findBox, readPart, type BoxWalk } from './containerBoxes';

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
    const walk = (): BoxWalk => ({ handle, left: MOST_BOXES });
    const movie = await findBox(walk(), { from: 0, to: size }, 'moov');
    const header = movie === null ? null : await findBox(walk(), movie, 'mvhd');
    if (header === null) return null;
    const bytes = await readPart(handle, header.from, 12);
    if (bytes.length < 12) return null;
    const seconds = bytes[0] === 1 ? Number(bytes.readBigUInt64BE(4)) : bytes.readUInt32BE(4);
    const time = (seconds - FROM_1904) * 1000;
    return time >= EARLIEST && time <= Date.now() + 24 * 3600_000 ? time : null;
  } finally {
    await handle.close();
  }
}
