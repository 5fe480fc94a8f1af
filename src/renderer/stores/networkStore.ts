// Whether this computer has a network, as main sees it.
import { create } from 'zustand';
import { ask, listen } from '../client/client';

interface NetworkState {
  readonly online: boolean;
  connect(): () => void;
  load(): Promise<void>;
}

export const useNetwork = create<NetworkState>()((set) => ({
  online: true,
  connect: () => listen('network.changed', ({ online }) => set({ online })),
  load: async () => set(await ask('network.get', {})),
}));
