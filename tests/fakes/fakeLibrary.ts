// The library's part of the fake bridge: search by the grammar's own meaning, edits with undo, works that end at once.
import { AppError } from '../../src/shared/contract/errors';
import type { EventName, Events } from '../../src/shared/contract/events';
import type { Outputs, RequestInput, RequestName } from '../../src/shared/contract/requests';
import type { Clip, ClipDetail, ClipEdit, Collection, EditDone, Work } from '../../src/shared/domain/clip';
import {
  compareFacts,
  completionsFor,
  matches,
  NamedSearches,
  NEWEST_FIRST,
  parseSearch,
  quotedValue,
  RATIO_VALUES,
  CLIP_STATES,
  type SearchFacts,
  type Sort,
} from '../../src/shared/domain/search';
import { framesOfSpan, type StitchPlan } from '../../src/shared/domain/stitch';
import { clipOf, sampleCollections, sampleWorks } from './sampleData';

type LibraryRequest = Exclude<
  Extract<RequestName, `library.${string}` | `work.${string}`>,
  'library.location' | 'library.chooseFolder' | 'library.lookAgain'
>;
type LibraryHandlers = {
  [N in LibraryRequest]: (input: RequestInput<N>) => Outputs[N] | Promise<Outputs[N]>;
};
type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

export interface FakeLibrary {
  readonly handlers: LibraryHandlers;
  /** To be told when a clip came from elsewhere. */
  changed(): void;
}

interface Step {
  readonly before: readonly ClipDetail[];
  readonly after: readonly ClipDetail[];
  readonly done: EditDone;
}

