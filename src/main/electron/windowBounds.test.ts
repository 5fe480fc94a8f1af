import { describe, expect, it } from 'vitest';
import { boundsOnScreen, readWindowPlace } from './windowBounds';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const MONITOR = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('boundsOnScreen', () => {
  it('opens where it was', () => {
    const place = { x: 1500, y: 100, width: 1200, height: 800 };
    expect(boundsOnScreen(place, [LAPTOP, MONITOR])).toEqual(place);
  });

  it('comes back from a screen that is gone', () => {
    const bounds = boundsOnScreen({ x: 1500, y: 100, width: 1200, height: 800 }, [LAPTOP]);
    expect(bounds).toEqual({ x: 120, y: 63, width: 1200, height: 800 });
  });

  it.each([
    { x: -1190, y: 100, width: 1200, height: 800 },
    { x: 100, y: -500, width: 1200, height: 800 },
    { x: 100, y: 880, width: 1200, height: 800 },
  ])('does not open where its title bar cannot be taken hold of: %o', (place) => {
    const bounds = boundsOnScreen(place, [LAPTOP]);
    expect(bounds.x).toBeGreaterThanOrEqual(LAPTOP.x);
    expect(bounds.y).toBeGreaterThanOrEqual(LAPTOP.y);
  });

  it('is never larger than the screen nor smaller than it works', () => {
    expect(boundsOnScreen({ x: 0, y: 25, width: 5000, height: 5000 }, [LAPTOP])).toMatchObject({
      width: 1440,
      height: 875,
    });
    expect(boundsOnScreen({ x: 0, y: 25, width: 10, height: 10 }, [LAPTOP])).toMatchObject({
      width: 720,
      height: 480,
    });
  });

  it('opens without any memory, and even without a screen', () => {
    expect(boundsOnScreen(null, [LAPTOP])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
    expect(boundsOnScreen(null, [])).toMatchObject({ width: 1440, height: 900 });
  });
});

describe('readWindowPlace', () => {
  it.each([
    undefined,
    null,
    'x',
    {},
    { x: 1, y: 2, width: 'a', height: 3 },
    { x: 1e9, y: 0, width: 1, height: 1 },
    { x: Number.NaN, y: 0, width: 9, height: 9 },
  ])('believes no nonsense: %o', (stored) => expect(readWindowPlace(stored)).toBeNull());

  it('reads what was written', () => {
    const place = { x: -5, y: 2, width: 1000, height: 700, maximized: true };
    expect(readWindowPlace(place)).toEqual(place);
  });
});
