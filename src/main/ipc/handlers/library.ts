// library.* and work.*: finding, editing, filing and giving out clips, and the work behind it.
import { AppError } from '@shared/contract/errors';
import type { ClipOrder, FoundRecipe, LibraryLocation, SearchCompletion } from '@shared/contract/requests';
import type {
  Clip,
  ClipEdit,
  Collection,
  EditDone,
  LibraryCheck,
  LibraryCounts,
  Lineage,
  Work,
} from '@shared/domain/clip';
import type { Sort } from '@shared/domain/search';
import type { StitchChoice, StitchPlan, StripItem } from '@shared/domain/stitch';
import type { Caller, HandlersOf } from '../handler';

export interface LibraryPlace {
  location(): Promise<LibraryLocation>;
  /** Throws `library_not_empty`, `no_permission`. */
  setRoot(path: string): Promise<void>;
  lookAgain(): Promise<void>;
}

export interface LibraryView {
  query(text: string, sort: Sort): ClipOrder;
  page(text: string, sort: Sort, from: number, count: number): { clips: Clip[]; version: number };
  ids(text: string, sort: Sort): string[];
  placeOf(text: string, sort: Sort, id: string): number | null;
  complete(text: string, caret: number): SearchCompletion | null;
  lineage(id: string): Lineage;
  counts(): LibraryCounts;
}

export interface LibraryEditing {
  /** Null when nothing changed. */
  edit(ids: readonly string[], edit: ClipEdit): EditDone | null;
  undo(): Promise<EditDone | null>;
  redo(): Promise<EditDone | null>;
  emptyTrash(ids: readonly string[] | null): Promise<{ removed: number }>;
  collections(): Collection[];
  saveCollection(id: string | null, name: string, query: string | null): Collection;
  removeCollection(id: string): void;
  orderCollections(ids: readonly string[]): Collection[];
  rename(ids: readonly string[], template: string): Promise<{ renamed: number }>;
}

export interface LibraryFiles {
  import(paths: readonly string[], mode: 'inPlace' | 'copy'): Promise<Work>;
  watch(path: string, mode: 'inPlace' | 'copy'): Promise<Work>;
  watched(): string[];
  unwatch(path: string): Promise<void>;
  lookAgain(): Promise<void>;
  /** Looks for missing clips in a file or folder; for one clip or all. */
  find(id: string | null, path: string): Promise<{ found: number }>;
  check(): Promise<LibraryCheck>;
  repair(what: 'unknown' | 'withoutSidecar'): Promise<{ repaired: number }>;
}

export interface LibraryOutput {
  export(ids: readonly string[], as: 'folder' | 'csv' | 'fcpxml' | 'otio', to: string): Work;
  readRecipe(path: string): Promise<FoundRecipe | null>;
  /** Paths of the files and a picture to drag; missing clips are left out. */
  dragged(ids: readonly string[]): Promise<{ files: string[]; icon: string | null }>;
  saveFrame(id: string, moment: number, to: string): Promise<void>;
  planStitch(items: readonly StripItem[], choice: StitchChoice): Promise<StitchPlan>;
  stitch(items: readonly StripItem[], choice: StitchChoice, to: string): Work;
  /** A file name for what is made of these clips. */
  nameFor(ids: readonly string[], extension: string): string;
}

export interface Works {
  list(): Work[];
  pause(paused: boolean): void;
  cancel(id: string): void;
  dismiss(id: string): void;
}

export interface LibraryDialogs {
  /** Null when the person closed the dialog; the same below. */
  chooseFolder(caller: Caller): Promise<string | null>;
  chooseFile(caller: Caller): Promise<string | null>;
  saveAs(caller: Caller, name: string): Promise<string | null>;
  startDrag(caller: Caller, files: readonly string[], icon: string | null): void;
  showInFolder(path: string): void;
}

