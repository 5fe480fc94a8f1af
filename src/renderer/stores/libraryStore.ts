// The library as it is looked at: which clips a list and a search find, in order, and the records that are in sight.
import { create } from 'zustand';
import type { ClipOrder, LibraryLocation, RequestInput, SearchCompletion } from '@shared/contract/requests';
import type { Clip, ClipEdit, EditDone } from '@shared/domain/clip';
import { NEWEST_FIRST, type Sort } from '@shared/domain/search';
import { ask, listen } from '../client/client';
import {
  CHUNK,
  clipAtPlace,
  neededChunks,
  placeInPages,
  sameNumbers,
  withClip,
  withPage,
  type ClipPages,
  type Places,
} from './clipPages';
import { attempt } from './noticesStore';
import { useView } from './viewStore';

/** What the grid shows: everything that `library.query` needs. */
export interface Question {
  readonly text: string;
  readonly sort: Sort;
}

export interface ShownOrder extends ClipOrder {
  readonly question: Question;
  /** Where the clip stands now that was the first in sight before; null: nothing was, or it is gone. */
  readonly anchor: { readonly from: number; readonly to: number } | null;
}

interface LibraryState {
  readonly location: LibraryLocation | null;
  /** Null: nothing was asked yet. */
  readonly order: ShownOrder | null;
  readonly pages: ClipPages;
  /** The clip that the keyboard stands at, and where. `left`: it is not in this list any more, but was just there. */
  readonly focus: { readonly id: string; readonly place: number; readonly left: boolean } | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  load(): Promise<void>;
  choose(): Promise<void>;
  /** The folder may be there again. */
  lookAgain(): Promise<void>;
  connect(): () => void;
  /** Shows what another search, list or order finds. */
  show(question: Question): void;
  /** What is in sight; the rest is asked for, or given up. `anchor`: the first place wholly in sight. */
  see(places: Places, anchor: number | null): void;
  setFocus(id: string, place: number): void;
  edit(ids: readonly string[], edit: ClipEdit): Promise<EditDone | null>;
  undo(): Promise<EditDone | null>;
  redo(): Promise<EditDone | null>;
  /** Puts the files into the system's trash; null: of all in the library's own. Answers how many. */
  emptyTrash(ids: readonly string[] | null): Promise<number>;
  complete(text: string, caret: number): Promise<SearchCompletion | null>;
  /** Bytes of all that this search finds. */
  bytesOf(text: string): Promise<{ readonly clips: number; readonly bytes: number }>;
  /** Begins the system's own drag of the files. */
  startDrag(ids: readonly string[]): Promise<void>;
  /** Every id, in order. */
  ids(): Promise<readonly string[]>;
  /** The clips from one place to another, both included; null where only the id is known. */
  between(from: number, to: number): Promise<ReadonlyMap<string, Clip | null>>;
}

const AT_A_TIME = 2;
/** Changes that come in a burst, such as an import, make one new question. Milliseconds. */
const SETTLE = 250;
/** Above this a range is taken by its ids alone. */
const MOST_FETCHED = 2000;
const MOST_PER_REQUEST = 500;
const MOST_DRAGGED = 500;

