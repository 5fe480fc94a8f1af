// spend.*: what was spent, is being spent and waits.
import type { Spend } from '@shared/domain/spend';
import type { HandlersOf } from '../handler';

export interface SpendAccess {
  get(): Spend;
}

export function spendHandlers(spend: SpendAccess): HandlersOf<'spend'> {
  return { 'spend.get': () => spend.get() };
}
