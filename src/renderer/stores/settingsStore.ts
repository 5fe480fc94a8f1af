// Mirror of the settings that main keeps.
import { create } from 'zustand';
import type { RequestInput } from '@shared/contract/requests';
import type { Settings } from '@shared/domain/settings';
import { ask, listen } from '../client/client';

interface SettingsState {
  readonly settings: Settings | null;
  connect(): () => void;
  load(): Promise<void>;
  /** Shows a change that is not decided yet, such as a slider in the hand. */
  preview(change: Partial<Settings>): void;
  update(change: RequestInput<'settings.update'>): Promise<void>;
}

export const useSettings = create<SettingsState>()((set, get) => ({
  settings: null,
  connect: () => listen('settings.changed', (settings) => set({ settings })),
  load: async () => {
    const before = get().settings;
    const settings = await ask('settings.get', {});
    // An event that came meanwhile is newer than this answer.
    if (get().settings === before) set({ settings });
  },
  preview: (change) =>
    set(({ settings }) => (settings === null ? {} : { settings: { ...settings, ...change } })),
  update: async (change) => {
    const { settings } = get();
    // Shown at once: a slider must follow the hand.
    if (settings !== null) set({ settings: { ...settings, ...change } });
    try {
      await ask('settings.update', change);
    } catch (error) {
      set({ settings });
      throw error;
    }
  },
}));
