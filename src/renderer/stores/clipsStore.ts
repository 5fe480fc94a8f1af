// Clips that were looked at one by one, and their details. The grid's own records are `libraryStore`'s.
import { create } from 'zustand';
import type { RequestInput } from '@shared/contract/requests';
import type { Clip, ClipDetail } from '@shared/domain/clip';
import type { Reference } from '@shared/domain/reference';
import { ask, listen } from '../client/client';
import { withNewer } from './newerOf';
import { attempt } from './noticesStore';
import { useView } from './viewStore';

interface ClipsState {
  readonly records: ReadonlyMap<string, Clip>;
  readonly details: ReadonlyMap<string, ClipDetail>;
  connect(): () => void;
  /** Keeps the record of a clip that the person looks at. */
  remember(clip: Clip): void;
  loadDetail(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
  /** All of a clip, one frame or a range, kept as a reference. */
  asReference(input: RequestInput<'references.fromClip'>): Promise<Reference>;
}

/** More would be the whole library after a bulk edit. */
const MOST_RECORDS = 500;

export const useClips = create<ClipsState>()((set, get) => ({
  records: new Map(),
  details: new Map(),
  connect: () => {
    const stops = [
      listen('clip.changed', (clip) => {
        get().remember(clip);
        if (get().details.has(clip.id)) void get().loadDetail(clip.id);
      }),
      listen('clips.changed', () => {
        const { selection, viewer } = useView.getState();
        const seen = [viewer?.ids[viewer.at], selection?.type === 'clip' ? selection.id : undefined];
        set(({ records, details }) => ({ records: only(records, seen), details: only(details, seen) }));
        for (const id of get().details.keys()) void attempt(() => get().loadDetail(id));
      }),
      listen('clip.removed', ({ id }) =>
        set(({ records, details }) => ({ records: without(records, id), details: without(details, id) })),
      ),
    ];
    return () => stops.forEach((stop) => stop());
  },
  remember: (clip) => set(({ records }) => ({ records: latest(withNewer(records, clip)) })),
  loadDetail: async (id) => {
    const detail = await ask('clips.get', { id });
    set(({ details }) => ({ details: latest(withNewer(details, detail)) }));
    if (get().records.has(id)) get().remember(detail);
  },
  showInFolder: async (id) => void (await ask('clips.showInFolder', { id })),
  asReference: (input) => ask('references.fromClip', input),
}));

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  if (!map.has(id)) return map;
  const next = new Map(map);
  next.delete(id);
  return next;
}

/** What stands before the person's eyes stays until its news is there. */
function only<T>(map: ReadonlyMap<string, T>, ids: readonly (string | undefined)[]): ReadonlyMap<string, T> {
  return new Map([...map].filter(([id]) => ids.includes(id)));
}

/** Without the oldest, where there are too many. */
function latest<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return map.size <= MOST_RECORDS ? map : new Map([...map].slice(-MOST_RECORDS));
}
