// Where a clip's file goes in the library, from what is known before it is downloaded. Pure.
import { createHash } from 'node:crypto';

export interface ClipFacts {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly title: string;
}

export interface ClipPlace {
  /** `2026/11`, with slashes on every system. */
  readonly folder: string;
  readonly fileName: string;
  /** `<folder>/<fileName>`. */
  readonly relativePath: string;
}

/** File systems take 255 bytes; this leaves room for `.part`, for sync tools and for deep folders on Windows. */
export const MOST_NAME_BYTES = 120;

/**
 * `2026/11/2026-11-22 <words of the title> <short id>.mp4`, in UTC so that a journey changes nothing. `idLength` hex
 * digits of the id's hash: the next place is tried where a stranger's file has the name.
 * @throws RangeError for a time that is none
 */
export function clipPlace({ id, createdAt, title }: ClipFacts, idLength: 8 | 16 | 32 = 8): ClipPlace {
  const day = new Date(createdAt).toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('a year of four digits');
  const shortId = createHash('sha256').update(id).digest('hex').slice(0, idLength);
  const ending = ` ${shortId}.mp4`;
  const words = cutToBytes(safeWords(title), MOST_NAME_BYTES - Buffer.byteLength(`${day} ${ending}`));
  const fileName = `${day}${words === '' ? '' : ` ${words}`}${ending}`;
  const folder = `${day.slice(0, 4)}/${day.slice(5, 7)}`;
  return { folder, fileName, relativePath: `${folder}/${fileName}` };
}

/** Every place a clip may have, the usual one first. */
export function clipPlaces(clip: ClipFacts): ClipPlace[] {
  return ([8, 16, 32] as const).map((length) => clipPlace(clip, length));
}

/**
 * The title without what some system refuses or hides: the reserved characters, control and direction marks, and
 * what is no character. `%` and `#` go too: they are patterns and fragments to other programs. As the name begins
 * with a date, it is never one of the reserved names of Windows, and never hidden.
 */
function safeWords(title: string): string {
  return title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"/\\|?*%#]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[. …]+$/u, '');
}

/** Whole characters as a person sees them (a letter with its accents, an emoji), at most so many bytes of UTF-8. */
function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let cut = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    cut += segment;
  }
  return cut.replace(/[. …]+$/u, '');
}
