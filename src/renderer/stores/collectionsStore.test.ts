import { describe, expect, it, vi } from 'vitest';
import { until, windowBridge } from '../../../tests/fakes/windowBridge';

async function start() {
  vi.resetModules();
  const bridge = windowBridge({ clips: 60, generations: 'none', now: Date.parse('2026-11-22T12:00:00Z') });
  const { useCollections } = await import('./collectionsStore');
  const collections = useCollections.getState();
  collections.connect();
  await collections.load();
  const ids = (): string[] => useCollections.getState().collections.map(({ id }) => id);
  return { bridge, useCollections, collections, ids };
}

describe('move', () => {
  // Bug: the new order is shown but never kept, and is the old one again after a start.
  it('tells main the whole order', async () => {
    const { bridge, collections, ids } = await start();
    const [first = '', second = '', ...others] = ids();
    await collections.move(first, 1);
    expect(ids()).toEqual([second, first, ...others]);
    const kept = await bridge.request('library.collections', {});
    expect(kept.ok && kept.value.map(({ id }) => id)).toEqual(ids());
  });

  // Bug: Alt and an arrow at the end of the list takes the collection out of it.
  it('stops at both ends', async () => {
    const { collections, ids } = await start();
    const before = ids();
    const [first = ''] = before;
    await collections.move(first, -1);
    await collections.move('nobody', 2);
    expect(ids()).toEqual(before);
    await collections.move(first, 99);
    expect(ids()).toEqual([...before.slice(1), first]);
  });

  // Bug: an order that main refused stays on the screen.
  it('goes back when main refuses', async () => {
    const { bridge, collections, ids } = await start();
    const before = ids();
    bridge.failNext('library.orderCollections', { code: 'internal', message: 'internal', detail: {} });
    await expect(collections.move(before[0] ?? '', 2)).rejects.toMatchObject({ code: 'internal' });
    expect(ids()).toEqual(before);
  });
});

describe('counts', () => {
  // Bug: a count that was asked for before an edit arrives after it, and stays.
  it('are never overwritten by older ones', async () => {
    const { bridge, useCollections, collections } = await start();
    const before = useCollections.getState().counts;
    const late = bridge.hold('library.counts');
    const older = collections.load();
    const found = await bridge.request('library.ids', {
      text: '-is:kept',
      sort: { key: 'created', descending: true },
    });
    const [id = ''] = found.ok ? found.value : [];
    await bridge.request('library.edit', { ids: [id], edit: { flag: 'kept', addTags: ['new'] } });
    const newer = await until(useCollections, ({ counts }) => counts !== before);
    expect(newer.counts?.kept).toBe((before?.kept ?? 0) + 1);
    expect(newer.counts?.tags).toContainEqual({ tag: 'new', clips: 1 });
    late.release();
    await older;
    expect(useCollections.getState().counts).toBe(newer.counts);
  });
});
