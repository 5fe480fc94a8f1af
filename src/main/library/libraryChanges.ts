// Tells the window that the library changed: never more often than it can follow, and always of the last change.
import type { Events } from '@shared/contract/events';
import type { Collection } from '@shared/domain/clip';

export interface LibraryChangesOptions {
  readonly announce: <E extends 'library.changed' | 'collections.changed'>(
    event: E,
    payload: Events[E],
  ) => void;
  readonly state: () => Events['library.changed'];
  readonly collections: () => Collection[];
}

const LIBRARY_EVERY_MS = 200;
/** Counting what every smart collection finds takes a moment. */
const COLLECTIONS_EVERY_MS = 1000;

export class LibraryChanges {
  private libraryTimer: NodeJS.Timeout | null = null;
  private collectionsTimer: NodeJS.Timeout | null = null;
  private told = '';
  private toldState = '';
  private closed = false;

  constructor(private readonly options: LibraryChangesOptions) {}

  /** Something changed, and with it perhaps what is in the collections. */
  changed(): void {
    if (this.closed) return;
    this.libraryTimer ??= setTimeout(() => {
      this.libraryTimer = null;
      const state = this.options.state();
      if (JSON.stringify(state) === this.toldState) return;
      this.toldState = JSON.stringify(state);
      this.options.announce('library.changed', state);
    }, LIBRARY_EVERY_MS).unref();
    this.collectionsTimer ??= setTimeout(() => this.collectionsChanged(), COLLECTIONS_EVERY_MS).unref();
  }

  /** At once, unless they are as they were. */
  collectionsChanged(): void {
    if (this.closed) return;
    if (this.collectionsTimer !== null) clearTimeout(this.collectionsTimer);
    this.collectionsTimer = null;
    const collections = this.options.collections();
    const text = JSON.stringify(collections);
    if (text === this.told) return;
    this.told = text;
    this.options.announce('collections.changed', { collections });
  }

  close(): void {
    this.closed = true;
    for (const timer of [this.libraryTimer, this.collectionsTimer]) if (timer !== null) clearTimeout(timer);
  }
}
