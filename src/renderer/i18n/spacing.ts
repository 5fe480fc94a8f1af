// Chinese sets a space between Han characters and figures or Latin words that a value brings in.
const HAN = '\\p{Script=Han}';
const LATIN = '[0-9A-Za-z]';
const GAPS = new RegExp(`(?<=${LATIN})(?=${HAN})|(?<=${HAN})(?=${LATIN})`, 'gu');

export function spaced(text: string): string {
  return text.replace(GAPS, ' ');
}
