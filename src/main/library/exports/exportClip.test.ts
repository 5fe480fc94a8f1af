import { expect, test } from 'vitest';
import { fileAddress, frameRateOf, framesOf } from './exportClip';

// Bug: an editing program does not find a file whose name has a space, a per cent sign or a drive letter.
test.each([
  ['/a b/海 #1 50%?.mp4', 'file:///a%20b/%E6%B5%B7%20%231%2050%25%3F.mp4'],
  ["/it's [x]|y.mp4", "file:///it's%20%5Bx%5D%7Cy.mp4"],
  ['C:\\Clips\\a b.mp4', 'file:///C:/Clips/a%20b.mp4'],
  ['d:/clips/a.mp4', 'file:///d:/clips/a.mp4'],
  ['\\\\nas\\clips\\a b.mp4', 'file://nas/clips/a%20b.mp4'],
  ['/back\\slash.mp4', 'file:///back%5Cslash.mp4'],
  ['/half \ud83c.mp4', 'file:///half%20%EF%BF%BD.mp4'],
])('%s', (path, address) => {
  expect(fileAddress(path)).toBe(address);
  expect(URL.canParse(address)).toBe(true);
});

// Bug: the measured length of the sound, or a rounded rate, makes a frame too many or too few.
test('frames are counted in exact rates', () => {
  expect(frameRateOf({ fps: 23.976 })).toEqual({ numerator: 24000, denominator: 1001 });
  expect(frameRateOf({ fps: 12.5 })).toEqual({ numerator: 12500, denominator: 1000 });
  expect(frameRateOf({ fps: 0 })).toEqual({ numerator: 24, denominator: 1 });
  expect(framesOf({ fps: 24, seconds: 121 / 24 })).toBe(121);
  expect(framesOf({ fps: 24, seconds: 5.056 })).toBe(121);
  expect(framesOf({ fps: 24, seconds: 5.041 })).toBe(121);
  expect(framesOf({ fps: 24, seconds: 0 })).toBe(1);
});
