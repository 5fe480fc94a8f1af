// Starts the app with the person's own profile, on the official Electron alone. Run: npm start
import { build } from './build.mjs';
import { run } from './child.mjs';
import { prepareSandbox } from './chromeSandbox.mjs';
import { fetchOfficialRuntime } from './electronRuntime.mjs';
import { ROOT } from './root.mjs';

/** @returns {Promise<number>} */
async function start() {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    throw new Error('Electron does not run as root with its sandbox on: start Dailies as an ordinary user.');
  }
  console.log(await build());
  const runtime = await fetchOfficialRuntime();
  if (!runtime) {
    throw new Error(
      'Electron could not be downloaded from GitHub. Set ELECTRON_MIRROR to a mirror you can reach and try again, ' +
        'or look at the app with practice videos: npm run demo',
    );
  }
  await prepareSandbox(runtime.executable);
  const { code } = await run(runtime.executable, [ROOT, ...process.argv.slice(2)], {
    aloud: true,
    cwd: ROOT,
  });
  return code;
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
