// The words of the commands, for the native menu and the window alike: a missing one does not compile.
import type { CommandGroup, ListedId, Reason } from '../domain/commands';
import type { Language } from '../domain/settings';
import en from './commands.en.json';
import zh from './commands.zh-CN.json';

export interface CommandWords {
  readonly groups: Readonly<Record<CommandGroup, string>>;
  readonly submenus: Readonly<Record<'rating' | 'theme', string>>;
  /** Why a command does not apply. */
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly commands: Readonly<Record<ListedId, string>>;
}

const WORDS: Readonly<Record<Language, CommandWords>> = { en, 'zh-CN': zh };

export function commandWords(language: Language): CommandWords {
  return WORDS[language];
}
