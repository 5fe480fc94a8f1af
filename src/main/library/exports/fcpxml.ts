// Clips in a row as FCPXML 1.11, which Final Cut Pro and DaVinci Resolve import. Pure.
// The format: https://developer.apple.com/documentation/professional-video-applications/fcpxml-reference
import {
  fileAddress,
  frameRateOf,
  framesOf,
  sentPrompt,
  wellFormed,
  type ExportClip,
  type FrameRate,
} from './exportClip';

/** The rates `conform-rate` has names for. */
const CONFORM_RATES = ['23.98', '24', '25', '29.97', '30', '47.95', '48', '50', '59.94', '60'] as const;
/** A marker's name is a line in a list. */
const MARKER_LENGTH = 80;

interface Piece {
  readonly clip: ExportClip;
  readonly asset: string;
  readonly format: string;
  readonly rate: FrameRate;
  /** In its own frames. */
  readonly frames: number;
}

/**
 * One event with the clips, and in it one project with the clips in order. Tags are keywords, kept and rejected are
 * Final Cut's own, the prompt is the note. The project's size and rate are those of most clips.
 */
export function fcpxmlOf(clips: readonly ExportClip[], name: string): string {
  const formats = new Map<string, string>();
  const pieces = clips.map((clip, index): Piece => {
    const shape = formatElement(clip);
    const format = formats.get(shape) ?? `r${formats.size + 1}`;
    formats.set(shape, format);
    return { clip, asset: `a${index + 1}`, format, rate: frameRateOf(clip), frames: framesOf(clip) };
  });
  const main = mostCommon(pieces);
  const rate = main?.rate ?? { numerator: 24, denominator: 1 };
  if (main === undefined) formats.set(' frameDuration="1/24s"', 'r1');
  let offset = 0;
  const spine = pieces.map((piece) => {
    const frames = inRate(piece, rate);
    const element = spineClip(piece, rate, offset, frames);
    offset += frames;
    return element;
  });
  const sequence = [
    `<sequence format="${main?.format ?? 'r1'}" duration="${time(offset, rate)}" tcStart="0s" tcFormat="NDF"`,
    ' audioLayout="stereo" audioRate="48k">',
  ].join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fcpxml>',
    '<fcpxml version="1.11">',
    '<resources>',
    ...[...formats].map(([shape, id]) => `<format id="${id}"${shape}/>`),
    ...pieces.map(assetElement),
    '</resources>',
    '<library>',
    `<event name="${line(name)}">`,
    ...pieces.map(eventClip),
    `<project name="${line(name)}">`,
    sequence,
    '<spine>',
    ...spine,
    '</spine>',
    '</sequence>',
    '</project>',
    '</event>',
    '</library>',
    '</fcpxml>',
    '',
  ].join('\n');
}

function formatElement(clip: ExportClip): string {
  const { width, height } = clip;
  const frame = time(1, frameRateOf(clip));
  return ` frameDuration="${frame}" width="${width}" height="${height}" colorSpace="1-1-1 (Rec. 709)"`;
}

/** The piece whose format most of them have; the first of several. */
function mostCommon(pieces: readonly Piece[]): Piece | undefined {
  const count = (format: string): number => pieces.filter((piece) => piece.format === format).length;
  return pieces.reduce<Piece | undefined>(
    (best, piece) => (best === undefined || count(piece.format) > count(best.format) ? piece : best),
    undefined,
  );
}

/** Times are fractions of whole frames: `121/24s`, `1001/24000s`. */
function time(frames: number, { numerator, denominator }: FrameRate): string {
  const units = frames * denominator;
  return units % numerator === 0 ? `${units / numerator}s` : `${units}/${numerator}s`;
}

/** Whole frames of the project, which is the only thing an edit can be long. */
function inRate({ rate, frames }: Piece, project: FrameRate): number {
  const exact = (frames * rate.denominator * project.numerator) / (rate.numerator * project.denominator);
  return Math.max(1, Math.floor(exact + 1e-9));
}

