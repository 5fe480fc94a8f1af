// The list of licences: what it must hold, and what it refuses.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaintsAbout, shippedFolders } from '../../scripts/licences.mjs';
import { ROOT } from '../../scripts/root.mjs';

const fine = { name: 'fine', version: '1.0.0', licence: 'MIT', text: 'Copyright' };

// Bug: a package under a licence that forbids what we do with it is shipped unread, or without its text.
test('an unknown licence, none at all or a missing text is a complaint', () => {
  expect(complaintsAbout([fine])).toEqual([]);
  expect(complaintsAbout([{ ...fine, licence: 'AGPL-3.0' }])).toEqual([
    'fine 1.0.0: AGPL-3.0 is not on the list',
  ]);
  expect(complaintsAbout([{ ...fine, licence: '' }])).toEqual(['fine 1.0.0: no licence is not on the list']);
  expect(complaintsAbout([{ ...fine, text: '' }])).toEqual(['fine 1.0.0: no licence text']);
});

// Bug: a package below another one is looked for at the top, and the wrong version's licence is shown.
test('the packages that are shipped are found where Node finds them, without what only installs', async () => {
  const folders = await shippedFolders();
  expect(folders).toEqual(
    expect.arrayContaining(['node_modules/keytar', 'node_modules/libsql', 'node_modules/conf']),
  );
  expect(folders.filter((folder) => !existsSync(join(ROOT, folder, 'package.json')))).toEqual([]);
  expect(folders.filter((folder) => /prebuild-install|tar-fs|node-abi/.test(folder))).toEqual([]);
});
