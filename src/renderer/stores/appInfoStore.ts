// What the app says of itself and of the computer: version, platform, key storage. Loaded once.
import { create } from 'zustand';
import type { AppInfo, AppTools } from '@shared/contract/requests';
import { ask } from '../client/client';

interface AppInfoState {
  readonly info: AppInfo | null;
  /** Null: not told yet. */
  readonly tools: AppTools | null;
  load(): Promise<void>;
  loadTools(): Promise<void>;
  /** Asks for an ffmpeg and takes it. False: the person closed the dialog. */
  chooseFfmpeg(): Promise<boolean>;
  clearFfmpeg(): Promise<void>;
  /** Looks anew for one. */
  findFfmpeg(): Promise<void>;
}

export const useAppInfo = create<AppInfoState>()((set) => ({
  info: null,
  tools: null,
  load: async () => set({ info: await ask('app.info', {}) }),
  loadTools: async () => set({ tools: await ask('app.tools', {}) }),
  chooseFfmpeg: async () => {
    const tools = await ask('app.chooseFfmpeg', {});
    if (tools !== null) set({ tools });
    return tools !== null;
  },
  clearFfmpeg: async () => set({ tools: await ask('app.clearFfmpeg', {}) }),
  findFfmpeg: async () => set({ tools: await ask('app.findFfmpeg', {}) }),
}));
