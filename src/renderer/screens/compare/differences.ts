// What differs between clips: how they were made and what they cost. Pure.
import { referenceNumbers } from '@shared/domain/compile';
import type { ClipDetail } from '@shared/domain/clip';
import { modeOf } from '@shared/domain/draft';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';

export const FACTS = [
  'model',
  'mode',
  'resolution',
  'ratio',
  'length',
  'seed',
  'sound',
  'watermark',
  'cameraFixed',
  'price',
  'tokens',
  'rendered',
  'size',
  'fps',
  'connection',
] as const;
export type FactName = (typeof FACTS)[number];

/** One line of the table: a fact, or a file at its place among those of its kind. */
export type Row =
  | { readonly type: 'fact'; readonly name: FactName; readonly differs: boolean }
  | {
      readonly type: 'file';
      readonly kind: ReferenceKind;
      /** From 1. */
      readonly number: number;
      readonly files: readonly (Reference | null)[];
      readonly differs: boolean;
    };

/** Everything that is known of at least one of them, in the order in which it is read. */
export function rowsOf(clips: readonly ClipDetail[]): Row[] {
  const facts = FACTS.filter((name) => clips.some((clip) => factOf(clip, name) !== null)).map(
    (name): Row => ({ type: 'fact', name, differs: differ(clips.map((clip) => factOf(clip, name))) }),
  );
  const seed = facts.findIndex(
    (row) => row.type === 'fact' && FACTS.indexOf(row.name) > FACTS.indexOf('seed'),
  );
  const place = seed === -1 ? facts.length : seed;
  return [...facts.slice(0, place), ...fileRows(clips), ...facts.slice(place)];
}

/** What is compared; null: not known, or it does not apply. */
export function factOf(clip: ClipDetail, name: FactName): string | number | boolean | null {
  const { recipe, task, price } = clip;
  const parameters = recipe?.parameters;
  switch (name) {
    case 'model':
      return recipe?.model ?? null;
    case 'mode':
      return recipe === null ? null : modeOf(recipe.references);
    case 'resolution':
      return task?.resolution ?? parameters?.resolution ?? null;
    case 'ratio':
      return task?.ratio ?? parameters?.ratio ?? null;
    case 'length':
      // A tenth of a second is the encoder's, not the person's.
      return Math.round(clip.seconds * 10) / 10;
    case 'seed':
      return task?.seed ?? parameters?.seed ?? null;
    case 'sound':
      return clip.hasSound;
    case 'watermark':
      return parameters?.watermark ?? null;
    case 'cameraFixed':
      return parameters?.cameraFixed ?? null;
    case 'price':
      return clip.practice ? 'practice' : price === null ? null : `${price.amount} ${price.currency}`;
    case 'tokens':
      return clip.tokens;
    case 'rendered':
      return task === null || task.renderedSeconds === null ? null : Math.round(task.renderedSeconds);
    case 'size':
      return `${clip.width}×${clip.height}`;
    case 'fps':
      return Math.round(clip.fps * 100) / 100;
    case 'connection':
      return task?.connectionLabel ?? null;
  }
}

const KINDS: readonly ReferenceKind[] = ['image', 'video', 'audio'];

function fileRows(clips: readonly ClipDetail[]): Row[] {
  const files = clips.map((clip) => {
    const references = clip.recipe?.references ?? [];
    const numbers = referenceNumbers(references);
    return new Map(
      references.map(({ key, reference }) => [`${reference.kind} ${numbers.get(key) ?? 0}`, reference]),
    );
  });
  const most = Math.max(0, ...clips.map((clip) => clip.recipe?.references.length ?? 0));
  return KINDS.flatMap((kind) =>
    Array.from({ length: most }, (_, index): Row => {
      const found = files.map((map) => map.get(`${kind} ${index + 1}`) ?? null);
      const differs = differ(found.map((file) => file?.id ?? null));
      return { type: 'file', kind, number: index + 1, files: found, differs };
    }).filter((row) => row.type === 'file' && row.files.some((file) => file !== null)),
  );
}

function differ(values: readonly unknown[]): boolean {
  return values.some((value) => value !== values[0]);
}
