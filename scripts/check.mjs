// Static checks: types per process, import rules and lint, formatting, words, licences. Run: npm run check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { checkFirstLoad } from './checkFirstLoad.mjs';
import { audit } from './audit.mjs';
import { checkI18n } from './checkI18n.mjs';
import { run } from './child.mjs';
import { checkLicences } from './licences.mjs';
import { ROOT } from './root.mjs';

/** Once, for all checks that look at what was built. @type {Promise<string> | undefined} */
let building;
const built = () => (building ??= build());

const PROCESSES = ['shared', 'main', 'preload', 'renderer', 'gateway', 'tests', 'scripts'];

/** @param {string} file @param {string[]} args @returns {Promise<string>} its complaints, empty when it has none */
async function tool(file, args) {
  const { code, output } = await run(process.execPath, [join(ROOT, 'node_modules', file), ...args], {
    cwd: ROOT,
  });
  return code === 0 ? '' : output.trim() || `exit code ${code}`;
}

/** @type {[string, () => Promise<string>][]} */
const CHECKS = [
  ...PROCESSES.map(
    (name) =>
      /** @type {[string, () => Promise<string>]} */ ([
        `types ${name}`,
        () => tool('typescript/bin/tsc', ['-p', `tsconfig.${name}.json`]),
      ]),
  ),
  ['lint', () => tool('eslint/bin/eslint.js', ['--max-warnings=0', '.'])],
  ['format', () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'])],
  ['words', checkI18n],
  ['packages', audit],
  [
    'licences',
    async () => {
      await built();
      return checkLicences();
    },
  ],
  [
    'first load',
    async () => {
      await built();
      return checkFirstLoad();
    },
  ],
];

/** @returns {Promise<{ passed: number, failed: number }>} each check counts as one */
export async function check() {
  const counts = { passed: 0, failed: 0 };
  const queue = [...CHECKS];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, complaintsOf] = next;
      const start = performance.now();
      const complaints = await complaintsOf().catch((error) => String(error));
      console.log(
        `${complaints ? 'FAIL' : 'ok  '} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
      );
      if (complaints) console.log(complaints);
      counts[complaints ? 'failed' : 'passed']++;
    }
  };
  // Two at a time: each of them is one busy thread.
  await Promise.all([worker(), worker()]);
  return counts;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
