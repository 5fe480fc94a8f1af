import { expect, test } from 'vitest';
import type { StitchPiece, StitchPlan, StitchReason } from '@shared/domain/stitch';
import { reasonLines } from './planWords';

const piece = (...reasons: StitchReason[]): StitchPiece => ({
  firstFrame: 0,
  frames: 24,
  from: 0,
  seconds: 1,
  reasons,
  silent: false,
});
const join = (...reasons: StitchReason[]): StitchPlan['joins'][number] => ({
  copy: reasons.length === 0,
  reasons,
});
const plan = (items: StitchPiece[], joins: StitchPlan['joins'], reasons: StitchReason[] = []): StitchPlan =>
  ({ items, joins, reasons }) as unknown as StitchPlan;

// Bug: the same reason is told for every take and every join, or the wrong takes are blamed.
test('each reason is told once, with its takes', () => {
  expect(reasonLines(plan([piece(), piece('cut'), piece()], [join('cut'), join('size')]))).toEqual([
    { reason: 'size', takes: [2, 3] },
    { reason: 'cut', takes: [2] },
  ]);
  expect(reasonLines(plan([piece('chosen_size'), piece('chosen_size')], [join()]))).toEqual([
    { reason: 'chosen_size', takes: [] },
  ]);
  expect(reasonLines(plan([piece('uneven')], []))).toEqual([{ reason: 'uneven', takes: [1] }]);
  expect(reasonLines(plan([piece()], [], ['copy_failed']))).toEqual([{ reason: 'copy_failed', takes: [] }]);
});
