// What About is told: the list the build wrote, and versions of what really runs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import { openDatabase } from '../database/open';
import { aboutFacts } from './aboutFacts';

// Bug: a build without the list, or with half of one, leaves About empty altogether.
test('tells the versions with and without a list of licences', async () => {
  const database = openDatabase(':memory:');
  onTestFinished(() => database.close());
  const path = join(await testFolder('about'), 'licences.json');
  const without = await aboutFacts(path, database);
  expect(without).toMatchObject({ node: process.versions.node, licences: [] });
  expect(without.sqlite).toMatch(/^3\.\d+/);

  const licences = [{ name: 'zod', version: '4.0.0', licence: 'MIT', text: 'Permission is granted' }];
  await writeFile(path, JSON.stringify(licences));
  expect((await aboutFacts(path, database)).licences).toEqual(licences);
  await writeFile(path, '[{"name":');
  expect((await aboutFacts(path, database)).licences).toEqual([]);
});
