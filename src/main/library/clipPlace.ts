// Where a clip's file goes in the library and what it is called. Pure.
import { createHash } from 'node:crypto';
import { modelName } from '@shared/domain/search';
import { DEFAULT_SETTINGS } from '@shared/domain/settings';

export interface ClipFacts {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly title: string;
}

/** What a name may be made of. */
export interface NameFacts extends ClipFacts {
  readonly model?: string | null;
  readonly seed?: number | null;
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
export const STANDARD_TEMPLATE = DEFAULT_SETTINGS.nameTemplate;

type IdLength = 8 | 16 | 32;
const ID_LENGTHS: readonly IdLength[] = [8, 16, 32];
const TOKEN = /\{(date|time|prompt|model|seed|id)\}/;
/** Of Windows, also with an ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?=[. ]|$)/i;

/**
 * `2026/11/2026-11-22 <words of the title> <short id>.mp4`, in UTC so that a journey changes nothing. `idLength` hex
 * digits of the id's hash: the next place is tried where a stranger's file has the name.
 * @throws RangeError for a time that is none
 */
export function clipPlace(
  clip: NameFacts,
  idLength: IdLength = 8,
  template: string = STANDARD_TEMPLATE,
): ClipPlace {
  const folder = dayOf(clip.createdAt).slice(0, 7).replace('-', '/');
  const fileName = `${clipName(clip, template, idLength)}.mp4`;
  return { folder, fileName, relativePath: `${folder}/${fileName}` };
}

/** Every place a clip may have, the usual one first. */
export function clipPlaces(clip: NameFacts, template: string = STANDARD_TEMPLATE): ClipPlace[] {
  return ID_LENGTHS.map((length) => clipPlace(clip, length, template));
}

/** Every name, without its ending, that a clip may have under a template; the usual one first. */
export function clipNames(clip: NameFacts, template: string): string[] {
  return ID_LENGTHS.map((length) => clipName(clip, template, length));
}

/** The part of a clip's name that is in each of its names. */
export function shortIdOf(id: string, length: IdLength = 8): string {
  return createHash('sha256').update(id).digest('hex').slice(0, length);
}

/**
 * The template filled in: `{prompt}` are words of the title, `{time}` is UTC. `{id}` is added where it is missing. Where
 * it is too long, the words of the prompt are cut first.
 */
function clipName(clip: NameFacts, template: string, idLength: IdLength): string {
  const parts = (template.includes('{id}') ? template : `${template} {id}`).split(TOKEN);
  const values: Record<string, string> = {
    date: dayOf(clip.createdAt),
    time: new Date(clip.createdAt).toISOString().slice(11, 19).replaceAll(':', '-'),
    model: safeWords(clip.model === null || clip.model === undefined ? '' : modelName(clip.model)),
    seed: clip.seed === null || clip.seed === undefined ? '' : String(clip.seed),
    id: shortIdOf(clip.id, idLength),
  };
  const fill = (prompt: string): string =>
    stemOf(
      // What was split off by the pattern stands at the odd places.
      parts.map((part, at) => (at % 2 === 0 ? part : (values[part] ?? prompt))).join(''),
    );
  const prompt = trimmed(safeWords(clip.title));
  const most = MOST_NAME_BYTES - '.mp4'.length;
  const full = fill(prompt);
  if (Buffer.byteLength(full) <= most) return full;
  const uses = parts.filter((part, at) => at % 2 === 1 && part === 'prompt').length;
  const without = Buffer.byteLength(fill(''));
  // Each use of the words comes with the spaces around it.
  const left = uses === 0 ? 0 : Math.floor((most - without) / uses) - 1;
  const cut = fill(left > 0 ? cutToBytes(prompt, left) : '');
  if (Buffer.byteLength(cut) <= most) return cut;
  const ending = ` ${values['id'] ?? ''}`;
  // Once more: what was cut may leave nothing, or a reserved name, which costs one more byte.
  return stemOf(`${cutToBytes(cut, most - Buffer.byteLength(ending) - 1)}${ending}`);
}

/** @throws RangeError for a time that is none */
function dayOf(createdAt: string): string {
  const day = new Date(createdAt).toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('a year of four digits');
  return day;
}

/** A name that no system reserves, hides or reads as an option. */
function stemOf(text: string): string {
  const stem = trimmed(safeWords(text)).replace(/^[.\-~\s]+/u, '');
  return RESERVED.test(stem) ? `_${stem}` : stem;
}

/**
 * The text without what some system refuses or hides: the reserved characters, control and direction marks, and
 * what is no character. `%` and `#` go too: they are patterns and fragments to other programs.
 */
function safeWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"/\\|?*%#]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function trimmed(text: string): string {
  return text.replace(/[. …]+$/u, '');
}

/** Whole characters as a person sees them (a letter with its accents, an emoji), at most so many bytes of UTF-8. */
export function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let cut = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    cut += segment;
  }
  return trimmed(cut);
}
