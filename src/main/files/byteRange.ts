// Reads a Range header. Pure: what is asked for and how long the file is, in; which bytes to send, out.

export type ByteRange =
  | { readonly type: 'whole' }
  /** First and last byte, both included, as in Content-Range. */
  | { readonly type: 'part'; readonly first: number; readonly last: number }
  | { readonly type: 'unsatisfiable' };

const WHOLE: ByteRange = { type: 'whole' };
const UNSATISFIABLE: ByteRange = { type: 'unsatisfiable' };

/**
 * The bytes to send of a file of `size` bytes. What is no single byte range (a list, another unit, bad
 * syntax) is ignored, as RFC 9110 allows, and the whole file is sent. An open end is never shortened: the
 * player reads as far as it wants and then hangs up.
 */
export function readByteRange(header: string | null, size: number): ByteRange {
  if (header === null) return WHOLE;
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header);
  if (match === null) return WHOLE;
  const [, from = '', to = ''] = match;
  if (from === '') {
    if (to === '') return WHOLE;
    const length = Math.min(Number(to), size);
    return length === 0 ? UNSATISFIABLE : { type: 'part', first: size - length, last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return WHOLE;
  if (first >= size) return UNSATISFIABLE;
  return { type: 'part', first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
