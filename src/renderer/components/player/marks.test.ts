import { describe, expect, it } from 'vitest';
import { markedFrames, markedSpan, markFirst, markLast, NO_MARKS } from './marks';

describe('marks', () => {
  // Bug: an out point before the in point gives a range of negative length.
  it('drops the point that is passed', () => {
    const both = markLast(markFirst(NO_MARKS, 10), 20);
    expect(both).toEqual({ first: 10, last: 20 });
    expect(markFirst(both, 30)).toEqual({ first: 30, last: null });
    expect(markLast(both, 5)).toEqual({ first: null, last: 5 });
  });

  // Bug: in and out on one frame is a range of nothing, because the out frame itself was left out.
  it('holds the frame of its out point', () => {
    const span = markedSpan({ first: 24, last: 24 }, 24, 5);
    expect(span?.from).toBeCloseTo(1);
    expect(span?.to).toBeCloseTo(25 / 24);
  });

  // Bug: a film of 5.04 s and 24 fps has 121 frames; the last one's end lies behind the file's.
  it('never reaches past the end', () => {
    expect(markedSpan({ first: null, last: 120 }, 24, 5.04)).toEqual({ from: 0, to: 5.04 });
    expect(markedFrames({ first: 3, last: 500 }, 121)).toEqual({ first: 3, last: 120 });
    expect(markedSpan(NO_MARKS, 24, 5)).toBeNull();
  });
});
