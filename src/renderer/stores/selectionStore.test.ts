import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import { NEWEST_FIRST, type Sort } from '@shared/domain/search';
import { until, windowBridge, type WindowBridge } from '../../../tests/fakes/windowBridge';

const OLDEST_FIRST: Sort = { key: 'created', descending: false };

async function start(clips = 60) {
  vi.resetModules();
  const bridge = windowBridge({ clips, generations: 'none', now: Date.parse('2026-11-22T12:00:00Z') });
  const { useLibrary } = await import('./libraryStore');
  const { chosenIds, useSelection } = await import('./selectionStore');
  const { useView } = await import('./viewStore');
  const { clipAtPlace } = await import('./clipPages');
  useLibrary.getState().connect();
  useSelection.getState().connect();
  const show = async (text: string, sort: Sort = NEWEST_FIRST): Promise<void> => {
    useLibrary.getState().show({ text, sort });
    await until(
      useLibrary,
      ({ order }) => order?.question.text === text && order.question.sort.descending === sort.descending,
    );
  };
  await show('');
  const at = (place: number): Clip => {
    const clip = clipAtPlace(useLibrary.getState().pages, place);
    if (clip === undefined) throw new Error(`no clip at ${place}`);
    return clip;
  };
  const idsIn = async (sort: Sort = NEWEST_FIRST): Promise<string[]> => {
    const answer = await bridge.request('library.ids', { text: '', sort });
    return answer.ok ? answer.value : [];
  };
  return { bridge, useLibrary, useSelection, useView, chosenIds, show, at, idsIn };
}

describe('a range', () => {
  let room: Awaited<ReturnType<typeof start>>;
  let bridge: WindowBridge;
  beforeEach(async () => {
    room = await start(400);
    ({ bridge } = room);
  });

  // Bug: the second Shift click adds to the first range instead of turning around the same clip.
  it('turns around the clip that it began at', async () => {
    const { useSelection, chosenIds, at, idsIn } = room;
    const ids = await idsIn();
    useSelection.getState().pick(at(5), 5);
    await useSelection.getState().extendTo(at(8), 8);
    expect(chosenIds().toSorted()).toEqual(ids.slice(5, 9).toSorted());
    await useSelection.getState().extendTo(at(2), 2);
    expect(chosenIds().toSorted()).toEqual(ids.slice(2, 6).toSorted());
  });

  // Bug: only the clips that the window happens to hold are chosen, and "delete" takes a part of what was meant.
  it('takes the clips between that the window does not hold', async () => {
    const { useSelection, useLibrary, chosenIds, at, idsIn } = room;
    const ids = await idsIn();
    useSelection.getState().pick(at(3), 3);
    useLibrary.getState().see({ from: 340, to: 360 }, 340);
    const { pages } = await until(useLibrary, ({ pages: held }) => held.has(3));
    const last = pages.get(3)?.[45];
    if (last === undefined) throw new Error('no clip at 345');
    await useSelection.getState().extendTo(last, 345);
    expect(chosenIds().toSorted()).toEqual(ids.slice(3, 346).toSorted());
  });

  // Bug: places of the order before are taken, and a range after another sort holds clips that nobody saw between.
  it('begins at the same clip after the order has changed', async () => {
    const { useSelection, chosenIds, show, at, idsIn } = room;
    useSelection.getState().pick(at(2), 2);
    const { id } = at(2);
    await show('', OLDEST_FIRST);
    const ids = await idsIn(OLDEST_FIRST);
    const place = ids.indexOf(id);
    expect(place).toBeGreaterThan(300);
    await useSelection.getState().extendTo(at(10), 10);
    expect(chosenIds().toSorted()).toEqual(ids.slice(10, place + 1).toSorted());
  });

  // Bug: "choose none" while the clips between are on their way: they come and are chosen all the same.
  it('is dropped when something else was chosen meanwhile', async () => {
    const { useSelection, chosenIds, at } = room;
    useSelection.getState().pick(at(0), 0);
    const far = bridge.hold('library.page');
    const range = useSelection.getState().extendTo({ ...at(4), id: 'elsewhere' }, 250);
    useSelection.getState().clear();
    far.release();
    await range;
    expect(chosenIds()).toEqual(['elsewhere']);
  });
});

