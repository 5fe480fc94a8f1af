// The strip that becomes a film: its takes in order, what it is made in, and how that would be done.
import { create } from 'zustand';
import { AppError, type ErrorRecord } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import type { Span } from '@shared/domain/repair';
import {
  MOST_STRIP_ITEMS,
  moveStripItem,
  trimStripItem,
  type StitchChoice,
  type StitchPlan,
  type StripItem,
} from '@shared/domain/stitch';
import { ask } from '../client/client';
import { recordOf } from './noticesStore';

interface StitchState {
  readonly items: readonly StripItem[];
  readonly clips: ReadonlyMap<string, Clip>;
  /** The key of the item that is trimmed and played. */
  readonly chosen: string | null;
  readonly choice: StitchChoice;
  /** Of the strip as it is; null while it is being looked at, or cannot be made. */
  readonly plan: StitchPlan | null;
  readonly problem: ErrorRecord | null;
  /** Clips behind the others, but those that are in the strip already. Answers how many were added. */
  add(ids: readonly string[]): Promise<number>;
  /** Every kept clip, oldest first. */
  addKept(): Promise<number>;
  choose(key: string | null): void;
  move(key: string, to: number): void;
  trim(key: string, span: Span): void;
  remove(key: string): void;
  clear(): void;
  setChoice(choice: StitchChoice): void;
  loadPlan(): Promise<void>;
  /** Answers whether the making has begun; the person may close the dialog that asks where to. */
  make(): Promise<boolean>;
}

const EMPTY = { items: [], clips: new Map<string, Clip>(), chosen: null, plan: null, problem: null } as const;
let lastKey = 0;

export const useStitch = create<StitchState>()((set, get) => {
  /** What changes the film makes its plan old. */
  const change = (next: Partial<StitchState>): void => set({ ...next, plan: null, problem: null });
  return {
    ...EMPTY,
    choice: {},
    add: async (ids) => {
      const wanted = absent(ids, get().items);
      const found = await Promise.all(wanted.map((id) => clipOf(id)));
      // Others may have come into the strip meanwhile.
      const still = new Set(absent(wanted, get().items));
      const there = found
        .filter((clip) => clip !== null)
        .filter((clip) => !clip.missing && still.has(clip.id));
      const added = there.map(({ id }): StripItem => ({ key: `strip-${++lastKey}`, clipId: id }));
      if (added.length === 0) return 0;
      const { items, clips, chosen } = get();
      change({
        items: [...items, ...added],
        clips: new Map([...clips, ...there.map((clip) => [clip.id, clip] as const)]),
        chosen: chosen ?? added[0]?.key ?? null,
      });
      return added.length;
    },
    addKept: async () => {
      const kept = { text: 'is:kept -is:missing', sort: { key: 'created', descending: false } } as const;
      return get().add(await ask('library.ids', kept));
    },
    choose: (chosen) => set({ chosen }),
    move: (key, to) => change({ items: moveStripItem(get().items, key, to) }),
    trim: (key, span) => {
      const { items, clips } = get();
      const clip = clips.get(items.find((item) => item.key === key)?.clipId ?? '');
      if (clip !== undefined) change({ items: trimStripItem(items, key, span, clip) });
    },
    remove: (key) => {
      const { items, chosen } = get();
      const at = items.findIndex((item) => item.key === key);
      const rest = items.filter((item) => item.key !== key);
      const next = rest[Math.min(at, rest.length - 1)]?.key ?? null;
      change({ items: rest, chosen: chosen === key ? next : chosen });
    },
    clear: () => set(EMPTY),
    setChoice: (choice) => change({ choice }),
    loadPlan: async () => {
      const { items, choice } = get();
      if (items.length === 0) return;
      const isOld = (): boolean => get().items !== items || get().choice !== choice;
      try {
        const plan = await ask('library.planStitch', { items: [...items], choice });
        if (!isOld()) set({ plan, problem: null });
      } catch (error) {
        if (!isOld()) set({ plan: null, problem: recordOf(error) });
      }
    },
    make: async () => {
      const { items, choice } = get();
      return (await ask('library.stitch', { items: [...items], choice })) !== null;
    },
  };
});

/** Those that are not in the strip, as many as it still takes. */
function absent(ids: readonly string[], items: readonly StripItem[]): string[] {
  const present = new Set(items.map(({ clipId }) => clipId));
  return [...new Set(ids)].filter((id) => !present.has(id)).slice(0, MOST_STRIP_ITEMS - items.length);
}

/** Null: it has left the library since it was chosen. */
async function clipOf(id: string): Promise<Clip | null> {
  try {
    return await ask('clips.get', { id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** The part of its clip that an item shows. */
export function shownSpan({ span }: StripItem, { seconds }: Pick<Clip, 'seconds'>): Span {
  return span ?? { from: 0, to: seconds };
}
