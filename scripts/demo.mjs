// Shows the app with practice videos on a profile that is thrown away: a window, or with --tour (and wherever there
// is no display) a tour by itself that leaves pictures and the video. Run: npm run demo -- --help
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { prepareSandbox } from './chromeSandbox.mjs';
import { run } from './child.mjs';
import { isolate } from './isolate.mjs';
import { packagedApp } from './packagedApp.mjs';
import { ROOT } from './root.mjs';
import { setUp } from './setUp.mjs';

const HELP = `npm run demo                 open Dailies with the practice gateway on a throw-away profile
npm run demo -- --tour       let it run by itself and leave pictures in demo-out/

Each of these implies --tour:
  --reference FILE           image, video or sound; may be given several times
  --prompt TEXT
  --resolution 480p|720p|1080p
  --ratio 16:9|...
  --duration SECONDS
  --packaged DIR             drive the packaged app in this folder, e.g. dist/linux-unpacked
  --out DIR                  where pictures and the video go (default demo-out)`;

/** @typedef {{ references: string[], prompt?: string, resolution?: string, ratio?: string, duration?: number }} TourOptions */

/** @param {string[]} argv */
async function readArguments(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      help: { type: 'boolean' },
      tour: { type: 'boolean' },
      reference: { type: 'string', multiple: true },
      prompt: { type: 'string' },
      resolution: { type: 'string' },
      ratio: { type: 'string' },
      duration: { type: 'string' },
      packaged: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const duration = values.duration === undefined ? undefined : Number(values.duration);
  if (duration !== undefined && !Number.isInteger(duration)) {
    throw new Error(`--duration takes whole seconds, not ${values.duration}`);
  }
  const references = (values.reference ?? []).map((path) => resolve(path));
  for (const path of references) {
    if (!(await stat(path).catch(() => undefined))?.isFile())
      throw new Error(`--reference: no file at ${path}`);
  }
  const { prompt, resolution, ratio } = values;
  return {
    help: values.help === true,
    tour: Object.keys(values).some((name) => name !== 'help'),
    out: resolve(values.out ?? 'demo-out'),
    packaged: values.packaged === undefined ? undefined : resolve(values.packaged),
    /** @type {TourOptions} */
    options: { references, prompt, resolution, ratio, duration },
  };
}

/** Electron with its sandbox on opens no window for root. */
function canOpenWindow() {
  if (process.platform !== 'linux') return true;
  return process.getuid?.() !== 0 && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @param {import('./electronRuntime.mjs').Runtime} runtime @returns {Promise<number>} */
async function openWindow(runtime) {
  if (!runtime.official)
    console.log('This Electron is a stand-in for a look at the app: enter no real API key.');
  const profile = await mkdtemp(join(tmpdir(), 'dailies-demo-'));
  try {
    const { code } = await run(runtime.executable, [ROOT], {
      aloud: true,
      env: {
        ...process.env,
        DAILIES_USER_DATA: join(profile, 'user-data'),
        DAILIES_LIBRARY: join(profile, 'library'),
        DAILIES_PRACTICE: '1',
      },
    });
    return code;
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The house shows the checkout and nothing else. @param {string | undefined} packaged */
function insideCheckout(packaged) {
  if (packaged === undefined) return undefined;
  const path = relative(ROOT, packaged);
  if (path.startsWith('..') || isAbsolute(path))
    throw new Error('--packaged: the folder lies outside the project');
  packagedApp(packaged);
  return path;
}

/**
 * @param {TourOptions} options @param {string} out @param {string} [packaged] folder below the project
 * @returns {Promise<number>}
 */
async function runTour(options, out, packaged) {
  const code = await isolate(
    (house) => [
      house.node,
      join(house.checkout, 'scripts', 'tour.mjs'),
      JSON.stringify({
        ...options,
        references: house.inputs,
        out: house.out,
        packaged: packaged === undefined ? undefined : join(house.checkout, packaged),
      }),
    ],
    { inputs: options.references, keep: out },
  );
  console.log(code === 0 ? `Pictures and video: ${out}` : `The tour did not finish; what it left: ${out}`);
  return code;
}

try {
  const { help, tour, out, packaged, options } = await readArguments(process.argv.slice(2));
  if (help) console.log(HELP);
  else {
    const folder = insideCheckout(packaged);
    const runtime = await setUp();
    if (folder === undefined) console.log(await build());
    else await prepareSandbox(packagedApp(join(ROOT, folder)).program);
    process.exitCode =
      tour || !canOpenWindow() ? await runTour(options, out, folder) : await openWindow(runtime);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
