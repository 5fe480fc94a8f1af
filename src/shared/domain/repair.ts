// What can be done to a local file so that a model takes it: which repair a problem asks for, and what comes out.
import type { Draft, DraftReference, Parameters, Problem, ProblemCode } from './draft';
import {
  findModel,
  nearestRatio,
  outputPixels,
  type ModelSpec,
  type PixelSize,
  type ReferenceLimits,
} from './models';
import type { Reference } from './reference';

/** A part of a timed file, in seconds from its start. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A part of a picture as shown (after rotation), as fractions of its sides: 0 to 1. */
export interface CropFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const REPAIR_FORMATS = ['jpeg', 'png', 'mp4', 'mp3', 'wav'] as const;
export type RepairFormat = (typeof REPAIR_FORMATS)[number];

/**
 * A change to a reference, made into a new file. Done in this order: cut, repeat, crop or pad, scale, frame rate,
 * format. What is left out stays as it is; sound is never made louder.
 */
export interface Repair {
  readonly span?: Span;
  /** Played again and again until it is this long, in seconds. */
  readonly repeatTo?: number;
  readonly crop?: CropFrame;
  /** The exact size in pixels. */
  readonly size?: PixelSize;
  /** With `size`: bars around the whole picture instead of stretching it. */
  readonly pad?: boolean;
  /** Constant frames per second. */
  readonly fps?: number;
  readonly format?: RepairFormat;
  /** The file comes out no larger than this. */
  readonly maxBytes?: number;
}

/** What stays the same or comes out of a repair, for before and after. */
export type FactsAfter = Pick<Reference, 'width' | 'height' | 'seconds' | 'fps' | 'format' | 'codec'>;

/** Seconds that a length that is too short is brought to: the vendor's own number is 2, and 1.8 is tolerated. */
const SHORTEST_SECONDS = 2;
/** A piece shorter than this is no picture and no sound any more, and would be repeated without end. */
export const LEAST_SPAN_SECONDS = 0.04;
/** Encoders aim; the rest is for what they miss. */
const BYTES_AIMED_AT = 0.95;
/** Inside the allowed ratios by this much, because whole pixels move a ratio a little. */
const RATIO_MARGIN = 0.01;
/** How much worse it is to be out of shape than to be of another size. */
const SHAPE_WEIGHT = 30;
/** A picture without loss grows with its pixels; from here on it may pass the 30 MB of the API. */
const LARGE_PNG_PIXELS = 7_000_000;
/** Base64 makes four of three, and the prompt needs some of the body as well. */
const RAW_SHARE_OF_BODY = 0.72;
/** A round number to say: a span is cut to tenths of a second. */
const TENTH = 10;

const SHAPE_CODES: readonly ProblemCode[] = [
  'ratio_out_of_range',
  'side_out_of_range',
  'pixels_out_of_range',
];
const FILE_CODES: readonly ProblemCode[] = [
  ...SHAPE_CODES,
  'format_unsupported',
  'codec_unsupported',
  'file_too_large',
  'length_out_of_range',
  'fps_out_of_range',
  'colour_unusual',
];

/**
 * The repair that takes all these problems away, or null where one of them is beyond repair here. Problems that are
 * not the file's own (a missing host, a missing chip) are left to others; with none of its own the answer is null.
 */
export function repairFor(
  item: DraftReference,
  problems: readonly Problem[],
  model: ModelSpec,
): Repair | null {
  const { reference } = item;
  const codes = new Set(
    problems
      .filter(({ place }) => place.type === 'reference' && place.key === item.key)
      .map(({ code }) => code),
  );
  if (reference.source === 'url' || !FILE_CODES.some((code) => codes.has(code))) return null;
  const limits = model.referenceLimits;
  const parts: (Partial<Repair> | null)[] = [formatPart(reference, codes, limits)];
  if (codes.has('length_out_of_range')) parts.push(lengthPart(reference, limits));
  if (reference.kind === 'video' && codes.has('fps_out_of_range'))
    parts.push(ratePart(reference, limits.video));
  if (reference.kind !== 'audio') parts.push(shapePart(reference, limits));
  if (parts.includes(null)) return null;
  const repair = parts.reduce<Repair>((all, part) => ({ ...all, ...part }), {});
  return { ...repair, ...sizePart(reference, repair, codes, limits) };
}

