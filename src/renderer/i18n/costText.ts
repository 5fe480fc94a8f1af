// A total in words: `≈ ¥31.52 and 1 take of unknown price`.
import type { TFunction } from 'i18next';
import type { CostTotal } from '../stores/costTotal';
import type { Format } from './useFormat';

/** The sum with its mark. `missing`: what it does not hold. */
export function costParts(
  total: CostTotal,
  t: TFunction,
  format: Format,
): { sum: string; missing: string | null } {
  const money = total.sums.map((sum) => format.moneyRange(sum, sum.currency)).join(' + ');
  const missing = total.unknown === 0 ? null : t('outbox.unknownPrice', { count: total.unknown });
  if (money !== '') return { sum: t('units.about', { value: money }), missing };
  if (total.unknown === 0) return { sum: t('common.free'), missing: null };
  return { sum: t('composer.priceUnknown'), missing: total.unknown === total.count ? null : missing };
}

/** The same as one phrase. */
export function costText(total: CostTotal, t: TFunction, format: Format): string {
  const { sum, missing } = costParts(total, t, format);
  return missing === null ? sum : t('outbox.sumAnd', { sum, missing });
}
