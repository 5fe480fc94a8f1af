// Keys as this computer writes them.
import { useTranslation } from 'react-i18next';
import { COMMANDS, keysOf, type Command, type ListedId } from '@shared/domain/commands';
import { ariaKeys, keyText } from '../i18n/keyText';
import { useAppInfo } from './appInfoStore';

interface Keys {
  /** For the eye; `keys` as in `Mod+F`. */
  text(keys: string): string;
  /** For `aria-keyshortcuts`. */
  aria(keys: string): string;
  /** For the eye: the first keys of a command, empty where it has none. */
  of(id: ListedId): string;
  /** For the eye: all keys of a command. */
  caps(id: ListedId): readonly string[];
  /** The same for `aria-keyshortcuts`: the first. */
  ariaOf(id: ListedId): string;
  /** For a button without words. */
  hint(id: ListedId): { readonly keyCap: string; readonly 'aria-keyshortcuts': string };
}

export function useKeys(): Keys {
  const platform = useAppInfo((state) => state.info?.platform ?? 'other');
  const { t } = useTranslation();
  const all = (id: ListedId): readonly string[] => {
    const command: Command | undefined = COMMANDS.find((known) => known.id === id);
    return command === undefined ? [] : keysOf(command, platform === 'darwin');
  };
  const first = (id: ListedId): string => all(id)[0] ?? '';
  const text = (keys: string): string => keyText(keys, platform, t('common.space'));
  const aria = (keys: string): string => ariaKeys(keys, platform);
  const of = (id: ListedId): string => text(first(id));
  const ariaOf = (id: ListedId): string => aria(first(id));
  const caps = (id: ListedId): readonly string[] => all(id).map(text);
  return {
    text,
    aria,
    of,
    caps,
    ariaOf,
    hint: (id) => ({ keyCap: of(id), 'aria-keyshortcuts': ariaOf(id) }),
  };
}
