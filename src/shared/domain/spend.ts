// What was spent, from the tokens that were billed. A sum with unknown parts says how many are unknown.
import type { Currency } from './cost';

/** One day of one connection. */
export interface SpendRow {
  /** Local day, `2026-11-22`. */
  readonly day: string;
  readonly connectionId: string;
  readonly connectionLabel: string;
  readonly currency: Currency;
  /** Of the generations whose price is known. */
  readonly amount: number;
  readonly tokens: number;
  readonly generations: number;
  /** Billed, but with no unit price or no token count: not in `amount`. */
  readonly unknown: number;
}

/** One currency's month. */
export interface MonthSpend {
  readonly currency: Currency;
  readonly spent: number;
  /** Billed this month without a known price. */
  readonly unknown: number;
  /** Estimates of what is being made now, highest end; null where one of them is unknown. */
  readonly inWork: number | null;
  /** Estimates of what waits in the outbox, highest end; null where one of them is unknown. */
  readonly waiting: number | null;
  readonly budget: number | null;
}

export interface Spend {
  /** Local month, `2026-11`. */
  readonly month: string;
  readonly months: readonly MonthSpend[];
  /** Newest day first, at most a year back. */
  readonly rows: readonly SpendRow[];
}
