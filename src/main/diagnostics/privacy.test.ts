// What is taken out of a text that is given away, and what stays readable.
import { expect, test } from 'vitest';
import { cleaner } from './privacy';

const clean = (names: readonly string[]) =>
  cleaner({
    mask: (text) => text,
    home: '/home/someone',
    names,
    libraryFolder: '/home/someone/Videos/Dailies',
  });

// Bug: after the prompt `running` nobody can read in the bundle what state a job is in.
test('a prompt of one ordinary word blanks out no other word', () => {
  const hide = clean(['running', 'disk']);
  const line = '{ "state": "running", "hold": "disk" } running on, 3 disks';
  expect(hide(line)).toBe(line);
  expect(hide("the text 'running' was refused")).toBe("the text '***' was refused");
  expect(hide(String.raw`"rawMessage": "{\"text\":\"running\"}"`)).toBe(
    String.raw`"rawMessage": "{\"text\":\"***\"}"`,
  );
});

// Bug: a prompt of several words, of one Chinese word, or a name with figures goes along.
test('what can only be a name goes wherever it stands', () => {
  const hide = clean(['a red fox', '下雨的小镇', 'holiday2024']);
  expect(hide('sent a red fox, 下雨的小镇 and holiday2024')).toBe('sent ***, *** and ***');
});
