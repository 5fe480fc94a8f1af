// The crash test itself, inside the house: lanes side by side, then the verdict on each. Started by crashTest.mjs.
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../root.mjs';
import { Lane } from './lane.mjs';
import { Plan } from './plan.mjs';
import { seededRandom } from './random.mjs';
import { readRecords } from './records.mjs';
import { report } from './report.mjs';
import { judge } from './verdict.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '3' },
    out: { type: 'string' },
    app: { type: 'string' },
    broken: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const [kills, seed, lanes] = [values.kills, values.seed, values.lanes].map(Number);
if (!kills || seed === undefined || !lanes) throw new Error('--kills, --seed and --lanes are numbers');

const started = Date.now();
const folder = await mkdtemp(join(tmpdir(), 'dailies-crash-'));
// Only a kill between the request and its record can show the wrong order.
const plan = new Plan(kills, seededRandom(seed), values.broken ? ['submitting'] : undefined);
let told = 0;
const say = (/** @type {string} */ text) => {
  if (told++ < 40) console.log(text);
};
const ticker = setInterval(
  () => console.log(`${plan.done} kills, ${Math.round((Date.now() - started) / 1000)} s`),
  30_000,
);

// Killing an app while it starts leaves a promise of Playwright's rejected that nobody holds.
process.on('unhandledRejection', (error) => {
  if (!/Process failed to launch/.test(String(error))) throw error;
});

const all = Array.from({ length: lanes }, (_, index) => {
  const name = String.fromCharCode(65 + index);
  return new Lane({
    name,
    folder: join(folder, name),
    gatewayProgram: join(ROOT, 'out', 'main', 'gateway.js'),
    appFolder: values.app,
    plan,
    // Each lane draws its own numbers, so that their order does not depend on who is faster.
    random: seededRandom(seed * 1000 + index + 1),
    say,
  });
});
/** @type {string[]} */
const problems = [];
/** @type {Record<string, number>[]} */
const figures = [];
await Promise.all(
  all.map(async (lane) => {
    try {
      await lane.run();
    } catch (error) {
      problems.push(`${lane.options.name}: ended early: ${error instanceof Error ? error.stack : error}`);
    }
    const verdict = await judge({
      acknowledged: lane.acknowledged,
      ledger: await lane.gateway.ledger(),
      tasks: await lane.gateway.tasks(),
      records: await readRecords(lane.place.userData),
      library: lane.place.library,
      logs: join(lane.place.userData, 'logs'),
    });
    figures.push(verdict.figures);
    problems.push(...[...lane.problems, ...verdict.problems].map((text) => `${lane.options.name}: ${text}`));
    await lane.gateway.kill();
  }),
);
clearInterval(ticker);
report({ plan, seed, figures, problems, seconds: (Date.now() - started) / 1000 });

const caught = problems.some((text) => /paid \d+ times|no generation knows/.test(text));
if (values.broken) console.log(caught ? 'The broken order was caught.' : 'The broken order was NOT caught.');
const good = values.broken ? caught : problems.length === 0;
if (values.out && (values.keep || !good))
  await cp(folder, values.out, {
    recursive: true,
    filter: (path) => !/\/(Singleton|\.org\.chromium)/.test(path),
  });
process.exitCode = good ? 0 : 1;
