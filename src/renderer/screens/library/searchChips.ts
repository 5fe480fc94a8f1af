// How a search stands in its box: finished terms as chips, then what is being typed.
import { parseSearch, searchText, type SearchTerm } from '@shared/domain/search';

export interface SearchParts {
  /** Each as it was typed, with its quotes closed. */
  readonly chips: readonly string[];
  readonly typing: string;
}

/** Words stay words; everything with a key becomes a chip once it means something. */
function isChip(term: SearchTerm): boolean {
  return term.type !== 'words' && term.type !== 'incomplete';
}

/** A quote that is still open would take in what stands behind the chip. */
function chipText(text: string, term: SearchTerm): string {
  const typed = text.slice(term.source.from, term.source.to);
  return parseSearch(`${typed} x`).length === 2 ? typed : searchText([term]);
}

/** A search from elsewhere: all that can be a chip is one. */
export function partsOf(text: string): SearchParts {
  const terms = parseSearch(text);
  const textOf = ({ source }: SearchTerm): string => text.slice(source.from, source.to);
  return {
    chips: terms.filter(isChip).map((term) => chipText(text, term)),
    typing: terms
      .filter((term) => !isChip(term))
      .map(textOf)
      .join(' '),
  };
}

/**
 * What was typed so far: terms with a space behind them are finished. `ended`: the last one is too, because Enter was
 * pressed or a value was chosen.
 */
export function takeChips({ chips, typing }: SearchParts, ended = false): SearchParts {
  const finished = parseSearch(typing).filter(
    (term) => isChip(term) && (ended || term.source.to < typing.length),
  );
  if (finished.length === 0) return { chips, typing };
  let rest = '';
  let at = 0;
  for (const { source } of finished) {
    rest += `${typing.slice(at, source.from)} `;
    at = source.to;
  }
  rest = (rest + typing.slice(at)).replace(/\s{2,}/g, ' ').replace(/^\s+/, '');
  return {
    chips: [...chips, ...finished.map((term) => chipText(typing, term))],
    typing: rest,
  };
}

export function textOfParts({ chips, typing }: SearchParts): string {
  return [...chips, typing.trim()].filter((part) => part !== '').join(' ');
}

/** A chip goes back to the end of what is typed, to be changed. */
export function editChip({ chips, typing }: SearchParts, at: number): SearchParts {
  const chip = chips[at];
  if (chip === undefined) return { chips, typing };
  const words = typing.trim();
  return { chips: chips.toSpliced(at, 1), typing: words === '' ? chip : `${words} ${chip}` };
}