export function fakeLibrary(
  clips: Map<string, ClipDetail>,
  options: { readonly now: number; readonly works: boolean },
  emit: Emit,
): FakeLibrary {
  const { now } = options;
  let version = 1;
  let collections: Collection[] = sampleCollections();
  let works: Work[] = options.works ? sampleWorks() : [];
  let counter = 0;
  let newest: readonly ClipDetail[] | null = null;
  let last: { readonly key: string; readonly found: readonly ClipDetail[] } | null = null;
  const members = new Map<string, Set<string>>(
    collections
      .filter(({ query }) => query === null)
      .map(({ id }, index) => [
        id,
        new Set([...clips.keys()].filter((_, place) => place < 400 && place % 9 === index)),
      ]),
  );
  const undone: Step[] = [];
  const undoable: Step[] = [];
  const facts = new WeakMap<ClipDetail, SearchFacts>();

  const factsOf = (clip: ClipDetail): SearchFacts => {
    const known = facts.get(clip);
    if (known !== undefined) return known;
    const made: SearchFacts = {
      ...clip,
      prompt: clip.recipe?.prompt ?? '',
      references: (clip.recipe?.references ?? []).map(({ reference }) => reference),
      model: clip.recipe?.model ?? null,
      seed: clip.task?.seed ?? null,
      cost: clip.price?.amount ?? null,
      flag: clip.flag === 'kept' ? 1 : clip.flag === 'rejected' ? -1 : 0,
      trashed: clip.trashedAt !== null,
      collections: collections.filter(({ id }) => members.get(id)?.has(clip.id)).map(({ name }) => name),
    };
    facts.set(clip, made);
    return made;
  };
  const find = (text: string, sort: Sort): readonly ClipDetail[] => {
    const key = `${version} ${sort.key} ${String(sort.descending)} ${text}`;
    if (last?.key === key) return last.found;
    newest ??= [...clips.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const terms = parseSearch(text);
    const searches = new NamedSearches(collections);
    const found =
      terms.length === 0
        ? newest.filter(({ trashedAt }) => trashedAt === null)
        : newest.filter((clip) => matches(factsOf(clip), terms, now, searches));
    const asIs = sort.key === NEWEST_FIRST.key && sort.descending;
    const sorted = asIs ? found : [...found].sort((a, b) => compareFacts(factsOf(a), factsOf(b), sort));
    last = { key, found: sorted };
    return sorted;
  };
  const countOf = (collection: Collection): Collection => ({
    ...collection,
    clips:
      collection.query === null
        ? [...(members.get(collection.id) ?? [])].filter((id) => clips.get(id)?.trashedAt === null).length
        : find(collection.query, NEWEST_FIRST).length,
  });
  const announceCollections = (): void =>
    emit('collections.changed', { collections: collections.map(countOf) });
  const changed = (): void => {
    version += 1;
    newest = null;
    emit('library.changed', { version, canUndo: undoable.length > 0, canRedo: undone.length > 0 });
    announceCollections();
  };
  const put = (records: readonly ClipDetail[]): void => {
    for (const record of records) {
      const next = { ...record, revision: (clips.get(record.id)?.revision ?? 0) + 1 };
      clips.set(next.id, next);
      emit('clip.changed', clipOf(next));
    }
    changed();
  };
  const setWorks = (next: Work[]): void => {
    works = next;
    emit('work.changed', { works });
  };
  const startWork = (kind: Work['kind'], total: number, path: string | null): Work => {
    const id = `work-${++counter}`;
    const work: Work = { id, kind, done: 0, total, known: 0, failed: [], state: 'running', path };
    setWorks([work, ...works]);
    const change = (next: Partial<Work>): void =>
      setWorks(works.map((each) => (each.id === work.id ? { ...each, ...next } : each)));
    setTimeout(() => change({ done: Math.floor(total / 2) }), 400);
    setTimeout(() => change({ done: total, state: 'done' }), 1200);
    return work;
  };
  const clipAt = (id: string): ClipDetail => {
    const clip = clips.get(id);
    if (clip === undefined) throw new AppError('not_found');
    return clip;
  };
  const someOf = (which: (clip: ClipDetail) => boolean, most: number): Clip[] =>
    [...clips.values()]
      .slice(0, 1000)
      .filter((clip) => clip.trashedAt === null && which(clip))
      .slice(0, most)
      .map(clipOf);

  const handlers: LibraryHandlers = {
    'library.query': ({ text, sort }) => {
      const found = find(text, sort);
      return {
        total: found.length,
        seconds: found.reduce((sum, { seconds }) => sum + seconds, 0),
        ratios: Uint16Array.from(found, ({ width, height }) => Math.round((width / height) * 1000)),
        times: Uint32Array.from(found, ({ createdAt }) => Math.floor(Date.parse(createdAt) / 1000)),
        version,
      };
    },
    'library.page': ({ text, sort, from, count }) => ({
      clips: find(text, sort)
        .slice(from, from + count)
        .map(clipOf),
      version,
    }),
    'library.ids': ({ text, sort }) => find(text, sort).map(({ id }) => id),
    'library.placeOf': ({ text, sort, id }) => {
      const place = find(text, sort).findIndex((clip) => clip.id === id);
      return place < 0 ? null : place;
    },
    'library.complete': ({ text, caret }) => {
      const completion = completionsFor(text, caret);
      if (completion === null) return null;
      const { from, to, prefix } = completion;
      if (completion.type === 'key')
        return {
          from,
          to,
          values: completion.keys.map((key) => ({ text: `${key}:`, label: `${key}:`, clips: null })),
        };
      const counts = new Map<string, number>();
      const count = (value: string): void => void counts.set(value, (counts.get(value) ?? 0) + 1);
      for (const clip of [...clips.values()].slice(0, 2000)) {
        const { tags, references, model } = factsOf(clip);
        if (completion.key === 'tag') tags.forEach(count);
        if (completion.key === 'ref') references.forEach(({ name }) => count(name));
        if (completion.key === 'model' && model !== null) count(model);
      }
      if (completion.key === 'is') CLIP_STATES.forEach(count);
      if (completion.key === 'ratio') RATIO_VALUES.forEach(count);
      if (completion.key === 'in') collections.forEach(({ name }) => count(name));
      const fits = [...counts].filter(([value]) => value.toLowerCase().includes(prefix.toLowerCase()));
      const values = fits.slice(0, 8).map(([value, clipsOf]) => ({
        text: quotedValue(completion.key, value),
        label: value,
        clips: clipsOf,
      }));
      return { from, to, values };
    },
    'library.edit': ({ ids, edit }) => {
      const before = ids.map((id) => clipAt(id));
      for (const [list, add] of [
        [edit.addTo, true],
        [edit.removeFrom, false],
      ] as const)
        if (list !== undefined)
          for (const id of ids) {
            if (add) members.set(list, (members.get(list) ?? new Set()).add(id));
            else members.get(list)?.delete(id);
          }
      const after = before.map((clip) => edited(clip, edit, now));
      const [name] = Object.keys(edit) as (keyof ClipEdit)[];
      if (name === undefined) return null;
      const done = { edit: name, clips: ids.length };
      undoable.push({ before, after, done });
      undone.length = 0;
      put(after);
      return done;
    },
    'library.undo': () => {
      const step = undoable.pop();
      if (step === undefined) return null;
      undone.push(step);
      put(step.before);
      return step.done;
    },
    'library.redo': () => {
      const step = undone.pop();
      if (step === undefined) return null;
      undoable.push(step);
      put(step.after);
      return step.done;
    },
    'library.lineage': ({ id }) => ({
      madeFrom: someOf((clip) => clip.id !== id && clip.id.startsWith('boats'), 2),
      usedIn: someOf((clip) => clip.id !== id && clip.id.startsWith('leo'), 3),
      siblings: someOf((clip) => clip.id !== id && clip.title === clipAt(id).title, 6),
    }),
    'library.emptyTrash': ({ ids }) => {
      const chosen = ids ?? [...clips.values()].filter((clip) => clip.trashedAt !== null).map(({ id }) => id);
      for (const id of chosen) {
        clips.delete(id);
        emit('clip.removed', { id });
      }
      changed();
      return { removed: chosen.length };
    },
    'library.collections': () => collections.map(countOf),
    'library.saveCollection': ({ id, name, query }) => {
      const known = collections.find((collection) => collection.id === id);
      const saved: Collection = { id: known?.id ?? `collection-new-${++counter}`, name, query, clips: null };
      collections =
        known === undefined
          ? [...collections, saved]
          : collections.map((each) => (each === known ? saved : each));
      changed();
      return countOf(saved);
    },
    'library.removeCollection': ({ id }) => {
      collections = collections.filter((collection) => collection.id !== id);
      announceCollections();
      return null;
    },
    'library.orderCollections': ({ ids }) => {
      const placeOf = ({ id }: Collection): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
      collections = collections.toSorted((a, b) => placeOf(a) - placeOf(b));
      announceCollections();
      return collections.map(countOf);
    },
    'library.counts': () => {
      const tags = new Map<string, number>();
      for (const clip of clips.values())
        if (clip.trashedAt === null) for (const tag of clip.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
      const count = (text: string): number => find(text, NEWEST_FIRST).length;
      return {
        all: count(''),
        kept: count('is:kept'),
        imported: count('is:imported'),
        trash: count('is:trashed'),
        tags: [...tags]
          .map(([tag, clipsOf]) => ({ tag, clips: clipsOf }))
          .sort((a, b) => b.clips - a.clips)
          .slice(0, 200),
      };
    },
    'library.import': ({ paths }) => startWork('import', paths.length, null),
    'library.importFolder': () => startWork('import', 640, null),
    'library.watched': () => ['/home/mei/Videos/Camera', '/media/nas/rushes'],
    'library.unwatch': () => null,
    'library.find': () => ({ found: 1 }),
    'library.check': () => ({
      missing: someOf(({ missing }) => missing, 5),
      duplicates: [someOf(({ id }) => id.startsWith('boats-a'), 2)],
      unknown: ['2026/11/phone clip 4.mp4', '2026/10/untitled.mov'],
      damaged: someOf(({ id }) => id.startsWith('moss'), 1),
      withoutSidecar: someOf(({ id }) => id.startsWith('kite'), 3),
    }),
    'library.repair': () => ({ repaired: 2 }),
    'library.rename': ({ ids }) => ({ renamed: ids.length }),
    'library.export': ({ ids, as }) =>
      startWork('export', as === 'folder' ? ids.length : 1, `/home/mei/Videos/Export.${as}`),
    'library.readRecipe': () => {
      const recipe = [...clips.values()].find((clip) => clip.recipe !== null)?.recipe ?? null;
      return recipe === null ? null : { recipe, missingReferences: 0 };
    },
    'library.startDrag': () => null,
    'library.saveFrame': () => ({ path: '/home/mei/Pictures/Boats, dolly in 2.png' }),
    'library.planStitch': ({ items, choice }) => planOf(items, choice, clipAt),
    'library.stitch': () => startWork('stitch', 1, '/home/mei/Videos/Film.mp4'),
    'work.list': () => works,
    'work.pause': ({ paused }) => {
      const [from, to] = paused ? (['running', 'paused'] as const) : (['paused', 'running'] as const);
      setWorks(works.map((work) => (work.state === from ? { ...work, state: to } : work)));
      return null;
    },
    'work.cancel': ({ id }) => {
      setWorks(works.map((work) => (work.id === id ? { ...work, state: 'cancelled' } : work)));
      return null;
    },
    'work.dismiss': ({ id }) => {
      setWorks(works.filter((work) => work.id !== id));
      return null;
    },
    'work.showInFolder': () => null,
    'library.showFolder': () => null,
  };
  return { handlers, changed };
}

function edited(clip: ClipDetail, edit: ClipEdit, now: number): ClipDetail {
  const { rating, flag, title, note, trashed, addTags = [], removeTags = [] } = edit;
  const tags = [...new Set([...clip.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  return {
    ...clip,
    tags,
    ...(rating === undefined ? {} : { rating }),
    ...(flag === undefined ? {} : { flag }),
    ...(title === undefined ? {} : { title }),
    ...(note === undefined ? {} : { note }),
    ...(trashed === undefined ? {} : { trashedAt: trashed ? new Date(now).toISOString() : null }),
  };
}

function planOf(
  items: RequestInput<'library.planStitch'>['items'],
  choice: RequestInput<'library.planStitch'>['choice'],
  clipAt: (id: string) => ClipDetail,
): StitchPlan {
  let from = 0;
  const first = clipAt(items[0]?.clipId ?? '');
  const reasons: StitchPlan['reasons'] = choice.size === undefined ? [] : ['chosen_size'];
  const pieces = items.map(({ clipId, span }) => {
    const { fps, seconds: length } = clipAt(clipId);
    const { firstFrame, frames } = framesOfSpan(span, { fps, frames: Math.round(length * fps) });
    const piece = { firstFrame, frames, from, seconds: frames / fps, reasons: [], silent: false };
    from += piece.seconds;
    return piece;
  });
  const joins = items.slice(1).map(({ clipId }, index): StitchPlan['joins'][number] => {
    const [a, b] = [clipAt(items[index]?.clipId ?? ''), clipAt(clipId)];
    const differ = a.width !== b.width || a.height !== b.height;
    return { copy: !differ, reasons: differ ? ['size'] : [] };
  });
  return {
    mode: reasons.length === 0 && joins.every(({ copy }) => copy) ? 'copy' : 'encode',
    items: pieces,
    joins,
    reasons,
    size: choice.size ?? { width: first.width, height: first.height },
    fps: choice.fps ?? first.fps,
    frames: pieces.reduce((sum, { frames }) => sum + frames, 0),
    seconds: from,
    sound: 'encoded',
  };
}
