import { describe, expect, it } from 'vitest';
import { clockTime, correctionOf, follow, placeOf, smoothed, type FilmClock } from './sync';

const FRAME = 1 / 24;

/** A film whose own clock is wrong by `error`, corrected as it plays; answers the drift in seconds over time. */
function played(start: number, error: number, seconds: number): number[] {
  const drifts: number[] = [];
  let place = start;
  let factor = 1;
  let known: number | null = null;
  let clock: FilmClock = { at: 0, time: 0, rate: 1 };
  for (let index = 1; index < seconds * 24; index += 1) {
    const now = index * FRAME * 1000;
    clock = follow(clock, index * FRAME, now);
    place += FRAME * factor * (1 + error);
    // Every frame is seen on the next refresh of a screen of 60 Hz.
    const late = (index * 7) % 17;
    known = smoothed(known, place - late / 1000 - clockTime(clock, now));
    const correction = correctionOf(known, FRAME);
    if (correction.type === 'seek') {
      place = index * FRAME;
      known = null;
    } else factor = correction.factor;
    drifts.push(place - index * FRAME);
  }
  return drifts;
}

describe('correctionOf', () => {
  // Bug: the correction overshoots, and the takes swing around each other for ever.
  it.each([
    [0.2, 0],
    [-0.2, 0.001],
    [0.03, -0.002],
  ])('brings a film %d s off under half a frame and keeps it there', (start, error) => {
    const drifts = played(start, error, 12);
    expect(Math.max(...drifts.slice(24 * 4).map(Math.abs))).toBeLessThan(FRAME / 2);
  });

  // Bug: a take a second behind is sped up for ten seconds instead of being put where it belongs.
  it('seeks when it is far off', () => {
    expect(correctionOf(-1, FRAME)).toEqual({ type: 'seek' });
    expect(Math.abs(played(1, 0, 2)[0] ?? 1)).toBeLessThan(FRAME);
  });

  // Bug: takes in step get a new rate with every frame, and the sound wavers.
  it('leaves alone what is in step', () => {
    expect(correctionOf(0.004, FRAME)).toEqual({ type: 'rate', factor: 1 });
  });

  // Bug: the rate goes to zero or below, which a player refuses.
  it('changes the rate by a tenth at most', () => {
    const { factor } = correctionOf(0.29, FRAME) as { factor: number };
    expect(factor).toBeCloseTo(0.9);
  });
});

describe('placeOf', () => {
  // Bug: a seek to the very end shows nothing, or begins again.
  it('holds the last frame', () => {
    expect(placeOf(9, 5, 24)).toBeCloseTo(5 - FRAME / 2);
    expect(placeOf(-1, 5, 24)).toBe(0);
  });
});
