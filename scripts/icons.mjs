// Draws build/icon.icns, build/icon.ico and build/icons/ from resources/*.svg. Needs rsvg-convert (librsvg2-bin).
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { ROOT } from './root.mjs';

/** Below this the fine marks of the large drawing turn to dirt. */
const LARGEST_SMALL = 48;
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's four-letter names of the PNG sizes in an .icns file: plain and for dense displays. */
const MAC_TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/** @param {{ size: number, png: Buffer }[]} pictures @returns {Buffer} an .ico file */
function ico(pictures) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let at = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 0 means 256.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(at, 12);
    at += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** @param {string} name @param {Buffer[]} parts @returns {Buffer} with Apple's eight bytes before it */
function block(name, parts) {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

const work = await mkdtemp(join(tmpdir(), 'dailies-icons-'));
try {
  /** @type {Map<number, Buffer>} */
  const drawn = new Map();
  for (const size of LINUX_SIZES) {
    const source = join(ROOT, 'resources', size > LARGEST_SMALL ? 'icon.svg' : 'icon-small.svg');
    const file = join(work, `${size}.png`);
    const { code, output } = await run('rsvg-convert', [
      ...['-w', String(size), '-h', String(size)],
      ...['-o', file, source],
    ]);
    if (code !== 0) throw new Error(`rsvg-convert: ${output}`);
    drawn.set(size, await readFile(file));
  }
  const at = (/** @type {number} */ size) => {
    const png = drawn.get(size);
    if (!png) throw new Error(`No picture of ${size} pixels.`);
    return png;
  };
  await mkdir(join(ROOT, 'build', 'icons'), { recursive: true });
  for (const [size, png] of drawn) {
    await writeFile(join(ROOT, 'build', 'icons', `${size}x${size}.png`), png);
  }
  await writeFile(
    join(ROOT, 'build', 'icon.ico'),
    ico(WINDOWS_SIZES.map((size) => ({ size, png: at(size) }))),
  );
  await writeFile(
    join(ROOT, 'build', 'icon.icns'),
    block(
      'icns',
      MAC_TYPES.map(([name, size]) => block(name, [at(size)])),
    ),
  );
} finally {
  await rm(work, { recursive: true, force: true });
}
