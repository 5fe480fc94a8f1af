// Names that are written from right to left, inside sentences that are not: kept to themselves.

/** Letters that run from right to left, and the marks that turn the direction of a text. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG = '\u2068';
const POP = '\u2069';

/** Between isolates (UAX #9, 3.1.2), so that what stands around it keeps its place. Others come back as they are. */
export function isolated(text: string): string {
  return TURNS.test(text) ? `${FIRST_STRONG}${text}${POP}` : text;
}
