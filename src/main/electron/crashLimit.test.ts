import { expect, test } from 'vitest';
import { CrashLimit } from './crashLimit';

// Bug: a page that crashes as soon as it is shown is reloaded for ever, or one crash an hour ends in a question.
test('asks only after several crashes in a short time', () => {
  const limit = new CrashLimit();
  expect([0, 1000, 2000, 3000].map((now) => limit.mayTryAgain(now))).toEqual([true, true, true, false]);
  expect(limit.mayTryAgain(65_000)).toBe(true);
});

// Bug: the person presses Reload, and the next crash asks again at once.
test('begins anew once the person asked for it', () => {
  const limit = new CrashLimit();
  for (const now of [0, 1, 2, 3]) limit.mayTryAgain(now);
  limit.forget();
  expect(limit.mayTryAgain(4)).toBe(true);
});
