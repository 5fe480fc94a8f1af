// Builds the app when its sources are newer than the last build.
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { run } from './child.mjs';
import { ROOT } from './root.mjs';

const SOURCES = [
  'src',
  'electron.vite.config.ts',
  'scripts/licences.mjs',
  'package-lock.json',
  'package.json',
];
const STAMP = join(ROOT, 'out', 'built-from');
const PRODUCTS = [
  'main/index.js',
  'main/gateway.js',
  'main/licences.json',
  'preload/index.cjs',
  'renderer/index.html',
];

/** @param {string} path @param {import('node:crypto').Hash} hash */
async function addTo(hash, path) {
  if ((await stat(path)).isDirectory()) {
    for (const name of (await readdir(path)).sort()) await addTo(hash, join(path, name));
  } else {
    hash.update(path.slice(ROOT.length)).update(await readFile(path));
  }
}

/** @returns {Promise<string>} of everything a build is made from: file times lie after a checkout */
async function sourcesNow() {
  const hash = createHash('sha256');
  for (const source of SOURCES) await addTo(hash, join(ROOT, source));
  return hash.digest('hex');
}

/** @returns {Promise<string>} one line on what was done */
export async function build() {
  const sources = await sourcesNow();
  const present = PRODUCTS.every((path) => existsSync(join(ROOT, 'out', path)));
  if (present && (await readFile(STAMP, 'utf8').catch(() => '')) === sources) return 'build: up to date';
  const cli = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await run(process.execPath, [cli, 'build'], { cwd: ROOT });
  if (code !== 0) throw new Error(`The build failed:\n${output.slice(-6000)}`);
  await writeFile(STAMP, sources);
  return 'build: done';
}
