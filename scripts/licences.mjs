// Gathers the licence of everything that is shipped: a build plugin that writes out/main/licences.json, and its check.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ROOT } from './root.mjs';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Licence */

/** SPDX names that may be shipped beside MIT code; another one fails `npm run check` until somebody has read it. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  // File by file: we change none of theirs.
  'MPL-2.0',
  // A module of its own, replaceable: libheif in WebAssembly.
  'LGPL-3.0',
  // A program of its own that we start: ffmpeg.
  'GPL-3.0-or-later',
  // Our choice of the two is the first.
  '(MIT OR CC0-1.0)',
]);

/** Needed while installing and left out of packages, as build/electron-builder.yml does. */
const INSTALL_ONLY = new Set([
  'prebuild-install',
  'node-addon-api',
  '@derhuerst/http-basic',
  'https-proxy-agent',
  'progress',
]);
const INSTALL_ONLY_FOLDERS = new Set(['node_modules/ffmpeg-static/node_modules/env-paths']);
/** Electron itself needs glibc. */
const OTHER_LIBC = /-musl$/;

const FILE = 'licences.json';
const TEXT_FILE = /^(un)?(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The words of licences that some packages name without adding them; `%` is the holder. @type {Record<string, string>} */
const WORDS = {
  MIT: `MIT License

Copyright (c) %

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  ISC: `ISC License

Copyright (c) %

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};

/** @typedef {{ version?: string, optional?: boolean, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked */

/** @param {Record<string, Locked>} packages @param {string} from @param {string} name where Node would find it */
function resolved(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

/** @returns {Promise<string[]>} folders of the packages that are shipped as they are, below the project */
export async function shippedFolders() {
  /** @type {{ packages: Record<string, Locked> }} */
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  /** @type {Set<string>} */
  const found = new Set();
  const queue = [''];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const { dependencies = {}, optionalDependencies = {} } = packages[at] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = resolved(packages, at, name);
      // Optional packages are those of other systems.
      if (path === undefined || !existsSync(join(ROOT, path))) continue;
      if (INSTALL_ONLY.has(name) || INSTALL_ONLY_FOLDERS.has(path) || OTHER_LIBC.test(path)) continue;
      if (found.has(path)) continue;
      found.add(path);
      queue.push(path);
    }
  }
  return [...found].sort();
}

/** @param {string} file @returns {string | undefined} the innermost package folder, below the project */
function packageFolder(file) {
  const path = file.replaceAll('\0', '').split('?')[0]?.split(sep).join('/') ?? '';
  return /^.*?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** @param {string} folder below the project @returns {Promise<Licence>} */
async function licenceOf(folder) {
  const about = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
  const names = (await readdir(join(ROOT, folder))).filter((name) => TEXT_FILE.test(name)).sort();
  const texts = await Promise.all(
    names.map((name) => readFile(join(ROOT, folder, name), 'utf8').catch(() => '')),
  );
  const licence = typeof about.license === 'string' ? about.license : (about.license?.type ?? '');
  const author =
    typeof about.author === 'string' ? about.author.replace(/ *[<(].*$/, '') : about.author?.name;
  return {
    name: about.name,
    version: about.version,
    licence,
    text:
      texts.join('\n').trim() ||
      (WORDS[licence] ?? '').replace('%', author ?? `the ${about.name} contributors`),
  };
}

/** What comes from no npm package, or from more than its package says. @returns {Promise<Licence[]>} */
async function others() {
  const electron = await licenceOf('node_modules/electron');
  return [
    { ...electron, name: 'Electron' },
    {
      name: 'Chromium',
      version: '',
      licence: 'BSD-3-Clause',
      text: 'Chromium and what it is made of: LICENSES.chromium.html beside the program.',
    },
    {
      name: 'Inter',
      version: '4',
      licence: 'OFL-1.1',
      text: await readFile(join(ROOT, 'resources', 'licences', 'Inter.txt'), 'utf8'),
    },
  ];
}

/** @param {Iterable<string>} bundled package folders whose code is inside our own files @returns {Promise<Licence[]>} */
async function gather(bundled) {
  const folders = new Set([...(await shippedFolders()), ...bundled]);
  const found = [...(await Promise.all([...folders].map(licenceOf))), ...(await others())];
  // This text names no holder: one copy speaks for all.
  const apache = found.find(({ licence, text }) => licence === 'Apache-2.0' && text !== '')?.text ?? '';
  for (const one of found) if (one.licence === 'Apache-2.0' && one.text === '') one.text = apache;
  const once = new Map(found.map((licence) => [`${licence.name}@${licence.version}`, licence]));
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * For all three builds: what rolldown really put into each is added to the list.
 * @returns {() => import('vite').Plugin}
 */
export function licences() {
  /** @type {Set<string>} */
  const bundled = new Set();
  return () => ({
    name: 'licences',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const [file, { renderedLength }] of Object.entries(output.modules)) {
          const folder = renderedLength > 0 ? packageFolder(file) : undefined;
          if (folder !== undefined) bundled.add(folder);
        }
      }
      const main = join(dir, '..', 'main');
      await mkdir(main, { recursive: true });
      await writeFile(join(main, FILE), JSON.stringify(await gather(bundled)));
    },
  });
}

/** @param {Licence[]} all @returns {string[]} what nobody has allowed, and what has no text */
export function complaintsAbout(all) {
  return all.flatMap(({ name, version, licence, text }) => [
    ...(ALLOWED.has(licence) ? [] : [`${name} ${version}: ${licence || 'no licence'} is not on the list`]),
    ...(text === '' ? [`${name} ${version}: no licence text`] : []),
  ]);
}

/** @returns {Promise<string>} complaints about the last build, empty when there are none */
export async function checkLicences() {
  return complaintsAbout(JSON.parse(await readFile(join(ROOT, 'out', 'main', FILE), 'utf8'))).join('\n');
}
