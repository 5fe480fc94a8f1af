// Finished videos at the providers that this computer does not know.
import { create } from 'zustand';
import type { StrangerTask } from '@shared/domain/generation';
import { ask, listen } from '../client/client';

interface StrangersState {
  readonly strangers: readonly StrangerTask[];
  /** The person has seen them and does not want the bar until there are others. */
  readonly hidden: boolean;
  connect(): () => void;
  load(): Promise<void>;
  /** Compares the lists of all connections again. Answers how many there are. */
  find(): Promise<number>;
  hide(): void;
}

export const useStrangers = create<StrangersState>()((set) => {
  const put = (strangers: readonly StrangerTask[]): void =>
    set((state) => ({ strangers, hidden: state.hidden && strangers.length <= state.strangers.length }));
  return {
    strangers: [],
    hidden: false,
    connect: () => listen('strangers.changed', ({ strangers }) => put(strangers)),
    load: async () => put(await ask('generations.strangers', {})),
    find: async () => {
      const strangers = await ask('generations.findStrangers', {});
      set({ strangers, hidden: false });
      return strangers.length;
    },
    hide: () => set({ hidden: true }),
  };
});
