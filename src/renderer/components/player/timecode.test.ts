import { describe, expect, it } from 'vitest';
import { frameAt, frameCount, frameCovering, middleOf, timecode } from './timecode';

describe('frames', () => {
  // Bug: 1/24 and 1001/30000 are no binary fractions, so that every second step stays where it was.
  it.each([24, 25, 30, 60, 24000 / 1001, 30000 / 1001])('walks every frame at %d fps', (fps) => {
    for (let frame = 0; frame < 2000; frame += 1) {
      expect(frameCovering(middleOf(frame, fps), fps)).toBe(frame);
      expect(frameAt(frame / fps, fps)).toBe(frame);
      expect(frameCovering(frame / fps, fps)).toBe(frame);
    }
  });

  // Bug: a container that rounds its times to milliseconds shows the frame before.
  it('takes a rounded time for its own frame', () => {
    for (let frame = 0; frame < 500; frame += 1)
      expect(frameAt(Math.round((frame / 24) * 1000) / 1000, 24)).toBe(frame);
  });

  // Bug: a still of a hundredth of a second has no frame, and the bar divides by zero.
  it('counts at least one', () => expect(frameCount(0.01, 24)).toBe(1));
});

describe('timecode', () => {
  // Bug: 59.999 s is written as 0:60.00.
  it.each([
    [0, '0:00.00'],
    [2.083, '0:02.08'],
    [59.999, '0:59.99'],
    [0.29, '0:00.29'],
    [3602.08, '1:00:02.08'],
  ])('writes %d as %s', (seconds, text) => expect(timecode(seconds)).toBe(text));
});
