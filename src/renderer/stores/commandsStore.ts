// The sheets about commands, and which commands were run last. The latter outlast the window.
import { create } from 'zustand';

export type CommandSheet = 'palette' | 'shortcuts' | 'about';

interface CommandsState {
  readonly sheet: CommandSheet | null;
  /** What was taken in the palette, newest first: ids of commands and places. */
  readonly recent: readonly string[];
  /** Grows when a command asks the composer to send, or to put into the outbox. */
  readonly sends: number;
  readonly holds: number;
  open(sheet: CommandSheet | null): void;
  remember(id: string): void;
  send(): void;
  hold(): void;
}

const KEPT_AS = 'dailies.recentCommands';
const MOST_RECENT = 6;

export const useCommands = create<CommandsState>()((set, get) => ({
  sheet: null,
  recent: readRecent(),
  sends: 0,
  holds: 0,
  open: (sheet) => set({ sheet }),
  remember: (id) => {
    const recent = [id, ...get().recent.filter((known) => known !== id)].slice(0, MOST_RECENT);
    set({ recent });
    window.localStorage.setItem(KEPT_AS, JSON.stringify(recent));
  },
  send: () => set(({ sends }) => ({ sends: sends + 1 })),
  hold: () => set(({ holds }) => ({ holds: holds + 1 })),
}));

function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}
