// Everything from a fresh clone: set-up, static checks, unit, service, contract, end-to-end, package and crash tests.
// Run: npm test, or npm test -- unit|e2e|package [vitest arguments] for one tier alone, or npm test -- crash.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { prepareSandbox } from './chromeSandbox.mjs';
import { crashTest } from './crashTest.mjs';
import { dist } from './dist.mjs';
import { isolate } from './isolate.mjs';
import { packagedApp, unpackedFolder } from './packagedApp.mjs';
import { ROOT } from './root.mjs';
import { setUp } from './setUp.mjs';

const TIERS = ['unit', 'e2e', 'package', 'crash'];
/** A short run of `npm run crash-test`, and one with two steps in the wrong order, which it has to notice. */
const CRASH_TESTS = [{ kills: 60 }, { kills: 12, broken: true }];

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * @param {string} file @param {number} code vitest's own verdict
 * @param {boolean} whole false when the caller chose some tests: the others are then skipped on purpose
 * @returns {Promise<Counts>}
 */
async function countsIn(file, code, whole) {
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const passed = report.numPassedTests ?? 0;
  const brokenFiles = (report.testResults ?? []).filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ result) =>
      result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  // A test that needs something missing fails; it does not skip.
  const skipped = whole ? (report.numPendingTests ?? 0) : 0;
  const failed = (report.numFailedTests ?? 0) + skipped + brokenFiles;
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

/** @param {string} tier @param {string[]} args @returns {Promise<Counts>} */
async function runTier(tier, args) {
  const keep = await mkdtemp(join(tmpdir(), 'dailies-report-'));
  try {
    const code = await isolate(
      ({ checkout, node, out }) => [
        node,
        join(checkout, 'node_modules', 'vitest', 'vitest.mjs'),
        // The house may not write a bundled copy of the configuration beside it.
        ...['run', '--project', tier, '--configLoader', 'runner'],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(out, 'report.json')}`],
        ...args,
      ],
      { keep },
    );
    return await countsIn(join(keep, 'report.json'), code, args.length === 0);
  } finally {
    await rm(keep, { recursive: true, force: true });
  }
}

/** The house sees the checkout: what it tests lies inside, apart from a person's own dist/. */
async function packageApp() {
  const folder = join(ROOT, '.runtime', 'package');
  await rm(folder, { recursive: true, force: true });
  await dist({ dir: true, out: folder });
  await prepareSandbox(packagedApp(unpackedFolder(folder)).program);
}

/** @returns {Promise<Counts>} each run counts as one */
async function runCrashTests() {
  const counts = { passed: 0, failed: 0 };
  for (const options of CRASH_TESTS) counts[(await crashTest(options)) ? 'passed' : 'failed']++;
  return counts;
}

const [only, ...vitestArgs] = process.argv.slice(2);
if (only !== undefined && !TIERS.includes(only))
  throw new Error(`npm test -- ${TIERS.join('|')} [vitest arguments]`);

const total = { passed: 0, failed: 0 };
const add = (/** @type {Counts} */ counts) => {
  total.passed += counts.passed;
  total.failed += counts.failed;
};
/** Trouble outside the tests counts as one failure; what does not depend on it still runs. */
const attempt = async (/** @type {() => Promise<void>} */ work) => {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    total.failed++;
    return false;
  }
};

await attempt(async () => {
  await setUp();
  const built = await attempt(async () => console.log(await build()));
  if (only === undefined) {
    const { check } = await import('./check.mjs');
    add(await check());
  }
  for (const tier of only === undefined ? TIERS : [only]) {
    // An older build would answer for code that is not there any more.
    if (tier !== 'unit' && !built) throw new Error(`${tier}: not run, there is no build to drive`);
    if (tier === 'package') await packageApp();
    add(await (tier === 'crash' ? runCrashTests() : runTier(tier, vitestArgs)));
  }
});
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
