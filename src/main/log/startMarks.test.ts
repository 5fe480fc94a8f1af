import { expect, test } from 'vitest';
import { StartMarks } from './startMarks';

// Bug: a window that is closed and opened again an hour later makes the start an hour long.
test('each step counts once, from the beginning of main', () => {
  let now = 100;
  const marks = new StartMarks(() => now);
  marks.mark('entry');
  now = 350.4;
  marks.mark('shown');
  now = 9000;
  expect(marks.mark('shown')).toBe(false);
  expect(String(marks)).toBe('entry 100, shown 350');
});