export const useLibrary = create<LibraryState>()((set, get) => {
  let wanted: Question = { text: '', sort: NEWEST_FIRST };
  let seen: Places = { from: 0, to: CHUNK };
  let anchor: number | null = null;
  /** Grows with every new order: answers to questions about an older one are dropped. */
  let round = 0;
  let asking = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inFlight = new Set<number>();
  let known: {
    readonly version: number;
    readonly question: Question;
    readonly ids: readonly string[];
  } | null = null;

  const page = (question: Question, chunk: number): Promise<{ clips: Clip[]; version: number }> =>
    ask('library.page', { ...question, from: chunk * CHUNK, count: CHUNK });

  /** Asks for the order and for what will be in sight in it, and shows both at once: nothing jumps or flickers. */
  const refresh = async (): Promise<void> => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    clearTimeout(timer);
    timer = undefined;
    try {
      do {
        again = false;
        await attempt(() => renew(wanted));
      } while (again);
    } finally {
      asking = false;
    }
  };

  const renew = async (question: Question): Promise<void> => {
    const before = get();
    const same = before.order !== null && isSame(before.order.question, question);
    const anchorPlace = same ? anchor : null;
    const anchorId = anchorPlace === null ? undefined : clipAtPlace(before.pages, anchorPlace)?.id;
    const order = await ask('library.query', question);
    const placeOf = (id: string): Promise<number | null> => ask('library.placeOf', { ...question, id });
    const moved = anchorId === undefined ? null : await placeOf(anchorId);
    const focused = selectedClip();
    const place = focused === null ? null : await placeOf(focused);
    const shift = moved === null || anchorPlace === null ? 0 : moved - anchorPlace;
    const sight: Places = same
      ? { from: Math.max(0, seen.from + shift), to: Math.max(1, seen.to + shift) }
      : { from: 0, to: CHUNK };
    const chunks = neededChunks(sight, order.total).slice(0, same ? 4 : 1);
    const answers = await Promise.all(chunks.map((chunk) => page(question, chunk)));
    if (question !== wanted) {
      again = true;
      return;
    }
    if (answers.some(({ version }) => version !== order.version)) refreshSoon();
    round += 1;
    inFlight.clear();
    const { order: shown, focus } = get();
    const pages: ClipPages = new Map(chunks.map((chunk, at) => [chunk, answers[at]?.clips ?? []]));
    const still =
      shown !== null && sameNumbers(shown.ratios, order.ratios) && sameNumbers(shown.times, order.times);
    set({
      order: {
        ...order,
        // The same arrays keep the layout that was made from them.
        ...(still ? { ratios: shown.ratios, times: shown.times } : {}),
        question,
        anchor: moved === null || anchorPlace === null ? null : { from: anchorPlace, to: moved },
      },
      pages,
      focus:
        same && focus !== null && focus.id !== focused && focus.id === selectedClip()
          ? // The keyboard went on while the answers were on their way.
            { ...focus, place: placeInPages(pages, focus.id) ?? focus.place }
          : focused !== null && place !== null
            ? { id: focused, place, left: false }
            : // Gone from this list, as a rejected one from the kept: its place is where the keyboard goes on.
              same && focus !== null && focus.id === focused
              ? { ...focus, left: true }
              : null,
    });
    seen = sight;
    pump();
  };

  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      // Also while an answer is on its way: else nothing would be asked ever after.
      timer = undefined;
      void refresh();
    }, SETTLE);
  };

  const pump = (): void => {
    const { order, pages } = get();
    if (order === null) return;
    const open = neededChunks(seen, order.total).filter((chunk) => !pages.has(chunk) && !inFlight.has(chunk));
    for (const chunk of open.slice(0, Math.max(0, AT_A_TIME - inFlight.size))) void fetchChunk(order, chunk);
  };

  const fetchChunk = async (order: ShownOrder, chunk: number): Promise<void> => {
    const asked = round;
    inFlight.add(chunk);
    try {
      const { clips, version } = await page(order.question, chunk);
      if (asked !== round) return;
      inFlight.delete(chunk);
      if (version !== order.version) return refreshSoon();
      set(({ pages }) => ({ pages: withPage(pages, chunk, clips, seen) }));
      pump();
    } catch {
      // The next look at these places asks again.
      if (asked === round) inFlight.delete(chunk);
    }
  };

  return {
    location: null,
    order: null,
    pages: new Map(),
    focus: null,
    canUndo: false,
    canRedo: false,
    load: async () => set({ location: await ask('library.location', {}) }),
    choose: async () => set({ location: await ask('library.chooseFolder', {}) }),
    lookAgain: async () => set({ location: await ask('library.lookAgain', {}) }),
    connect: () => {
      const stops = [
        listen('library.changed', ({ version, canUndo, canRedo }) => {
          set({ canUndo, canRedo });
          if (get().order?.version !== version) refreshSoon();
        }),
        listen('library.folderChanged', () => void attempt(get().load)),
        listen('clip.changed', (clip) => set(({ pages }) => ({ pages: withClip(pages, clip) }))),
      ];
      return () => {
        clearTimeout(timer);
        stops.forEach((stop) => stop());
      };
    },
    show: (question) => {
      const { order } = get();
      if (isSame(wanted, question) && (asking || order !== null)) return;
      wanted = question;
      void refresh();
    },
    see: (places, first) => {
      seen = places;
      anchor = first;
      pump();
    },
    setFocus: (id, place) => set({ focus: { id, place, left: false } }),
    edit: (ids, edit) => ask('library.edit', { ids: [...ids], edit: mutable(edit) }),
    undo: () => ask('library.undo', {}),
    redo: () => ask('library.redo', {}),
    emptyTrash: async (ids) =>
      (await ask('library.emptyTrash', { ids: ids === null ? null : [...ids] })).removed,
    complete: (text, caret) => ask('library.complete', { text, caret }),
    bytesOf: async (text) => {
      const question = { text, sort: NEWEST_FIRST };
      const { total } = await ask('library.query', question);
      let bytes = 0;
      for (let from = 0; from < total; from += MOST_PER_REQUEST) {
        const { clips } = await ask('library.page', { ...question, from, count: MOST_PER_REQUEST });
        bytes += clips.reduce((sum, clip) => sum + clip.bytes, 0);
      }
      return { clips: total, bytes };
    },
    startDrag: async (ids) => void (await ask('library.startDrag', { ids: ids.slice(0, MOST_DRAGGED) })),
    ids: async () => {
      const { order } = get();
      if (order === null) return [];
      const { question, version } = order;
      if (known === null || known.version !== version || !isSame(known.question, question))
        known = { version, question, ids: await ask('library.ids', question) };
      return known.ids;
    },
    between: async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const { pages, order } = get();
      const found = new Map<string, Clip | null>();
      for (let place = from; place <= to; place += 1) {
        const clip = clipAtPlace(pages, place);
        if (clip === undefined) break;
        found.set(clip.id, clip);
      }
      if (found.size === to - from + 1 || order === null) return found;
      found.clear();
      if (to - from + 1 > MOST_FETCHED) {
        for (const id of (await get().ids()).slice(from, to + 1)) found.set(id, null);
        return found;
      }
      for (let at = from; at <= to; at += MOST_PER_REQUEST) {
        const count = Math.min(MOST_PER_REQUEST, to - at + 1);
        const { clips } = await ask('library.page', { ...order.question, from: at, count });
        for (const clip of clips) found.set(clip.id, clip);
      }
      return found;
    },
  };
});

function selectedClip(): string | null {
  const { selection } = useView.getState();
  return selection?.type === 'clip' ? selection.id : null;
}

export function isSame(a: Question, b: Question): boolean {
  return a.text === b.text && a.sort.key === b.sort.key && a.sort.descending === b.sort.descending;
}

/** The request's lists are not read-only. */
function mutable({ addTags, removeTags, ...rest }: ClipEdit): RequestInput<'library.edit'>['edit'] {
  return {
    ...rest,
    ...(addTags === undefined ? {} : { addTags: [...addTags] }),
    ...(removeTags === undefined ? {} : { removeTags: [...removeTags] }),
  };
}
