// A day of takes: its name, how many, and what they cost.
import { useTranslation } from 'react-i18next';
import type { Clip } from '@shared/domain/clip';
import type { Currency } from '@shared/domain/cost';
import { dayKey } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import { useMinute } from '../../components/time/useNow';
import styles from './Grid.module.css';

const DAY_MILLISECONDS = 86_400_000;

interface DayHeadingProps {
  /** Midnight, in seconds since 1970. */
  readonly time: number;
  readonly takes: number;
  /** All of the day; null: some of them are not here yet, and would be left out of the sum. */
  readonly clips: readonly Clip[] | null;
}

export function DayHeading({ time, takes, clips }: DayHeadingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const day = dayKey(new Date(time * 1000).toISOString());
  const names: Record<string, string> = {
    [dayKey(new Date(now).toISOString())]: t('day.today'),
    [dayKey(new Date(now - DAY_MILLISECONDS).toISOString())]: t('day.yesterday'),
  };
  const sums = new Map<Currency, number>();
  for (const { price } of clips ?? [])
    if (price !== null) sums.set(price.currency, (sums.get(price.currency) ?? 0) + price.amount);
  const facts = [
    t('day.takes', { count: takes }),
    ...[...sums].map(([currency, amount]) => format.money(amount, currency)),
  ];
  return (
    <div role="rowheader" className={styles.dayName}>
      <span>{names[day] ?? format.day(day, now)}</span>
      <span className="meta num">{facts.join(' · ')}</span>
    </div>
  );
}
