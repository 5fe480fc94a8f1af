// library.*: where the clips lie on disk.
import type { LibraryLocation } from '@shared/contract/requests';
import type { Caller, HandlersOf } from '../handler';

export interface LibraryPlace {
  location(): Promise<LibraryLocation>;
  /** Throws `library_not_empty`, `no_permission`. */
  setRoot(path: string): Promise<void>;
}

export interface FolderPicker {
  /** Null when the person closed the dialog. */
  chooseFolder(caller: Caller): Promise<string | null>;
}

export function libraryHandlers(library: LibraryPlace, picker: FolderPicker): HandlersOf<'library'> {
  return {
    'library.location': () => library.location(),
    'library.chooseFolder': async (_input, caller) => {
      const path = await picker.chooseFolder(caller);
      if (path !== null) await library.setRoot(path);
      return library.location();
    },
  };
}
