import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { prepareSettingsFile, SettingsTooNew } from './settingsFile';

async function fileOf(value: unknown): Promise<{ folder: string; path: string; text: string }> {
  const folder = await testFolder('settings');
  const path = join(folder, 'settings.json');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  await writeFile(path, text);
  return { folder, path, text };
}

// Bug: an older program saves over what a newer one wrote.
it('refuses a newer file and leaves it alone', async () => {
  const { folder, path, text } = await fileOf({ settings: { version: 99, theme: 'sepia' } });
  expect(() => prepareSettingsFile(path)).toThrow(SettingsTooNew);
  expect(await readdir(folder)).toEqual(['settings.json']);
  expect(await readFile(path, 'utf8')).toBe(text);
});

// Bug: no way back after an upgrade, or a copy at every start.
it('copies an older file, once per version, and keeps the newest two', async () => {
  const { folder, path, text } = await fileOf({ settings: { version: 10 } });
  for (const version of [8, 9]) await writeFile(join(folder, `settings.v${version}.bak.json`), '{}');
  expect(prepareSettingsFile(path, 11)).toBeNull();
  expect((await readdir(folder)).sort()).toEqual([
    'settings.json',
    'settings.v10.bak.json',
    'settings.v9.bak.json',
  ]);
  expect(await readFile(join(folder, 'settings.v10.bak.json'), 'utf8')).toBe(text);
  await writeFile(path, JSON.stringify({ settings: { version: 11 } }));
  prepareSettingsFile(path, 11);
  expect(await readdir(folder)).toHaveLength(3);
});

// Bug: a file of before there were versions, or one without settings, is taken for a broken or a newer one.
it.each([{}, { settings: null }, { settings: { theme: 'dark' } }, { settings: { version: 'x' } }])(
  'takes %j for the first version',
  async (value) => {
    const { folder, path } = await fileOf(value);
    expect(prepareSettingsFile(path, 1)).toBeNull();
    expect(await readdir(folder)).toEqual(['settings.json']);
  },
);

// Bug: what cannot be read at all, as with wrong rights after a restore, is put aside like a broken file.
it('what may not be read is not put aside', async () => {
  const folder = await testFolder('settings');
  await mkdir(join(folder, 'settings.json'));
  expect(() => prepareSettingsFile(join(folder, 'settings.json'))).toThrow('EISDIR');
  expect(await readdir(folder)).toEqual(['settings.json']);
});

// Bug: a broken file is lost, or stops the start.
it('puts a broken file aside and says where', async () => {
  const { path, text } = await fileOf('{"settings":');
  const keptAt = prepareSettingsFile(path);
  expect(await readFile(keptAt ?? '', 'utf8')).toBe(text);
});
