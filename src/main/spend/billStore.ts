// What was billed and what is still open, summed by SQLite. Practice is in none of it.
import type { Database } from '../database/open';

/** The sum over one span of time, of one connection and currency. */
export interface BillSum {
  readonly connectionId: string;
  /** Null: no price was known when these were sent. */
  readonly currency: string | null;
  readonly amount: number;
  readonly tokens: number;
  readonly generations: number;
  readonly unknown: number;
}

/** Estimates of what is not billed yet, of one connection and currency. */
export interface OpenSum {
  readonly connectionId: string;
  readonly currency: string | null;
  readonly held: number;
  /** Highest ends of the known estimates. */
  readonly amount: number;
  readonly unknown: number;
}

export class BillStore {
  constructor(private readonly database: Database) {}

  /** From `from`, up to but without `to` (ISO 8601 UTC); without a `to`, everything after. */
  between(from: string, to: string | null): BillSum[] {
    return this.database.all<BillSum>(
      `SELECT connection_id AS connectionId, currency, total(amount) AS amount, total(tokens) AS tokens,
         count(*) AS generations, count(*) - count(amount) AS unknown
       FROM bills WHERE at >= ? AND at < ? GROUP BY connection_id, currency`,
      from,
      to ?? '9999',
    );
  }

  /** When the first bill from then on was made. Null: there is none. */
  firstAfter(from: string): string | null {
    const row = this.database.get<{ at: string | null }>(
      'SELECT min(at) AS at FROM bills WHERE at >= ?',
      from,
    );
    return row?.at ?? null;
  }

  /** The name a connection had when it was last billed. */
  lastLabel(connectionId: string): string | null {
    const row = this.database.get<{ label: string }>(
      'SELECT connection_label AS label FROM bills WHERE connection_id = ? ORDER BY at DESC LIMIT 1',
      connectionId,
    );
    return row?.label ?? null;
  }

  /** In the outbox (`held` 1) or on the way (0). What the person put out of sight does not count. */
  open(): OpenSum[] {
    return this.database.all<OpenSum>(
      `SELECT connection_id AS connectionId, record ->> '$.estimate.price.currency' AS currency,
         state = 'held' AS held, total(record ->> '$.estimate.price.max') AS amount,
         count(*) - count(record ->> '$.estimate.price.max') AS unknown
       FROM generations
       WHERE state IN ('held', 'preparing', 'submitting', 'unconfirmed', 'queued', 'running')
         AND dismissed = 0 AND connection_id <> 'practice'
       GROUP BY 1, 2, 3`,
    );
  }
}
