// Inside the house: starts the app, or a packaged one, for the tour and takes its pictures. Started by demo.mjs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './launchApp.mjs';
import { launchPackaged } from './launchPackaged.mjs';
import { tour } from './tourSteps.mjs';

/** @typedef {import('./demo.mjs').TourOptions & { out: string, packaged?: string }} Options */

/**
 * @typedef {object} Guide
 * @property {import('playwright-core').Page} window
 * @property {Options} options `out` is the folder whose files the person gets
 * @property {string} library the app's library folder
 * @property {string} userData the app's user-data folder
 * @property {(name: string) => Promise<void>} shot a picture of the window, numbered
 * @property {(line: string) => void} log
 */

/** @type {Options} */
const options = JSON.parse(process.argv[2] ?? '');
const launched = options.packaged === undefined ? await launch() : await launchPackaged(options.packaged);
const { window, library, userData } = launched;

let pictures = 0;
const shot = async (/** @type {string} */ name) => {
  pictures += 1;
  const file = `${String(pictures).padStart(2, '0')}-${name}.png`;
  await window.screenshot({ path: join(options.out, file), animations: 'disabled' });
  console.log(`picture: ${file}`);
};

try {
  await tour({ window, options, library, userData, shot, log: (line) => console.log(line) });
} catch (error) {
  process.exitCode = 1;
  console.error(error);
  await shot('where-it-stopped').catch(() => undefined);
  await writeFile(join(options.out, 'app-output.txt'), launched.output());
} finally {
  await launched.close();
}
