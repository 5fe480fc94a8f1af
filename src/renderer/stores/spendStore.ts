// Mirror of what was spent, is being spent and waits.
import { create } from 'zustand';
import type { Currency } from '@shared/domain/cost';
import type { MonthSpend, Spend } from '@shared/domain/spend';
import { ask, listen } from '../client/client';

interface SpendState {
  readonly spend: Spend | null;
  connect(): () => void;
  load(): Promise<void>;
}

export const useSpend = create<SpendState>()((set, get) => ({
  spend: null,
  connect: () => listen('spend.changed', (spend) => set({ spend })),
  load: async () => {
    const before = get().spend;
    const spend = await ask('spend.get', {});
    // An event that came meanwhile is newer than this answer.
    if (get().spend === before) set({ spend });
  },
}));

export function monthOf(spend: Spend | null, currency: Currency | null): MonthSpend | null {
  return spend?.months.find((month) => month.currency === currency) ?? null;
}
