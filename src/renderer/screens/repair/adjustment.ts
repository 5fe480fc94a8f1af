// From what a person sets in the dialog to a repair that a model takes, and back.
import {
  problemsOf,
  type Draft,
  type DraftReference,
  type Parameters,
  type Problem,
} from '@shared/domain/draft';
import {
  findModel,
  nearestRatio,
  outputPixels,
  type ModelSpec,
  type PixelSize,
  type Role,
} from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import {
  cropTo,
  factsAfter,
  frameFit,
  repairFor,
  repairsFor,
  type CropFrame,
  type Repair,
  type Span,
} from '@shared/domain/repair';

/** `edge`: as wide or as narrow as the model allows. `output`: as the video that is made. */
export type ShapeName = 'original' | 'edge' | 'output';

export interface Shape {
  readonly name: ShapeName;
  /** Width over height. */
  readonly ratio: number;
  /** Only where the result must have exactly these pixels: a first or last frame. */
  readonly size: PixelSize | null;
}

export interface Adjustment {
  readonly span: Span | null;
  readonly shape: ShapeName;
  /** Null for a sound. */
  readonly frame: CropFrame | null;
  /** Bars instead of cropping. */
  readonly pad: boolean;
}

const WHOLE: CropFrame = { x: 0, y: 0, width: 1, height: 1 };
/** Ratios nearer than this look the same. */
const SAME_RATIO = 0.01;

/** What the dialog offers first: what must be done to fit, alone and beside the others; for a frame its exact size. */
export function offeredRepair(item: DraftReference, draft: Draft): Repair | null {
  const model = findModel(draft.model);
  if (model === undefined) return null;
  const references = draft.references.map((other) => (other.key === item.key ? item : other));
  const whole = { ...draft, references };
  const problems = problemsOf(whole, { canHostVideo: true, baseUrl: '', now: 0 });
  const exact = isFrame(item.role) ? frameFit(item.reference, model, draft.parameters) : null;
  return exact ?? repairsFor(whole, problems).get(item.key) ?? null;
}

/** The shapes that make sense for this file, the original one first; none for a sound. */
export function shapesFor(
  reference: Reference,
  role: Role,
  offered: Repair | null,
  model: ModelSpec | undefined,
  parameters: Parameters,
): Shape[] {
  const picture = pictureSize(reference);
  if (picture === null) return [];
  const ratio = picture.width / picture.height;
  const shapes: Shape[] = [{ name: 'original', ratio, size: null }];
  // A frame's exact size is the shape below.
  if (offered?.crop !== undefined && !isFrame(role))
    shapes.push({ name: 'edge', ratio: ratioOf(picture, offered.crop), size: null });
  if (model !== undefined) {
    const fixed = parameters.ratio === 'adaptive' ? nearestRatio(ratio) : parameters.ratio;
    const size = outputPixels(model, parameters.resolution, fixed);
    shapes.push({ name: 'output', ratio: size.width / size.height, size: isFrame(role) ? size : null });
  }
  return shapes;
}

/** What the dialog opens with: what was done before, or else what must be done. */
export function startingAdjustment(
  reference: Reference,
  repair: Repair | null,
  shapes: readonly Shape[],
): Adjustment {
  const picture = pictureSize(reference);
  const seconds = reference.seconds ?? null;
  const span = repair?.span ?? (seconds === null ? null : { from: 0, to: seconds });
  if (picture === null) return { span, shape: 'original', frame: null, pad: false };
  const frame = repair?.crop ?? WHOLE;
  const pad = repair?.pad === true && repair.size !== undefined;
  const wanted =
    pad && repair.size !== undefined ? repair.size.width / repair.size.height : ratioOf(picture, frame);
  const exact = repair?.size;
  const shape =
    shapes.find(
      ({ size }) => exact !== undefined && size?.width === exact.width && size.height === exact.height,
    ) ?? shapes.find(({ ratio }) => Math.abs(Math.log(ratio / wanted)) < SAME_RATIO);
  return { span, shape: shape?.name ?? 'original', frame, pad };
}

/** The frame for a shape: as large as it goes, in the middle of the present one. */
export function frameFor(reference: Reference, shape: Shape, present: CropFrame | null): CropFrame | null {
  const picture = pictureSize(reference);
  if (picture === null) return null;
  const place =
    present === null
      ? undefined
      : { x: freePlace(present.x, present.width), y: freePlace(present.y, present.height) };
  return shape.name === 'original' ? WHOLE : cropTo(picture, shape.ratio, place);
}

/** Where a part stands in the room it has, 0 to 1. */
function freePlace(start: number, length: number): number {
  return length >= 1 ? 0.5 : start / (1 - length);
}

