// Keys as this computer writes them.
import { ariaKeys, keyText } from '../i18n/keyText';
import { useAppInfo } from './appInfoStore';

interface Keys {
  /** For the eye; `keys` as in `Mod+F`. */
  text(keys: string): string;
  /** For `aria-keyshortcuts`. */
  aria(keys: string): string;
}

export function useKeys(): Keys {
  const platform = useAppInfo((state) => state.info?.platform ?? 'other');
  return { text: (keys) => keyText(keys, platform), aria: (keys) => ariaKeys(keys, platform) };
}
