// Every command: where it belongs, its keys, what it needs. The menu, the palette and the shortcut sheet read this list.

/** `menu`: where the native menu has it, and the heading of the shortcut sheet. */
export type CommandGroup = 'file' | 'edit' | 'clip' | 'view' | 'help' | 'grid' | 'viewer' | 'compare';

/**
 * Who hears the keys. `window`: wherever the focus is. `grid` and `composer` hear theirs themselves, and the menu and
 * the palette can run them too. `keys`: a key of one screen alone, which only the shortcut sheet lists.
 */
export type CommandPlace = 'window' | 'grid' | 'composer' | 'keys';

export type Need = 'connection' | 'clips' | 'oneClip' | 'comparable' | 'undo' | 'redo';

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly place: CommandPlace;
  /** As `keyText` reads them; the first is shown. `Mod`: Command on a Mac, Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /** Where a Mac has others. */
  readonly macKeys?: readonly string[];
  readonly needs?: Need;
  /** Also while a sheet or the viewer covers the library. */
  readonly always?: true;
  readonly submenu?: 'rating' | 'theme';
  /** A line stands above it in the menu. */
  readonly apart?: true;
}

export const COMMANDS = [
  { id: 'references.add', group: 'file', place: 'window', keys: ['Mod+O'], needs: 'connection' },
  { id: 'library.importFolder', group: 'file', place: 'window', keys: ['Mod+Shift+O'] },
  { id: 'compose.prompt', group: 'file', place: 'window', keys: ['Mod+P'], needs: 'connection', apart: true },
  { id: 'compose.generate', group: 'file', place: 'composer', keys: ['Mod+Enter'], needs: 'connection' },
  { id: 'compose.hold', group: 'file', place: 'composer', keys: ['Alt+Enter'], needs: 'connection' },
  { id: 'clip.export', group: 'file', place: 'window', keys: ['Mod+E'], needs: 'clips', apart: true },
  { id: 'library.showFolder', group: 'file', place: 'window' },
  { id: 'settings.open', group: 'file', place: 'window', keys: ['Mod+,'], apart: true },

  { id: 'edit.undo', group: 'edit', place: 'window', keys: ['Mod+Z'], needs: 'undo' },
  {
    id: 'edit.redo',
    group: 'edit',
    place: 'window',
    keys: ['Mod+Y', 'Mod+Shift+Z'],
    macKeys: ['Mod+Shift+Z', 'Mod+Y'],
    needs: 'redo',
  },
  { id: 'edit.selectAll', group: 'edit', place: 'grid', keys: ['Mod+A'] },
  { id: 'edit.find', group: 'edit', place: 'window', keys: ['Mod+F'], apart: true },

  { id: 'clip.view', group: 'clip', place: 'grid', keys: ['Space'], needs: 'clips' },
  { id: 'clip.reuse', group: 'clip', place: 'grid', keys: ['Enter'], needs: 'oneClip' },
  { id: 'clip.vary', group: 'clip', place: 'window', needs: 'oneClip' },
  { id: 'clip.reference', group: 'clip', place: 'window', needs: 'clips' },
  { id: 'clip.keep', group: 'clip', place: 'grid', keys: ['K'], needs: 'clips', apart: true },
  { id: 'clip.reject', group: 'clip', place: 'grid', keys: ['X'], needs: 'clips' },
  { id: 'clip.rate5', group: 'clip', place: 'grid', keys: ['5'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.rate4', group: 'clip', place: 'grid', keys: ['4'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.rate3', group: 'clip', place: 'grid', keys: ['3'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.rate2', group: 'clip', place: 'grid', keys: ['2'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.rate1', group: 'clip', place: 'grid', keys: ['1'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.rate0', group: 'clip', place: 'grid', keys: ['0'], needs: 'clips', submenu: 'rating' },
  { id: 'clip.tags', group: 'clip', place: 'grid', keys: ['T'], needs: 'clips' },
  { id: 'clip.compare', group: 'clip', place: 'grid', keys: ['C'], needs: 'comparable', apart: true },
  { id: 'clip.film', group: 'clip', place: 'window', needs: 'clips' },
  { id: 'clip.showInFolder', group: 'clip', place: 'window', needs: 'oneClip' },
  { id: 'clip.trash', group: 'clip', place: 'grid', keys: ['Delete'], needs: 'clips', apart: true },

  { id: 'view.all', group: 'view', place: 'window', keys: ['Mod+1'] },
  { id: 'view.work', group: 'view', place: 'window', keys: ['Mod+2'] },
  { id: 'view.outbox', group: 'view', place: 'window', keys: ['Mod+3'] },
  { id: 'view.kept', group: 'view', place: 'window', keys: ['Mod+4'] },
  { id: 'view.imported', group: 'view', place: 'window', keys: ['Mod+5'] },
  { id: 'view.trash', group: 'view', place: 'window', keys: ['Mod+6'] },
  { id: 'view.inspector', group: 'view', place: 'window', keys: ['Mod+D'], apart: true },
  { id: 'view.composer', group: 'view', place: 'window', keys: ['Mod+J'] },
  { id: 'view.themeSystem', group: 'view', place: 'window', always: true, submenu: 'theme' },
  { id: 'view.themeDark', group: 'view', place: 'window', always: true, submenu: 'theme' },
  { id: 'view.themeLight', group: 'view', place: 'window', always: true, submenu: 'theme' },
  { id: 'view.largerTiles', group: 'view', place: 'window', apart: true },
  { id: 'view.smallerTiles', group: 'view', place: 'window' },

  { id: 'help.palette', group: 'help', place: 'window', keys: ['Mod+K'], always: true },
  { id: 'help.shortcuts', group: 'help', place: 'window', keys: ['?', 'Mod+/'], always: true },
  { id: 'help.reference', group: 'help', place: 'window', always: true, apart: true },
  { id: 'help.diagnostics', group: 'help', place: 'window' },
  { id: 'help.about', group: 'help', place: 'window', always: true, apart: true },

  { id: 'grid.move', group: 'grid', place: 'keys', keys: ['Left', 'Right', 'Up', 'Down'] },
  { id: 'grid.extend', group: 'grid', place: 'keys', keys: ['Shift+Left', 'Shift+Right'] },
  { id: 'grid.ends', group: 'grid', place: 'keys', keys: ['Home', 'End'] },
  { id: 'grid.pages', group: 'grid', place: 'keys', keys: ['PageUp', 'PageDown'] },
  { id: 'grid.clear', group: 'grid', place: 'keys', keys: ['Escape'] },

  { id: 'viewer.toggle', group: 'viewer', place: 'keys', keys: ['Space'] },
  { id: 'viewer.seek', group: 'viewer', place: 'keys', keys: ['Left', 'Right'] },
  { id: 'viewer.step', group: 'viewer', place: 'keys', keys: [',', '.'] },
  { id: 'viewer.shuttle', group: 'viewer', place: 'keys', keys: ['J', 'L'] },
  { id: 'viewer.speed', group: 'viewer', place: 'keys', keys: ['<', '>'] },
  { id: 'viewer.marks', group: 'viewer', place: 'keys', keys: ['I', 'O'] },
  { id: 'viewer.clearMarks', group: 'viewer', place: 'keys', keys: ['Shift+I'] },
  { id: 'viewer.loop', group: 'viewer', place: 'keys', keys: ['R'] },
  { id: 'viewer.mute', group: 'viewer', place: 'keys', keys: ['M'] },
  { id: 'viewer.saveFrame', group: 'viewer', place: 'keys', keys: ['S'] },
  { id: 'viewer.clips', group: 'viewer', place: 'keys', keys: ['PageUp', 'PageDown'] },

  { id: 'compare.keep', group: 'compare', place: 'keys', keys: ['1', '2', '3', '4'] },
  { id: 'compare.reject', group: 'compare', place: 'keys', keys: ['Shift+1', 'Shift+2'] },
  { id: 'compare.choose', group: 'compare', place: 'keys', keys: ['Up', 'Down'] },
  { id: 'compare.wipe', group: 'compare', place: 'keys', keys: ['W'] },
] as const satisfies readonly Command[];

type Listed = (typeof COMMANDS)[number];
/** Of everything in the list. */
export type ListedId = Listed['id'];
/** Of what can be run. */
export type CommandId = Exclude<Listed, { place: 'keys' }>['id'];

export const RUNNABLE: readonly (Command & { readonly id: CommandId })[] = COMMANDS.filter(
  (command): command is Exclude<Listed, { place: 'keys' }> => command.place !== 'keys',
);
export const COMMAND_IDS: readonly CommandId[] = RUNNABLE.map(({ id }) => id);

export function isCommandId(id: string): id is CommandId {
  return (COMMAND_IDS as readonly string[]).includes(id);
}

/** The keys here, the one to show first. */
export function keysOf(command: Command, mac: boolean): readonly string[] {
  return (mac ? command.macKeys : undefined) ?? command.keys ?? [];
}

/** What decides whether a command applies now. */
export interface CommandFacts {
  /** The library is there, not the first question. */
  readonly library: boolean;
  readonly connected: boolean;
  /** How many clips are chosen. */
  readonly clips: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A sheet, the viewer or compare lies over the library. */
  readonly covered: boolean;
}

export type Reason = 'covered' | 'library' | Need;

/** More are not compared at once. */
const MOST_COMPARED = 4;
/** Also before the first question is answered. */
const AT_FIRST: readonly CommandId[] = ['library.importFolder', 'library.showFolder', 'settings.open'];

/** Why a command does not apply; null: it does. */
export function whyNot(command: Command, facts: CommandFacts): Reason | null {
  if (command.always === true) return null;
  if (facts.covered) return 'covered';
  const first = command.group === 'help' || (AT_FIRST as readonly string[]).includes(command.id);
  if (!facts.library && !first) return 'library';
  const { needs } = command;
  return needs === undefined || isMet(needs, facts) ? null : needs;
}

function isMet(need: Need, { connected, clips, canUndo, canRedo }: CommandFacts): boolean {
  switch (need) {
    case 'connection':
      return connected;
    case 'clips':
      return clips > 0;
    case 'oneClip':
      return clips === 1;
    case 'comparable':
      return clips >= 2 && clips <= MOST_COMPARED;
    case 'undo':
      return canUndo;
    case 'redo':
      return canRedo;
  }
}

/** A key as the window hears it. */
export interface PressedKeys {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Which command of the window's these keys are; null: none. */
export function commandOfKeys(pressed: PressedKeys, mac: boolean): CommandId | null {
  const found = RUNNABLE.find(
    (command) =>
      command.place === 'window' && keysOf(command, mac).some((keys) => isKeys(keys, pressed, mac)),
  );
  return found?.id ?? null;
}

function isKeys(keys: string, pressed: PressedKeys, mac: boolean): boolean {
  const parts = keys.split('+');
  const name = parts.pop()?.toLowerCase() ?? '';
  const mod = mac ? pressed.metaKey : pressed.ctrlKey;
  const foreign = mac ? pressed.ctrlKey : pressed.metaKey;
  if (foreign || mod !== parts.includes('Mod') || pressed.altKey !== parts.includes('Alt')) return false;
  if (name !== letterOf(pressed)) return false;
  // On some keyboards figures and signs are written with Shift.
  return !/^[a-z]$/.test(name) || pressed.shiftKey === parts.includes('Shift');
}

/** On a keyboard of another script a command's letter is where it is on the Latin one. */
function letterOf({ key, code }: PressedKeys): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return /^[\u0020-\u007e]$/.test(key) || place === undefined ? key.toLowerCase() : place.toLowerCase();
}

/** As Electron writes keys. */
export function acceleratorOf(keys: string): string {
  return keys.replace('Mod', 'CommandOrControl').replace(/^Delete$/, 'Backspace');
}

/** What the native menu shows of the window's state. */
export interface MenuState {
  /** Does not apply now. */
  readonly off: readonly CommandId[];
  /** Chosen or switched on. */
  readonly on: readonly CommandId[];
}
