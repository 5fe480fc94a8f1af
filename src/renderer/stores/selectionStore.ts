// Which clips are chosen together. The one in the inspector is among them; it is `viewStore`'s.
import { create } from 'zustand';
import type { Clip } from '@shared/domain/clip';
import { listen } from '../client/client';
import { useClips } from './clipsStore';
import { useLibrary } from './libraryStore';
import { useView } from './viewStore';

/** By id; null where only the id is known, such as after "select all". */
export type Chosen = ReadonlyMap<string, Clip | null>;

interface SelectionState {
  readonly chosen: Chosen;
  /** Place that a range begins at; null: at the next click. */
  readonly anchor: number | null;
  /** After a mark the keyboard goes on to the next clip. */
  readonly advance: boolean;
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
  setAdvance(advance: boolean): void;
}

const NONE: Chosen = new Map();

export const useSelection = create<SelectionState>()((set, get) => {
  const look = (clip: Clip, place: number): void => {
    useLibrary.getState().setFocus(clip.id, place);
    useClips.getState().remember(clip);
    useView.getState().select({ type: 'clip', id: clip.id });
  };
  return {
    chosen: NONE,
    anchor: null,
    advance: false,
    connect: () => {
      const stops = [
        // Whatever else selects a clip or a generation selects it alone.
        useView.subscribe(({ selection }, before) => {
          if (selection === before.selection) return;
          if (selection?.type === 'clip' && get().chosen.has(selection.id)) return;
          if (selection?.type !== 'clip') return set({ chosen: NONE, anchor: null });
          const clip = useClips.getState().records.get(selection.id) ?? null;
          set({ chosen: new Map([[selection.id, clip]]), anchor: null });
        }),
        useView.subscribe(({ list }, before) => {
          if (list !== before.list) get().clear();
        }),
        listen('clip.changed', (clip) => {
          if (get().chosen.has(clip.id))
            set(({ chosen }) => ({ chosen: new Map(chosen).set(clip.id, clip) }));
        }),
        listen('clip.removed', ({ id }) => {
          if (get().chosen.has(id)) set(({ chosen }) => ({ chosen: without(chosen, id) }));
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
    pick: (clip, place) => {
      set({ chosen: new Map([[clip.id, clip]]), anchor: place });
      look(clip, place);
    },
    toggle: (clip, place) => {
      const { chosen } = get();
      if (chosen.has(clip.id) && chosen.size > 1) {
        set({ chosen: without(chosen, clip.id), anchor: place });
        return;
      }
      set({ chosen: new Map(chosen).set(clip.id, clip), anchor: place });
      look(clip, place);
    },
    extendTo: async (clip, place) => {
      const anchor = get().anchor ?? useLibrary.getState().focus?.place ?? place;
      // The focus moves at once; the clips between may have to be asked for.
      set(({ chosen }) => ({ chosen: new Map(chosen).set(clip.id, clip), anchor }));
      look(clip, place);
      const between = await useLibrary.getState().between(anchor, place);
      const { selection } = useView.getState();
      if (selection?.id === clip.id) set({ chosen: new Map(between).set(clip.id, clip), anchor });
    },
    choose: (chosen) => set({ chosen, anchor: null }),
    chooseAll: async () => {
      const ids = await useLibrary.getState().ids();
      const { chosen } = get();
      set({ chosen: new Map(ids.map((id) => [id, chosen.get(id) ?? null])), anchor: 0 });
    },
    clear: () => {
      const { selection } = useView.getState();
      const { chosen } = get();
      const kept = selection?.type === 'clip' ? selection.id : null;
      set({ chosen: kept === null ? NONE : new Map([[kept, chosen.get(kept) ?? null]]), anchor: null });
    },
    setAdvance: (advance) => set({ advance }),
  };
});

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
