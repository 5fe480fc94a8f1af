// What the palette offers: commands, and the person's own collections, tags and connections to go to.
import { keysOf, RUNNABLE, whyNot, type CommandFacts, type CommandId } from '@shared/domain/commands';
import type { Language } from '@shared/domain/settings';
import { commandWords } from '@shared/words/commandWords';
import { rankOf } from './match';

export interface PaletteEntry {
  /** Of a command, or of a place, as `tag:fog`. */
  readonly id: string;
  readonly label: string;
  /** Where it belongs. */
  readonly group: string;
  /** Everything it is found by. */
  readonly texts: readonly string[];
  readonly keys: string | null;
  /** Why it cannot be run now. */
  readonly reason: string | null;
}

interface CommandEntry extends PaletteEntry {
  readonly id: CommandId;
}

/** Found by the words of both languages. */
export function commandEntries(facts: CommandFacts, language: Language, mac: boolean): CommandEntry[] {
  const words = commandWords(language);
  const english = commandWords('en');
  return RUNNABLE.filter(({ id }) => id !== 'help.palette').map((command) => {
    const { id, group, submenu } = command;
    const reason = whyNot(command, facts);
    const place = submenu === undefined ? words.groups[group] : words.submenus[submenu];
    const texts = [words.commands[id], english.commands[id]];
    return {
      id,
      label: words.commands[id],
      group: place,
      texts: [...texts, `${place} ${words.commands[id]}`, `${english.groups[group]} ${english.commands[id]}`],
      keys: keysOf(command, mac)[0] ?? null,
      reason: reason === null ? null : words.reasons[reason],
    };
  });
}

/** What fits, best first; among equals what can be run, then what was used last. */
export function foundEntries(
  entries: readonly PaletteEntry[],
  typed: string,
  recent: readonly string[],
): PaletteEntry[] {
  const age = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return entries
    .map((entry) => ({ entry, rank: rankOf(typed, entry.texts) }))
    .filter((found): found is typeof found & { rank: number } => found.rank !== null)
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        Number(a.entry.reason !== null) - Number(b.entry.reason !== null) ||
        age(a.entry.id) - age(b.entry.id),
    )
    .map(({ entry }) => entry);
}
