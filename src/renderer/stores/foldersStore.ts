// What comes into the library from elsewhere, and whether everything in it is as it should be.
import { create } from 'zustand';
import type { LibraryCheck, Work } from '@shared/domain/clip';
import { ask, pathForFile } from '../client/client';

/** The cap of `library.import`: more come in several requests. */
const MOST_PATHS = 1000;

export type ImportMode = 'inPlace' | 'copy';

interface FoldersState {
  /** Null: not asked yet. */
  readonly watched: readonly string[] | null;
  /** A folder was imported in this run: there is something to look at before the first take. */
  readonly imported: boolean;
  readonly check: LibraryCheck | null;
  readonly checking: boolean;
  load(): Promise<void>;
  unwatch(path: string): Promise<void>;
  /** Asks for a folder. Null when the person closed the dialog. */
  importFolder(mode: ImportMode, watch: boolean): Promise<Work | null>;
  /** Dropped videos and folders become clips where they are. */
  importFiles(files: readonly File[]): Promise<void>;
  lookThrough(): Promise<void>;
  /** Asks where to look. How many were found; null when the person closed the dialog. */
  find(id: string | null, where: 'file' | 'folder'): Promise<number | null>;
  /** Answers how many. */
  repair(what: 'unknown' | 'withoutSidecar'): Promise<number>;
}

export const useFolders = create<FoldersState>()((set, get) => {
  const load = async (): Promise<void> => set({ watched: await ask('library.watched', {}) });
  const lookThrough = async (): Promise<void> => {
    if (get().checking) return;
    set({ checking: true });
    try {
      set({ check: await ask('library.check', {}) });
    } finally {
      set({ checking: false });
    }
  };
  return {
    watched: null,
    imported: false,
    check: null,
    checking: false,
    load,
    unwatch: async (path) => {
      await ask('library.unwatch', { path });
      await load();
    },
    importFolder: async (mode, watch) => {
      const work = await ask('library.importFolder', { mode, watch });
      if (work !== null) set({ imported: true });
      await load();
      return work;
    },
    importFiles: async (files) => {
      const paths = files.map(pathForFile).filter((path) => path !== '');
      for (let from = 0; from < paths.length; from += MOST_PATHS)
        await ask('library.import', { paths: paths.slice(from, from + MOST_PATHS), mode: 'inPlace' });
      set({ imported: true });
    },
    lookThrough,
    find: async (id, where) => {
      const answer = await ask('library.find', { id, in: where });
      return answer?.found ?? null;
    },
    repair: async (what) => {
      const { repaired } = await ask('library.repair', { what });
      set(({ check }) => ({ check: check === null ? null : { ...check, [what]: [] } }));
      return repaired;
    },
  };
});
