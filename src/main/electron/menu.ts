// The native menu: the standard commands, in the person's language. Also the menu of text fields.
import { app, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import type { Language } from '@shared/domain/settings';
import { nativeWords, type NativeWords } from './nativeWords';

type Items = MenuItemConstructorOptions[];

/** After ready, and again when the language changes. `dev` adds reload and the developer tools. */
export function setMenu(language: Language, { dev }: { readonly dev: boolean }): void {
  const words = nativeWords(language);
  const mac = process.platform === 'darwin';
  const menus: Items = [
    { label: words.file, submenu: fileItems(words, mac) },
    { label: words.edit, submenu: editItems(words) },
    { label: words.view, submenu: viewItems(words, dev) },
  ];
  if (mac) {
    menus.unshift({ label: app.name, submenu: appItems(words) });
    menus.push({ label: words.window, role: 'windowMenu', submenu: windowItems(words) });
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

/** Cut, copy and paste under the right button, where there is text. `language`: asked each time. */
export function setupTextMenu(language: () => Language): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('context-menu', (_menuEvent, { isEditable, selectionText }) => {
      const words = nativeWords(language());
      const copy: Items = [{ role: 'copy', label: words.copy }];
      if (isEditable) Menu.buildFromTemplate(editItems(words)).popup();
      else if (selectionText.trim() !== '') Menu.buildFromTemplate(copy).popup();
    });
  });
}

function appItems(words: NativeWords): Items {
  return [
    { role: 'about', label: words.about },
    { type: 'separator' },
    { role: 'services', label: words.services },
    { type: 'separator' },
    { role: 'hide', label: words.hide },
    { role: 'hideOthers', label: words.hideOthers },
    { role: 'unhide', label: words.showAll },
    { type: 'separator' },
    { role: 'quit', label: words.quit },
  ];
}

function fileItems(words: NativeWords, mac: boolean): Items {
  return [
    { role: 'close', label: words.closeWindow },
    ...(mac ? [] : ([{ type: 'separator' }, { role: 'quit', label: words.quit }] satisfies Items)),
  ];
}

function editItems(words: NativeWords): Items {
  return [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    { type: 'separator' },
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'pasteAndMatchStyle', label: words.pastePlain },
    { role: 'selectAll', label: words.selectAll },
  ];
}

function viewItems(words: NativeWords, dev: boolean): Items {
  const forDevelopers: Items = [
    { type: 'separator' },
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.developerTools },
  ];
  return [
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    // The plus sign without Shift, as most keyboards have it.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut', label: words.zoomOut },
    { type: 'separator' },
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(dev ? forDevelopers : []),
  ];
}

function windowItems(words: NativeWords): Items {
  return [
    { role: 'minimize', label: words.minimize },
    { role: 'zoom', label: words.zoom },
    { type: 'separator' },
    { role: 'front', label: words.bringToFront },
  ];
}
