// Tokens and price of a generation, before and after. Exact for a known size and length.
import type { Draft } from './draft';
import {
  FIXED_RATIOS,
  findModel,
  nearestRatio,
  OUTPUT_FPS,
  outputPixels,
  type ModelSpec,
  type PixelSize,
  type Resolution,
} from './models';

export type Currency = 'CNY' | 'USD';

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface CostEstimate {
  readonly tokens: Range;
  /** Null where no price is known for this model and resolution, and on the practice gateway. */
  readonly price: (Range & { readonly currency: Currency; readonly perMillion: number }) | null;
  /** The parts of the formula, for the person who wants to see them. */
  readonly parts: {
    readonly inputSeconds: number;
    readonly outputSeconds: Range;
    readonly frames: Range;
    /** Null when `adaptive` leaves the size open. */
    readonly pixels: PixelSize | null;
  };
}

/**
 * Tokens of a result: `W × H × (24 × d + 1) / 1024`, rounded down, where d is the output's and the video
 * input's seconds. Checked against published bills (5 s 720p 16:9 = 108,900). Image and sound cost nothing.
 */
export function tokensOf(size: PixelSize, seconds: number): number {
  return Math.floor((size.width * size.height * framesOf(seconds)) / 1024);
}

function framesOf(seconds: number): number {
  return Math.round(OUTPUT_FPS * seconds) + 1;
}

/** What a million tokens cost for a model at some resolutions. */
export interface UnitPrice {
  readonly model: string;
  readonly resolutions: readonly Resolution[];
  readonly withoutVideo: number;
  readonly withVideo: number;
  /** `list`: the vendor's; `own`: entered by the person. */
  readonly source: 'list' | 'own';
  /** Day the price was published or entered, `2026-09-19`. */
  readonly date: string;
}

export const LIST_PRICES_DATE = '2026-09-19';

const list = (
  model: string,
  resolutions: readonly Resolution[],
  withoutVideo: number,
  withVideo: number,
): UnitPrice => ({ model, resolutions, withoutVideo, withVideo, source: 'list', date: LIST_PRICES_DATE });

const TWO = 'doubao-seedance-2-0-260128';
const FAST = 'doubao-seedance-2-0-fast-260128';
const MINI = 'doubao-seedance-2-0-mini-260615';

/** Per million tokens. CNY: vendor's list of 2026-09-19; USD: as clients of BytePlus publish them. */
export const LIST_PRICES: Record<Currency, readonly UnitPrice[]> = {
  CNY: [
    list(TWO, ['480p', '720p'], 46, 28),
    list(TWO, ['1080p'], 51, 31),
    list(TWO, ['4k'], 26, 16),
    list(FAST, ['480p', '720p'], 37, 22),
    list(MINI, ['480p', '720p'], 23, 14),
  ],
  USD: [
    list(TWO, ['480p', '720p'], 7, 4.3),
    list(TWO, ['1080p'], 7.7, 4.7),
    list(TWO, ['4k'], 4, 2.4),
    list(FAST, ['480p', '720p'], 5.6, 3.3),
    list(MINI, ['480p', '720p'], 3.5, 2.1),
  ],
};

/** What an endpoint charges: null where no money is involved. */
export interface Pricing {
  readonly currency: Currency;
  readonly prices: readonly UnitPrice[];
}

/** The row that prices a model at a resolution, or null where there is none. */
export function unitPriceFor(
  prices: readonly UnitPrice[],
  modelId: string,
  resolution: Resolution,
): UnitPrice | null {
  return prices.find((row) => row.model === modelId && row.resolutions.includes(resolution)) ?? null;
}

/**
 * What a draft will cost. A range where the model chooses the length (4 to 15 s) or the size.
 * Null for a model that is not listed, or while a video reference's length is unknown (an address).
 * `pricing` null: no money is involved (practice).
 */
export function estimateCost(
  draft: Pick<Draft, 'model' | 'parameters' | 'references'>,
  pricing: Pricing | null,
): CostEstimate | null {
  const model = findModel(draft.model);
  if (model === undefined) return null;
  const videos = draft.references.filter(({ reference }) => reference.kind === 'video');
  if (videos.some(({ reference }) => reference.seconds === undefined)) return null;
  const { resolution, ratio, duration } = draft.parameters;
  const inputSeconds = videos.reduce((sum, { reference }) => sum + (reference.seconds ?? 0), 0);
  const outputSeconds =
    duration === -1 ? { min: model.duration.min, max: model.duration.max } : { min: duration, max: duration };
  const sizes = possibleSizes(draft, model);
  const totals = sizes.flatMap((size) => [
    tokensOf(size, inputSeconds + outputSeconds.min),
    tokensOf(size, inputSeconds + outputSeconds.max),
  ]);
  const tokens = { min: Math.min(...totals), max: Math.max(...totals) };
  const row = pricing === null ? null : unitPriceFor(pricing.prices, model.id, resolution);
  const perMillion = row === null ? null : videos.length > 0 ? row.withVideo : row.withoutVideo;
  return {
    tokens,
    price:
      perMillion === null || pricing === null
        ? null
        : { ...priceOf(tokens, perMillion), currency: pricing.currency, perMillion },
    parts: {
      inputSeconds,
      outputSeconds,
      frames: {
        min: framesOf(inputSeconds + outputSeconds.min),
        max: framesOf(inputSeconds + outputSeconds.max),
      },
      pixels: ratio === 'adaptive' && sizes.length > 1 ? null : (sizes[0] ?? null),
    },
  };
}

function priceOf(tokens: Range, perMillion: number): Range {
  return { min: (tokens.min * perMillion) / 1e6, max: (tokens.max * perMillion) / 1e6 };
}

function possibleSizes(draft: Pick<Draft, 'parameters' | 'references'>, model: ModelSpec): PixelSize[] {
  const { resolution, ratio } = draft.parameters;
  if (ratio !== 'adaptive') return [outputPixels(model, resolution, ratio)];
  const guide = draft.references.find(({ role }) => role === 'first_frame')?.reference;
  if (guide?.width !== undefined && guide.height !== undefined)
    return [outputPixels(model, resolution, nearestRatio(guide.width / guide.height))];
  return FIXED_RATIOS.map((fixed) => outputPixels(model, resolution, fixed));
}
