// Mirror of the library, newest first, loaded page by page, and of the details of clips that were looked at.
import { create } from 'zustand';
import type { RequestInput } from '@shared/contract/requests';
import type { Clip, ClipCursor, ClipDetail, ClipPage } from '@shared/domain/clip';
import type { Reference } from '@shared/domain/reference';
import { ask, listen } from '../client/client';
import { withNewer, withSnapshot } from './newerOf';

const PAGE = 200;

interface ClipsState {
  readonly records: ReadonlyMap<string, Clip>;
  readonly gone: ReadonlySet<string>;
  readonly total: number;
  /** Null: nothing was loaded yet, or the end is reached (`ended`). */
  readonly next: ClipCursor | null;
  readonly loaded: boolean;
  readonly ended: boolean;
  readonly loading: boolean;
  readonly details: ReadonlyMap<string, ClipDetail>;
  connect(): () => void;
  loadMore(): Promise<void>;
  loadDetail(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
  /** All of a clip, one frame or a range, kept as a reference. */
  asReference(input: RequestInput<'references.fromClip'>): Promise<Reference>;
}

export const useClips = create<ClipsState>()((set, get) => ({
  records: new Map(),
  gone: new Set(),
  total: 0,
  next: null,
  loaded: false,
  ended: false,
  loading: false,
  details: new Map(),
  connect: () => {
    const stops = [
      listen('clip.changed', (clip) => {
        set((state) => putClip(state, clip));
        if (get().details.has(clip.id)) void get().loadDetail(clip.id);
      }),
      listen('clip.removed', ({ id }) => set((state) => removeClip(state, id))),
    ];
    return () => stops.forEach((stop) => stop());
  },
  loadMore: async () => {
    const { loading, ended, next } = get();
    if (loading || ended) return;
    set({ loading: true });
    try {
      const page = await ask('clips.list', { after: next, limit: PAGE });
      set((state) => putPage(state, page));
    } finally {
      set({ loading: false });
    }
  },
  loadDetail: async (id) => {
    const detail = await ask('clips.get', { id });
    set(({ details }) => ({ details: withNewer(details, detail) }));
  },
  showInFolder: async (id) => void (await ask('clips.showInFolder', { id })),
  asReference: (input) => ask('references.fromClip', input),
}));

type Mirror = Pick<ClipsState, 'records' | 'gone' | 'total' | 'next' | 'loaded' | 'ended'>;

/** A clip that lies beyond the loaded pages waits for its page: its place is not known to be without gaps. */
export function putClip(state: Mirror, clip: Clip): Partial<Mirror> {
  const known = state.records.has(clip.id);
  const beyond = state.loaded && !state.ended && state.next !== null && comesAfter(clip, state.next);
  if (state.gone.has(clip.id) || (!known && beyond)) return {};
  return {
    records: withNewer(state.records, clip),
    // Before the first page the total is unknown; the page brings it.
    total: known || !state.loaded ? state.total : state.total + 1,
  };
}

export function putPage(state: Mirror, page: ClipPage): Partial<Mirror> {
  return {
    records: withSnapshot(state.records, page.clips, state.gone),
    total: page.total,
    next: page.next,
    loaded: true,
    ended: page.next === null,
  };
}

export function removeClip(state: Mirror, id: string): Partial<Mirror> {
  if (state.gone.has(id)) return {};
  const records = new Map(state.records);
  records.delete(id);
  return { records, gone: new Set(state.gone).add(id), total: Math.max(0, state.total - 1) };
}

function comesAfter(clip: Clip, cursor: ClipCursor): boolean {
  return clip.createdAt < cursor.createdAt || (clip.createdAt === cursor.createdAt && clip.id < cursor.id);
}

/** Newest first. */
export function sortedClips(records: ReadonlyMap<string, Clip>): Clip[] {
  return [...records.values()].sort((a, b) => {
    if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
    return a.id < b.id ? 1 : -1;
  });
}
