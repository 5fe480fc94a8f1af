// What reaches outside the app: dialogs, drags, the file manager, the trash, and pages on the web by name.
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  nativeImage,
  shell,
  type FileFilter,
  type NativeImage,
  type OpenDialogOptions,
} from 'electron';
import { AppError } from '@shared/contract/errors';
import { LINKS, type LinkName } from '@shared/contract/requests';
import type { Language } from '@shared/domain/settings';
import type { Caller } from '../ipc/handler';
import { PICTURE_EXTENSIONS, SOUND_EXTENSIONS, VIDEO_EXTENSIONS } from './mediaExtensions';
import { nativeWords, type NativeWords } from './nativeWords';

export interface System {
  pickFiles(caller: Caller): Promise<string[]>;
  chooseFolder(caller: Caller): Promise<string | null>;
  /** A video. Null when the person closed the dialog; the same below. */
  chooseFile(caller: Caller): Promise<string | null>;
  /** A program of any name. */
  chooseProgram(caller: Caller): Promise<string | null>;
  /** `name` with its extension decides the filter and the folder that is offered; the answer has that extension. */
  saveAs(caller: Caller, name: string): Promise<string | null>;
  /** Begins the system's drag of these files, out of the caller's window. `icon`: a PNG or JPEG. */
  startDrag(caller: Caller, files: readonly string[], icon: string | null): void;
  /** @throws AppError `no_permission` where the system has no trash for this file, or refuses */
  trashItem(path: string): Promise<void>;
  showInFolder(path: string): void;
  openLink(name: LinkName): Promise<void>;
}

/** `language`: asked each time, since the person can change it. */
export function createSystem(language: () => Language): System {
  /** Where files of each extension were saved last, since the start. */
  const lastFolders = new Map<string, string>();
  return {
    async pickFiles(caller) {
      const words = nativeWords(language());
      const extensions = [...PICTURE_EXTENSIONS, ...VIDEO_EXTENSIONS, ...SOUND_EXTENSIONS];
      return choose(caller, {
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: words.mediaFiles, extensions },
          { name: words.allFiles, extensions: ['*'] },
        ],
      });
    },
    async chooseFolder(caller) {
      const [folder] = await choose(caller, { properties: ['openDirectory', 'createDirectory'] });
      return folder ?? null;
    },
    async chooseFile(caller) {
      const words = nativeWords(language());
      const [file] = await choose(caller, {
        properties: ['openFile'],
        filters: [
          { name: words.videoFiles, extensions: VIDEO_EXTENSIONS },
          { name: words.allFiles, extensions: ['*'] },
        ],
      });
      return file ?? null;
    },
    async chooseProgram(caller) {
      const [program] = await choose(caller, { properties: ['openFile'] });
      return program ?? null;
    },
    async saveAs(caller, name) {
      const extension = extname(name).slice(1);
      const folder = lastFolders.get(extension) ?? app.getPath(folderFor(extension));
      const options = {
        defaultPath: join(folder, name),
        filters: filtersFor(extension, nativeWords(language())),
      };
      const window = BrowserWindow.fromId(caller.windowId);
      const { canceled, filePath } =
        window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
      if (canceled || filePath === '') return null;
      lastFolders.set(extension, dirname(filePath));
      return withExtension(filePath, extension);
    },
    startDrag(caller, files, icon) {
      const [file] = files;
      if (file === undefined) return;
      // A window that was closed since has nothing to drag from.
      BrowserWindow.fromId(caller.windowId)?.webContents.startDrag({
        file,
        files: [...files],
        icon: dragImage(icon),
      });
    },
    async trashItem(path) {
      try {
        await shell.trashItem(path);
      } catch (error) {
        throw new AppError(
          'no_permission',
          'the system did not take it into the trash',
          {},
          { cause: error },
        );
      }
    },
    showInFolder: (path) => shell.showItemInFolder(path),
    async openLink(name) {
      // Own property and https: the name comes from the page.
      const address = Object.hasOwn(LINKS, name) ? LINKS[name] : '';
      if (!address.startsWith('https://')) throw new AppError('not_found', 'unknown link');
      await shell.openExternal(address);
    },
  };
}

async function choose(caller: Caller, options: OpenDialogOptions): Promise<string[]> {
  const window = BrowserWindow.fromId(caller.windowId);
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}

function folderFor(extension: string): 'videos' | 'pictures' | 'documents' {
  if (extension === 'mp4') return 'videos';
  return extension === 'png' ? 'pictures' : 'documents';
}

function filtersFor(extension: string, { fileKinds, allFiles }: NativeWords): FileFilter[] {
  const kinds: Readonly<Record<string, string>> = fileKinds;
  const name = Object.hasOwn(kinds, extension) ? kinds[extension] : undefined;
  const all = { name: allFiles, extensions: ['*'] };
  return name === undefined ? [all] : [{ name, extensions: [extension] }, all];
}

/** GTK leaves the extension to the person. The dialog did not ask about a name made here: it is a free one. */
function withExtension(path: string, extension: string): string {
  if (extname(path).toLowerCase() === `.${extension}`) return path;
  for (let number = 1; ; number += 1) {
    const name = `${basename(path)}${number === 1 ? '' : ` (${number})`}.${extension}`;
    const full = join(dirname(path), name);
    if (!existsSync(full)) return full;
  }
}

/** macOS refuses a drag under an empty picture: then a plain dark frame stands in. */
function dragImage(icon: string | null): NativeImage {
  const picture = icon === null ? nativeImage.createEmpty() : nativeImage.createFromPath(icon);
  return picture.isEmpty() ? plainFrame() : picture;
}

/** Without the poster: a frame of 16:9 in the colour of the window, in the order blue, green, red, opacity. */
function plainFrame(): NativeImage {
  const [width, height] = [96, 54];
  const pixel = Buffer.from([0x26, 0x29, 0x2b, 0xff]);
  return nativeImage.createFromBitmap(Buffer.alloc(width * height * 4, pixel), { width, height });
}
