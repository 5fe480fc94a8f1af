// Clips as a table for spreadsheets: RFC 4180, UTF-8 with a byte order mark, and no cell that runs as a formula. Pure.
import { referenceNames, sentPrompt, wellFormed, type ExportClip } from './exportClip';

type Cell = string | number | null | undefined;

const COLUMNS: readonly (readonly [name: string, cell: (clip: ExportClip) => Cell])[] = [
  ['file', ({ path }) => path],
  ['title', ({ title }) => title],
  ['prompt', sentPrompt],
  ['model', ({ recipe }) => recipe?.model],
  ['ratio', ({ task, recipe }) => task?.ratio ?? recipe?.parameters.ratio],
  ['resolution', ({ task, recipe }) => task?.resolution ?? recipe?.parameters.resolution],
  ['seconds', ({ seconds }) => rounded(seconds)],
  ['fps', ({ fps }) => rounded(fps)],
  ['seed', ({ task, recipe }) => task?.seed ?? recipe?.parameters.seed],
  ['tokens', ({ tokens }) => tokens],
  ['price', ({ price }) => (price === null ? null : rounded(price.amount))],
  ['currency', ({ price }) => price?.currency],
  ['rating', ({ rating }) => (rating === 0 ? null : rating)],
  ['flag', ({ flag }) => flag],
  ['tags', ({ tags }) => tags.join('; ')],
  ['note', ({ note }) => note],
  ['references', (clip) => referenceNames(clip).join('; ')],
  ['created', ({ createdAt }) => createdAt],
  ['task id', ({ task }) => task?.id],
];

/** One row for each clip under a header. What is unknown is an empty cell; numbers have a point. */
export function csvOf(clips: readonly ExportClip[]): string {
  const header = COLUMNS.map(([name]) => name).join(',');
  const rows = clips.map((clip) => COLUMNS.map(([, cell]) => cellText(cell(clip))).join(','));
  // Without the mark Excel reads UTF-8 as the system's old code page.
  return `\uFEFF${[header, ...rows].map((row) => `${row}\r\n`).join('')}`;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = harmless(wellFormed(cell ?? ''));
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run text that begins like a formula: an apostrophe in front makes it text (OWASP, "CSV Injection"). */
function harmless(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r]/u.test(text) ? `'${text}` : text;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
