import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNetworkWatch } from './networkWatch';

let online = true;
let looks = 0;
const isOnline = (): boolean => {
  looks += 1;
  return online;
};

beforeEach(() => {
  vi.useFakeTimers();
  [online, looks] = [true, 0];
});
afterEach(() => void vi.useRealTimers());

// Bug: what waits for the network waits for a restart.
test('says when the network goes and comes, once each', () => {
  const seen: boolean[] = [];
  const leave = createNetworkWatch({ isOnline }).onChange((now) => seen.push(now));
  vi.advanceTimersByTime(20_000);
  online = false;
  vi.advanceTimersByTime(20_000);
  online = true;
  vi.advanceTimersByTime(20_000);
  expect(seen).toEqual([false, true]);
  leave();
  online = false;
  vi.advanceTimersByTime(20_000);
  expect(seen).toHaveLength(2);
});

// Bug: a wake-up every few seconds for nobody.
test('does not look while online with nobody listening, and begins to when offline', () => {
  const watch = createNetworkWatch({ isOnline });
  watch.onChange(() => undefined)();
  looks = 0;
  vi.advanceTimersByTime(60_000);
  expect(looks).toBe(0);
  online = false;
  expect(watch.online()).toBe(false);
  online = true;
  vi.advanceTimersByTime(5000);
  looks = 0;
  vi.advanceTimersByTime(60_000);
  expect(looks).toBe(0);
});

test('looks at once after a wake-up', () => {
  const seen: boolean[] = [];
  const watch = createNetworkWatch({ isOnline });
  watch.onChange((now) => seen.push(now));
  online = false;
  watch.check();
  expect(seen).toEqual([false]);
});
