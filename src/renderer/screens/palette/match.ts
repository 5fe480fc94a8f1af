// How well a text fits what was typed into the palette. Pure.

/** The better the lower; null: it does not fit. Each typed word has to be found. */
export function rankOf(typed: string, texts: readonly string[]): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 0;
  const ranks = texts.map((text) => rankOfText(words, text.toLowerCase())).filter((rank) => rank !== null);
  return ranks.length === 0 ? null : Math.min(...ranks);
}

function rankOfText(words: readonly string[], text: string): number | null {
  let sum = 0;
  for (const word of words) {
    const rank = rankOfWord(word, text);
    if (rank === null) return null;
    sum += rank;
  }
  return sum;
}

/** At the start, at the start of a word, inside a word, letter by letter. */
function rankOfWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (text.includes(` ${word}`)) return 1;
  if (at > 0) return 2;
  // A few letters on their own are in almost every sentence.
  return word.length > 1 && isScattered(word, text) ? 3 : null;
}

/** Each letter either follows the one before it or begins a word. */
function isScattered(word: string, text: string): boolean {
  let from = 0;
  let last = -1;
  for (const letter of word) {
    let at = text.indexOf(letter, from);
    while (at > 0 && at !== last + 1 && text[at - 1] !== ' ') at = text.indexOf(letter, at + 1);
    if (at < 0 || (at === 0 && from > 0)) return false;
    last = at;
    from = at + 1;
  }
  return true;
}
