// Which clips are chosen together. The one in the inspector is among them; it is `viewStore`'s.
import { create } from 'zustand';
import type { Clip } from '@shared/domain/clip';
import { ask, listen } from '../client/client';
import { clipAtPlace, placeInPages } from './clipPages';
import { useClips } from './clipsStore';
import { useLibrary } from './libraryStore';
import { useView } from './viewStore';

/** By id; null where only the id is known, such as after "select all". */
export type Chosen = ReadonlyMap<string, Clip | null>;

/** A clip, and where it stood when it was chosen. */
export interface Anchor {
  readonly id: string;
  readonly place: number;
}

interface SelectionState {
  readonly chosen: Chosen;
  /** What a range begins at; null: at the next click. */
  readonly anchor: Anchor | null;
  connect(): () => void;
  /** One clip alone. */
  pick(clip: Clip, place: number): void;
  /** Takes one in or out. */
  toggle(clip: Clip, place: number): void;
  /** All from where the range began to here. */
  extendTo(clip: Clip, place: number): Promise<void>;
  choose(chosen: Chosen): void;
  /** Everything that the list shows. */
  chooseAll(): Promise<void>;
  /** Only the clip in the inspector stays. */
  clear(): void;
}

const NONE: Chosen = new Map();

export const useSelection = create<SelectionState>()((set, get) => {
  /** Grows with every choice: what was asked for an older one is dropped. */
  let round = 0;
  const put = (chosen: Chosen, anchor: Anchor | null): void => {
    round += 1;
    set({ chosen, anchor });
  };
  const look = (clip: Clip, place: number): void => {
    useLibrary.getState().setFocus(clip.id, place);
    useClips.getState().remember(clip);
    useView.getState().select({ type: 'clip', id: clip.id });
  };
  return {
    chosen: NONE,
    anchor: null,
    connect: () => {
      const stops = [
        // Whatever else selects a clip or a generation selects it alone.
        useView.subscribe(({ selection }, before) => {
          if (selection === before.selection) return;
          if (selection?.type === 'clip' && get().chosen.has(selection.id)) return;
          if (selection?.type !== 'clip') return put(NONE, null);
          const clip = useClips.getState().records.get(selection.id) ?? null;
          put(new Map([[selection.id, clip]]), null);
        }),
        useView.subscribe(({ list }, before) => {
          if (list !== before.list) get().clear();
        }),
        listen('clip.changed', (clip) => {
          if (get().chosen.has(clip.id))
            set(({ chosen }) => ({ chosen: new Map(chosen).set(clip.id, clip) }));
        }),
        listen('clips.changed', () => {
          set(({ chosen }) => ({ chosen: new Map([...chosen.keys()].map((id) => [id, null])) }));
        }),
        listen('clip.removed', ({ id }) => {
          if (get().chosen.has(id)) set(({ chosen }) => ({ chosen: without(chosen, id) }));
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
    pick: (clip, place) => {
      put(new Map([[clip.id, clip]]), { id: clip.id, place });
      look(clip, place);
    },
    toggle: (clip, place) => {
      const { chosen } = get();
      if (chosen.has(clip.id) && chosen.size > 1) {
        put(without(chosen, clip.id), { id: clip.id, place });
        return;
      }
      put(new Map(chosen).set(clip.id, clip), { id: clip.id, place });
      look(clip, place);
    },
    extendTo: async (clip, place) => {
      const anchor = get().anchor ?? useLibrary.getState().focus ?? { id: clip.id, place };
      // The focus moves at once; the clips between may have to be asked for.
      put(new Map(get().chosen).set(clip.id, clip), anchor);
      look(clip, place);
      const asked = round;
      const from = await placeOf(anchor);
      const between = await useLibrary.getState().between(from, place);
      if (asked === round) put(new Map(between).set(clip.id, clip), { id: anchor.id, place: from });
    },
    choose: (chosen) => put(chosen, null),
    chooseAll: async () => {
      const asked = ++round;
      const ids = await useLibrary.getState().ids();
      if (asked !== round) return;
      const { chosen } = get();
      const [first] = ids;
      put(
        new Map(ids.map((id) => [id, chosen.get(id) ?? null])),
        first === undefined ? null : { id: first, place: 0 },
      );
    },
    clear: () => {
      const { selection } = useView.getState();
      const { chosen } = get();
      const kept = selection?.type === 'clip' ? selection.id : null;
      put(kept === null ? NONE : new Map([[kept, chosen.get(kept) ?? null]]), null);
    },
  };
});

/** Where it stands now: the order may have changed since. Gone from the list: where it stood. */
async function placeOf({ id, place }: Anchor): Promise<number> {
  const { pages, order } = useLibrary.getState();
  if (order === null || clipAtPlace(pages, place)?.id === id) return place;
  return placeInPages(pages, id) ?? (await ask('library.placeOf', { ...order.question, id })) ?? place;
}

function without(chosen: Chosen, id: string): Chosen {
  const next = new Map(chosen);
  next.delete(id);
  return next;
}

/** The clips that a command is about: all chosen ones, in the order they were chosen. */
export function chosenIds(): string[] {
  return [...useSelection.getState().chosen.keys()];
}

/** What clips dragged inside the window carry: their ids, as JSON. */
export const CLIPS_DRAG_TYPE = 'application/x-dailies-clips';
