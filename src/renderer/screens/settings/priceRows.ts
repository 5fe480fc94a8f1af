// Unit prices as rows to edit: equal ones together, and listed models without a price as empty rows.
import type { UnitPrice } from '@shared/domain/cost';
import { findModel, MODELS, RESOLUTIONS, type Resolution } from '@shared/domain/models';

export interface PriceRow {
  readonly model: string;
  readonly label: string;
  readonly resolutions: readonly Resolution[];
  /** Null: no price is known. */
  readonly price: Pick<UnitPrice, 'withoutVideo' | 'withVideo'> | null;
  readonly own: boolean;
  readonly date: string | null;
  /** The model takes videos, and charges otherwise for them. */
  readonly takesVideo: boolean;
}

export function priceRows(prices: readonly UnitPrice[]): PriceRow[] {
  const order = ({ model, resolutions: [first] }: PriceRow): number =>
    MODELS.findIndex(({ id }) => id === model) * RESOLUTIONS.length +
    RESOLUTIONS.findIndex((resolution) => resolution === first);
  const unpriced = MODELS.flatMap((model): PriceRow[] => {
    const known = prices.filter((row) => row.model === model.id).flatMap((row) => row.resolutions);
    const open = model.resolutions.filter((resolution) => !known.includes(resolution));
    if (open.length === 0) return [];
    return [{ ...base(model.id), resolutions: open, price: null, own: false, date: null }];
  });
  return [...merged(prices).map(toRow), ...unpriced].sort((a, b) => order(a) - order(b));
}

function base(model: string): Pick<PriceRow, 'model' | 'label' | 'takesVideo'> {
  const spec = findModel(model);
  return { model, label: spec?.label ?? model, takesVideo: (spec?.maxReferences.video ?? 1) > 0 };
}

function toRow({ model, resolutions, withoutVideo, withVideo, source, date }: UnitPrice): PriceRow {
  return { ...base(model), resolutions, price: { withoutVideo, withVideo }, own: source === 'own', date };
}

/** A price entered for three resolutions of a model may come as three rows that read the same. */
function merged(prices: readonly UnitPrice[]): UnitPrice[] {
  const rows: UnitPrice[] = [];
  for (const price of prices) {
    const at = rows.findIndex((row) => readsTheSame(row, price));
    const known = rows[at];
    if (known === undefined) rows.push(price);
    else rows[at] = { ...known, resolutions: [...known.resolutions, ...price.resolutions] };
  }
  return rows;
}

function readsTheSame(a: UnitPrice, b: UnitPrice): boolean {
  return (
    a.model === b.model &&
    a.withoutVideo === b.withoutVideo &&
    a.withVideo === b.withVideo &&
    a.source === b.source &&
    a.date === b.date
  );
}
