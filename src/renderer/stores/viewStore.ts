// What the window looks at: list, selection, open sheets. The window's own, lost when it closes.
import { create } from 'zustand';

export interface Selection {
  readonly type: 'clip' | 'generation';
  readonly id: string;
}
export type SettingsPane = 'connections' | 'library' | 'look';

interface ViewState {
  readonly list: 'all' | 'work';
  readonly selection: Selection | null;
  /** Grows when the keyboard asks the inspector's player to play or pause. */
  readonly playRequests: number;
  /** The inspector where it lies over the grid, in a narrow window. */
  readonly overlayOpen: boolean;
  /** In a window too low for the form, it opens only when asked. */
  readonly lowComposerOpen: boolean;
  readonly settings: { readonly pane: SettingsPane; readonly keyFor: string | null } | null;
  readonly sentOpen: boolean;
  /** Grows when something asks for the prompt: its editor takes the focus. */
  readonly promptRequests: number;
  show(list: ViewState['list']): void;
  select(selection: Selection | null): void;
  togglePlay(): void;
  setOverlay(open: boolean): void;
  setLowComposerOpen(open: boolean): void;
  openSettings(pane?: SettingsPane, keyFor?: string): void;
  closeSettings(): void;
  setSentOpen(open: boolean): void;
  focusPrompt(): void;
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
  show: (list) => set({ list }),
  select: (selection) => set({ selection }),
  togglePlay: () => set(({ playRequests }) => ({ playRequests: playRequests + 1 })),
  setOverlay: (overlayOpen) => set({ overlayOpen }),
  setLowComposerOpen: (lowComposerOpen) => set({ lowComposerOpen }),
  openSettings: (pane = 'connections', keyFor) => set({ settings: { pane, keyFor: keyFor ?? null } }),
  closeSettings: () => set({ settings: null }),
  setSentOpen: (sentOpen) => set({ sentOpen }),
  focusPrompt: () => set(({ promptRequests }) => ({ promptRequests: promptRequests + 1 })),
}));
