// What reaches outside the app: dialogs, the file manager, and pages on the web by name.
import { BrowserWindow, dialog, shell, type OpenDialogOptions } from 'electron';
import { AppError } from '@shared/contract/errors';
import { LINKS, type LinkName } from '@shared/contract/requests';
import type { Language } from '@shared/domain/settings';
import type { Caller } from '../ipc/handler';
import { nativeWords } from './nativeWords';

const MEDIA_EXTENSIONS = {
  pictures: ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff', 'gif', 'heic', 'heif'],
  videos: ['mp4', 'mov', 'webm', 'mkv', 'avi', 'm4v'],
  sounds: ['wav', 'mp3', 'm4a', 'aac', 'ogg', 'flac'],
};

export interface System {
  pickFiles(caller: Caller): Promise<string[]>;
  chooseFolder(caller: Caller): Promise<string | null>;
  showInFolder(path: string): void;
  openLink(name: LinkName): Promise<void>;
}

/** `language`: asked each time, since the person can change it. */
export function createSystem(language: () => Language): System {
  return {
    async pickFiles(caller) {
      const words = nativeWords(language());
      const { pictures, videos, sounds } = MEDIA_EXTENSIONS;
      return choose(caller, {
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: words.mediaFiles, extensions: [...pictures, ...videos, ...sounds] },
          { name: words.allFiles, extensions: ['*'] },
        ],
      });
    },
    async chooseFolder(caller) {
      const [folder] = await choose(caller, { properties: ['openDirectory', 'createDirectory'] });
      return folder ?? null;
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