/** One repair for each reference that has problems, by key, and for a total that is too long or too large. */
export function repairsFor(draft: Draft, problems: readonly Problem[]): Map<string, Repair> {
  const model = findModel(draft.model);
  const repairs = new Map<string, Repair>();
  if (model === undefined) return repairs;
  for (const item of draft.references) {
    const repair = repairFor(item, problems, model);
    if (repair !== null) repairs.set(item.key, repair);
  }
  for (const kind of ['video', 'audio'] as const) shortenTotal(draft, kind, model.referenceLimits, repairs);
  if (problems.some(({ code }) => code === 'body_too_large'))
    shrinkBody(draft, model.referenceLimits.maxBodyBytes, repairs);
  return repairs;
}

/**
 * Crops a frame to the exact output size; null where it has it already, or where the size is not known. The model
 * stretches or jumps where a frame has another size than the result (the vendor's own advice, tutorial 2291680).
 */
export function frameFit(reference: Reference, model: ModelSpec, parameters: Parameters): Repair | null {
  const { width, height, kind } = reference;
  if (kind !== 'image' || width === undefined || height === undefined) return null;
  const ratio = parameters.ratio === 'adaptive' ? nearestRatio(width / height) : parameters.ratio;
  const size = outputPixels(model, parameters.resolution, ratio);
  if (size.width === width && size.height === height) return null;
  const crop = cropTo({ width, height }, size.width / size.height);
  return { ...(isWhole(crop) ? {} : { crop }), size };
}

/** The largest part of a picture with this width over height; `x` and `y` say where, from 0 to 1, 0.5 the middle. */
export function cropTo(
  picture: PixelSize,
  ratio: number,
  place: { readonly x: number; readonly y: number } = { x: 0.5, y: 0.5 },
): CropFrame {
  const has = picture.width / picture.height;
  const width = Math.min(1, ratio / has);
  const height = Math.min(1, has / ratio);
  return { x: (1 - width) * place.x, y: (1 - height) * place.y, width, height };
}

