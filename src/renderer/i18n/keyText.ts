// Keys as each platform writes them: `Ctrl F`, `⌘F`.
import type { AppInfo } from '@shared/contract/requests';

type Platform = AppInfo['platform'];

/** `Mod` is the key that commands are given with. Keys that are not listed are written as they are named. */
const ON_MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↵',
  Delete: '⌫',
  Up: '↑',
  Down: '↓',
};
const ELSEWHERE: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Enter: '↵',
  Delete: 'Del',
  Up: '↑',
  Down: '↓',
};

/** `keys`: joined by `+`, as in `Mod+F`. On a Mac they stand without a space, everywhere else with one. */
export function keyText(keys: string, platform: Platform): string {
  const mac = platform === 'darwin';
  const names = mac ? ON_MAC : ELSEWHERE;
  return keys
    .split('+')
    .map((key) => names[key] ?? key)
    .join(mac ? '' : ' ');
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeys(keys: string, platform: Platform): string {
  return keys
    .replace('Mod', platform === 'darwin' ? 'Meta' : 'Control')
    .replace(/(?<=\+|^)(Up|Down)$/, 'Arrow$1');
}
