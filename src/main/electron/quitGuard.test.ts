import { expect, test } from 'vitest';
import { GENERATION_STATES } from '@shared/domain/generation';
import { countAtRisk, QuitGuard, type AtRisk } from './quitGuard';

function setup(atRisk: AtRisk = { sending: 0, securing: 1 }) {
  const asked: AtRisk[] = [];
  const quits: boolean[] = [];
  let answer: (yes: boolean) => void = () => undefined;
  let fail: () => void = () => undefined;
  const state = { atRisk };
  const guard: QuitGuard = new QuitGuard({
    atRisk: () => state.atRisk,
    ask: (now) =>
      new Promise((resolve, reject) => {
        asked.push(now);
        answer = resolve;
        fail = () => reject(new Error('no display'));
      }),
    quit: () => quits.push(guard.mayQuit()),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    guard,
    state,
    asked,
    quits,
    answer: (yes: boolean) => (answer(yes), settle()),
    fail: () => (fail(), settle()),
  };
}

// Bug: a job that merely waits at the provider keeps the person from quitting, or one being secured does not.
test('asks for what is being sent or secured, and for nothing else', () => {
  const risky = GENERATION_STATES.filter((state) => {
    const { sending, securing } = countAtRisk([{ state }]);
    return sending + securing > 0;
  });
  expect(risky).toEqual(['submitting', 'downloading', 'finishing']);
  expect(countAtRisk([{ state: 'submitting' }, { state: 'downloading' }, { state: 'finishing' }])).toEqual({
    sending: 1,
    securing: 2,
  });
});

test('nothing at risk: goes at once, and looks no more once the database may be closed', () => {
  const { guard, state, asked } = setup({ sending: 0, securing: 0 });
  expect(guard.mayQuit()).toBe(true);
  state.atRisk = { sending: 1, securing: 0 };
  expect(guard.mayQuit()).toBe(true);
  expect(asked).toEqual([]);
});

// Bug: a second dialog over the first for an impatient Ctrl+Q, or a quit that asks again on its way out.
test('asks once, and quits once after a yes', async () => {
  const { guard, asked, quits, answer } = setup();
  for (let attempt = 0; attempt < 3; attempt += 1) expect(guard.mayQuit()).toBe(false);
  expect(asked).toEqual([{ sending: 0, securing: 1 }]);
  await answer(true);
  expect(quits).toEqual([true]);
  expect(asked).toHaveLength(1);
});

test('waits after a no, and asks again at the next attempt', async () => {
  const { guard, asked, quits, answer } = setup();
  guard.mayQuit();
  await answer(false);
  expect(quits).toEqual([]);
  expect(guard.mayQuit()).toBe(false);
  expect(asked).toHaveLength(2);
});

// Bug: a shutdown of the system hangs on our dialog.
test('never keeps a system shutdown waiting, also with the question open', async () => {
  const first = setup();
  first.guard.letGo();
  expect(first.guard.mayQuit()).toBe(true);
  expect(first.asked).toEqual([]);
  const second = setup();
  expect(second.guard.mayQuit()).toBe(false);
  second.guard.letGo();
  expect(second.guard.mayQuit()).toBe(true);
});

test('a dialog that cannot be shown does not keep the app alive', async () => {
  const { guard, quits, fail } = setup();
  guard.mayQuit();
  await fail();
  expect(quits).toEqual([true]);
});
