// clips.*: reading the library.
import { AppError } from '@shared/contract/errors';
import type { ClipCursor, ClipDetail, ClipPage } from '@shared/domain/clip';
import type { HandlersOf } from '../handler';

export interface ClipAccess {
  list(after: ClipCursor | null, limit: number): ClipPage | Promise<ClipPage>;
  /** Throws `not_found`. */
  get(id: string): ClipDetail | Promise<ClipDetail>;
  pathOf(id: string): string | null;
}

export interface FileBrowser {
  /** Opens the system's file manager with the file selected. */
  showInFolder(path: string): void;
}

export function clipHandlers(clips: ClipAccess, browser: FileBrowser): HandlersOf<'clips'> {
  return {
    'clips.list': ({ after, limit }) => clips.list(after, limit),
    'clips.get': ({ id }) => clips.get(id),
    'clips.showInFolder': ({ id }) => {
      const path = clips.pathOf(id);
      if (path === null) throw new AppError('not_found', 'unknown clip');
      browser.showInFolder(path);
      return null;
    },
  };
}
