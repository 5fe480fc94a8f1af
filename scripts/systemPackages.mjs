// Makes sure the system has what building and testing need; only Debian and Ubuntu need anything.
import { existsSync } from 'node:fs';
import { run } from './child.mjs';

const PACKAGES = [
  // What Electron links to.
  'libgtk-3-0 libnss3 libnotify4 libxss1 libxtst6 libatspi2.0-0 libasound2 libgbm1 libsecret-1-0 libdrm2',
  'libxkbcommon0 libatk-bridge2.0-0 libcups2',
  // A display, a keychain and pictures of text, for tests.
  'xvfb xauth dbus gnome-keyring iproute2 procps util-linux fonts-dejavu-core fonts-noto-cjk',
  'fonts-noto-color-emoji',
  // keytar's build, and ffmpeg where ffmpeg-static could not be downloaded.
  'libsecret-1-dev pkg-config python3 make g++ ffmpeg',
]
  .join(' ')
  .split(' ');

/** Ubuntu 24.04 and Debian 13 renamed some libraries when time became 64 bits wide. */
const installedUnder = (/** @type {string} */ name) => [name, `${name}t64`];

/** @returns {Promise<string[]>} */
async function missing() {
  const { output } = await run('dpkg-query', [
    '--show',
    '--showformat=${db:Status-Abbrev} ${Package}\n',
    ...PACKAGES.flatMap(installedUnder),
  ]);
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.startsWith('ii '))
      .map((line) => line.split(/\s+/)[1]),
  );
  return PACKAGES.filter((name) => !installedUnder(name).some((other) => installed.has(other)));
}

/** @param {string[]} names @returns {Promise<string[]>} */
async function namesHere(names) {
  const { output } = await run('apt-cache', ['pkgnames']);
  const known = new Set(output.split('\n'));
  return names.map((name) => installedUnder(name).find((other) => known.has(other)) ?? name);
}

/**
 * @returns {Promise<string>} one line on what was done
 * @throws {Error} with the command to run, where it may not be run from here
 */
export async function systemPackages() {
  if (process.platform !== 'linux') return 'system packages: nothing needed';
  if (!existsSync('/usr/bin/apt-get')) return 'system packages: not Debian or Ubuntu, taken as present';
  const lacking = await missing();
  if (lacking.length === 0) return 'system packages: ready';

  const root = process.getuid?.() === 0;
  const sudo = !root && (await run('sudo', ['-n', 'true'])).code === 0;
  if (!root && !sudo) {
    throw new Error(
      `Some system packages are missing. Please run:\n  sudo apt-get install -y ${lacking.join(' ')}`,
    );
  }
  const apt = async (/** @type {string[]} */ args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return root ? run('env', command.slice(1)) : run('sudo', ['-n', ...command]);
  };
  await apt(['update', '-qq']);
  const names = await namesHere(lacking);
  const result = await apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
  if (result.code !== 0) {
    throw new Error(`apt-get install ${names.join(' ')} failed:\n${result.output.slice(-2000)}`);
  }
  return `system packages: installed ${names.length}`;
}
