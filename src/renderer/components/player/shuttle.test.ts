import { describe, expect, it } from 'vitest';
import { nextSpeed, shuttled } from './shuttle';

describe('shuttled', () => {
  // Bug: J while it runs forwards only slows it down, and a second press is needed to turn.
  it('turns at once and doubles from there', () => {
    expect(shuttled(4, -1, 1)).toBe(-1);
    expect(shuttled(-1, -1, 1)).toBe(-2);
    expect(shuttled(0, 1, 0.5)).toBe(0.5);
  });

  // Bug: held down, L asks for a rate that the player refuses with an error.
  it('stops at the fastest', () => expect(shuttled(8, 1, 1)).toBe(8));
});

describe('nextSpeed', () => {
  // Bug: slower than the slowest wraps around to the fastest.
  it('stays at both ends', () => {
    expect(nextSpeed(0.25, -1)).toBe(0.25);
    expect(nextSpeed(2, 1)).toBe(2);
    expect(nextSpeed(1, 1)).toBe(2);
  });
});
