// The rows of the shortcut sheet: every command with keys, the stars in one row. Pure.
import { COMMANDS, keysOf, type Command, type CommandGroup } from '@shared/domain/commands';
import type { CommandWords } from '@shared/words/commandWords';

interface ShortcutRow {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly string[];
}

export interface ShortcutGroup {
  readonly group: CommandGroup;
  readonly rows: readonly ShortcutRow[];
}

export function shortcutGroups(words: CommandWords, mac: boolean): ShortcutGroup[] {
  const groups = new Map<CommandGroup, ShortcutRow[]>();
  for (const listed of COMMANDS) {
    const command: Command = listed;
    const keys = keysOf(command, mac);
    if (keys.length === 0) continue;
    const rows = groups.get(command.group) ?? [];
    groups.set(command.group, rows);
    const last = rows.at(-1);
    if (command.submenu === undefined) rows.push({ id: command.id, label: words.commands[listed.id], keys });
    else if (last?.id === command.submenu) rows[rows.length - 1] = { ...last, keys: [...keys, ...last.keys] };
    else rows.push({ id: command.submenu, label: words.submenus[command.submenu], keys });
  }
  return [...groups].map(([group, rows]) => ({ group, rows }));
}
