// What the packages that ship are known for, and whether the lock file can be trusted. Part of: npm run check
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { run } from './child.mjs';
import { ROOT } from './root.mjs';

/** Worse than this is not shipped. */
const REFUSED = ['high', 'critical'];
/** Bundled into the app although they are devDependencies, and not imported by name. */
const ALWAYS = ['electron'];
const IMPORT = /(?:from\s+|import\s*\(?\s*|require\()['"]([\w@][\w@./:-]*)['"]/g;

/**
 * @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, hasInstallScript?: boolean,
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lock
 * @typedef {{ title?: string, url?: string, severity?: string, name?: string }} Advisory
 * @typedef {{ vulnerabilities?: Record<string, { nodes?: string[], via?: (Advisory | string)[] }>, error?: unknown,
 *   message?: string }} Answer
 */

/** @param {string} id @returns {string} the package that an import is from */
function packageOf(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}

/** @returns {Promise<string[]>} packages that the app's own code imports, and those that are kept beside it */
export async function importedPackages() {
  const names = new Set(ALWAYS);
  for (const entry of await readdir(join(ROOT, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$|\.d\.ts$/.test(entry.name)) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    for (const [, id = ''] of text.matchAll(IMPORT))
      if (!isBuiltin(id) && !/^@(?:shared|renderer)\//.test(id)) names.add(packageOf(id));
  }
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  return [...names, ...Object.keys(dependencies)].sort();
}

/**
 * Places in the lock file of the packages and of all that they need, found as Node finds them.
 * @param {Lock} lock @param {readonly string[]} names @returns {Set<string>}
 */
export function shippedPlaces({ packages }, names) {
  const found = new Set();
  const waiting = names.map((name) => ({ from: '', name }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { from, name } = next;
    let at = from;
    while (!(`${at}${at && '/'}node_modules/${name}` in packages) && at !== '')
      at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
    const place = `${at}${at && '/'}node_modules/${name}`;
    const entry = packages[place];
    // A part for another system, or one that nobody has to install.
    if (entry === undefined || found.has(place)) continue;
    found.add(place);
    // Electron brings its own program; what its package needs is for the download of it.
    if (name === 'electron') continue;
    for (const needed of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      waiting.push({ from: place, name: needed });
  }
  return found;
}

/**
 * @param {Answer} answer of `npm audit --json` @param {ReadonlySet<string>} shipped
 * @returns {string[]} one line for each known trouble of high or critical severity in what ships
 */
export function advisoriesIn(answer, shipped) {
  const lines = Object.entries(answer.vulnerabilities ?? {}).flatMap(([name, { nodes = [], via = [] }]) =>
    nodes.some((place) => shipped.has(place))
      ? via.flatMap((each) =>
          typeof each !== 'string' && REFUSED.includes(each.severity ?? '')
            ? [`${name}: ${each.severity}: ${each.title ?? ''} ${each.url ?? ''}`.trim()]
            : [],
        )
      : [],
  );
  return [...new Set(lines)];
}

/**
 * @param {Lock} lock @param {Record<string, boolean>} allowScripts as package.json says: each script is decided upon
 * @returns {string[]} one line for each entry that is not held fast by a hash, or names a registry of its own
 */
export function lockComplaints({ packages }, allowScripts) {
  return Object.entries(packages).flatMap(([place, entry]) => {
    if (place === '' || entry.link === true) return [];
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const lines = [];
    if (!/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? '')) lines.push(`${place}: no SHA-512`);
    // npm is told to leave out the registry's own addresses: what is named comes from somewhere else.
    if (entry.resolved !== undefined) lines.push(`${place}: comes from ${entry.resolved}`);
    if (entry.hasInstallScript === true && !Object.hasOwn(allowScripts, name))
      lines.push(`${place}: runs a script when it is installed; say yes or no in "allowScripts"`);
    return lines;
  });
}

/** @param {string} output of `npm audit --json` @returns {Answer | null} null when the registry gave none */
export function readAnswer(output) {
  try {
    const answer = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    return answer.error === undefined && answer.vulnerabilities !== undefined ? answer : null;
  } catch {
    return null;
  }
}

/** Says "not audited" and passes where the registry has no answer. @returns {Promise<string>} complaints */
export async function audit() {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const { allowScripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const complaints = lockComplaints(lock, allowScripts);
  const shipped = shippedPlaces(lock, await importedPackages());
  const { output } = await run('npm', ['audit', '--json', '--package-lock-only'], { cwd: ROOT }).catch(
    (error) => ({ output: String(error) }),
  );
  const answer = readAnswer(output);
  if (answer === null) {
    const words = /"message": "([^"]*)"|(E[A-Z]{4,})/.exec(output);
    console.log(`not audited: the registry did not answer (${words?.[1] ?? words?.[2] ?? 'no words'})`);
  } else complaints.push(...advisoriesIn(answer, shipped));
  return complaints.join('\n');
}
