import { expect, test } from 'vitest';
import { estimateCost, LIST_PRICES, tokensOf, unitPriceFor, type Pricing } from './cost';
import { defaultParameters, type Draft } from './draft';
import {
  FIXED_RATIOS,
  findModel,
  outputPixels,
  type FixedRatio,
  type ModelSpec,
  type Resolution,
} from './models';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const YUAN: Pricing = { currency: 'CNY', prices: LIST_PRICES.CNY };
const draft = (parameters: Partial<Draft['parameters']> = {}): Draft => ({
  prompt: 'a jetty at dawn',
  references: [],
  model: model.id,
  parameters: { ...defaultParameters(model), ...parameters },
});

// Bug: a formula or a pixel table that disagrees with what providers really billed (measured live).
test.each<[Resolution, FixedRatio, number, number]>([
  ['480p', '16:9', 4, 40_594],
  ['480p', '16:9', 5, 50_638],
  ['720p', '16:9', 4, 87_300],
  ['720p', '16:9', 5, 108_900],
  ['1080p', '16:9', 4, 196_425],
  ['1080p', '16:9', 5, 245_025],
])('%s %s, %i s was billed as %i tokens', (resolution, ratio, seconds, tokens) => {
  expect(tokensOf(outputPixels(model, resolution, ratio), seconds)).toBe(tokens);
});

// Bug: a wrong pixel pair in one of the rows nobody looks at. The collected table rounds, bills round down.
test.each<[Resolution, FixedRatio, number, number, number]>([
  ['480p', '4:3', 49_761, 99_111, 148_461],
  ['480p', '1:1', 48_400, 96_400, 144_400],
  ['480p', '21:9', 50_638, 100_858, 151_078],
  ['720p', '3:4', 109_586, 218_267, 326_948],
  ['720p', '1:1', 108_900, 216_900, 324_900],
  ['720p', '21:9', 109_432, 217_959, 326_486],
  ['1080p', '4:3', 245_388, 488_748, 732_108],
  ['1080p', '21:9', 246_594, 491_150, 735_705],
  ['4k', '16:9', 980_100, 1_952_100, 2_924_100],
  ['4k', '3:4', 980_176, 1_952_252, 2_924_327],
  ['4k', '21:9', 980_127, 1_952_154, 2_924_180],
])('%s %s is within one token of the collected table', (resolution, ratio, ...table) => {
  const size = outputPixels(model, resolution, ratio);
  for (const [index, seconds] of [5, 10, 15].entries())
    expect(Math.abs(tokensOf(size, seconds) - (table[index] ?? 0))).toBeLessThanOrEqual(1);
});

// Bug: the reference video's seconds forgotten, or counted as a separate clip with its own extra frame.
test('a reference video adds its seconds to one run of frames', () => {
  expect(tokensOf({ width: 854, height: 480 }, 8)).toBe(77_260);
  expect(tokensOf({ width: 854, height: 480 }, 16)).toBe(154_120);
});

// Bug: a rounded price that contradicts the tokens shown beside it.
test('5 s of 720p costs 5.01 yuan at 46 per million', () => {
  const estimate = estimateCost(draft(), YUAN);
  expect(estimate?.tokens).toEqual({ min: 108_900, max: 108_900 });
  expect(estimate?.price?.min.toFixed(2)).toBe('5.01');
});

// Bug: one number shown where the model chooses the length.
test('an open length is a range from the shortest to the longest', () => {
  expect(estimateCost(draft({ duration: -1 }), YUAN)?.tokens).toEqual({ min: 87_300, max: 324_900 });
});

// Bug: an adaptive size priced as if it were 16:9.
test('an open size is a range over all ratios', () => {
  const estimate = estimateCost(draft({ ratio: 'adaptive' }), YUAN);
  const tokens = FIXED_RATIOS.map((ratio) => tokensOf(outputPixels(model, '720p', ratio), 5));
  expect(estimate?.tokens).toEqual({ min: Math.min(...tokens), max: Math.max(...tokens) });
  expect(estimate?.parts.pixels).toBeNull();
});

// Bug: the cheaper "with video input" price used without a video, or the reverse.
test('a video reference switches to the price with video input', () => {
  const video = {
    id: 'v',
    kind: 'video',
    source: 'file',
    name: 'v.mp4',
    format: 'mp4',
    bytes: 1,
    seconds: 4,
    hasThumb: false,
  } as const;
  const estimate = estimateCost(
    { ...draft(), references: [{ key: 'k', reference: video, role: 'reference_video' }] },
    YUAN,
  );
  expect(estimate?.tokens.min).toBe(195_300);
  expect(estimate?.price?.perMillion).toBe(28);
});

// Bug: an estimate that looks whole although the length of a video is unknown.
test('no estimate while the length of a video reference is unknown', () => {
  const video = {
    id: 'v',
    kind: 'video',
    source: 'url',
    name: 'v',
    format: '',
    bytes: 0,
    hasThumb: false,
  } as const;
  expect(
    estimateCost({ ...draft(), references: [{ key: 'k', reference: video, role: 'reference_video' }] }, YUAN),
  ).toBeNull();
});

// Bug: an estimate that keeps to the list although the person pays something else.
test("the person's own price is what counts, and no money is involved without one", () => {
  const own = { ...LIST_PRICES.CNY[0]!, withoutVideo: 10, source: 'own' } as const;
  const priced = estimateCost(draft(), { currency: 'CNY', prices: [own] })?.price;
  expect(priced).toMatchObject({ perMillion: 10, min: 1.089 });
  expect(estimateCost(draft(), { currency: 'CNY', prices: [] })).toMatchObject({ price: null });
  expect(estimateCost(draft(), null)).toMatchObject({ price: null, tokens: { min: 108_900 } });
  expect(unitPriceFor([own], own.model, '4k')).toBeNull();
});
