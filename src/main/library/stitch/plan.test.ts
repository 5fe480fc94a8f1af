import { describe, expect, test } from 'vitest';
import { cutsOf } from './facts';
import { planStitch, type StitchFacts } from './plan';

const take: StitchFacts = {
  format: 'mp4',
  codec: 'h264',
  setup: 'a',
  colours: 'bt709',
  width: 1280,
  height: 720,
  turned: false,
  fps: 24,
  even: true,
  frames: 121,
  hasSound: true,
  cuts: [0, 48, 96, 121],
};

describe('planStitch', () => {
  // Bug: a copy is said to be enough, and the film breaks where two takes meet.
  test.each([
    [{ codec: 'hevc', setup: 'b' }, 'codec'],
    [{ width: 720, height: 1280, setup: 'b' }, 'size'],
    [{ fps: 30 }, 'rate'],
    [{ colours: 'bt2020' }, 'colours'],
    [{ setup: 'b' }, 'settings'],
    [{ setup: null }, 'settings'],
  ] as const)('%o beside an ordinary take', (change, reason) => {
    const plan = planStitch([{ facts: take }, { facts: { ...take, ...change } }, { facts: take }]);
    expect(plan.mode).toBe('encode');
    expect(plan.joins).toEqual([
      { copy: false, reasons: [reason] },
      { copy: false, reasons: [reason] },
    ]);
  });

  test.each([
    [{ format: 'webm' }, 'container'],
    [{ codec: 'vp9' }, 'codec'],
    [{ turned: true }, 'turned'],
    [{ even: false, cuts: [0, 121] }, 'uneven'],
  ] as const)('%o cannot be copied alone', (change, reason) => {
    const plan = planStitch([{ facts: { ...take, ...change } }]);
    expect(plan).toMatchObject({ mode: 'encode', items: [{ reasons: [reason] }] });
  });

  test('takes of one kind, and cuts on key frames, are copied', () => {
    const whole = planStitch([{ facts: take }, { facts: take }]);
    expect(whole).toMatchObject({ mode: 'copy', frames: 242, joins: [{ copy: true, reasons: [] }] });
    const cut = planStitch([{ facts: take, span: { from: 2, to: 4 } }, { facts: take }]);
    expect(cut).toMatchObject({ mode: 'copy', frames: 48 + 121 });
    const between = planStitch([{ facts: take, span: { from: 2, to: 3 } }, { facts: take }]);
    expect(between).toMatchObject({ mode: 'encode', joins: [{ reasons: ['cut'] }] });
    expect(planStitch([{ facts: take }], {}, 'copy_failed')).toMatchObject({
      mode: 'encode',
      reasons: ['copy_failed'],
    });
  });

  // Bug: each take of another rate is rounded on its own, and the film gets longer and longer than its takes.
  test('a hundred takes of another rate are as long as they are together', () => {
    const slow = { ...take, fps: 30000 / 1001, frames: 101, cuts: [0, 101] };
    const plan = planStitch(
      Array.from({ length: 100 }, () => ({ facts: slow })),
      { fps: 24 },
    );
    expect(plan.frames).toBe(Math.round(100 * ((101 * 1001) / 30000) * 24));
    const sum = plan.items.reduce((total, { seconds }) => total + seconds, 0);
    expect(sum).toBeCloseTo(plan.seconds, 6);
  });

  // Bug: a cut asked for in decimals lands on the neighbouring frame.
  test('a cut lands on the nearest frame', () => {
    const span = { from: 1.0417, to: 2.0833 };
    expect(planStitch([{ facts: take, span }]).items[0]).toMatchObject({ firstFrame: 25, frames: 25 });
  });
});

describe('cutsOf', () => {
  // Bug: a key frame that pictures shown before it lean on is taken for a clean cut.
  test('open groups are no cuts', () => {
    const closed = [0, 2, 1, 3, 5, 4];
    expect(cutsOf(closed, [true, false, false, true, false, false])).toEqual([0, 3, 6]);
    // Stored behind the key frame, shown before it.
    const open = [0, 1, 4, 2, 3, 5];
    expect(cutsOf(open, [true, false, true, false, false, false])).toEqual([0, 6]);
  });
});
