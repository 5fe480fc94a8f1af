// What the person set: read once, validated, remembered at every change, and announced.
import type { Settings } from '@shared/domain/settings';
import { readSettings, writeSettings } from './settingsRecord';
import type { Store } from './store';

export type SettingsListener = (settings: Settings) => void;

export class SettingsService {
  readonly #store: Store;
  readonly #listeners = new Set<SettingsListener>();
  #settings: Settings;

  constructor(store: Store) {
    this.#store = store;
    this.#settings = readSettings(store.read());
  }

  get(): Settings {
    return this.#settings;
  }

  /** Changes the fields that are given; `undefined` leaves a field as it is. Returns all settings. */
  update(change: Partial<Settings>): Settings {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next = readSettings({ ...writeSettings(this.#settings), ...given });
    if (JSON.stringify(next) === JSON.stringify(this.#settings)) return this.#settings;
    this.#store.write(writeSettings(next));
    this.#settings = next;
    for (const listener of [...this.#listeners]) listener(next);
    return next;
  }

  /** Calls the listener after every change. Returns the function that ends it. */
  onChange(listener: SettingsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
