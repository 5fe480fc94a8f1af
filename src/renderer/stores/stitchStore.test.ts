import { describe, expect, it, vi } from 'vitest';
import { MOST_STRIP_ITEMS } from '@shared/domain/stitch';
import { windowBridge } from '../../../tests/fakes/windowBridge';

async function start(clips = 40) {
  vi.resetModules();
  const bridge = windowBridge({ clips, generations: 'none', now: Date.parse('2026-11-22T12:00:00Z') });
  const { useStitch } = await import('./stitchStore');
  const all = await bridge.request('library.ids', {
    text: '-is:missing',
    sort: { key: 'created', descending: true },
  });
  const ids = all.ok ? all.value : [];
  const strip = (): string[] => useStitch.getState().items.map(({ clipId }) => clipId);
  const keyAt = (place: number): string => useStitch.getState().items[place]?.key ?? '';
  return { bridge, useStitch, stitch: useStitch.getState(), ids, strip, keyAt };
}

describe('add', () => {
  // Bug: a double press puts every take into the film twice.
  it('takes each clip once, also when it is asked twice at the same time', async () => {
    const { stitch, ids, strip } = await start();
    const [a = '', b = '', c = ''] = ids;
    const added = await Promise.all([stitch.add([a, b]), stitch.add([b, a, c])]);
    expect(strip().toSorted()).toEqual([a, b, c].toSorted());
    expect(added[0] + added[1]).toBe(3);
    expect(await stitch.add([a, a])).toBe(0);
  });

  // Bug: takes stand in the order in which main happened to answer.
  it('keeps the order that was asked for', async () => {
    const { bridge, stitch, ids, strip } = await start();
    const [first, second] = [bridge.hold('clips.get'), bridge.hold('clips.get')];
    const adding = stitch.add(ids.slice(0, 4));
    second.release();
    // Everything that is not held has been answered by then.
    await new Promise((resolve) => setTimeout(resolve));
    expect(strip()).toEqual([]);
    first.release();
    await adding;
    expect(strip()).toEqual(ids.slice(0, 4));
  });

  // Bug: one clip was deleted since it was chosen, and none of the others comes into the strip.
  it('leaves out what is gone or missing', async () => {
    const { bridge, stitch, ids, strip } = await start();
    const missing = await bridge.request('library.ids', {
      text: 'is:missing',
      sort: { key: 'created', descending: true },
    });
    const [lost = ''] = missing.ok ? missing.value : [];
    expect(lost).not.toBe('');
    const [a = '', b = ''] = ids;
    expect(await stitch.add([a, 'gone', lost, b])).toBe(2);
    expect(strip()).toEqual([a, b]);
  });

  // Bug: two at once pass the cap together, and main refuses the whole strip.
  it('never holds more than main takes', async () => {
    const { stitch, ids, strip } = await start(2 * MOST_STRIP_ITEMS);
    await Promise.all([stitch.add(ids.slice(0, 150)), stitch.add(ids.slice(150, 300))]);
    expect(strip()).toHaveLength(MOST_STRIP_ITEMS);
  });
});

describe('the plan', () => {
  // Bug: the plan of the strip before stands under the changed one, and says "copied" for what will be encoded.
  it('that arrives after a change is dropped', async () => {
    const { bridge, useStitch, stitch, ids, keyAt } = await start();
    await stitch.add(ids.slice(0, 3));
    const late = bridge.hold('library.planStitch');
    const old = stitch.loadPlan();
    stitch.remove(keyAt(0));
    late.release();
    await old;
    expect(useStitch.getState().plan).toBeNull();
    await stitch.loadPlan();
    expect(useStitch.getState().plan?.items).toHaveLength(2);
  });

  // Bug: the refusal of the strip before stands under one that can be made.
  it('that failed says why, until the strip changes', async () => {
    const { bridge, useStitch, stitch, ids } = await start();
    await stitch.add(ids.slice(0, 2));
    bridge.failNext('library.planStitch', { code: 'not_found', message: 'not_found', detail: {} });
    await stitch.loadPlan();
    expect(useStitch.getState().problem?.code).toBe('not_found');
    stitch.setChoice({ size: { width: 640, height: 360 } });
    expect(useStitch.getState().problem).toBeNull();
  });
});

describe('the chosen take', () => {
  // Bug: the take at the end is removed and the keyboard stands at none.
  it('passes on to its neighbour when it is removed', async () => {
    const { useStitch, stitch, ids, keyAt } = await start();
    await stitch.add(ids.slice(0, 3));
    const keys = [keyAt(0), keyAt(1), keyAt(2)];
    const chosen = (): string | null => useStitch.getState().chosen;
    expect(chosen()).toBe(keys[0]);
    stitch.choose(keys[2] ?? null);
    stitch.remove(keys[2] ?? '');
    expect(chosen()).toBe(keys[1]);
    stitch.remove(keys[0] ?? '');
    expect(chosen()).toBe(keys[1]);
    stitch.remove(keys[1] ?? '');
    expect(chosen()).toBeNull();
  });

  // Bug: a take that was moved takes its trim from the one that stands there now.
  it('keeps its trim when it is moved', async () => {
    const { useStitch, stitch, ids, keyAt } = await start();
    await stitch.add(ids.slice(0, 3));
    const key = keyAt(0);
    stitch.trim(key, { from: 1, to: 3 });
    stitch.move(key, 2);
    expect(keyAt(2)).toBe(key);
    expect(useStitch.getState().items.map(({ span }) => span)).toEqual([
      undefined,
      undefined,
      { from: 1, to: 3 },
    ]);
  });
});
