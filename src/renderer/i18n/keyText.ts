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
  Left: '←',
  Right: '→',
  PageUp: 'Pg Up',
  PageDown: 'Pg Dn',
  Escape: 'Esc',
};
const ELSEWHERE: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Enter: '↵',
  Delete: 'Del',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  PageUp: 'Pg Up',
  PageDown: 'Pg Dn',
  Escape: 'Esc',
};

/**
 * `keys`: joined by `+`, as in `Mod+F`. On a Mac they stand without a space, everywhere else with one. `space`: what
 * the long key is called in the person's language.
 */
export function keyText(keys: string, platform: Platform, space = 'Space'): string {
  const mac = platform === 'darwin';
  const names = mac ? ON_MAC : ELSEWHERE;
  return keys
    .split('+')
    .map((key) => (key === 'Space' ? space : (names[key] ?? key)))
    .join(mac ? '' : ' ');
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeys(keys: string, platform: Platform): string {
  return keys
    .replace('Mod', platform === 'darwin' ? 'Meta' : 'Control')
    .replace(/(?<=\+|^)(Up|Down)$/, 'Arrow$1');
}
