// The native menu: the commands of the list and what the system gives, in the person's language. Also that of text fields.
import { app, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import {
  acceleratorOf,
  keysOf,
  RUNNABLE,
  type Command,
  type CommandGroup,
  type CommandId,
  type MenuState,
} from '@shared/domain/commands';
import type { Language } from '@shared/domain/settings';
import { commandWords, type CommandWords } from '@shared/words/commandWords';
import { nativeWords, type NativeWords } from './nativeWords';

type Item = MenuItemConstructorOptions;
type Items = Item[];

const MAC = process.platform === 'darwin';
const LINE: Item = { type: 'separator' };
/** On a Mac these stand in the menu of the app. */
const OF_APP: readonly CommandId[] = ['settings.open', 'help.about'];

export interface AppMenuOptions {
  readonly language: Language;
  /** Adds reload and the developer tools. */
  readonly dev: boolean;
  readonly run: (id: CommandId) => void;
}

export interface AppMenu {
  setLanguage(language: Language): void;
  /** What applies now, as the window says. */
  show(state: MenuState): void;
}

/** After ready. */
export function createMenu(options: AppMenuOptions): AppMenu {
  let { language } = options;
  // Until the window has spoken nothing can be done.
  let state: MenuState = { off: RUNNABLE.map(({ id }) => id), on: [] };
  const build = (): void => {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...options, language }, MAC)));
    mark();
  };
  const mark = (): void => {
    const menu = Menu.getApplicationMenu();
    for (const { id } of RUNNABLE) {
      const item = menu?.getMenuItemById(id);
      if (item == null) continue;
      item.enabled = !state.off.includes(id);
      if (item.type === 'radio' && state.on.includes(id)) item.checked = true;
      if (item.type === 'checkbox') item.checked = state.on.includes(id);
    }
  };
  build();
  return {
    setLanguage: (next) => {
      if (next === language) return;
      language = next;
      build();
    },
    show: (next) => {
      state = next;
      mark();
    },
  };
}

/** Pure: all menus for a system. */
export function menuTemplate({ language, dev, run }: AppMenuOptions, mac: boolean): Items {
  const native = nativeWords(language);
  const words = commandWords(language);
  const of = (group: CommandGroup): Items => commandItems(group, words, run, mac);
  const alone = (id: CommandId): Items =>
    RUNNABLE.filter((command) => command.id === id).map((command) => commandItem(command, words, run, mac));
  const menus: Items = [
    { label: words.groups.file, submenu: [...of('file'), LINE, ...endOfFile(native, mac)] },
    { label: words.groups.edit, submenu: [...withTextItems(of('edit'), native)] },
    { label: words.groups.clip, submenu: of('clip') },
    { label: words.groups.view, submenu: [...of('view'), LINE, ...zoomItems(native, dev)] },
    { label: native.window, role: 'windowMenu', submenu: windowItems(native, mac) },
    { label: words.groups.help, role: 'help', submenu: of('help') },
  ];
  if (!mac) return menus;
  const ofApp = [...alone('help.about'), LINE, ...alone('settings.open'), LINE, ...appItems(native)];
  return [{ label: 'Dailies', submenu: ofApp }, ...menus];
}

/** Cut, copy and paste under the right button, where there is text. `language`: asked each time. */
export function setupTextMenu(language: () => Language): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('context-menu', (_menuEvent, { isEditable, selectionText }) => {
      const words = nativeWords(language());
      const { commands } = commandWords(language());
      const copy: Items = [{ role: 'copy', label: words.copy }];
      const edit: Items = [
        { role: 'undo', label: commands['edit.undo'] },
        { role: 'redo', label: commands['edit.redo'] },
        LINE,
        ...textItems(words),
        { role: 'selectAll', label: commands['edit.selectAll'] },
      ];
      if (isEditable) Menu.buildFromTemplate(edit).popup();
      else if (selectionText.trim() !== '') Menu.buildFromTemplate(copy).popup();
    });
  });
}

function commandItems(
  group: CommandGroup,
  words: CommandWords,
  run: (id: CommandId) => void,
  mac: boolean,
): Items {
  const items: Items = [];
  const submenus = new Map<string, Items>();
  for (const command of RUNNABLE) {
    if (command.group !== group || (mac && OF_APP.includes(command.id))) continue;
    if (command.apart === true) items.push(LINE);
    const item = commandItem(command, words, run, mac);
    if (command.submenu === undefined) {
      items.push(item);
      continue;
    }
    const submenu = submenus.get(command.submenu);
    if (submenu === undefined) {
      const first = [item];
      submenus.set(command.submenu, first);
      items.push({ label: words.submenus[command.submenu], submenu: first });
    } else submenu.push(item);
  }
  return items;
}

function commandItem(
  command: Command & { readonly id: CommandId },
  words: CommandWords,
  run: (id: CommandId) => void,
  mac: boolean,
): Item {
  const { id } = command;
  const [keys] = keysOf(command, mac);
  // macOS would take a bare letter away from every text field.
  const shown = keys !== undefined && (!mac || keys.includes('Mod+'));
  return {
    id,
    label: words.commands[id],
    type: command.submenu === 'theme' ? 'radio' : TOGGLES.includes(id) ? 'checkbox' : 'normal',
    // The window hears the keys itself, and on macOS first: nothing runs twice.
    ...(shown ? { accelerator: acceleratorOf(keys), registerAccelerator: false } : {}),
    click: () => run(id),
  };
}

const TOGGLES: readonly CommandId[] = ['view.inspector', 'view.composer'];

function appItems(words: NativeWords): Items {
  return [
    { role: 'services', label: words.services },
    LINE,
    { role: 'hide', label: words.hide },
    { role: 'hideOthers', label: words.hideOthers },
    { role: 'unhide', label: words.showAll },
    LINE,
    { role: 'quit', label: words.quit },
  ];
}

function endOfFile(words: NativeWords, mac: boolean): Items {
  return [
    { role: 'close', label: words.closeWindow },
    ...(mac ? [] : [LINE, { role: 'quit', label: words.quit } satisfies Item]),
  ];
}

/** Undo and redo stand first, as everywhere; the text commands follow them. */
function withTextItems(commands: Items, words: NativeWords): Items {
  return [...commands.slice(0, 2), LINE, ...textItems(words), ...commands.slice(2)];
}

function textItems(words: NativeWords): Items {
  return [
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'pasteAndMatchStyle', label: words.pastePlain },
  ];
}

function zoomItems(words: NativeWords, dev: boolean): Items {
  const forDevelopers: Items = [
    LINE,
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.developerTools },
  ];
  return [
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    // The plus sign without Shift, as most keyboards have it.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut', label: words.zoomOut },
    LINE,
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(dev ? forDevelopers : []),
  ];
}

function windowItems(words: NativeWords, mac: boolean): Items {
  return [
    { role: 'minimize', label: words.minimize },
    { role: 'zoom', label: words.zoom },
    ...(mac ? [LINE, { role: 'front', label: words.bringToFront } satisfies Item] : []),
  ];
}
