// Runs the benchmarks and prints what was measured on which machine. Run: npm run bench [-- name …]
import { readdir, rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, join, relative } from 'node:path';
import { build as bundle } from 'vite';
import { build } from './build.mjs';
import { run } from './child.mjs';
import { isolate } from './isolate.mjs';
import { ROOT } from './root.mjs';

/** Bundled here, so that modules are found; left out of Git. */
const FOLDER = join(ROOT, '.runtime', 'bench');
/** These open windows: they run in the tests' surroundings. */
const IN_HOUSE = ['compareDrift.bench', 'libraryWindow.bench'];
/** What they leave to look at. */
const PICTURES = join(ROOT, '.runtime', 'bench-pictures');

/** @returns {Promise<string>} */
async function machine() {
  const { output } = await run('ffmpeg', ['-version']);
  const ffmpeg = /^ffmpeg version (\S+)/.exec(output)?.[1] ?? 'none';
  const cores = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cores.length} cores (${cores[0]?.model.trim()}), ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, ffmpeg ${ffmpeg}`;
}

const wanted = process.argv.slice(2);
const files = (await readdir(join(ROOT, 'bench'))).filter((name) => name.endsWith('.ts')).sort();
const names = files
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => basename(name, '.ts'))
  .filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.bench')));
if (names.length === 0) throw new Error(`No such benchmark: ${wanted.join(' ')}`);

console.log(await build());
await rm(FOLDER, { recursive: true, force: true });
await bundle({
  configFile: false,
  root: ROOT,
  logLevel: 'error',
  resolve: { alias: { '@shared': join(ROOT, 'src', 'shared') } },
  build: {
    target: 'node20',
    outDir: FOLDER,
    minify: false,
    ssr: true,
    rolldownOptions: {
      input: Object.fromEntries(files.map((name) => [basename(name, '.ts'), join(ROOT, 'bench', name)])),
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
console.log(await machine());
/** @param {string} name @returns {Promise<number>} */
async function runBench(name) {
  // Each in a process of its own: memory and the share of a core are that benchmark's alone.
  const args = (/** @type {string} */ root) => [
    '--expose-gc',
    join(root, relative(ROOT, FOLDER), `${name}.js`),
  ];
  if (!IN_HOUSE.includes(name))
    return (await run(process.execPath, args(ROOT), { cwd: ROOT, aloud: true })).code;
  const { SIZES } = process.env;
  return isolate(({ checkout, node, out }) => [node, ...args(checkout), out], {
    env: SIZES === undefined ? {} : { SIZES },
    keep: PICTURES,
  });
}

let failed = 0;
for (const name of names) if ((await runBench(name)) !== 0) failed++;
process.exitCode = failed > 0 ? 1 : 0;
