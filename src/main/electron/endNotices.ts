// Which ends of generations become notifications: those nobody is watching, and not a dozen at once. Electron-free.
import {
  isNotable,
  noticeOf,
  summaryOf,
  type Ended,
  type NotableState,
  type NoticeText,
  type WordsOptions,
} from './noticeWords';

/** Ends within this time are told together; more than so many become one summary. */
const BURST_MS = 2000;
const MOST_SINGLE = 3;
/** A note on a record that ended earlier is no news. */
const NEWS_MS = 60_000;

export interface EndNoticesOptions {
  readonly enabled: () => boolean;
  /** Whether the person has the window before them. */
  readonly watched: () => boolean;
  readonly words: () => WordsOptions;
  readonly show: (notice: NoticeText) => void;
  readonly now?: () => number;
}

type NotableEnd = Ended & { readonly state: NotableState };

export class EndNotices {
  private readonly told = new Map<string, NotableState>();
  private pending = new Map<string, NotableEnd>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: EndNoticesOptions) {}

  /** To be called with every change of a generation. */
  changed(generation: Ended): void {
    const { id, state } = generation;
    if (!isNotable(state)) {
      // Found at the provider after all: there is nothing to tell.
      this.pending.delete(id);
      this.told.delete(id);
      return;
    }
    const news = this.told.get(id) !== state && this.isRecent(generation);
    this.told.set(id, state);
    if (this.pending.has(id) || (news && this.wanted())) {
      this.pending.set(id, { ...generation, state });
      this.timer ??= setTimeout(() => this.tell(), BURST_MS);
    }
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.pending.clear();
  }

  private tell(): void {
    this.timer = null;
    const ends = [...this.pending.values()];
    this.pending = new Map();
    // Who came back meanwhile sees it in the window.
    if (!this.wanted()) return;
    const words = this.options.words();
    const states = ends.map(({ state }) => state);
    const notices =
      ends.length > MOST_SINGLE ? [summaryOf(states, words)] : ends.map((end) => noticeOf(end, words));
    for (const notice of notices) this.options.show(notice);
  }

  private wanted(): boolean {
    return this.options.enabled() && !this.options.watched();
  }

  private isRecent({ endedAt }: Ended): boolean {
    const now = this.options.now?.() ?? Date.now();
    return endedAt === null || now - Date.parse(endedAt) < NEWS_MS;
  }
}
