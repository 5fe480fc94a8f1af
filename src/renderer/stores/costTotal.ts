// What several takes cost together. What is not known stays beside the sum and is never counted as nothing.
import type { CostEstimate, Currency, Range } from '@shared/domain/cost';

export interface CostTotal {
  readonly count: number;
  readonly sums: readonly (Range & { readonly currency: Currency })[];
  /** Takes that will be billed at a price nobody knows here. */
  readonly unknown: number;
  readonly tokens: Range;
  /** Takes whose tokens are not known either. */
  readonly unknownTokens: number;
}

export interface CostItem {
  readonly estimate: CostEstimate | null;
  /** The connection charges nothing. */
  readonly free: boolean;
}

export function totalOf(items: readonly CostItem[]): CostTotal {
  const sums = new Map<Currency, Range>();
  let tokens: Range = { min: 0, max: 0 };
  let unknown = 0;
  let unknownTokens = 0;
  for (const { estimate, free } of items) {
    if (estimate === null) unknownTokens += 1;
    else tokens = plus(tokens, estimate.tokens);
    const price = estimate?.price ?? null;
    if (free) continue;
    if (price === null) unknown += 1;
    else sums.set(price.currency, plus(sums.get(price.currency) ?? { min: 0, max: 0 }, price));
  }
  return {
    count: items.length,
    sums: [...sums].map(([currency, range]) => ({ ...range, currency })),
    unknown,
    tokens,
    unknownTokens,
  };
}

function plus(a: Range, b: Range): Range {
  return { min: a.min + b.min, max: a.max + b.max };
}
