// A problem of a draft in words, with its numbers in the units of the thing.
import type { TFunction } from 'i18next';
import type { Problem } from '@shared/domain/draft';
import { kindWord, modeWord } from './words';
import type { Format } from './useFormat';

export function problemText(problem: Problem, t: TFunction, format: Format): string {
  const bytes = problem.code === 'file_too_large' || problem.code === 'body_too_large';
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(problem.values)) {
    if (typeof value === 'number') values[name] = bytes ? format.bytes(value) : format.number(value, 2);
    else if (name === 'kind') values[name] = kindWord(value, t);
    else if (name === 'mode') values[name] = modeWord(value, t);
    else values[name] = value;
  }
  return t(`problems.${problem.code}`, values);
}
