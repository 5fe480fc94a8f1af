// New drafts from a clip: the next shot after its last frame, and the same recipe with another seed.
import { mentionedKeys, SEED_RANGE, type Draft, type Recipe } from '@shared/domain/draft';
import { findModel } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';

/**
 * The recipe with `frame` as its first frame and only reference. The prompt still has the chips of the old ones;
 * the frame's key is none of theirs, so that no chip points to it by accident.
 */
export function continuationOf({ prompt, model, parameters }: Draft, frame: Reference): Draft {
  const taken = new Set(mentionedKeys(prompt));
  let number = 1;
  while (taken.has(`r${number}`)) number += 1;
  const parts = { prompt, model, parameters: { ...parameters, seed: null } };
  return { ...parts, references: [{ key: `r${number}`, reference: frame, role: 'first_frame' }] };
}

/** The same once more: a fixed seed would give the same picture, so there is another one, or none. */
export function variationOf({ prompt, references, model, parameters }: Recipe): Draft {
  const reseeds = parameters.seed !== null && findModel(model)?.seed === 'yes';
  return { prompt, references, model, parameters: { ...parameters, seed: reseeds ? randomSeed() : null } };
}

function randomSeed(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random % (SEED_RANGE[1] + 1);
}