export function libraryHandlers(
  library: LibraryPlace & LibraryView & LibraryEditing,
  files: LibraryFiles,
  output: LibraryOutput,
  works: Works,
  dialogs: LibraryDialogs,
): HandlersOf<'library'> & HandlersOf<'work'> {
  return {
    'library.location': () => library.location(),
    'library.chooseFolder': async (_input, caller) => {
      const path = await dialogs.chooseFolder(caller);
      if (path !== null) await library.setRoot(path);
      return library.location();
    },
    'library.lookAgain': async () => {
      await library.lookAgain();
      await files.lookAgain();
      return library.location();
    },
    'library.showFolder': async () => {
      dialogs.showInFolder((await library.location()).path);
      return null;
    },
    'library.query': ({ text, sort }) => library.query(text, sort),
    'library.page': ({ text, sort, from, count }) => library.page(text, sort, from, count),
    'library.ids': ({ text, sort }) => library.ids(text, sort),
    'library.placeOf': ({ text, sort, id }) => library.placeOf(text, sort, id),
    'library.complete': ({ text, caret }) => library.complete(text, caret),
    'library.lineage': ({ id }) => library.lineage(id),
    'library.edit': ({ ids, edit }) => library.edit(ids, edit),
    'library.undo': () => library.undo(),
    'library.redo': () => library.redo(),
    'library.emptyTrash': ({ ids }) => library.emptyTrash(ids),
    'library.collections': () => library.collections(),
    'library.saveCollection': ({ id, name, query }) => library.saveCollection(id, name, query),
    'library.removeCollection': ({ id }) => {
      library.removeCollection(id);
      return null;
    },
    'library.orderCollections': ({ ids }) => library.orderCollections(ids),
    'library.counts': () => library.counts(),
    'library.rename': ({ ids, template }) => library.rename(ids, template),
    'library.import': ({ paths, mode }) => files.import(paths, mode),
    'library.importFolder': async ({ mode, watch }, caller) => {
      const path = await dialogs.chooseFolder(caller);
      if (path === null) return null;
      return watch ? files.watch(path, mode) : files.import([path], mode);
    },
    'library.watched': () => files.watched(),
    'library.unwatch': async ({ path }) => {
      await files.unwatch(path);
      return null;
    },
    'library.find': async ({ id, in: where }, caller) => {
      const path = await (where === 'file' ? dialogs.chooseFile(caller) : dialogs.chooseFolder(caller));
      return path === null ? null : files.find(id, path);
    },
    'library.check': () => files.check(),
    'library.repair': ({ what }) => files.repair(what),
    'library.export': async ({ ids, as }, caller) => {
      const to =
        as === 'folder'
          ? await dialogs.chooseFolder(caller)
          : await dialogs.saveAs(caller, output.nameFor(ids, as));
      return to === null ? null : output.export(ids, as, to);
    },
    'library.readRecipe': ({ path }) => output.readRecipe(path),
    'library.startDrag': async ({ ids }, caller) => {
      const { files: paths, icon } = await output.dragged(ids);
      if (paths.length === 0) throw new AppError('clip_missing');
      dialogs.startDrag(caller, paths, icon);
      return null;
    },
    'library.saveFrame': async ({ id, moment }, caller) => {
      const path = await dialogs.saveAs(caller, output.nameFor([id], 'png'));
      if (path === null) return null;
      await output.saveFrame(id, moment, path);
      return { path };
    },
    'library.planStitch': ({ items, choice }) => output.planStitch(items, choice),
    'library.stitch': async ({ items, choice }, caller) => {
      const to = await dialogs.saveAs(
        caller,
        output.nameFor(
          items.map(({ clipId }) => clipId),
          'mp4',
        ),
      );
      return to === null ? null : output.stitch(items, choice, to);
    },
    'work.list': () => works.list(),
    'work.pause': ({ paused }) => {
      works.pause(paused);
      return null;
    },
    'work.cancel': ({ id }) => {
      works.cancel(id);
      return null;
    },
    'work.dismiss': ({ id }) => {
      works.dismiss(id);
      return null;
    },
    'work.showInFolder': ({ id }) => {
      const path = works.list().find((work) => work.id === id)?.path ?? null;
      if (path === null) throw new AppError('not_found', 'nothing was written');
      dialogs.showInFolder(path);
      return null;
    },
  };
}
