import { expect, test } from 'vitest';
import { commonRate, commonSize, framesOfSpan, moveStripItem, trimStripItem, type StripItem } from './stitch';

const strip: readonly StripItem[] = ['a', 'b', 'c'].map((key) => ({ key, clipId: 'same' }));
const keys = (items: readonly StripItem[]): string => items.map(({ key }) => key).join('');

// Bug: dragging a take one place to the right leaves it where it was, or loses it.
test.each([
  ['a', 1, 'bac'],
  ['a', 2, 'bca'],
  ['c', 0, 'cab'],
  ['b', 9, 'acb'],
  ['b', -1, 'bac'],
  ['x', 0, 'abc'],
])('moving %s to %i', (key, to, order) => {
  expect(keys(moveStripItem(strip, key, to))).toBe(order);
});

// Bug: the same clip twice in a strip is cut twice; a cut turns round; a cut to the whole clip counts as one.
test('trims one take, inside its clip', () => {
  const clip = { seconds: 5, fps: 24 };
  const trimmed = trimStripItem(strip, 'b', { from: 1, to: 2 }, clip);
  expect(trimmed.map(({ span }) => span)).toEqual([undefined, { from: 1, to: 2 }, undefined]);
  expect(trimStripItem(trimmed, 'b', { from: 0.01, to: 4.99 }, clip)[1]).toEqual({
    key: 'b',
    clipId: 'same',
  });
  expect(trimStripItem(strip, 'a', { from: 3, to: 2 }, clip)[0]?.span).toEqual({ from: 3, to: 3 + 1 / 24 });
  expect(trimStripItem(strip, 'a', { from: 9, to: 12 }, clip)[0]?.span).toEqual({ from: 5 - 1 / 24, to: 5 });
});

// Bug: a span behind the end, or shorter than a frame, asks for no frame at all.
test('every span has a frame', () => {
  const take = { fps: 24, frames: 120 };
  expect(framesOfSpan(undefined, take)).toEqual({ firstFrame: 0, frames: 120 });
  expect(framesOfSpan({ from: 9, to: 12 }, take)).toEqual({ firstFrame: 119, frames: 1 });
  expect(framesOfSpan({ from: 1, to: 1.001 }, take)).toEqual({ firstFrame: 24, frames: 1 });
  expect(framesOfSpan({ from: 1, to: 2 }, take)).toEqual({ firstFrame: 24, frames: 24 });
});

// Bug: one short odd take decides what the whole film looks like.
test('size and rate are those of most of the time', () => {
  const takes = [
    { width: 720, height: 1280, fps: 30, seconds: 1 },
    { width: 1281, height: 721, fps: 24, seconds: 5 },
    { width: 720, height: 1280, fps: 30, seconds: 3 },
  ];
  expect(commonSize(takes)).toEqual({ width: 1280, height: 720 });
  expect(commonRate(takes)).toBe(24);
  expect(commonSize(takes.slice(0, 1))).toEqual({ width: 720, height: 1280 });
});
