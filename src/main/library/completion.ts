// What the search box offers while something is typed. Pure but for the values, which the index counts.
import type { SearchCompletion } from '@shared/contract/requests';
import { REFERENCE_KINDS } from '@shared/domain/models';
import { completionsFor, DAY_WORDS, quotedValue, type SearchKey } from '@shared/domain/search';
import type { ClipIndex } from './clipIndex';

const MOST_VALUES = 12;
const DATE_KEYS: readonly SearchKey[] = ['before', 'after', 'on'];

/** Null where nothing is begun, or nothing fits. */
export function completeSearch(
  text: string,
  caret: number,
  index: Pick<ClipIndex, 'values'>,
): SearchCompletion | null {
  const completion = completionsFor(text, caret);
  if (completion === null) return null;
  const { from, to, prefix } = completion;
  const values =
    completion.type === 'key'
      ? completion.keys.map((key) => ({ text: `${key}:`, label: `${key}:`, clips: null }))
      : valuesOf(completion.key, prefix, index);
  return values.length === 0 ? null : { from, to, values };
}

function valuesOf(
  key: SearchKey,
  prefix: string,
  index: Pick<ClipIndex, 'values'>,
): SearchCompletion['values'] {
  if (DATE_KEYS.includes(key))
    return DAY_WORDS.filter((word) => word.startsWith(prefix.toLowerCase())).map((word) => ({
      ...{ text: word, label: word },
      clips: null,
    }));
  const seen = new Set<string>();
  return index.values(key, prefix, MOST_VALUES).flatMap(({ value, clips }) => {
    // A kind of reference stands bare; a reference that is called like one, in quotes.
    const kind = key === 'ref' && !seen.has(value) && REFERENCE_KINDS.some((each) => each === value);
    seen.add(value);
    return [{ text: kind ? value : quotedValue(key, value), label: value, clips }];
  });
}
