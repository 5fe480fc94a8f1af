// What the app says of itself: version, platform, key storage. Loaded once.
import { create } from 'zustand';
import type { AppInfo } from '@shared/contract/requests';
import { ask } from '../client/client';

interface AppInfoState {
  readonly info: AppInfo | null;
  load(): Promise<void>;
}

export const useAppInfo = create<AppInfoState>()((set) => ({
  info: null,
  load: async () => set({ info: await ask('app.info', {}) }),
}));
