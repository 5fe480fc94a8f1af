import { describe, expect, it } from 'vitest';
import { defaultParameters, freezeRecipe, type Recipe } from '@shared/domain/draft';
import { DEFAULT_MODEL_ID, findModel, MODELS } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { continuationOf, variationOf } from './continuation';

const frame: Reference = {
  id: 'f',
  kind: 'image',
  source: 'clip',
  name: 'frame',
  format: 'png',
  bytes: 1,
  hasThumb: true,
};

function recipeOf(model: string, seed: number | null): Recipe {
  const spec = findModel(model);
  if (spec === undefined) throw new Error(model);
  return freezeRecipe({
    prompt: 'the boats of @{r1} and @{r2}',
    references: [{ key: 'r1', reference: { ...frame, id: 'old' }, role: 'reference_image' }],
    model,
    parameters: { ...defaultParameters(spec), duration: 7, seed },
  });
}

describe('continuationOf', () => {
  // Bug: the chip that pointed to an old picture points to the new first frame, and the request names it wrongly.
  it('binds no chip of the old prompt to the frame', () => {
    const draft = continuationOf(recipeOf(DEFAULT_MODEL_ID, null), frame);
    expect(draft.references).toEqual([{ key: 'r3', reference: frame, role: 'first_frame' }]);
    expect(draft.parameters.duration).toBe(7);
  });
});

describe('variationOf', () => {
  // Bug: a variation with the seed of its original is paid for and looks the same.
  it('never keeps the seed', () => {
    for (const { id, seed } of MODELS) {
      const made = variationOf(recipeOf(id, 11)).parameters.seed;
      expect(made).not.toBe(11);
      expect(made !== null).toBe(seed === 'yes');
      expect(variationOf(recipeOf(id, null)).parameters.seed).toBeNull();
    }
  });
});