/** What will come out. Lengths are exact to a frame, sizes to the pixel. */
export function factsAfter(reference: Reference, repair: Repair): FactsAfter {
  const size = sizeAfter(reference, repair);
  const seconds = secondsAfter(reference, repair);
  const { kind } = reference;
  return {
    format: formatAfter(reference, repair),
    ...(size === null ? {} : { width: size.width, height: size.height }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(kind === 'video' ? { fps: repair.fps ?? reference.fps, codec: 'h264' } : {}),
  };
}

/** The format a repaired file is written in: the one asked for, else the parent's own where we write that. */
export function formatAfter(reference: Pick<Reference, 'kind' | 'format'>, repair: Repair): RepairFormat {
  if (repair.format !== undefined) return repair.format;
  if (reference.kind === 'video') return 'mp4';
  if (reference.kind === 'audio') return reference.format === 'wav' ? 'wav' : 'mp3';
  return mayBeTransparent(reference.format) ? 'png' : 'jpeg';
}

/** The part of a picture that a crop keeps, in whole pixels; all of it without one. */
export function cropPixels(
  picture: PixelSize,
  crop: CropFrame | undefined,
): PixelSize & { x: number; y: number } {
  if (crop === undefined) return { ...picture, x: 0, y: 0 };
  const width = Math.min(picture.width, Math.max(1, Math.round(picture.width * crop.width)));
  const height = Math.min(picture.height, Math.max(1, Math.round(picture.height * crop.height)));
  return {
    width,
    height,
    x: Math.min(picture.width - width, Math.round(picture.width * crop.x)),
    y: Math.min(picture.height - height, Math.round(picture.height * crop.y)),
  };
}

/** The size in pixels that comes out, or null for a sound. A video's sides are even: its colours are stored halved. */
export function sizeAfter(reference: Reference, repair: Repair): PixelSize | null {
  const { width, height, kind } = reference;
  if (width === undefined || height === undefined) return null;
  const { width: wide, height: high } = repair.size ?? cropPixels({ width, height }, repair.crop);
  return kind === 'video'
    ? { width: evenBelow(wide), height: evenBelow(high) }
    : { width: wide, height: high };
}

function formatPart(
  { kind, format }: Reference,
  codes: ReadonlySet<ProblemCode>,
  limits: ReferenceLimits,
): Partial<Repair> {
  if (kind === 'video') {
    return codes.has('format_unsupported') || codes.has('codec_unsupported') ? { format: 'mp4' } : {};
  }
  if (kind === 'audio') {
    // Bytes are what a sound without loss has too many of.
    return codes.has('format_unsupported') || codes.has('file_too_large') ? { format: 'mp3' } : {};
  }
  if (codes.has('colour_unusual') || codes.has('file_too_large')) return { format: 'jpeg' };
  if (!codes.has('format_unsupported')) return {};
  return { format: mayBeTransparent(format) && limits.image.formats.includes('png') ? 'png' : 'jpeg' };
}

function mayBeTransparent(format: string): boolean {
  return ['png', 'webp', 'gif'].includes(format);
}

function lengthPart({ kind, seconds }: Reference, limits: ReferenceLimits): Partial<Repair> | null {
  if (kind === 'image' || seconds === undefined || seconds < LEAST_SPAN_SECONDS) return null;
  const [, most] = limits[kind].seconds;
  return seconds > most ? { span: { from: 0, to: Math.floor(most) } } : { repeatTo: SHORTEST_SECONDS };
}

function ratePart({ fps }: Reference, { fps: [least, most] }: ReferenceLimits['video']): Partial<Repair> {
  return { fps: fps !== undefined && fps < least ? Math.ceil(least) : Math.floor(most) };
}

/** Crops to the nearest ratio, then scales as little as the sides and pixels ask for. */
function shapePart({ kind, width, height }: Reference, limits: ReferenceLimits): Partial<Repair> | null {
  if (width === undefined || height === undefined || kind === 'audio') return {};
  const [narrow, wide] = limits[kind].ratio;
  const has = width / height;
  const inside = kind === 'image' ? has > narrow && has < wide : has >= narrow && has <= wide;
  const target = has < 1 ? narrow * (1 + RATIO_MARGIN) : wide * (1 - RATIO_MARGIN);
  const crop = inside ? undefined : cropTo({ width, height }, target);
  const cut = cropPixels({ width, height }, crop);
  const size = nearestSize(cut, kind, limits);
  if (size === null) return null;
  const as = sizeAfter({ kind, width, height } as Reference, crop === undefined ? {} : { crop });
  const same = as?.width === size.width && as.height === size.height;
  return { ...(crop === undefined ? {} : { crop }), ...(same ? {} : { size }) };
}

/** The allowed size nearest to this one, of nearly the same shape; null where none is. */
function nearestSize(cut: PixelSize, kind: 'image' | 'video', limits: ReferenceLimits): PixelSize | null {
  // The image rows exclude their ends.
  const end = kind === 'image' ? 1 : 0;
  const [sideLeast, sideMost] = limits[kind].side;
  const [least, most] = [sideLeast + end, sideMost - end];
  const [fewest, top] = kind === 'video' ? limits.video.pixels : [0, Infinity];
  const area = cut.width * cut.height;
  const smallest = Math.max(least / Math.min(cut.width, cut.height), Math.sqrt(fewest / area));
  const largest = Math.min(most / Math.max(cut.width, cut.height), Math.sqrt(top / area));
  const factor = Math.min(largest, Math.max(smallest, 1));
  const step = kind === 'video' ? 2 : 1;
  const [narrow, wide] = limits[kind].ratio;
  const fits = ({ width, height }: PixelSize): boolean => {
    const shape = width / height;
    const shaped = kind === 'image' ? shape > narrow && shape < wide : shape >= narrow && shape <= wide;
    const sides = Math.min(width, height) >= least && Math.max(width, height) <= most;
    return shaped && sides && width * height >= fewest && width * height <= top;
  };
  // A shape kept exactly is worth a few pixels more or less: 4K becomes 1920 × 1080.
  const away = ({ width, height }: PixelSize): number => {
    const [across, down] = [width / (cut.width * factor), height / (cut.height * factor)];
    return Math.abs(across - 1) + Math.abs(down - 1) + SHAPE_WEIGHT * Math.abs(across / down - 1);
  };
  const near = (side: number): number[] =>
    [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((steps) => (Math.floor((side * factor) / step) + steps) * step);
  return near(cut.width)
    .flatMap((width) => near(cut.height).map((height) => ({ width, height })))
    .filter(fits)
    .reduce<PixelSize | null>((best, size) => (best === null || away(size) < away(best) ? size : best), null);
}

function sizePart(
  reference: Reference,
  repair: Repair,
  codes: ReadonlySet<ProblemCode>,
  limits: ReferenceLimits,
): Partial<Repair> {
  const maxBytes = Math.floor(limits[reference.kind].maxBytes * BYTES_AIMED_AT);
  const size = sizeAfter(reference, repair);
  const pixels = size === null ? 0 : size.width * size.height;
  const large = formatAfter(reference, repair) === 'png' && pixels > LARGE_PNG_PIXELS;
  return codes.has('file_too_large') || large ? { maxBytes } : {};
}

function secondsAfter({ seconds }: Reference, { span, repeatTo }: Repair): number | undefined {
  if (seconds === undefined) return undefined;
  const cut = span === undefined ? seconds : Math.max(0, Math.min(span.to, seconds) - span.from);
  return Math.max(cut, repeatTo ?? 0);
}

/** Cuts the longest to one common length, so that all of a kind together are short enough. */
function shortenTotal(
  draft: Draft,
  kind: 'video' | 'audio',
  limits: ReferenceLimits,
  repairs: Map<string, Repair>,
): void {
  const { totalSeconds } = limits[kind];
  const parts = draft.references.flatMap(({ key, reference }) => {
    const seconds = secondsAfter(reference, repairs.get(key) ?? {});
    return reference.kind === kind && seconds !== undefined ? [{ key, seconds }] : [];
  });
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  if (parts.length < 2 || total <= totalSeconds) return;
  const level = commonLevel(
    parts.map(({ seconds }) => seconds),
    Math.floor(totalSeconds),
  );
  const to = Math.floor(level * TENTH) / TENTH;
  if (to < SHORTEST_SECONDS) return;
  for (const { key, seconds } of parts) {
    if (seconds <= to) continue;
    const known = repairs.get(key) ?? {};
    const from = known.span?.from ?? 0;
    repairs.set(key, { ...known, span: { from, to: from + to } });
  }
}

/** Makes the largest pictures and sounds smaller, so that all of them fit into one request. */
function shrinkBody(draft: Draft, maxBodyBytes: number, repairs: Map<string, Repair>): void {
  const parts = draft.references.flatMap(({ key, reference }) => {
    const bytes = Math.min(reference.bytes, repairs.get(key)?.maxBytes ?? Infinity);
    return reference.kind === 'video' || reference.source === 'url' ? [] : [{ key, reference, bytes }];
  });
  const level = Math.floor(
    commonLevel(
      parts.map(({ bytes }) => bytes),
      maxBodyBytes * RAW_SHARE_OF_BODY,
    ),
  );
  for (const { key, reference, bytes } of parts) {
    if (bytes <= level) continue;
    const format = reference.kind === 'image' ? 'jpeg' : 'mp3';
    repairs.set(key, { ...repairs.get(key), format, maxBytes: level });
  }
}

/** The height to which the highest are cut, so that the sum of all is at most `most`. */
function commonLevel(values: readonly number[], most: number): number {
  let left = most;
  const rising = values.toSorted((a, b) => a - b);
  for (const [index, value] of rising.entries()) {
    const share = left / (rising.length - index);
    if (value > share) return share;
    left -= value;
  }
  return Infinity;
}

function isWhole({ width, height }: CropFrame): boolean {
  return width >= 1 && height >= 1;
}

function evenBelow(side: number): number {
  return Math.max(2, Math.floor(side / 2) * 2);
}
