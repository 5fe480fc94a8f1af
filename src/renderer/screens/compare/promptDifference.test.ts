import { describe, expect, it } from 'vitest';
import type { Recipe } from '@shared/domain/draft';
import type { Reference } from '@shared/domain/reference';
import { promptRuns } from './promptDifference';

const file = (id: string): Reference => ({
  id,
  kind: 'image',
  source: 'file',
  name: id,
  format: 'png',
  bytes: 1,
  hasThumb: false,
});
const recipe = (
  prompt: string,
  keys: Record<string, string> = {},
): Pick<Recipe, 'prompt' | 'references'> => ({
  prompt,
  references: Object.entries(keys).map(([key, id]) => ({
    key,
    reference: file(id),
    role: 'reference_image',
  })),
});
const marked = (recipes: Parameters<typeof promptRuns>[0]): string[][] =>
  promptRuns(recipes).map((runs) => runs.filter(({ differs }) => differs).map(({ prompt }) => prompt));

describe('promptRuns', () => {
  // Bug: one word changed and the rest of the sentence is marked with it.
  it('marks only the words that differ, together with the space between them', () => {
    expect(
      marked([
        recipe('Dolly along the boats, low sun under the cloud, water still.'),
        recipe('Dolly along the boats, sun already gone, water still.'),
      ]),
    ).toEqual([['low', 'under the cloud'], ['already gone']]);
  });

  // Bug: Chinese has no spaces, so that the whole prompt counts as one word.
  it('finds single characters in Chinese', () => {
    expect(marked([recipe('镜头缓缓推近小船'), recipe('镜头缓缓拉远小船')])).toEqual([['推近'], ['拉远']]);
  });

  // Bug: the same file under another key is marked, a different file under the same key is not.
  it('compares chips by their file', () => {
    expect(marked([recipe('of @{r1}', { r1: 'a' }), recipe('of @{r2}', { r2: 'a' })])).toEqual([[], []]);
    expect(marked([recipe('of @{r1}', { r1: 'a' }), recipe('of @{r1}', { r1: 'b' })])).toEqual([
      ['@{r1}'],
      ['@{r1}'],
    ]);
  });

  // Bug: words or line breaks get lost between the runs.
  it('gives every prompt back whole', () => {
    const prompts = ['a  b\nc, d', 'a c\n\nd e', '', '一只 cat’s 船'];
    const runs = promptRuns(prompts.map((prompt) => recipe(prompt)));
    expect(runs.map((list) => list.map(({ prompt }) => prompt).join(''))).toEqual(prompts);
  });
});
