// Which generations stand among the clips, and the shape that each will have.
import { isEnded, type Generation } from '@shared/domain/generation';
import { nearestRatio } from '@shared/domain/models';
import { NEWEST_FIRST, parseSearch, type Sort } from '@shared/domain/search';
import type { List } from '../../stores/viewStore';
import { clampRatio, WIDE, type LiveShape } from './gridSequence';

/** `open`: those that are not done, newest first. Among clips they stand only where the list is plain. */
export function shownGenerations(
  open: readonly Generation[],
  { list, words, sort }: { readonly list: List; readonly words: string; readonly sort: Sort },
): readonly Generation[] {
  if (list === 'work') return open.filter(({ state }) => state !== 'held');
  if (list !== 'all') return [];
  if (words.trim() === '')
    return sort.key === NEWEST_FIRST.key && sort.descending === NEWEST_FIRST.descending ? open : [];
  const failed = parseSearch(words).some(
    (term) => term.type === 'is' && term.state === 'failed' && !term.negated,
  );
  // What failed left no clip.
  return failed ? open.filter(({ state }) => isEnded(state) && state !== 'cancelled') : [];
}

export function shapeOfLive(generation: Generation): LiveShape {
  return { ratio: ratioOf(generation), time: Math.floor(Date.parse(generation.createdAt) / 1000) };
}

/** What needs a sentence and a button gets the room for them; the others stand as their picture will. */
function ratioOf(generation: Generation): number {
  if (needsWords(generation)) return WIDE;
  const pixels = generation.estimate?.parts.pixels;
  if (pixels !== undefined && pixels !== null) return clampRatio(pixels.width / pixels.height);
  const { recipe } = generation;
  if (recipe.parameters.ratio !== 'adaptive') return ratioValue(recipe.parameters.ratio);
  const guide = recipe.references.find(({ role }) => role === 'first_frame')?.reference;
  if (guide?.width === undefined || guide.height === undefined) return WIDE;
  return ratioValue(nearestRatio(guide.width / guide.height));
}

export function needsWords({ state, hold }: Generation): boolean {
  return (
    isEnded(state) || state === 'unconfirmed' || (hold !== null && hold !== 'offline' && hold !== 'busy')
  );
}

function ratioValue(ratio: string): number {
  const [width = 16, height = 9] = ratio.split(':').map(Number);
  return clampRatio(width / height);
}
