// Where the program lies in what electron-builder leaves.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} folder linux-unpacked, win-unpacked, mac or mac-arm64
 * @returns {{ program: string, resources: string }}
 * @throws {Error} when no packaged app is there
 */
export function packagedApp(folder) {
  const mac = join(folder, 'Dailies.app', 'Contents');
  const places = [
    { program: join(folder, 'dailies'), resources: join(folder, 'resources') },
    { program: join(folder, 'Dailies.exe'), resources: join(folder, 'resources') },
    { program: join(mac, 'MacOS', 'Dailies'), resources: join(mac, 'Resources') },
  ];
  const found = places.find(({ program }) => existsSync(program));
  if (!found) throw new Error(`No packaged app in ${folder}: run npm run dist -- --dir.`);
  return found;
}

/** @param {string} output folder that `dist` made @returns {string} the one inside that holds the program */
export function unpackedFolder(output) {
  const name = readdirSync(output).find((entry) => /^((linux|win).*-unpacked|mac(-\w+)?)$/.test(entry));
  if (!name) throw new Error(`Nothing was packaged in ${output}.`);
  return join(output, name);
}
