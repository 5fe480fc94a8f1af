import { expect, test } from 'vitest';
import type { GenerationState, Hold } from '@shared/domain/generation';
import { MOVING_BAR, NO_BAR, WorkBar } from './workBar';

const at = (id: string, state: GenerationState, hold: Hold | null = null) => ({ id, state, hold });
const bytes = (id: string, done: number, total: number | null) =>
  ({ id, step: 'downloading', done, total }) as const;

// Bug: a bar that stays in the taskbar after everything has ended.
test('moves while something is made, shows bytes while securing, and goes at the end', () => {
  const bar = new WorkBar();
  const seen = [bar.value()];
  for (const state of ['preparing', 'submitting', 'queued', 'running', 'downloading'] as const) {
    bar.changed(at('a', state));
    seen.push(bar.value());
  }
  expect(seen).toEqual([NO_BAR, ...Array<number>(5).fill(MOVING_BAR)]);
  bar.progress(bytes('a', 25, 100));
  bar.changed(at('a', 'downloading'));
  expect(bar.value()).toBe(0.25);
  bar.progress(bytes('a', 100, 100));
  bar.changed(at('a', 'finishing'));
  expect(bar.value()).toBe(1);
  bar.changed(at('a', 'done'));
  expect(bar.value()).toBe(NO_BAR);
  bar.progress(bytes('a', 100, 100));
  expect(bar.value()).toBe(NO_BAR);
});

test('adds up what is secured at once, and leaves out what has no known length', () => {
  const bar = new WorkBar();
  for (const id of ['a', 'b', 'c']) bar.changed(at(id, 'downloading'));
  bar.progress(bytes('a', 50, 100));
  bar.progress(bytes('b', 0, 300));
  bar.progress(bytes('c', 900, null));
  expect(bar.value()).toBe(0.12);
});

// Bug: a job that waits for a key keeps the taskbar busy for days.
test.each<[GenerationState, Hold | null]>([
  ['queued', 'key_missing'],
  ['downloading', 'disk'],
  ['held', null],
  ['unconfirmed', null],
  ['failed', null],
])('%s with the hold %s shows nothing', (state, hold) => {
  const bar = new WorkBar();
  bar.changed(at('a', 'running'));
  bar.changed(at('a', state, hold));
  expect(bar.value()).toBe(NO_BAR);
});
