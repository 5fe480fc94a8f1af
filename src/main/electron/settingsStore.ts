// The settings file on disk: electron-store behind the app's own small store interface.
import { join } from 'node:path';
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { prepareSettingsFile } from '../settings/settingsFile';
import { memoryStore, type Store } from '../settings/store';

export interface SettingsStores {
  readonly settings: Store;
  readonly connections: Store;
  readonly hosts: Store;
  /** Where the library lies. */
  readonly library: Store;
  readonly windowPlace: Store;
}

/**
 * Opens `<folder>/settings.json`; a broken one is kept beside it and a new one begun.
 * `broken`: told where the old one is now.
 * @throws SettingsTooNew, and what the file system throws
 */
export function openSettingsStores(folder: string, broken: (keptAt: string) => void): SettingsStores {
  const keptAt = prepareSettingsFile(join(folder, 'settings.json'));
  if (keptAt !== null) broken(keptAt);
  const file = new ElectronStore<Record<string, unknown>>({ cwd: folder, name: 'settings' });
  // electron-store answers windows on a channel of its own; ours has one way in.
  ipcMain.removeAllListeners('electron-store-get-data');
  const section = (name: string): Store => ({
    read: () => file.get(name),
    write: (value) => file.set(name, value),
  });
  return {
    settings: section('settings'),
    connections: section('connections'),
    hosts: section('hosts'),
    library: section('library'),
    windowPlace: section('windowPlace'),
  };
}

/** For a start that went wrong: nothing is read, and nothing written. */
export function forgetfulStores(): SettingsStores {
  return {
    settings: memoryStore(),
    connections: memoryStore(),
    hosts: memoryStore(),
    library: memoryStore(),
    windowPlace: memoryStore(),
  };
}
