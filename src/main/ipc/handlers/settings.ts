// settings.*: what the person can set.
import type { Settings } from '@shared/domain/settings';
import type { HandlersOf } from '../handler';

export interface SettingsAccess {
  get(): Settings;
  update(change: Partial<Settings>): Settings;
}

export function settingsHandlers(settings: SettingsAccess): HandlersOf<'settings'> {
  return {
    'settings.get': () => settings.get(),
    'settings.update': (change) => settings.update(change),
  };
}
