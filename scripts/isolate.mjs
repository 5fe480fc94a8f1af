// Runs a command in the house for tests: no network but loopback where we may take it away, an ordinary user,
// a fresh home, a real keychain, a display. Usage: node scripts/isolate.mjs <command> [arguments]
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './child.mjs';
import { ROOT } from './root.mjs';

const NOBODY = 65534;
/** Files that tell whether a strict umask closed the checkout to others. */
const SAMPLES = ['.', 'package.json', 'node_modules/vitest/package.json', 'out/main/index.js'];

/**
 * What a command finds inside.
 * @typedef {object} House
 * @property {string} checkout the project, to read
 * @property {string} out for files that must survive (option `keep`)
 * @property {string} node this Node
 * @property {string[]} inputs the person's files, in the order given
 */

/**
 * @typedef {object} IsolateOptions
 * @property {Record<string, string>} [env] added to the little that is passed on from ours
 * @property {string} [keep] folder that receives what the command left in `out`
 * @property {string[]} [inputs] files of the person's that the command reads
 */

/** Only what tests need: a person's tokens stay outside. */
function passedOn() {
  const names = /^(CI|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|LANG|DEBUG|DAILIES_\w+)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}

/** @param {string} home @param {string} node @returns {Record<string, string>} */
function homeEnvironment(home, node) {
  return {
    HOME: home,
    USER: 'tester',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    PATH: [dirname(node), '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(delimiter),
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DAILIES_TEST_CACHE: join(home, 'cache', 'vite'),
  };
}

/** @param {string} path @returns {Promise<boolean>} whether users other than its owner may read it */
async function readableByAll(path) {
  const about = await stat(path).catch(() => undefined);
  const needed = about?.isDirectory() ? 0o005 : 0o004;
  return about === undefined || (about.mode & needed) === needed;
}

/** @param {string} path @returns {Promise<boolean>} whether others may reach it at all */
async function reachableByAll(path) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!((await stat(folder)).mode & 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * @param {string} command @param {string[]} args @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code, once nothing of it is left
 */
function follow(command, args, { cwd, env }) {
  const group = process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: group,
    });
    const send = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        process.kill(group ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
      } catch {
        // Already gone.
      }
    };
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      send(signal);
      setTimeout(() => send('SIGKILL'), 5000).unref();
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      send('SIGKILL');
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** The keychain, the display, then the command, for whoever runs it. @param {House} house */
const inSession = (house, /** @type {string[]} */ command) => [
  ...['dbus-run-session', '--', house.node, join(house.checkout, 'scripts', 'session.mjs')],
  ...command,
];

/**
 * @param {string} folder @param {(house: House) => string[]} commandFor @param {IsolateOptions} options
 * @returns {Promise<number>}
 */
async function asRoot(folder, commandFor, { env, inputs = [] }) {
  const mounts = [];
  const place = join(folder, 'checkout');
  if ((await Promise.all(SAMPLES.map((path) => readableByAll(join(ROOT, path))))).every(Boolean)) {
    await mkdir(place);
    mounts.push(ROOT, place);
  } else {
    const filter = (/** @type {string} */ source) => relative(ROOT, source) !== '.git';
    await cp(ROOT, place, { recursive: true, verbatimSymlinks: true, filter });
    await run('chmod', ['-R', 'a+rX', place]);
  }
  let node = await realpath(process.execPath);
  if (node.startsWith('/tmp/') || !(await reachableByAll(node))) {
    await mkdir(join(folder, 'node'));
    mounts.push(dirname(dirname(node)), join(folder, 'node'));
    node = join('/tmp/node', 'bin', basename(node));
  }
  for (const path of [join(folder, 'out'), join(folder, 'home')])
    await run('chown', ['-R', `${NOBODY}:${NOBODY}`, path]);
  await run('chmod', ['-R', 'a+rX', join(folder, 'inputs')]);
  await chmod(folder, 0o1777);

  /** @type {House} */
  const house = {
    checkout: '/tmp/checkout',
    out: '/tmp/out',
    node,
    inputs: inputs.map((path, index) => join('/tmp/inputs', String(index), basename(path))),
  };
  const args = [
    ...['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'],
    ...[join(ROOT, 'scripts', 'house.sh'), folder, ...mounts, '--', ...inSession(house, commandFor(house))],
  ];
  return follow('unshare', args, {
    cwd: ROOT,
    env: { ...passedOn(), ...homeEnvironment('/tmp/home', node), ...env },
  });
}

/**
 * @param {string} folder @param {(house: House) => string[]} commandFor @param {IsolateOptions} options
 * @returns {Promise<number>}
 */
async function asPerson(folder, commandFor, { env, inputs = [] }) {
  /** @type {House} */
  const house = {
    checkout: ROOT,
    out: join(folder, 'out'),
    node: process.execPath,
    inputs: inputs.map((path, index) => join(folder, 'inputs', String(index), basename(path))),
  };
  const [command, ...args] =
    process.platform === 'linux' ? inSession(house, commandFor(house)) : commandFor(house);
  if (!command) throw new Error('Nothing to run.');
  const surroundings =
    process.platform === 'linux'
      ? { ...passedOn(), ...homeEnvironment(join(folder, 'home'), process.execPath) }
      : // The keychains of macOS and Windows belong to the person's own home.
        { ...process.env, DAILIES_TEST_CACHE: join(folder, 'home', 'cache', 'vite') };
  return follow(command, args, { cwd: ROOT, env: { ...surroundings, ...env } });
}

/**
 * @param {(house: House) => string[]} commandFor
 * @param {IsolateOptions} [options]
 * @returns {Promise<number>} exit code
 */
export async function isolate(commandFor, options = {}) {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  // As root the folder becomes /tmp itself, so it may not follow TMPDIR elsewhere.
  const folder = await mkdtemp(join(root ? '/tmp' : await realpath(tmpdir()), 'dailies-house-'));
  try {
    for (const name of ['out', 'inputs', 'home', 'home/run', 'home/data', 'home/config', 'home/cache']) {
      await mkdir(join(folder, name), { mode: 0o700 });
    }
    for (const [index, path] of (options.inputs ?? []).entries()) {
      await mkdir(join(folder, 'inputs', String(index)));
      await cp(path, join(folder, 'inputs', String(index), basename(path)));
    }
    const code = await (root ? asRoot : asPerson)(folder, commandFor, options);
    if (options.keep) {
      await mkdir(options.keep, { recursive: true });
      await cp(join(folder, 'out'), options.keep, { recursive: true });
    }
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await isolate(() => process.argv.slice(2));
}
