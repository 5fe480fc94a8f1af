// Starts a packaged app as a person would and drives its window: its fuses let no inspector into main.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { cleanEnvironment } from './launchApp.mjs';
import { packagedApp } from './packagedApp.mjs';

/** Starting takes about a second; a busy machine gets more. */
const PATIENCE_MS = 60_000;

/**
 * @typedef {object} LaunchedPackage
 * @property {import('playwright-core').Page} window
 * @property {string} userData
 * @property {string} library
 * @property {() => string} output what the app wrote to its terminal
 * @property {() => Promise<number | null>} close closes the window as a person does and answers with the exit code
 */

/**
 * @param {string} folder
 * @param {{ userData?: string, library?: string, env?: Record<string, string>, args?: string[] }} [options]
 * @returns {Promise<LaunchedPackage>}
 */
export async function launchPackaged(folder, options = {}) {
  /** @type {string[]} */
  const made = [];
  const temporary = async (/** @type {string} */ name) => {
    const path = await mkdtemp(join(tmpdir(), `dailies-${name}-`));
    made.push(path);
    return path;
  };
  const userData = options.userData ?? (await temporary('user-data'));
  const library = options.library ?? (await temporary('library'));
  const { program } = packagedApp(folder);
  const main = spawn(program, ['--remote-debugging-port=0', ...(options.args ?? [])], {
    cwd: tmpdir(),
    env: {
      ...cleanEnvironment(),
      DAILIES_USER_DATA: userData,
      DAILIES_LIBRARY: library,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    main.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    main.once('exit', (code) => resolve(code));
  });
  /** @type {Promise<string>} */
  const address = new Promise((resolve, reject) => {
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    main.stdout.on('data', keep);
    main.stderr.on('data', keep);
    void ended.then(() => reject(new Error(`The app ended before it showed a window.\n${output}`)));
    setTimeout(() => reject(new Error(`The app did not start.\n${output}`)), PATIENCE_MS).unref();
  });
  const tidy = () =>
    Promise.all(made.map((path) => rm(path, { recursive: true, force: true, maxRetries: 5 })));

  try {
    const browser = await chromium.connectOverCDP(await address, { noDefaults: true, timeout: PATIENCE_MS });
    const [context] = browser.contexts();
    if (!context) throw new Error('The app has no pages.');
    const window = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: PATIENCE_MS }));
    await window.waitForLoadState('domcontentloaded');
    const close = async () => {
      // On macOS an app outlives its last window.
      if (process.platform === 'darwin') main.kill('SIGTERM');
      else await window.close().catch(() => undefined);
      /** @type {Promise<'late'>} */
      const patience = new Promise((resolve) => setTimeout(() => resolve('late'), 20_000).unref());
      const code = await Promise.race([ended, patience]);
      if (code === 'late') main.kill('SIGKILL');
      await ended;
      await tidy();
      if (code === 'late') throw new Error(`The app did not quit within 20 s.\n${output}`);
      return code;
    };
    return { window, userData, library, output: () => output, close };
  } catch (error) {
    main.kill('SIGKILL');
    await ended;
    await tidy();
    throw error;
  }
}
