// Starts the built app as a person would, on a profile and a library of its own, and drops real files on it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { installedTestRuntime } from './electronRuntime.mjs';
import { ROOT } from './root.mjs';

/**
 * @typedef {object} LaunchOptions
 * @property {string} [userData] kept when given: a restart finds what the run before left
 * @property {string} [library]
 * @property {Record<string, string>} [env]
 * @property {string[]} [args] more arguments behind the app folder
 * @property {string} [appFolder]
 */

/**
 * @typedef {object} Launched
 * @property {import('playwright-core').ElectronApplication} app
 * @property {import('playwright-core').Page} window
 * @property {string} userData
 * @property {string} library
 * @property {() => string} output what the app wrote to its terminal
 * @property {() => Promise<void>} close quits as a person does, and removes the folders made for this run
 * @property {() => Promise<void>} kill ends main as a power cut does: no handler runs, nothing is flushed
 */

/** The app must not notice that a test runner started it. @returns {Record<string, string>} */
export function cleanEnvironment() {
  const ours = /^(VITEST.*|NODE_ENV|NODE_OPTIONS|TEST|ELECTRON_RUN_AS_NODE|TZ)$/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  );
}

/** @param {LaunchOptions} [options] @returns {Promise<Launched>} */
export async function launch(options = {}) {
  const { executable } = await installedTestRuntime();
  /** @type {string[]} */
  const made = [];
  const folder = async (/** @type {string} */ name) => {
    const path = await mkdtemp(join(tmpdir(), `dailies-${name}-`));
    made.push(path);
    return path;
  };
  const userData = options.userData ?? (await folder('user-data'));
  const library = options.library ?? (await folder('library'));

  const app = await _electron.launch({
    executablePath: executable,
    args: [options.appFolder ?? ROOT, ...(options.args ?? [])],
    cwd: tmpdir(),
    // Without this Playwright switches the sandbox off on Linux: it would be another app.
    chromiumSandbox: true,
    env: {
      ...cleanEnvironment(),
      DAILIES_USER_DATA: userData,
      DAILIES_LIBRARY: library,
      ...options.env,
    },
    timeout: 60_000,
  });
  const main = app.process();
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString();
  };
  main.stdout?.on('data', keep);
  main.stderr?.on('data', keep);
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => main.once('exit', () => resolve()));

  const kill = async () => {
    main.kill('SIGKILL');
    await ended;
  };
  const close = async () => {
    const running = main.exitCode === null && main.signalCode === null;
    // Nobody is there to answer when it asks whether to quit in the middle of something.
    if (running)
      await app
        .evaluate(({ dialog }) => {
          dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
        })
        .catch(() => undefined);
    /** @type {Promise<'late'>} */
    const patience = new Promise((resolve) => setTimeout(() => resolve('late'), 20_000).unref());
    const late = running && (await Promise.race([app.close(), patience])) === 'late';
    if (late) await kill();
    await Promise.all(made.map((path) => rm(path, { recursive: true, force: true, maxRetries: 5 })));
    if (late) throw new Error(`The app did not quit within 20 s.\n${output}`);
  };

  try {
    const window = await app.firstWindow({ timeout: 60_000 });
    await window.waitForLoadState('domcontentloaded');
    return { app, window, userData, library, output: () => output, close, kill };
  } catch (error) {
    await kill();
    throw new Error(`The app showed no window.\n${output}`, { cause: error });
  }
}

/**
 * Drops files as the system's file manager does: the page gets real File objects with real paths.
 * @param {import('playwright-core').Page} window
 * @param {string} selector
 * @param {string[]} paths
 */
export async function dropFiles(window, selector, paths) {
  const target = window.locator(selector).first();
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error(`Nothing to drop on: ${selector}`);
  const session = await window.context().newCDPSession(window);
  const event = {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    data: { items: [], files: paths, dragOperationsMask: 1 },
  };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await session.send('Input.dispatchDragEvent', { type, ...event });
  }
  await session.detach();
}