describe('all', () => {
  // Bug: a click while the ids are on their way is overwritten by "all", and the next key marks the whole library.
  it('is dropped when a clip was picked meanwhile', async () => {
    const { bridge, useSelection, chosenIds, at } = await start();
    const late = bridge.hold('library.ids');
    const all = useSelection.getState().chooseAll();
    useSelection.getState().pick(at(3), 3);
    late.release();
    await all;
    expect(chosenIds()).toEqual([at(3).id]);
  });

  // Bug: records that are known are forgotten, and the bar cannot say what the chosen clips cost.
  it('keeps the records that are known', async () => {
    const { useSelection, at, idsIn } = await start();
    useSelection.getState().pick(at(3), 3);
    await useSelection.getState().chooseAll();
    const { chosen } = useSelection.getState();
    expect([...chosen.keys()]).toEqual(await idsIn());
    expect(chosen.get(at(3).id)).toMatchObject({ id: at(3).id });
    expect(chosen.get(at(4).id)).toBeNull();
  });
});

describe('what is chosen', () => {
  // Bug: another sort or search throws away what took minutes to choose.
  it('stays through another order', async () => {
    const { useSelection, chosenIds, show, at } = await start();
    useSelection.getState().pick(at(1), 1);
    useSelection.getState().toggle(at(4), 4);
    const before = chosenIds();
    await show('', OLDEST_FIRST);
    expect(chosenIds()).toEqual(before);
  });

  // Bug: clips that are gone stay chosen, and the next edit fails for all because one id is unknown.
  it('loses clips that leave the library', async () => {
    const { bridge, useSelection, chosenIds, at } = await start();
    const [kept, gone] = [at(1), at(4)];
    useSelection.getState().pick(kept, 1);
    useSelection.getState().toggle(gone, 4);
    await bridge.request('library.emptyTrash', { ids: [gone.id] });
    expect(chosenIds()).toEqual([kept.id]);
  });

  // Bug: the bar shows the rating from before the edit or the undo.
  it('follows edits and their undo', async () => {
    const { bridge, useSelection, at } = await start();
    const { id, rating } = at(1);
    useSelection.getState().pick(at(1), 1);
    const shown = (): number | undefined => useSelection.getState().chosen.get(id)?.rating;
    await bridge.request('library.edit', { ids: [id], edit: { rating: 5 - rating } });
    expect(shown()).toBe(5 - rating);
    await bridge.request('library.undo', {});
    expect(shown()).toBe(rating);
  });

  // Bug: what was chosen in one list is still chosen, unseen, in the next one.
  it('shrinks to the clip in the inspector when another list is shown', async () => {
    const { useSelection, useView, chosenIds, at } = await start();
    useSelection.getState().pick(at(1), 1);
    useSelection.getState().toggle(at(4), 4);
    useView.getState().show('kept');
    expect(chosenIds()).toEqual([at(4).id]);
  });

  // Bug: taking the last one out with Ctrl leaves nothing for the keyboard to stand at.
  it('never loses its last clip to a Ctrl click', async () => {
    const { useSelection, chosenIds, at } = await start();
    useSelection.getState().pick(at(1), 1);
    useSelection.getState().toggle(at(1), 1);
    expect(chosenIds()).toEqual([at(1).id]);
  });

  // Bug: a generation is looked at while clips are still chosen: K marks clips that are out of sight.
  it('is nothing while a generation is looked at', async () => {
    const { useSelection, useView, chosenIds, at } = await start();
    useSelection.getState().pick(at(1), 1);
    useView.getState().select({ type: 'generation', id: 'g' });
    expect(chosenIds()).toEqual([]);
  });
});
