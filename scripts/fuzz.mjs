// Runs the property tests of everything that reads what strangers wrote, for a minute each. Run: npm run fuzz
// `npm run fuzz -- --seconds 300 search` takes longer over some files; `--seed` and `--path`, as a failure prints
// them, play it again.
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ROOT } from './root.mjs';

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
  allowPositionals: true,
});
if (!(Number(values.seconds) > 0))
  throw new Error('npm run fuzz -- [--seconds N] [--seed N --path P] [file …]');

const files =
  positionals.length === 0 ? ['.fuzz.test.ts'] : positionals.map((name) => `${name}.fuzz.test.ts`);
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', ...files], {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...process.env,
    DAILIES_FUZZ_SECONDS: values.seconds,
    ...(values.seed === undefined ? {} : { DAILIES_FUZZ_SEED: values.seed }),
    ...(values.path === undefined ? {} : { DAILIES_FUZZ_PATH: values.path }),
  },
});
process.exitCode = status ?? 1;
