// Packages the app for this system, into dist/. Run: npm run dist -- --help
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { run } from './child.mjs';
import { isStandIn, officialRuntime, testRuntime } from './electronRuntime.mjs';
import { bundledFfmpeg, keytarLoads } from './nativeModules.mjs';
import { ROOT } from './root.mjs';
import { install } from './setUp.mjs';

const HELP = `npm run dist                        installers for this system, in dist/
npm run dist -- --dir               the program alone, in dist/<system>-unpacked
npm run dist -- --dir --electron DIR   around the Electron in this folder, with no download
npm run dist -- --out DIR           somewhere else than dist/

DAILIES_ELECTRON_DIST may name the Electron folder too. What else follows goes to electron-builder.`;

const TESTS_ONLY = `This package holds a third party's build of Electron: it is for tests only.
Enter no real API key in it, and never give it to anybody.
`;

/**
 * @typedef {object} DistOptions
 * @property {boolean} [dir] the program alone, no installers
 * @property {string} [electron] folder of an unpacked Electron for this system
 * @property {string} [out]
 * @property {string[]} [rest] for electron-builder
 */

/** @param {DistOptions} options @returns {Promise<string | undefined>} undefined: electron-builder fetches it */
async function electronFolder({ dir = false, electron }) {
  if (electron) return resolve(electron);
  if (await officialRuntime()) return join(ROOT, 'node_modules', 'electron', 'dist');
  return dir ? dirname((await testRuntime()).executable) : undefined;
}

/** An installer without these would be a broken one; a folder may still be looked at. @param {boolean} dir */
async function requireNatives(dir) {
  const missing = [
    ...((await keytarLoads()) ? [] : ['keytar']),
    ...((await bundledFfmpeg()) ? [] : ['ffmpeg-static']),
  ];
  if (missing.length === 0) return;
  const words = `${missing.join(' and ')} not complete here: run npm run postinstall where GitHub can be reached.`;
  if (!dir) throw new Error(words);
  console.log(words);
}

/** A copy without what an Electron folder may hold of other apps. @param {string} electron @param {string} to */
async function copyRuntime(electron, to) {
  const foreign = [join('resources', 'app'), join('resources', 'default_app.asar'), 'integrity'];
  await cp(electron, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !foreign.includes(relative(electron, source)),
  });
}

/**
 * Builds and packages.
 * @param {DistOptions} [options]
 * @returns {Promise<string>} the folder with what was made
 */
export async function dist({ dir = false, electron, out = 'dist', rest = [] } = {}) {
  console.log(await build());
  await requireNatives(dir);
  const output = resolve(ROOT, out);
  const runtime = await electronFolder({ dir, electron });
  const standIn = runtime !== undefined && isStandIn(runtime);
  if (standIn && !dir) throw new Error(`Installers need the official Electron.\n${TESTS_ONLY}`);
  const work = await mkdtemp(join(tmpdir(), 'dailies-dist-'));
  try {
    const electronDist = [];
    if (runtime !== undefined) {
      if (!existsSync(runtime)) throw new Error(`No Electron at ${runtime}`);
      await copyRuntime(runtime, join(work, 'electron'));
      electronDist.push(`-c.electronDist=${join(work, 'electron')}`);
    }
    const cli = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
    const { code } = await run(
      process.execPath,
      [
        ...[cli, '--config', join('build', 'electron-builder.yml'), '--publish', 'never'],
        ...(dir ? ['--dir'] : []),
        `-c.directories.output=${output}`,
        ...electronDist,
        ...rest,
      ],
      { cwd: ROOT, aloud: true },
    );
    if (code !== 0) throw new Error(`electron-builder ended with ${code}.`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  if (standIn) {
    await writeFile(join(output, 'FOR-TESTS-ONLY.txt'), TESTS_ONLY);
    console.log(TESTS_ONLY);
  }
  return output;
}

/** @param {string[]} argv @returns {DistOptions & { help: boolean }} */
function readArguments(argv) {
  /** @type {DistOptions & { help: boolean, rest: string[] }} */
  const options = { help: false, electron: process.env.DAILIES_ELECTRON_DIST, rest: [] };
  const queue = [...argv];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === '--help') options.help = true;
    else if (next === '--dir') options.dir = true;
    else if (next === '--electron') options.electron = queue.shift();
    else if (next === '--out') options.out = resolve(queue.shift() ?? 'dist');
    else options.rest.push(next);
  }
  return options;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { help, ...options } = readArguments(process.argv.slice(2));
    if (help) console.log(HELP);
    else {
      await install();
      console.log(`Made: ${await dist(options)}`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
