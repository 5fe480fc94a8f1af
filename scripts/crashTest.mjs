// Kills the real app at random moments, again and again, and counts what was paid twice, lost or left half done.
// Run: npm run crash-test -- [--kills 60] [--seed n] [--lanes 3] [--keep <folder>] [--broken]
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { isolate } from './isolate.mjs';
import { ROOT } from './root.mjs';
import { setUp } from './setUp.mjs';

/**
 * @typedef {object} CrashTestOptions
 * @property {number} kills
 * @property {number} [seed] the same seed draws the same faults and moments again
 * @property {number} [lanes] profiles side by side
 * @property {boolean} [broken] with two steps in the wrong order: passes when that is noticed
 * @property {string} [keep] receives profile, library and ledger
 */

/** Loaded late: it needs packages that the set-up may only just have installed. */
async function brokenBuild() {
  const { buildBrokenOrder } = await import('./crashTest/brokenOrder.mjs');
  return buildBrokenOrder();
}

/** The app must be built. @param {CrashTestOptions} options @returns {Promise<boolean>} whether all is well */
export async function crashTest({ kills, seed = Date.now() % 1_000_000, lanes = 3, broken = false, keep }) {
  const app = broken ? relative(ROOT, await brokenBuild()) : undefined;
  const kept = keep ?? (await mkdtemp(join(tmpdir(), 'dailies-crash-')));
  console.log(`crash test: ${kills} kills, seed ${seed}${broken ? ', broken on purpose' : ''}`);
  const code = await isolate(
    ({ checkout, node, out }) => [
      ...[node, join(checkout, 'scripts', 'crashTest', 'inside.mjs')],
      ...['--kills', String(kills), '--seed', String(seed), '--lanes', String(lanes), '--out', out],
      ...(app === undefined ? [] : ['--broken', '--app', join(checkout, app)]),
      ...(keep === undefined ? [] : ['--keep']),
    ],
    { keep: kept },
  );
  if ((await readdir(kept)).length > 0) console.log(`Kept for a look: ${kept}`);
  else await rm(kept, { recursive: true, force: true });
  return code === 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '60' },
      seed: { type: 'string' },
      lanes: { type: 'string', default: '3' },
      keep: { type: 'string' },
      broken: { type: 'boolean', default: false },
    },
  });
  await setUp();
  console.log(await build());
  const well = await crashTest({
    kills: Number(values.kills),
    lanes: Number(values.lanes),
    broken: values.broken,
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    ...(values.keep === undefined ? {} : { keep: values.keep }),
  });
  process.exitCode = well ? 0 : 1;
}
