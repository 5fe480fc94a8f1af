// Asks before the same thing is paid twice, and before the month's budget is passed.
import { createHash } from 'node:crypto';
import { AppError } from '@shared/contract/errors';
import { compileRequest } from '@shared/domain/compile';
import type { CostEstimate, Currency } from '@shared/domain/cost';
import type { Draft } from '@shared/domain/draft';
import type { GenerationStore } from './generationStore';

export type Confirmation = 'duplicate' | 'budget';

/** A request about to be sent. */
export interface Outgoing {
  readonly fingerprint: string | null;
  readonly estimate: CostEstimate | null;
}

export interface BudgetPort {
  /** What a price would pass, counting what is spent and in work; null: no budget is set, or it fits, or it only warns. */
  exceeds(
    price: { readonly max: number; readonly currency: Currency } | null,
  ): { readonly spent: number; readonly budget: number; readonly currency: Currency } | null;
}

/** Two equal requests this close to each other are more often a slip than a wish. */
const SAME_WITHIN_MS = 10 * 60 * 1000;

/** Equal for equal requests to the same connection, whatever the names of the files are. */
export function fingerprintOf(draft: Draft, connectionId: string): string {
  const request = compileRequest(draft, ({ reference }) => reference.url ?? reference.id);
  return createHash('sha256')
    .update(JSON.stringify([connectionId, request]))
    .digest('hex');
}

export class SendingGate {
  constructor(
    private readonly store: GenerationStore,
    private readonly budget: BudgetPort,
    private readonly now: () => number,
  ) {}

  /**
   * Lets all of them pass or none.
   * @throws AppError `duplicate_recent` (`values.minutes`), `budget_reached` (`values.spent`, `budget`,
   * `currency`), unless the person said yes to it.
   */
  check(outgoing: readonly Outgoing[], confirmed: readonly Confirmation[] = []): void {
    if (!confirmed.includes('duplicate')) this.refuseRepeated(outgoing);
    if (!confirmed.includes('budget')) this.refuseOverBudget(outgoing);
  }

  private refuseRepeated(outgoing: readonly Outgoing[]): void {
    const since = new Date(this.now() - SAME_WITHIN_MS).toISOString();
    for (const { fingerprint } of outgoing) {
      const at = fingerprint === null ? null : this.store.lastSent(fingerprint, since);
      if (at === null) continue;
      const minutes = Math.max(0, Math.round((this.now() - Date.parse(at)) / 60_000));
      throw new AppError('duplicate_recent', 'the same request was sent a moment ago', {
        values: { minutes },
      });
    }
  }

  private refuseOverBudget(outgoing: readonly Outgoing[]): void {
    const totals = new Map<Currency, number>();
    for (const { estimate } of outgoing) {
      const price = estimate?.price ?? null;
      if (price !== null) totals.set(price.currency, (totals.get(price.currency) ?? 0) + price.max);
    }
    for (const [currency, max] of totals) {
      const passed = this.budget.exceeds({ max, currency });
      if (passed === null) continue;
      const { spent, budget } = passed;
      throw new AppError('budget_reached', 'the budget would be passed', {
        values: { spent, budget, currency },
      });
    }
  }
}
