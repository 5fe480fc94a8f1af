// A day of takes: its name, how many, and what they cost.
import { useTranslation } from 'react-i18next';
import type { Currency } from '@shared/domain/cost';
import { dayKey } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import { useMinute } from '../../components/time/useNow';
import type { GridRow } from './gridItems';
import styles from './Grid.module.css';

const DAY_MILLISECONDS = 86_400_000;

export function DayHeading({ row }: { readonly row: Extract<GridRow, { type: 'day' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const names: Record<string, string> = {
    [dayKey(new Date(now).toISOString())]: t('day.today'),
    [dayKey(new Date(now - DAY_MILLISECONDS).toISOString())]: t('day.yesterday'),
  };
  const sums = new Map<Currency, number>();
  for (const item of row.items) {
    const price = item.type === 'clip' ? item.clip.price : null;
    if (price !== null) sums.set(price.currency, (sums.get(price.currency) ?? 0) + price.amount);
  }
  const facts = [
    t('day.takes', { count: row.items.length }),
    ...[...sums].map(([currency, amount]) => format.money(amount, currency)),
  ];
  return (
    <div role="rowheader" className={styles.dayName}>
      <span>{names[row.day] ?? format.day(row.day, now)}</span>
      {/* A day that is only partly loaded would be counted wrong. */}
      {row.complete ? <span className="meta num">{facts.join(' · ')}</span> : null}
    </div>
  );
}
