// What the window looks at: list, selection, open sheets. The window's own, lost when it closes.
import { create } from 'zustand';

export interface Selection {
  readonly type: 'clip' | 'generation';
  readonly id: string;
}
export type SettingsPane = 'connections' | 'hosting' | 'library' | 'money' | 'notifications' | 'look';
export type List = 'all' | 'work' | 'outbox';

interface ViewState {
  readonly list: List;
  readonly selection: Selection | null;
  /** Grows when the keyboard asks the inspector's player to play or pause. */
  readonly playRequests: number;
  /** The inspector where it lies over the grid, in a narrow window. */
  readonly overlayOpen: boolean;
  /** In a window too low for the form, and beside the outbox, it opens only when asked. */
  readonly lowComposerOpen: boolean;
  readonly settings: { readonly pane: SettingsPane; readonly keyFor: string | null } | null;
  readonly sentOpen: boolean;
  /** Grows when something asks for the prompt: its editor takes the focus. */
  readonly promptRequests: number;
  /** The generation whose journal is open. */
  readonly journal: string | null;
  readonly strangersOpen: boolean;
  show(list: List): void;
  select(selection: Selection | null): void;
  togglePlay(): void;
  setOverlay(open: boolean): void;
  setLowComposerOpen(open: boolean): void;
  openSettings(pane?: SettingsPane, keyFor?: string): void;
  closeSettings(): void;
  setSentOpen(open: boolean): void;
  focusPrompt(): void;
  openJournal(id: string | null): void;
  setStrangersOpen(open: boolean): void;
}

export const useView = create<ViewState>()((set) => ({
  list: 'all',
  selection: null,
  playRequests: 0,
  overlayOpen: false,
  lowComposerOpen: false,
  settings: null,
  sentOpen: false,
  promptRequests: 0,
  journal: null,
  strangersOpen: false,
  // The outbox has a next thing of its own to do: there the composer opens only when asked.
  show: (list) => set(list === 'outbox' ? { list, lowComposerOpen: false } : { list }),
  select: (selection) => set({ selection }),
  togglePlay: () => set(({ playRequests }) => ({ playRequests: playRequests + 1 })),
  setOverlay: (overlayOpen) => set({ overlayOpen }),
  setLowComposerOpen: (lowComposerOpen) => set({ lowComposerOpen }),
  openSettings: (pane = 'connections', keyFor) => set({ settings: { pane, keyFor: keyFor ?? null } }),
  closeSettings: () => set({ settings: null }),
  setSentOpen: (sentOpen) => set({ sentOpen }),
  focusPrompt: () => set(({ promptRequests }) => ({ promptRequests: promptRequests + 1 })),
  openJournal: (journal) => set({ journal }),
  setStrangersOpen: (strangersOpen) => set({ strangersOpen }),
}));
