// How much the window has to load before it shows anything, gzipped, against a limit: what its page names, and the words.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ROOT } from './root.mjs';

const PAGE_FOLDER = join(ROOT, 'out', 'renderer');
const MOST_BYTES = 350 * 1000;
/** The words of one language; the page does not name them. */
const WORDS = /^(?:en|zh-CN)-[\w-]+\.js$/;

/** @param {string} name @returns {Promise<{ name: string, bytes: number }>} */
async function weighed(name) {
  const content = await readFile(join(PAGE_FOLDER, name));
  return { name, bytes: gzipSync(content, { level: 9 }).byteLength };
}

/** @returns {Promise<{ name: string, bytes: number }[]>} the page, each script and style it names, the larger language */
async function firstLoad() {
  const page = await readFile(join(PAGE_FOLDER, 'index.html'), 'utf8');
  // What a script imports statically stands in the page too, as a modulepreload.
  const named = [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g)];
  const names = ['index.html', ...named.map(([, address]) => (address ?? '').replace(/^(\.?\/)+/, ''))];
  const words = (await readdir(join(PAGE_FOLDER, 'assets'))).filter((name) => WORDS.test(name));
  const languages = await Promise.all(words.map((name) => weighed(`assets/${name}`)));
  const largest = languages.sort((a, b) => b.bytes - a.bytes).slice(0, 1);
  return [...(await Promise.all(names.map(weighed))), ...largest];
}

/** @returns {Promise<string>} what is wrong; empty when nothing is. Prints the figure */
export async function checkFirstLoad() {
  const parts = await firstLoad();
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1);
  console.log(`     first load ${kilobytes(total)} kB gzipped, of ${kilobytes(MOST_BYTES)}`);
  if (!parts.some(({ name }) => name.endsWith('.js'))) return 'the page names no script';
  if (!parts.some(({ name }) => WORDS.test(basename(name))))
    return 'the words of the languages are not found';
  if (total <= MOST_BYTES) return '';
  const list = parts.map(({ name, bytes }) => `  ${kilobytes(bytes)} kB  ${name}`).join('\n');
  return `the window's first load is too large: load something only when it is needed\n${list}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = await checkFirstLoad();
  if (problems) console.error(problems);
  process.exitCode = problems ? 1 : 0;
}
