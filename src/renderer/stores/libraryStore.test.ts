import { describe, expect, it, vi } from 'vitest';
import { NEWEST_FIRST } from '@shared/domain/search';
import { until, windowBridge } from '../../../tests/fakes/windowBridge';
import type { Question } from './libraryStore';

const ask = (text: string): Question => ({ text, sort: NEWEST_FIRST });

async function start(clips = 60) {
  vi.resetModules();
  const bridge = windowBridge({ clips, generations: 'none', now: Date.parse('2026-11-22T12:00:00Z') });
  const { useLibrary } = await import('./libraryStore');
  const { useNotices } = await import('./noticesStore');
  const { clipAtPlace } = await import('./clipPages');
  const { useView } = await import('./viewStore');
  useLibrary.getState().connect();
  const library = useLibrary.getState();
  const shown = async (text: string): Promise<void> => {
    library.show(ask(text));
    await until(useLibrary, ({ order }) => order?.question.text === text);
  };
  /** The order that is shown after what is done in it has changed the library. */
  const renewed = async (change: () => Promise<unknown>) => {
    const before = useLibrary.getState().order;
    await change();
    return until(useLibrary, ({ order }) => order !== before);
  };
  const idAt = (place: number): string => {
    const clip = clipAtPlace(useLibrary.getState().pages, place);
    if (clip === undefined) throw new Error(`no clip at ${place}`);
    return clip.id;
  };
  return { bridge, useLibrary, library, useNotices, useView, shown, renewed, idAt };
}

describe('a search', () => {
  // Bug: the answer to what was typed first arrives last, and the list shows what nobody asks for any more.
  it('is never overwritten by an older one that answers late', async () => {
    const { bridge, useLibrary, library, shown } = await start();
    await shown('');
    const texts = new Set<string | undefined>();
    useLibrary.subscribe(({ order }) => texts.add(order?.question.text));
    const late = bridge.hold('library.query');
    library.show(ask('is:kept'));
    library.show(ask('rating:>3'));
    late.release();
    await until(useLibrary, ({ order }) => order?.question.text === 'rating:>3');
    expect(texts).not.toContain('is:kept');
  });

  // Bug: a page of the old list arrives after the new list is shown, and its clips stand among the others.
  it('takes no page that was asked for before', async () => {
    const { bridge, useLibrary, library, shown } = await start(900);
    await shown('');
    const late = bridge.hold('library.page');
    library.see({ from: 600, to: 640 }, 600);
    await shown('is:kept');
    const { total } = useLibrary.getState().order ?? { total: 0 };
    late.release();
    library.see({ from: 100, to: 140 }, 100);
    const { pages } = await until(useLibrary, (state) => state.pages.has(1));
    expect([...pages.keys()].every((chunk) => chunk * 100 < total)).toBe(true);
    expect([...pages.values()].flat().every(({ flag }) => flag === 'kept')).toBe(true);
  });

  // Bug: one question that failed leaves the window stuck: the same search is never asked again.
  it('that failed is told, and can be asked again', async () => {
    const { bridge, useLibrary, library, useNotices, shown } = await start();
    await shown('');
    bridge.failNext('library.query', { code: 'internal', message: 'internal', detail: {} });
    library.show(ask('is:kept'));
    await until(useNotices, ({ notices }) => notices.length === 1);
    expect(useLibrary.getState().order?.question.text).toBe('');
    library.show(ask(''));
    await shown('is:kept');
    expect(useNotices.getState().notices).toHaveLength(1);
  });
});

