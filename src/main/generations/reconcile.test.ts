// Which listed task is the generation whose answer was lost.
import { describe, expect, test } from 'vitest';
import { defaultParameters } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import { findModel, type ModelSpec } from '@shared/domain/models';
import type { Task } from '../ark/wire';
import { chooseTask, fit } from './reconcile';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const SENT = 1_790_000_000;

function generation(id: string, parameters: Partial<Generation['recipe']['parameters']> = {}): Generation {
  const recipe = { parameters: { ...defaultParameters(model), ...parameters } };
  return { id, recipe, submittedAt: new Date(SENT * 1000).toISOString() } as Generation;
}

function task(id: string, rest: Partial<Task> = {}): Task {
  const none = { seed: null, resolution: null, ratio: null, seconds: null, expiresAfter: null };
  return { id, model: model.id, createdAt: SENT + 1, ...none, ...rest } as Task;
}

const choose = (tasks: Task[], mine: Generation, ...others: Generation[]) => {
  const { task: chosen, found } = chooseTask(tasks, mine, [mine, ...others], () => model.id);
  return [chosen?.id ?? null, found];
};

test.each<[string, Partial<Task>, string]>([
  ['made long before', { createdAt: SENT - 1000 }, 'no'],
  ['made long after', { createdAt: SENT + 1000 }, 'no'],
  ['of another model', { model: 'other' }, 'no'],
  ['of another size', { resolution: '480p' }, 'no'],
  ['with another seed', { seed: 8 }, 'no'],
  ['with another life', { expiresAfter: 172_800 }, 'no'],
  ['that says little, as while it runs', {}, 'maybe'],
  ['with its seed', { seed: 7 }, 'surely'],
  ['with its life', { expiresAfter: 4000 }, 'surely'],
])('a task %s', (_, rest, verdict) => {
  expect(fit(task('t', rest), generation('a', { seed: 7, executionExpiresAfter: 4000 }), model.id)).toBe(
    verdict,
  );
});

describe('the choice', () => {
  test('one in doubt, one task that fits', () => {
    expect(choose([task('t')], generation('a'))).toEqual(['t', 1]);
  });

  // Bug: the one that never arrived takes the other's video, and the other is sent and paid again.
  test('two in doubt, one task: nobody takes it', () => {
    expect(choose([task('t')], generation('a'), generation('b'))).toEqual([null, 1]);
  });

  test('two tasks that fit', () => {
    expect(choose([task('t'), task('u')], generation('a'))).toEqual([null, 2]);
  });

  test('a number of its own settles it, for both', () => {
    const [mine, other] = [generation('a', { executionExpiresAfter: 4000 }), generation('b')];
    const tasks = [task('t', { expiresAfter: 4000 }), task('u', { expiresAfter: 172_800 })];
    expect(choose(tasks, mine, other)).toEqual(['t', 1]);
    expect(choose(tasks, other, mine)).toEqual(['u', 1]);
  });

  test('two with the same seed', () => {
    const tasks = [task('t', { seed: 7 })];
    expect(choose(tasks, generation('a', { seed: 7 }), generation('b', { seed: 7 }))).toEqual([null, 1]);
  });

  test('nothing fits', () => {
    expect(choose([task('t', { model: 'other' })], generation('a'))).toEqual([null, 0]);
  });
});
