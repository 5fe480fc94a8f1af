// Where the library lies, and how much is in it. Asked for when it is shown.
import { create } from 'zustand';
import type { LibraryLocation } from '@shared/contract/requests';
import { ask } from '../client/client';

interface LibraryState {
  readonly location: LibraryLocation | null;
  load(): Promise<void>;
  choose(): Promise<void>;
}

export const useLibrary = create<LibraryState>()((set) => ({
  location: null,
  load: async () => set({ location: await ask('library.location', {}) }),
  choose: async () => set({ location: await ask('library.chooseFolder', {}) }),
}));
