// What the person can set and the window remembers.

import type { Currency } from './cost';
import type { Sort } from './search';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly language: Language | 'system';
  readonly theme: Theme | 'system';
  /** The connection new generations go to. Null until the first run is answered. */
  readonly activeConnectionId: string | null;
  readonly inspectorOpen: boolean;
  readonly composerOpen: boolean;
  /** Parts of the sidebar. */
  readonly collectionsOpen: boolean;
  readonly tagsOpen: boolean;
  /** After a mark the keyboard goes on to the next clip. */
  readonly advanceAfterMark: boolean;
  /** What waits in the outbox for the network is sent by itself when it is back. */
  readonly outboxSendsByItself: boolean;
  /** Tell the person when a generation ends while the window is hidden. */
  readonly notifications: boolean;
  /** Most to spend in a calendar month, per currency; null: no budget. */
  readonly budget: Readonly<Record<Currency, number | null>>;
  /** `stop`: nothing more is sent without a yes once the budget would be passed. */
  readonly atBudget: 'warn' | 'stop';
  /** Order of the library's grid. */
  readonly sort: Sort;
  /** How new clips are named; see `clipPlace.ts`. */
  readonly nameTemplate: string;
  /** Height of a row of tiles in pixels; null: by the size of the window. */
  readonly rowHeight: number | null;
  /** The ffmpeg program the person chose; null: the one that came with the app, or the system's. */
  readonly ffmpegPath: string | null;
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  activeConnectionId: null,
  inspectorOpen: true,
  composerOpen: true,
  collectionsOpen: true,
  tagsOpen: true,
  advanceAfterMark: false,
  outboxSendsByItself: false,
  notifications: true,
  budget: { CNY: null, USD: null },
  atBudget: 'warn',
  sort: { key: 'created', descending: true },
  nameTemplate: '{date} {prompt} {id}',
  rowHeight: null,
  ffmpegPath: null,
};

export const ROW_HEIGHT_RANGE = [88, 320] as const;

/** The language for a system locale such as `zh-Hans-CN` or `en-GB`. */
export function languageFor(setting: Settings['language'], systemLocale: string): Language {
  if (setting !== 'system') return setting;
  return systemLocale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
