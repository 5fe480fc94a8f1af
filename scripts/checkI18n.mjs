// Checks the words of the window and of the commands: both languages complete, placeholders equal, every key used and every use known.
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT } from './root.mjs';

const RENDERER = join(ROOT, 'src', 'renderer');
const LANGUAGES = ['en', 'zh-CN'];

/** Keys put together at run time, as in t(`errors.${code}`): everything below these counts as used. */
const DYNAMIC_PREFIXES = [
  'diagnostics.checks.',
  'diagnostics.facts.',
  'diagnostics.findings.',
  'diagnostics.states.',
  'errors.',
  'heldReasons.',
  'journal.steps.',
  'libraryTrouble.reasons.',
  'modes.',
  'money.',
  'problems.',
  'roles.',
  'work.kinds.',
  'work.ended.',
  'stitch.reasons.',
];

/** i18next picks these by itself from a count. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

/**
 * @param {unknown} value @param {string} [path]
 * @returns {[string, unknown][]} every leaf with its dotted path
 */
function leaves(value, path = '') {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const placeholders = (/** @type {string} */ text) =>
  [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join(', ');

/** @param {string} folder @returns {Promise<string[]>} */
async function sources(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @returns {Promise<string[]>} everything that main may answer with: the window has words for each */
async function errorCodes() {
  const text = await readFile(join(ROOT, 'src', 'shared', 'contract', 'errors.ts'), 'utf8');
  const list = /ERROR_CODES = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  const codes = [...list.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
  // A list that is not found would pass as one without gaps.
  if (codes.length === 0) throw new Error('ERROR_CODES was not found in src/shared/contract/errors.ts');
  return codes;
}

/** @returns {Promise<string[]>} what is wrong with the words of the commands, which the menu and the window share */
async function commandProblems() {
  const [en, zh] = await Promise.all(
    LANGUAGES.map(async (language) => {
      const file = join(ROOT, 'src', 'shared', 'words', `commands.${language}.json`);
      return new Map(leaves(JSON.parse(await readFile(file, 'utf8'))));
    }),
  );
  const keys = new Set([...(en?.keys() ?? []), ...(zh?.keys() ?? [])]);
  return [...keys].flatMap((key) =>
    LANGUAGES.filter((_, at) => !String([en, zh][at]?.get(key) ?? '').trim()).map(
      (language) => `commands.${language}: ${key} is missing or empty`,
    ),
  );
}

/** @returns {Promise<string>} what is wrong, one line each; empty when nothing is */
export async function checkI18n() {
  /** @type {string[]} */
  const problems = [];
  /** @type {Map<string, Map<string, string>>} */
  const texts = new Map();
  for (const language of LANGUAGES) {
    const file = join(RENDERER, 'i18n', `${language}.json`);
    const entries = leaves(JSON.parse(await readFile(file, 'utf8')));
    for (const [key, text] of entries) {
      if (typeof text !== 'string' || text.trim() === '') problems.push(`${language}: ${key} is empty`);
    }
    texts.set(language, new Map(entries.map(([key, text]) => [key, String(text)])));
  }

  problems.push(...(await commandProblems()));

  const base = (/** @type {string} */ key) => key.replace(PLURAL, '');
  // Languages differ in their plural forms, so those are compared by what they are forms of.
  const bases = LANGUAGES.map((language) => new Set([...(texts.get(language)?.keys() ?? [])].map(base)));
  LANGUAGES.forEach((language, index) => {
    for (const key of bases[1 - index] ?? []) {
      if (!bases[index]?.has(key)) problems.push(`${language}: ${key} is missing`);
    }
  });
  for (const [key, text] of texts.get('en') ?? []) {
    const other = texts.get('zh-CN')?.get(key);
    if (other !== undefined && placeholders(text) !== placeholders(other)) {
      problems.push(`${key}: placeholders differ (${placeholders(text)} / ${placeholders(other)})`);
    }
  }

  const known = bases[0] ?? new Set();
  for (const code of await errorCodes())
    for (const part of ['sentence', 'next'])
      if (!known.has(`errors.${code}.${part}`)) problems.push(`errors.${code}.${part}: no words`);
  const used = new Set();
  /** Any literal that is a key counts as a use: keys also travel through tables. */
  const mentioned = new Set();
  for (const file of await sources(RENDERER)) {
    const code = await readFile(file, 'utf8');
    for (const [, key] of code.matchAll(/\bt\(\s*['"]([^'"]+)['"]/g)) {
      used.add(key);
      if (key && !known.has(key)) problems.push(`${relative(ROOT, file)}: no words for ${key}`);
    }
    for (const [, key] of code.matchAll(/\bi18nKey=\{?\s*['"]([^'"]+)['"]/g)) {
      used.add(key);
      if (key && !known.has(key)) problems.push(`${relative(ROOT, file)}: no words for ${key}`);
    }
    for (const [, literal] of code.matchAll(/['"]([\w-]+(?:\.[\w-]+)+)['"]/g)) mentioned.add(literal);
    for (const [, prefix] of code.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) {
      if (!DYNAMIC_PREFIXES.some((allowed) => prefix?.startsWith(allowed))) {
        problems.push(
          `${relative(ROOT, file)}: t(\`${prefix}...\`) is not in DYNAMIC_PREFIXES of scripts/checkI18n.mjs`,
        );
      }
    }
  }
  for (const key of known) {
    const dynamic = DYNAMIC_PREFIXES.some((prefix) => key.startsWith(prefix));
    if (!used.has(key) && !mentioned.has(key) && !dynamic) problems.push(`${key} is not used`);
  }
  return problems.join('\n');
}