describe('what is held', () => {
  // Bug: scrolling through a long list keeps every record that was ever in sight.
  it('stays small however far one scrolls, and has what is in sight', async () => {
    const { useLibrary, library, shown } = await start(3000);
    await shown('');
    for (let place = 0; place < 3000; place += 300) {
      library.see({ from: place, to: place + 40 }, place);
      await until(useLibrary, ({ pages }) => pages.has(place / 100));
    }
    const { pages } = useLibrary.getState();
    expect(pages.size).toBeLessThanOrEqual(10);
    expect(pages.has(27)).toBe(true);
    expect(pages.has(0)).toBe(false);
  });

  // Bug: a page that failed once stays grey until the list changes.
  it('asks again for a page that failed', async () => {
    const { bridge, useLibrary, library, shown } = await start(900);
    await shown('');
    bridge.failNext('library.page', { code: 'internal', message: 'internal', detail: {} });
    library.see({ from: 500, to: 540 }, 500);
    await vi.waitFor(() => expect(bridge.timesAsked('library.page')).toBeGreaterThan(1));
    await new Promise((done) => setImmediate(done));
    library.see({ from: 501, to: 541 }, 501);
    await until(useLibrary, ({ pages }) => pages.has(5));
  });

  // Bug: an edit is seen only after the list was asked for again.
  it('shows an edited clip at once', async () => {
    const { useLibrary, library, shown, idAt } = await start();
    await shown('');
    const id = idAt(5);
    await library.edit([id], { title: 'Another name' });
    expect(idAt(5)).toBe(id);
    expect(useLibrary.getState().pages.get(0)?.[5]?.title).toBe('Another name');
  });
});

describe('a change of the library', () => {
  // Bug: a clip above is put away and everything in sight jumps by one tile.
  it('says where the first clip in sight has gone', async () => {
    const { library, shown, renewed, idAt } = await start(300);
    await shown('');
    library.see({ from: 20, to: 60 }, 20);
    const [first, seen] = [idAt(0), idAt(20)];
    const { order } = await renewed(() => library.edit([first], { trashed: true }));
    expect(order?.anchor).toEqual({ from: 20, to: 19 });
    expect(idAt(19)).toBe(seen);
  });

  // Bug: the clip in hand leaves the list and the keyboard begins again at the top.
  it('remembers where the clip in hand stood that left the list', async () => {
    const { library, useView, shown, renewed, idAt } = await start();
    await shown('is:kept');
    const id = idAt(4);
    useView.getState().select({ type: 'clip', id });
    library.setFocus(id, 4);
    const { focus } = await renewed(() => library.edit([id], { flag: null }));
    expect(focus).toEqual({ id, place: 4, left: true });
  });

  // Bug: after undo the clip is back in the list, but the keyboard still believes that it left.
  it('finds the clip in hand again after undo', async () => {
    const { library, useView, shown, renewed, idAt } = await start();
    await shown('is:kept');
    const id = idAt(4);
    useView.getState().select({ type: 'clip', id });
    library.setFocus(id, 4);
    await renewed(() => library.edit([id], { flag: null }));
    const { focus } = await renewed(() => library.undo());
    expect(focus).toEqual({ id, place: 4, left: false });
  });

  // Bug: "select all" answers with the ids from before the change.
  it('makes the known ids old', async () => {
    const { bridge, library, shown, renewed, idAt } = await start();
    await shown('');
    const gone = idAt(0);
    const before = await library.ids();
    expect(await library.ids()).toBe(before);
    expect(bridge.timesAsked('library.ids')).toBe(1);
    await renewed(() => library.edit([gone], { trashed: true }));
    expect(await library.ids()).toEqual(before.filter((id) => id !== gone));
  });

  // Bug: an import of a thousand files asks a thousand times for the whole order.
  it('asks once for a burst of them', async () => {
    const { bridge, library, shown, renewed, idAt } = await start();
    await shown('');
    const ids = Array.from({ length: 12 }, (_, place) => idAt(place));
    const before = bridge.timesAsked('library.query');
    await renewed(async () => {
      for (const id of ids) await library.edit([id], { rating: 2 });
    });
    expect(bridge.timesAsked('library.query') - before).toBeLessThanOrEqual(2);
  });
});
