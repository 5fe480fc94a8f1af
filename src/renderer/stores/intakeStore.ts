// Files, pasted pictures, clips and addresses on their way into the draft.
import { create } from 'zustand';
import { AppError } from '@shared/contract/errors';
import type { AddedReferences, FoundRecipe } from '@shared/contract/requests';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { ask, pathForFile } from '../client/client';
import { useDraft } from './draftStore';
import { attempt, useNotices } from './noticesStore';

/** The cap of `references.paste`, whose schema stays out of the window. */
const MOST_PASTED_BYTES = 30 * 1024 * 1024;

/** The cap of `references.add`: more come in several requests. */
const MOST_PATHS = 50;

/** No request takes more files than this; a whole selection of hundreds was not meant. */
const MOST_CLIPS = 12;

/** What a clip dragged out of the grid carries: its id. */
export const CLIP_DRAG_TYPE = 'application/x-dailies-clip';

/** A video that was dropped and says itself how it was made. */
export interface FoundInFile extends FoundRecipe {
  readonly file: File;
}

interface IntakeState {
  /** How many files are being read right now. */
  readonly reading: number;
  /** Waits for the person to say what it is meant as. */
  readonly found: FoundInFile | null;
  /** One video alone that carries a recipe becomes `found` instead. */
  offer(files: readonly File[]): Promise<void>;
  /** What was found is done with, or left. */
  closeFound(): void;
  addFiles(files: readonly File[]): Promise<void>;
  addPaths(paths: readonly string[]): Promise<void>;
  pick(): Promise<void>;
  /** The file that is picked takes the place of the one in this slot; more than one are added behind. */
  pickFor(key: string): Promise<void>;
  /** All of each clip of the library, in this order; at most as many as a request takes. */
  addClips(clipIds: readonly string[]): void;
  /** Rejects with an AppError: the dialog shows it beside the field. */
  addUrl(url: string, kind: ReferenceKind | undefined): Promise<void>;
}

export const useIntake = create<IntakeState>()((set, get) => {
  let offers = 0;
  const whileReading = async (count: number, action: () => Promise<unknown>): Promise<void> => {
    set(({ reading }) => ({ reading: reading + count }));
    await attempt(action);
    set(({ reading }) => ({ reading: reading - count }));
  };
  const addEach = async (paths: readonly string[]): Promise<void> => {
    for (let from = 0; from < paths.length; from += MOST_PATHS)
      take(await ask('references.add', { paths: paths.slice(from, from + MOST_PATHS) }));
  };
  return {
    reading: 0,
    found: null,
    offer: async (files) => {
      const [file] = files;
      const offer = ++offers;
      const found = file === undefined || files.length > 1 ? null : await recipeIn(file);
      // One question at a time, about the newest drop: it must not change under the person's hand.
      if (found === null || offer !== offers || get().found !== null) return get().addFiles(files);
      set({ found });
    },
    closeFound: () => set({ found: null }),
    addFiles: async (files) => {
      const located = files.map((file) => ({ file, path: pathForFile(file) }));
      const paths = located.map(({ path }) => path).filter((path) => path !== '');
      const loose = located.filter(({ path }) => path === '').map(({ file }) => file);
      await whileReading(files.length, async () => {
        await addEach(paths);
        for (const file of loose) await addBytes(file);
      });
    },
    addPaths: (paths) => whileReading(paths.length, () => addEach(paths)),
    pick: () => whileReading(0, async () => take(await ask('references.pick', {}))),
    pickFor: (key) =>
      whileReading(0, async () => {
        const { added, refused } = await ask('references.pick', {});
        const [first, ...others] = added;
        if (first !== undefined) useDraft.getState().replaceReference(key, first);
        take({ added: others, refused });
      }),
    addClips: (clipIds) => {
      const ids = clipIds.slice(0, MOST_CLIPS);
      void whileReading(ids.length, async () => {
        for (const clipId of ids)
          useDraft.getState().addReferences([await ask('references.fromClip', { clipId })]);
      });
    },
    addUrl: async (url, kind) => {
      const reference = await ask('references.addUrl', kind === undefined ? { url } : { url, kind });
      useDraft.getState().addReferences([reference]);
    },
  };
});

/** Null also where it cannot be told: then it is a file as any other, and the intake says what is wrong with it. */
async function recipeIn(file: File): Promise<FoundInFile | null> {
  const path = pathForFile(file);
  if (path === '' || !/\.(mp4|mov|m4v)$/i.test(file.name)) return null;
  const found = await ask('library.readRecipe', { path }).catch(() => null);
  return found === null ? null : { ...found, file };
}

function take({ added, refused }: AddedReferences): void {
  useDraft.getState().addReferences(added);
  for (const { name, error } of refused) useNotices.getState().fail(AppError.from(error), name);
}

/** A picture from the clipboard or a page has no path: its bytes travel. */
async function addBytes(file: File): Promise<void> {
  if (file.size > MOST_PASTED_BYTES) throw new AppError('file_too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const reference: Reference = await ask('references.paste', { bytes, name: file.name });
  useDraft.getState().addReferences([reference]);
}
