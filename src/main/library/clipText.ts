// Which clips hold a piece of text: trigrams for three characters and more, single and double ones for less.
import type { Database } from '../database/open';

const SHORTEST_IN_TRIGRAMS = 3;

/** Full text by clip number. Texts and needles are folded (`foldText`); lines of a text are apart. */
export class ClipText {
  constructor(private readonly database: Database) {}

  write(number: number, text: string): void {
    this.database.run('INSERT OR REPLACE INTO clip_text (rowid, text) VALUES (?, ?)', number, text);
    this.database.run(
      'INSERT OR REPLACE INTO clip_grams (rowid, grams) VALUES (?, ?)',
      number,
      shortGrams(text).join(' '),
    );
  }

  /** Numbers of the clips whose text holds `needle`, which is not empty. */
  holding(needle: string): readonly number[] {
    const characters = [...needle];
    const [table, query] =
      characters.length < SHORTEST_IN_TRIGRAMS ? ['clip_grams', gram(characters)] : ['clip_text', needle];
    // One value instead of a row per clip: rows of 100,000 objects cost more than the search.
    const found = this.database.get<{ numbers: string }>(
      `SELECT json_group_array(rowid) AS numbers FROM ${table} WHERE ${table} MATCH ?`,
      `"${query.replaceAll('"', '""')}"`,
    );
    return JSON.parse(found?.numbers ?? '[]') as number[];
  }
}

/** Every character and every pair of neighbours in the lines of a text, once each. Needles have no space at an end. */
function shortGrams(text: string): string[] {
  const grams = new Set<string>();
  for (const word of text.split(/[\n ]/)) {
    const characters = [...word];
    for (const [index, character] of characters.entries()) {
      grams.add(gram([character]));
      const next = characters[index + 1];
      if (next !== undefined) grams.add(gram([character, next]));
    }
  }
  return [...grams];
}

/** Written so that the tokenizer takes it for one word, whatever the characters are. */
function gram(characters: readonly string[]): string {
  return characters.map((character) => (character.codePointAt(0) ?? 0).toString(16)).join('x');
}

/** As a column of text gives it back: it would end at a NUL, and half a surrogate is no letter. */
export function storable(text: string): string {
  return text.replaceAll('\0', ' ').replace(/\p{Cs}/gu, '\ufffd');
}
