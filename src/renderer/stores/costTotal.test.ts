import { describe, expect, it } from 'vitest';
import type { CostEstimate, Currency } from '@shared/domain/cost';
import { totalOf } from './costTotal';

const estimate = (min: number, max = min, currency: Currency | null = 'CNY'): CostEstimate => ({
  tokens: { min: 1000, max: 2000 },
  price: currency === null ? null : { min, max, currency, perMillion: 46 },
  parts: {
    inputSeconds: 0,
    outputSeconds: { min: 5, max: 5 },
    frames: { min: 121, max: 121 },
    pixels: null,
  },
});

describe('totalOf', () => {
  // Bug: one take without a known price counts as nothing, and the sum reads as the whole bill.
  it('keeps what is unknown beside the sum', () => {
    const total = totalOf([
      { estimate: estimate(5.01), free: false },
      { estimate: null, free: false },
      { estimate: estimate(0, 0, null), free: false },
    ]);
    expect(total.sums).toEqual([{ currency: 'CNY', min: 5.01, max: 5.01 }]);
    expect(total).toMatchObject({ count: 3, unknown: 2, unknownTokens: 1, tokens: { min: 2000, max: 4000 } });
  });

  // Bug: dollars are added to yuan.
  it('adds each currency for itself, and both ends of a range', () => {
    const total = totalOf([
      { estimate: estimate(4, 15), free: false },
      { estimate: estimate(1, 1, 'USD'), free: false },
      { estimate: estimate(5), free: false },
    ]);
    expect(total.sums).toEqual([
      { currency: 'CNY', min: 9, max: 20 },
      { currency: 'USD', min: 1, max: 1 },
    ]);
  });

  // Bug: a practice take is reported as one of unknown price.
  it('leaves out what costs nothing', () => {
    expect(totalOf([{ estimate: estimate(0, 0, null), free: true }])).toMatchObject({ sums: [], unknown: 0 });
  });
});