function assetElement({ clip, asset, format, rate, frames }: Piece): string {
  const sound = clip.hasSound ? ' hasAudio="1" audioSources="1" audioChannels="2" audioRate="48000"' : '';
  const length = `start="0s" duration="${time(frames, rate)}"`;
  return [
    `<asset id="${asset}" name="${line(clip.title)}" ${length} hasVideo="1" format="${format}" videoSources="1"${sound}>`,
    `<media-rep kind="original-media" src="${attribute(fileAddress(clip.path))}"/>`,
    '</asset>',
  ].join('\n');
}

/** The clip in the browser, where keywords and ratings are looked for. */
function eventClip({ clip, asset, format, rate, frames }: Piece): string {
  const whole = `start="0s" duration="${time(frames, rate)}"`;
  const keywords = keywordsOf(clip);
  const { flag } = clip;
  return [
    `<asset-clip ref="${asset}" name="${line(clip.title)}" ${whole} format="${format}" tcFormat="NDF">`,
    ...noteElement(clip),
    ...(keywords === '' ? [] : [`<keyword ${whole} value="${keywords}"/>`]),
    ...(flag === 'kept' ? [`<rating name="Kept" ${whole} value="favorite"/>`] : []),
    ...(flag === 'rejected' ? [`<rating name="Rejected" ${whole} value="reject"/>`] : []),
    '</asset-clip>',
  ].join('\n');
}

/** The clip in the project. Resolve reads no notes, so the prompt stands in a marker as well. */
function spineClip(piece: Piece, project: FrameRate, offset: number, frames: number): string {
  const { clip, asset, format, rate } = piece;
  const place = `offset="${time(offset, project)}" start="0s" duration="${time(frames, project)}"`;
  const prompt = sentPrompt(clip);
  const label = line(prompt === '' ? clip.title : shortened(prompt));
  return [
    `<asset-clip ref="${asset}" name="${line(clip.title)}" ${place} format="${format}" tcFormat="NDF">`,
    ...noteElement(clip),
    ...conformElement(rate, project),
    `<marker start="0s" duration="${time(1, rate)}" value="${label}"${prompt === '' ? '' : ` note="${attribute(prompt)}"`}/>`,
    '</asset-clip>',
  ].join('\n');
}

function noteElement(clip: ExportClip): string[] {
  const text = [sentPrompt(clip), clip.note].filter((part) => part !== '').join('\n\n');
  return text === '' ? [] : [`<note>${escaped(text)}</note>`];
}

/** A clip of another rate keeps its length in seconds. */
function conformElement(rate: FrameRate, project: FrameRate): string[] {
  const [own, wanted] = [rate.numerator / rate.denominator, project.numerator / project.denominator];
  if (Math.abs(own - wanted) < 1e-6) return [];
  const named = CONFORM_RATES.find((text) => Math.abs(Number(text) - own) < 0.01);
  return [`<conform-rate scaleEnabled="0"${named === undefined ? '' : ` srcFrameRate="${named}"`}/>`];
}

/** Commas separate keywords. Stars have no element of their own. */
function keywordsOf({ tags, rating }: ExportClip): string {
  const words = tags.map((tag) => tag.replaceAll(',', ' ').trim()).filter((tag) => tag !== '');
  const stars = rating <= 0 ? [] : ['★'.repeat(rating)];
  return line([...words, ...stars].join(', '));
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MARKER_LENGTH ? text : `${characters.slice(0, MARKER_LENGTH - 1).join('')}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // As they are, XML makes spaces of them in attributes, and of the second a line end anywhere.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function escaped(text: string): string {
  return wellFormed(text).replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}

function attribute(text: string): string {
  return wellFormed(text).replace(/[&<>"'\n\r\t]/g, (character) => ENTITIES[character] ?? '');
}

/** For names, which are shown in one line. */
function line(text: string): string {
  return attribute(text.replace(/\s+/gu, ' ').trim());
}
