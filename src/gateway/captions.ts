// Prepares words for the picture: removes what a font cannot show and breaks lines by width. Pure.

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Text without control characters and pictographs, spaces made single, empty lines dropped. */
export function showable(text: string): string {
  return text
    .slice(0, 4000)
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f|\p{Emoji_Modifier}/gu, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Breaks text into lines of at most `ems` (widths in units of the font size), at spaces or after any wide
 * character. At most `maxLines`; what is left over ends in an ellipsis.
 */
export function wrapText(text: string, ems: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const piece of pieces(paragraph, ems)) {
      if (line !== '' && widthOf(line + piece.trimEnd()) > ems) {
        lines.push(line.trimEnd());
        line = piece.trimStart();
      } else {
        line += piece;
      }
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  let last = kept[maxLines - 1] ?? '';
  while (last !== '' && widthOf(`${last}…`) > ems) last = Array.from(last).slice(0, -1).join('');
  kept[maxLines - 1] = `${last.trimEnd()}…`;
  return kept;
}

/** Words with their following spaces; wide characters alone; over-long words in parts. */
function pieces(text: string, ems: number): string[] {
  const found: string[] = [];
  let word = '';
  const flush = (): void => {
    if (word !== '') found.push(word);
    word = '';
  };
  for (const char of text) {
    if (WIDE.test(char)) {
      flush();
      found.push(char);
    } else {
      if (!/\s/.test(char) && widthOf(word + char) > ems) flush();
      word += char;
      if (/\s/.test(char)) flush();
    }
  }
  flush();
  return found;
}

function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    width += WIDE.test(char) ? 1 : /[A-Z@MW%]/.test(char) ? 0.7 : /[\s.,;:'!|ijl]/.test(char) ? 0.32 : 0.57;
  }
  return width;
}
