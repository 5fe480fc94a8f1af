// Names in Hebrew or Arabic, and marks in file names that turn what follows.
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { isolated } from './isolated';
import { startI18n } from './i18n';

beforeAll(() => startI18n('en'));

// Bug: the size beside a Hebrew file name is drawn in front of it, or a mark in a name turns the rest of a sentence.
test('names that run the other way are isolated in every sentence', () => {
  const hebrew = 'שקיעה.png';
  expect(i18next.t('composer.removeFile', { name: hebrew })).toBe(`Remove \u2068${hebrew}\u2069`);
  const turning = 'gull\u202egpj.exe';
  expect(i18next.t('composer.removeFile', { name: turning })).toBe(`Remove \u2068${turning}\u2069`);
});

// Bug: every name gets invisible characters, so that copied words and searches no longer match; or markup is escaped twice.
test('other names come through as they are', () => {
  for (const name of ['dusk & <fog> "1".png', '黄昏 🌅.mp4', 'Ünïcödé']) {
    expect(isolated(name)).toBe(name);
    expect(i18next.t('composer.removeFile', { name })).toBe(`Remove ${name}`);
  }
});
