// What the window looks at: list, selection, open sheets. The window's own, lost when it closes.
import { create } from 'zustand';
import { quotedValue } from '@shared/domain/search';

export interface Selection {
  readonly type: 'clip' | 'generation';
  readonly id: string;
}
export type SettingsPane =
  'connections' | 'hosting' | 'library' | 'money' | 'notifications' | 'look' | 'diagnostics';
/** A collection stands as `collection:<id>`. */
export type List = 'all' | 'work' | 'outbox' | 'kept' | 'imported' | 'trash' | `collection:${string}`;

interface ViewState {
  readonly list: List;
  /** What stands in the search box. */
  readonly words: string;
  readonly selection: Selection | null;
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
  /** Clips to look at in the whole window, and the place of the one that is shown. */
  readonly viewer: { readonly ids: readonly string[]; readonly at: number } | null;
  /** Two to four clips, side by side. */
  readonly compare: readonly string[] | null;
  readonly stitchOpen: boolean;
  /** What was asked to be put into the strip with the last `openStitch`; the strip takes it over. */
  readonly stitchIds: readonly string[];
  /** Clips that the person wants to give out: as files or as a list. */
  readonly exportIds: readonly string[] | null;
  /** Grows when something asks for the search box. */
  readonly searchRequests: number;
  show(list: List): void;
  search(words: string): void;
  /** All clips with this tag. */
  showTag(tag: string): void;
  select(selection: Selection | null): void;
  setOverlay(open: boolean): void;
  setLowComposerOpen(open: boolean): void;
  openSettings(pane?: SettingsPane, keyFor?: string): void;
  closeSettings(): void;
  setSentOpen(open: boolean): void;
  focusPrompt(): void;
  openJournal(id: string | null): void;
  setStrangersOpen(open: boolean): void;
  openViewer(ids: readonly string[], at?: number): void;
  closeViewer(): void;
  openCompare(ids: readonly string[]): void;
  closeCompare(): void;
  openStitch(ids?: readonly string[]): void;
  closeStitch(): void;
  openExport(ids: readonly string[]): void;
  closeExport(): void;
  focusSearch(): void;
}

export const useView = create<ViewState>()((set) => ({
  list: 'all',
  words: '',
  selection: null,
  overlayOpen: false,
  lowComposerOpen: false,
  settings: null,
  sentOpen: false,
  promptRequests: 0,
  journal: null,
  strangersOpen: false,
  viewer: null,
  compare: null,
  stitchOpen: false,
  stitchIds: [],
  exportIds: null,
  searchRequests: 0,
  // The outbox has a next thing of its own to do: there the composer opens only when asked.
  show: (list) => set(list === 'outbox' ? { list, words: '', lowComposerOpen: false } : { list, words: '' }),
  // What is being made is not searched: a search leaves for the clips.
  search: (words) =>
    set(({ list }) => ({ words, list: list === 'work' && words.trim() !== '' ? 'all' : list })),
  showTag: (tag) => set({ list: 'all', words: searchOfTag(tag) }),
  select: (selection) => set({ selection }),
  setOverlay: (overlayOpen) => set({ overlayOpen }),
  setLowComposerOpen: (lowComposerOpen) => set({ lowComposerOpen }),
  openSettings: (pane = 'connections', keyFor) => set({ settings: { pane, keyFor: keyFor ?? null } }),
  closeSettings: () => set({ settings: null }),
  setSentOpen: (sentOpen) => set({ sentOpen }),
  focusPrompt: () => set(({ promptRequests }) => ({ promptRequests: promptRequests + 1 })),
  openJournal: (journal) => set({ journal }),
  setStrangersOpen: (strangersOpen) => set({ strangersOpen }),
  openViewer: (ids, at = 0) => set({ viewer: ids.length === 0 ? null : { ids, at } }),
  closeViewer: () => set({ viewer: null }),
  openCompare: (compare) => set({ compare }),
  closeCompare: () => set({ compare: null }),
  openStitch: (stitchIds = []) => set({ stitchOpen: true, stitchIds }),
  closeStitch: () => set({ stitchOpen: false, stitchIds: [] }),
  openExport: (exportIds) => set({ exportIds }),
  closeExport: () => set({ exportIds: null }),
  focusSearch: () => set(({ searchRequests }) => ({ searchRequests: searchRequests + 1 })),
}));

/** The search that finds the clips with a tag. */
export function searchOfTag(tag: string): string {
  return `tag:${quotedValue('tag', tag)}`;
}
