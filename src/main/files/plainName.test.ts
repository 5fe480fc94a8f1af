import { expect, test } from 'vitest';
import { plainName } from './plainName';

// Bug: a program that calls itself "gull\u202egpj.exe" is shown as a picture; or a name in Arabic loses letters.
test('a name is shown in the order in which it is written', () => {
  expect(plainName('gull\u202egpj.exe')).toBe('gullgpj.exe');
  expect(plainName('\u2067שלום\u2069 מ.mp4')).toBe('שלום מ.mp4');
  expect(plainName('مشهد ١.mov')).toBe('مشهد ١.mov');
});
