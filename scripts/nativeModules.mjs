// The two dependencies that need more than files from the registry: keytar's binding and ffmpeg's program.
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { reachable, run } from './child.mjs';
import { ROOT } from './root.mjs';

const GITHUB = 'https://github.com';
// It makes ffmpeg-static answer with a system program: not ours to check, replace or delete.
delete process.env.FFMPEG_BIN;
const require = createRequire(import.meta.url);

/** @returns {Promise<boolean>} */
export async function keytarLoads() {
  const { code } = await run(process.execPath, ['-e', "require('keytar')"], { cwd: ROOT, limit: 10_000 });
  return code === 0;
}

/**
 * The project's own ffmpeg, or undefined: ffmpeg-static names a path even where the file is missing.
 * @returns {Promise<string | undefined>}
 */
export async function bundledFfmpeg() {
  /** @type {string | null} */
  const path = require('ffmpeg-static');
  if (!path || !existsSync(path)) return undefined;
  const { code } = await run(path, ['-version'], { limit: 10_000 });
  return code === 0 ? path : undefined;
}

/** @returns {Promise<string>} one line on what was done */
export async function prepareFfmpeg() {
  if (await bundledFfmpeg()) return 'ffmpeg: ready';
  const mirror = process.env.FFMPEG_BINARIES_URL ?? GITHUB;
  if (await reachable(mirror)) {
    /** @type {string | null} */
    const path = require('ffmpeg-static');
    // A half file from an interrupted download counts as installed for ffmpeg-static.
    if (path) rmSync(path, { force: true });
    const installer = join(dirname(require.resolve('ffmpeg-static/package.json')), 'install.js');
    await run(process.execPath, [installer], { limit: 180_000 });
    if (await bundledFfmpeg()) return 'ffmpeg: downloaded';
    if (path) rmSync(path, { force: true });
  }
  const system = await run('ffmpeg', ['-version'], { limit: 10_000 });
  return system.code === 0
    ? "ffmpeg: download out of reach, the system's ffmpeg will be used"
    : 'ffmpeg: download out of reach and none on this system; install ffmpeg, or choose it in Settings';
}

/** @returns {Promise<string>} one line on what was done */
export async function prepareKeytar() {
  if (await keytarLoads()) return 'keytar: ready';
  const folder = dirname(require.resolve('keytar/package.json'));
  if (await reachable(GITHUB)) {
    const prebuild = createRequire(join(folder, 'package.json')).resolve('prebuild-install/bin.js');
    await run(process.execPath, [prebuild], { cwd: folder, limit: 60_000 });
    if (await keytarLoads()) return 'keytar: downloaded';
  }
  const gyp = process.env.npm_config_node_gyp;
  if (gyp) {
    // Node's own headers, where its installation carries them: node-gyp would download them.
    const prefix = dirname(dirname(process.execPath));
    const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
    await run(process.execPath, [gyp, 'rebuild', ...headers], { cwd: folder, limit: 180_000 });
    if (await keytarLoads()) return 'keytar: built here';
  }
  return process.platform === 'linux'
    ? 'keytar: not built (needs libsecret-1-dev, python3 and g++); keys will live in memory only'
    : 'keytar: not built (needs python3 and a C++ compiler); keys will live in memory only';
}
