// Brings a checkout, fresh or old, to where the app can be built and tested; steps already done are skipped.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareSandbox } from './chromeSandbox.mjs';
import { npm } from './child.mjs';
import { testRuntime } from './electronRuntime.mjs';
import { ROOT } from './root.mjs';
import { systemPackages } from './systemPackages.mjs';

/** @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock */

/** @param {string} path @returns {Promise<Lock>} */
const lockAt = async (path) => JSON.parse(await readFile(join(ROOT, path), 'utf8'));

/** Whether npm's own record of node_modules agrees with the lock; optional packages may belong to other systems. */
async function installed() {
  const { packages: wanted } = await lockAt('package-lock.json');
  const { packages: present } = await lockAt('node_modules/.package-lock.json').catch(
    () => /** @type {Lock} */ ({ packages: {} }),
  );
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      optional ||
      (present[path]?.version === version && present[path]?.integrity === integrity),
  );
}

/** @returns {Promise<string>} one line on what was done */
async function dependencies() {
  if (await installed()) return 'dependencies: ready';
  const env = { ...process.env };
  // npm older than 11 runs ffmpeg-static's own download, which fails the install where it is out of reach.
  if (!env.FFMPEG_BIN && existsSync('/usr/bin/ffmpeg')) env.FFMPEG_BIN = '/usr/bin/ffmpeg';
  const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    env,
  });
  if (code !== 0) throw new Error(`npm ci failed:\n${output.slice(-3000)}`);
  return 'dependencies: installed';
}

/** A library installed after keytar's first try is reason for a second one. @returns {Promise<string>} */
async function nativeModules() {
  const { keytarLoads } = await import('./nativeModules.mjs');
  if (await keytarLoads()) return 'native modules: ready';
  const { output } = await npm(['run', '--silent', 'postinstall'], { cwd: ROOT });
  if (!(await keytarLoads())) throw new Error(`keytar does not load:\n${output}`);
  return 'native modules: built';
}

/** @param {() => Promise<string>} work */
async function step(work) {
  const start = performance.now();
  const line = await work();
  console.log(`${line} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

/** What a build needs. */
export async function install() {
  await step(systemPackages);
  await step(dependencies);
  await step(nativeModules);
}

/** What a build and its tests need. @returns {Promise<import('./electronRuntime.mjs').Runtime>} */
export async function setUp() {
  await install();
  /** @type {import('./electronRuntime.mjs').Runtime | undefined} */
  let runtime;
  await step(async () => {
    runtime = await testRuntime();
    await prepareSandbox(runtime.executable);
    return `Electron: ${runtime.version}${runtime.official ? '' : ', a stand-in for tests only'}`;
  });
  if (!runtime) throw new Error('No Electron.');
  return runtime;
}
