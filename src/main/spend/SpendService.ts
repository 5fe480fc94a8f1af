// What was spent, by day and by connection, and whether one more would pass the budget.
import { PRESETS, type Connection } from '@shared/domain/connection';
import type { Currency } from '@shared/domain/cost';
import { localDay, systemOffset, type OffsetAt } from '@shared/domain/localDay';
import type { Settings } from '@shared/domain/settings';
import type { MonthSpend, Spend, SpendRow } from '@shared/domain/spend';
import type { Database } from '../database/open';
import { BillStore } from './billStore';
import { dayBeside, startOfDay } from './localDays';

const MOST_DAYS = 366;
const ANNOUNCE_AFTER_MS = 500;
const CURRENCIES: readonly Currency[] = ['CNY', 'USD'];
/** Sums of fractions are never exact: a hair over the budget is on it. */
const HAIR = 1e-6;

type ConnectionFacts = Pick<Connection, 'id' | 'label' | 'currency'>;
type Connections = ReadonlyMap<string, ConnectionFacts>;

export interface SpendServiceOptions {
  readonly database: Database;
  readonly settings: { get(): Pick<Settings, 'budget' | 'atBudget'> };
  readonly connections: { list(): readonly ConnectionFacts[] };
  readonly announce: (spend: Spend) => void;
  readonly now?: () => number;
  readonly offsetAt?: OffsetAt;
}

/** What would pass the budget. */
export interface OverBudget {
  /** Billed this month together with the estimates of what is being made, as far as they are known. */
  readonly spent: number;
  readonly budget: number;
  readonly currency: Currency;
}

export class SpendService {
  private readonly bills: BillStore;
  private readonly now: () => number;
  private readonly offsetAt: OffsetAt;
  private timer: NodeJS.Timeout | null = null;
  private announced = '';

  constructor(private readonly options: SpendServiceOptions) {
    this.bills = new BillStore(options.database);
    this.now = options.now ?? Date.now;
    this.offsetAt = options.offsetAt ?? systemOffset;
  }

  get(): Spend {
    const today = localDay(this.now(), this.offsetAt);
    const month = today.slice(0, 7);
    const connections = this.connections();
    const rows = this.rows(today, connections);
    const ofMonth = rows.filter(({ day }) => day.startsWith(month));
    return { month, rows, months: this.months(ofMonth, connections) };
  }

  /**
   * What a price would pass. Null: it fits, there is no budget, the person only wants to be warned, or the price
   * is not known.
   */
  exceeds(price: { readonly max: number; readonly currency: Currency } | null): OverBudget | null {
    const { budget: budgets, atBudget } = this.options.settings.get();
    if (price === null || atBudget !== 'stop') return null;
    const { currency, max } = price;
    const budget = budgets[currency];
    if (budget === null) return null;
    const monthStart = `${localDay(this.now(), this.offsetAt).slice(0, 7)}-01`;
    const billed = this.bills.between(this.startOf(monthStart), null);
    const open = this.bills.open().filter(({ held }) => held === 0);
    const spent = [...billed, ...open]
      .filter((sum) => sum.currency === currency)
      .reduce((total, { amount }) => total + amount, 0);
    return spent + max <= budget + HAIR ? null : { spent, budget, currency };
  }

  /** Something that may change the sums has happened. Announced at most twice a second, and only real changes. */
  changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const spend = this.get();
      const text = JSON.stringify(spend);
      if (text === this.announced) return;
      this.announced = text;
      this.options.announce(spend);
    }, ANNOUNCE_AFTER_MS);
  }

  /** Before the database is closed. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private rows(today: string, connections: Connections): SpendRow[] {
    const oldest = this.bills.firstAfter(this.startOf(dayBeside(today, 1 - MOST_DAYS)));
    if (oldest === null) return [];
    const rows: SpendRow[] = [];
    // Today is open to the end: a bill that a clock once dated tomorrow is not lost.
    let to: string | null = null;
    for (let day = today; to === null || oldest < to; day = dayBeside(day, -1)) {
      const from = this.startOf(day);
      rows.push(...this.rowsOf(day, from, to, connections));
      to = from;
    }
    return rows;
  }

  private rowsOf(day: string, from: string, to: string | null, connections: Connections): SpendRow[] {
    const rows = new Map<string, SpendRow>();
    for (const sum of this.bills.between(from, to)) {
      const { connectionId } = sum;
      const currency = currencyOf(sum, connections);
      const key = `${connectionId} ${currency}`;
      const known = rows.get(key);
      rows.set(key, {
        day,
        connectionId,
        connectionLabel: this.labelOf(connectionId, connections),
        currency,
        amount: (known?.amount ?? 0) + sum.amount,
        tokens: (known?.tokens ?? 0) + sum.tokens,
        generations: (known?.generations ?? 0) + sum.generations,
        unknown: (known?.unknown ?? 0) + sum.unknown,
      });
    }
    return [...rows.values()].sort((a, b) => a.connectionLabel.localeCompare(b.connectionLabel));
  }

  private months(rows: readonly SpendRow[], connections: Connections): MonthSpend[] {
    const { budget: budgets } = this.options.settings.get();
    const open = this.bills.open().map((sum) => ({ ...sum, currency: currencyOf(sum, connections) }));
    const used = new Set<Currency | null>([
      ...[...connections.values()].map(({ currency }) => currency),
      ...[...rows, ...open].map(({ currency }) => currency),
    ]);
    const estimates = (currency: Currency, held: number): number | null => {
      const sums = open.filter((sum) => sum.currency === currency && sum.held === held);
      if (sums.some(({ unknown }) => unknown > 0)) return null;
      return sums.reduce((total, { amount }) => total + amount, 0);
    };
    return CURRENCIES.filter((currency) => used.has(currency) || budgets[currency] !== null).map(
      (currency) => {
        const billed = rows.filter((row) => row.currency === currency);
        return {
          currency,
          spent: billed.reduce((total, { amount }) => total + amount, 0),
          unknown: billed.reduce((total, { unknown }) => total + unknown, 0),
          inWork: estimates(currency, 0),
          waiting: estimates(currency, 1),
          budget: budgets[currency],
        };
      },
    );
  }

  /** Its name today, or the last one of a connection that was removed. */
  private labelOf(connectionId: string, connections: Connections): string {
    return connections.get(connectionId)?.label ?? this.bills.lastLabel(connectionId) ?? '';
  }

  private connections(): Connections {
    return new Map(this.options.connections.list().map((connection) => [connection.id, connection]));
  }

  private startOf(day: string): string {
    return new Date(startOfDay(day, this.offsetAt)).toISOString();
  }
}

/** Where no price was known at sending, the money is still in the connection's currency. */
function currencyOf(
  { connectionId, currency }: { readonly connectionId: string; readonly currency: string | null },
  connections: Connections,
): Currency {
  const recorded = CURRENCIES.find((known) => known === currency);
  return recorded ?? connections.get(connectionId)?.currency ?? PRESETS.custom.currency ?? 'CNY';
}
