import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { openOrSetAside } from './database/open';
import { prepareSettingsFile } from './settings/settingsFile';
import { startTroubleOf } from './startTrouble';

const folder = (): string => mkdtempSync(join(tmpdir(), 'dailies-trouble-'));
const open = (path: string): void => openOrSetAside(path, () => expect.unreachable()).close();

function troubleOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return startTroubleOf(error).code;
  }
  return 'none';
}

// Bug: the person reads "unable to open database file: 14", or is told to update because a file is locked.
test('what the database throws has words of its own', () => {
  const path = join(folder(), 'dailies.db');
  const other = new Libsql(path);
  other.exec('PRAGMA user_version = 999;');
  expect(troubleOf(() => open(path))).toBe('database_too_new');
  other.exec('PRAGMA user_version = 0; CREATE TABLE a (b); BEGIN EXCLUSIVE;');
  expect(troubleOf(() => open(path))).toBe('data_locked');
  other.exec('COMMIT;');
  other.close();
  const inTheWay = join(folder(), 'dailies.db');
  mkdirSync(inTheWay);
  expect(troubleOf(() => open(inTheWay))).toBe('data_unreadable');
});

// Bug: a settings file of a newer version is called damaged.
test('what the settings throw has words of its own', () => {
  const path = join(folder(), 'settings.json');
  writeFileSync(path, '{"settings":{"version":99}}');
  expect(troubleOf(() => prepareSettingsFile(path))).toBe('settings_too_new');
});

// Bug: a module of another computer is an "internal error" that nobody can do anything about.
test('a native module that does not load is a missing part', () => {
  const file = join(folder(), 'keytar.node');
  writeFileSync(file, 'no library');
  expect(troubleOf(() => createRequire(import.meta.url)(file) as unknown)).toBe('module_missing');
  expect(troubleOf(() => createRequire(import.meta.url)('@libsql/of-another-computer') as unknown)).toBe(
    'module_missing',
  );
});

// Bug: something new is told as something else.
test('what is not known stays internal, with its words for the details', () => {
  const trouble = startTroubleOf(new Error('new'));
  expect([trouble.code, trouble.message]).toEqual(['internal', 'Error: new']);
});
