import { expect, test } from 'vitest';
import { isOutside } from './dragOut';

// Bug: in a window that fills the screen the pointer never counts as outside, and files cannot be dragged out.
test('the edge of the window is outside', () => {
  const window = { innerWidth: 1000, innerHeight: 600 };
  const outside = (clientX: number, clientY: number): boolean => isOutside({ clientX, clientY }, window);
  expect([outside(500, 300), outside(1, 1), outside(998, 598)]).toEqual([false, false, false]);
  expect([outside(0, 300), outside(999, 300), outside(500, 0), outside(500, 599)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([outside(-40, 300), outside(500, 800)]).toEqual([true, true]);
});