/** What was set, and whatever else the model needs of what comes out of it. */
export function repairOf(
  item: DraftReference,
  adjustment: Adjustment,
  shapes: readonly Shape[],
  draft: Draft,
): { readonly repair: Repair; readonly problems: readonly Problem[] } {
  const own = ownRepair(item.reference, adjustment, shapes);
  const model = findModel(draft.model);
  const problems = problemsAfter(item, own, draft);
  if (model === undefined || problems.length === 0) return { repair: own, problems };
  const after = { ...item, reference: referenceAfter(item.reference, own) };
  const rest = repairFor(after, problems, model);
  if (rest === null) return { repair: own, problems };
  // Range and frame are the person's: what they leave wrong is said, not changed.
  const { repeatTo, size, fps, format, maxBytes } = rest;
  const repair = without({
    ...own,
    repeatTo: own.span === undefined ? repeatTo : undefined,
    size: (rest.crop === undefined ? size : undefined) ?? own.size,
    fps,
    format,
    maxBytes,
  });
  return { repair, problems: problemsAfter(item, repair, draft) };
}

function ownRepair(
  reference: Reference,
  { span, shape, frame, pad }: Adjustment,
  shapes: readonly Shape[],
): Repair {
  const seconds = reference.seconds ?? 0;
  const cut = span !== null && (span.from > 0 || span.to < seconds - 1e-3) ? span : undefined;
  const chosen = shapes.find(({ name }) => name === shape);
  const picture = pictureSize(reference);
  if (picture === null || frame === null || chosen === undefined) return without({ span: cut });
  if (pad && shape !== 'original')
    return without({ span: cut, size: chosen.size ?? paddedSize(picture, chosen.ratio), pad: true });
  const whole = frame.width > 0.999 && frame.height > 0.999;
  const exact =
    chosen.size !== null && (chosen.size.width !== picture.width || chosen.size.height !== picture.height);
  return without({
    span: cut,
    crop: whole ? undefined : frame,
    size: exact ? (chosen.size ?? undefined) : undefined,
  });
}

/** What a model would still have against the file. Where it is put is no matter of the file. */
export function problemsAfter(item: DraftReference, repair: Repair, draft: Draft): Problem[] {
  const alone = {
    ...draft,
    prompt: '',
    references: [{ ...item, reference: referenceAfter(item.reference, repair) }],
  };
  return problemsOf(alone, { canHostVideo: true, baseUrl: '', now: 0 }).filter(
    ({ place, severity }) => place.type === 'reference' && severity === 'error',
  );
}

/** How long it may be: the model's own limits, less what the other files of this kind take up. */
export function allowedLength(item: DraftReference, draft: Draft): readonly [number, number] | null {
  const { kind } = item.reference;
  const model = findModel(draft.model);
  if (model === undefined || kind === 'image') return null;
  const { seconds, totalSeconds } = model.referenceLimits[kind];
  const [least, most] = seconds;
  const others = draft.references
    .filter(({ key, reference }) => key !== item.key && reference.kind === kind)
    .reduce((sum, { reference }) => sum + (reference.seconds ?? 0), 0);
  const room = totalSeconds - others;
  return [least, room >= least ? Math.min(most, room) : most];
}

/** As it will be; bytes only as far as they are bounded. */
export function referenceAfter(reference: Reference, repair: Repair): Reference {
  if (isEmpty(repair)) return reference;
  const bytes = Math.min(reference.bytes, repair.maxBytes ?? reference.bytes);
  return { ...reference, ...factsAfter(reference, repair), bytes };
}

export function isEmpty(repair: Repair): boolean {
  return Object.keys(repair).length === 0;
}

function isFrame(role: Role): boolean {
  return role === 'first_frame' || role === 'last_frame';
}

function pictureSize({ kind, width, height }: Reference): PixelSize | null {
  return kind === 'audio' || width === undefined || height === undefined ? null : { width, height };
}

function ratioOf({ width, height }: PixelSize, frame: CropFrame): number {
  return (width * frame.width) / (height * frame.height);
}

/** The picture's own pixels with bars added at one pair of sides. Video encoders take even sides only. */
function paddedSize({ width, height }: PixelSize, ratio: number): PixelSize {
  const even = (value: number): number => Math.round(value / 2) * 2;
  return width / height > ratio
    ? { width: even(width), height: even(width / ratio) }
    : { width: even(height * ratio), height: even(height) };
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };

function without(repair: Loose<Repair>): Repair {
  return Object.fromEntries(Object.entries(repair).filter(([, value]) => value !== undefined));
}
