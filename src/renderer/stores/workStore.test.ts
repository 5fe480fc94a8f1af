import { expect, test } from 'vitest';
import type { Work } from '@shared/domain/clip';
import { shareOf, summaryOf } from './workStore';

const work = (change: Partial<Work>): Work => ({
  id: 'w',
  kind: 'export',
  done: 0,
  total: 1,
  known: 0,
  failed: [],
  state: 'running',
  path: null,
  ...change,
});
const failure = { name: 'a.mp4', error: { code: 'not_a_video', message: '', detail: {} } } as const;

// Bug: pictures that make themselves hide the film a person waits for, or a failure is never told.
test('tells of what matters most', () => {
  const pictures = work({ id: 'p', kind: 'pictures', total: 100 });
  const film = work({ id: 'f', kind: 'stitch', done: 0.4 });
  expect(summaryOf([pictures, film])).toEqual({ state: 'running', work: film, others: 1 });
  expect(summaryOf([{ ...film, state: 'paused' }])?.state).toBe('paused');
  expect(summaryOf([{ ...film, state: 'paused' }, pictures])?.state).toBe('running');
  const bad = work({ id: 'b', state: 'done', failed: [failure] });
  const written = work({ id: 'd', state: 'done', path: '/a.csv' });
  expect(summaryOf([bad, written])?.work.id).toBe('b');
  expect(summaryOf([written])).toMatchObject({ state: 'done', work: { id: 'd' } });
  expect(summaryOf([work({ state: 'cancelled' }), work({ kind: 'pictures', state: 'done' })])).toBeNull();
});

// Bug: work of nothing is shown as a number that is none.
test('how far it is', () => {
  expect(shareOf(work({ done: 3, total: 4 }))).toBe(0.75);
  expect(shareOf(work({ done: 5, total: 4 }))).toBe(1);
  expect(shareOf(work({ total: 0 }))).toBeNull();
});
