// Prompts side by side: which words one has and another has not. Pure.
import type { Recipe } from '@shared/domain/draft';
import { promptParts, serialiseParts } from '../../components/prompt/promptParts';

interface Token {
  readonly text: string;
  /** What it is compared by: a chip by its file, whatever it is called. */
  readonly same: string;
}

/** A part of a prompt, in its own words. */
export interface PromptRun {
  readonly prompt: string;
  readonly differs: boolean;
}

/** The first is compared with all others, and each of those with the first. */
export function promptRuns(recipes: readonly Pick<Recipe, 'prompt' | 'references'>[]): PromptRun[][] {
  const all = recipes.map(tokensOf);
  const [first = [], ...others] = all;
  const shared = others.map((tokens) => sharedTokens(first, tokens));
  const inAll = first.map((_, index) => shared.every(({ left }) => left[index] === true));
  return [runsOf(first, inAll), ...others.map((tokens, index) => runsOf(tokens, shared[index]?.right ?? []))];
}

/** Words, single Han characters, single marks, and the space between. */
const PIECES = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|\s+|[^\s\p{L}\p{N}]/gu;

function tokensOf({ prompt, references }: Pick<Recipe, 'prompt' | 'references'>): Token[] {
  const files = new Map(references.map(({ key, reference }) => [key, reference.id]));
  return promptParts(prompt).flatMap((part): Token[] =>
    part.type === 'mention'
      ? [{ text: serialiseParts([part]), same: `@${files.get(part.key) ?? part.key}` }]
      : (part.text.match(PIECES) ?? []).map((text) => ({
          text,
          same: text.trim() === '' ? ' ' : text.toLowerCase(),
        })),
  );
}

/** The longest common sequence of both. */
function sharedTokens(
  left: readonly Token[],
  right: readonly Token[],
): { left: boolean[]; right: boolean[] } {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  const same = (i: number, j: number): boolean => left[i]?.same === right[j]?.same;
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found = { left: left.map(() => false), right: right.map(() => false) };
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (same(i, j)) {
      found.left[i++] = true;
      found.right[j++] = true;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

function runsOf(tokens: readonly Token[], shared: readonly boolean[]): PromptRun[] {
  const differs = tokens.map((_, index) => shared[index] !== true);
  // A space between two words that differ belongs to them; one beside them does not.
  const joined = tokens.map(({ same }, index) =>
    same === ' ' ? differs[index - 1] === true && differs[index + 1] === true : differs[index] === true,
  );
  const runs: { prompt: string; differs: boolean }[] = [];
  tokens.forEach(({ text }, index) => {
    const own = joined[index] === true;
    const last = runs.at(-1);
    if (last?.differs === own) last.prompt += text;
    else runs.push({ prompt: text, differs: own });
  });
  return runs;
}
