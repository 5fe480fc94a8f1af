import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { Work } from '@shared/domain/clip';
import { Works } from './Works';

afterEach(() => vi.useRealTimers());

// Bug: the window is told a thousand times a second, or never hears the end.
test('announces at most four times a second, and the last state always', () => {
  vi.useFakeTimers();
  const announced: Work[][] = [];
  const works = new Works({ announce: (list) => announced.push(list) });
  const handle = works.begin('import', 1000);
  for (let done = 1; done <= 1000; done += 1) {
    handle.step(done);
    vi.advanceTimersByTime(1);
  }
  handle.done();
  vi.advanceTimersByTime(1000);
  expect(announced.length).toBeLessThanOrEqual(6);
  expect(announced.at(-1)).toMatchObject([{ state: 'done', done: 1000, total: 1000 }]);
});

// Bug: "pause" shows as paused while files go on being worked on, or cancelled work waits for ever.
test('pausing holds the next file, and stopping lets go of it', async () => {
  const works = new Works({ announce: () => undefined });
  const handle = works.begin('check', 2);
  works.pause(true);
  expect(works.list()).toMatchObject([{ state: 'paused' }]);
  let passed = false;
  const waiting = handle.ready().then(() => (passed = true));
  await Promise.resolve();
  expect(passed).toBe(false);
  works.pause(false);
  await waiting;
  works.pause(true);
  const stopped = handle.ready();
  works.cancel(handle.id);
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  handle.done();
  handle.fail('late.mp4', new AppError('file_empty'));
  expect(works.list()).toMatchObject([{ state: 'cancelled', failed: [] }]);
});

// Bug: a file that fails in three steps is named three times; running work vanishes from the list.
test('names a file once, and dismisses only what has ended', () => {
  const works = new Works({ announce: () => undefined });
  const handle = works.begin('import', 2);
  handle.fail('a.mp4', new AppError('file_empty'));
  handle.fail('a.mp4', new Error('secret /home/someone'));
  handle.fail('b.mp4', new Error('secret /home/someone'));
  works.dismiss(handle.id);
  expect(handle.work.failed.map(({ name, error }) => [name, error.code])).toEqual([
    ['a.mp4', 'file_empty'],
    ['b.mp4', 'internal'],
  ]);
  expect(JSON.stringify(works.list())).not.toContain('/home');
  handle.done();
  works.dismiss(handle.id);
  expect(works.list()).toEqual([]);
});
