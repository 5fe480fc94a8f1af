// The month's money in words: what was spent or is in work, against the budget.
import type { TFunction } from 'i18next';
import type { ErrorDetail } from '@shared/contract/errors';
import type { Currency } from '@shared/domain/cost';
import type { MonthSpend } from '@shared/domain/spend';
import type { Format } from './useFormat';

/** Spent and in work. The part in work is left out where it is not known. */
export function committed({ spent, inWork }: MonthSpend): number {
  return spent + (inWork ?? 0);
}

/** Whether something of this highest price would pass the month's budget. */
export function passesBudget(month: MonthSpend | null, most: number | null): boolean {
  return month !== null && month.budget !== null && committed(month) + (most ?? 0) > month.budget;
}

/** `¥396.10 of ¥400 spent or in work`, from the values of the error. Null where they are missing. */
export function budgetUse(
  values: NonNullable<ErrorDetail['values']>,
  t: TFunction,
  format: Format,
): string | null {
  const { spent, budget, currency } = values;
  if (typeof spent !== 'number' || typeof budget !== 'number' || !isCurrency(currency)) return null;
  return t('budget.use', {
    spent: format.money(spent, currency),
    budget: format.moneyShort(budget, currency),
  });
}

function isCurrency(value: unknown): value is Currency {
  return value === 'CNY' || value === 'USD';
}
