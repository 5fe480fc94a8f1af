// The prices of a connection: the vendor's list with what the person entered in its place. Pure.
import { z } from 'zod';
import type { UnitPrice } from '@shared/domain/cost';
import { RESOLUTIONS, type Resolution } from '@shared/domain/models';

const perMillion = z.number().min(0).max(1_000_000);

const ownPrice = z.object({
  model: z.string().min(1).max(200),
  resolutions: z.array(z.enum(RESOLUTIONS)).min(1).max(RESOLUTIONS.length),
  withoutVideo: perMillion,
  withVideo: perMillion,
  /** Local day it was entered. */
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
export type OwnPrice = z.infer<typeof ownPrice>;

/** Reads what was stored, whatever it is: a row that makes no sense costs only itself. */
export const ownPrices = z
  .array(z.unknown())
  .catch([])
  .transform((rows) =>
    rows.flatMap((row) => {
      const parsed = ownPrice.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/** The list with the person's rows where the vendor's stood; rows the list does not have come last. */
export function pricesOf(list: readonly UnitPrice[], own: readonly OwnPrice[]): UnitPrice[] {
  const rows: UnitPrice[] = [];
  const placed = new Set<OwnPrice>();
  for (const row of list) {
    const instead = own.filter((mine) => overlap(mine, row));
    for (const mine of instead) {
      if (!placed.has(mine)) rows.push({ ...mine, source: 'own' });
      placed.add(mine);
    }
    const rest = row.resolutions.filter((resolution) => !instead.some((mine) => holds(mine, resolution)));
    if (rest.length > 0) rows.push({ ...row, resolutions: rest });
  }
  for (const mine of own) if (!placed.has(mine)) rows.push({ ...mine, source: 'own' });
  return rows;
}

/**
 * The person's rows after one was entered for the row that holds this resolution, or, with null, after theirs was
 * taken back.
 */
export function withOwnPrice(
  list: readonly UnitPrice[],
  own: readonly OwnPrice[],
  at: { readonly model: string; readonly resolution: Resolution },
  price: Pick<OwnPrice, 'withoutVideo' | 'withVideo' | 'date'> | null,
): OwnPrice[] {
  const isAt = (row: Pick<UnitPrice, 'model' | 'resolutions'>): boolean =>
    row.model === at.model && holds(row, at.resolution);
  const others = own.filter((mine) => !isAt(mine));
  if (price === null) return others;
  const row = pricesOf(list, own).find(isAt);
  const { withoutVideo, withVideo, date } = price;
  const resolutions = [...(row?.resolutions ?? [at.resolution])];
  return [...others, { model: at.model, resolutions, withoutVideo, withVideo, date }];
}

function holds(row: Pick<UnitPrice, 'resolutions'>, resolution: Resolution): boolean {
  return row.resolutions.includes(resolution);
}

function overlap(own: OwnPrice, row: UnitPrice): boolean {
  return own.model === row.model && own.resolutions.some((resolution) => holds(row, resolution));
}
