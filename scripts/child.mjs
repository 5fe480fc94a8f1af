// Runs other programs: with a time limit, quietly or aloud, and never leaves their children behind.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';

const ENDINGS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @typedef {object} ChildOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limit] milliseconds before the program is stopped
 * @property {boolean} [aloud] its output goes to ours instead of being kept
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<{ code: number, output: string, stopped: boolean }>}
 */
export function run(command, args, { cwd, env, limit, aloud = false } = {}) {
  return new Promise((resolve) => {
    // A group of its own lets a time limit reach grandchildren; an interactive program must stay in ours.
    const ownGroup = limit !== undefined && process.platform !== 'win32';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: aloud ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
    });
    let output = '';
    let stopped = false;
    const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const stop = () => {
      stopped = true;
      if (ownGroup && child.pid) {
        try {
          process.kill(-child.pid, 'SIGKILL');
          return;
        } catch {
          // Already gone.
        }
      }
      child.kill('SIGKILL');
    };
    const timer = limit === undefined ? undefined : setTimeout(stop, limit);
    const interrupted = () => {
      stop();
      process.exit(130);
    };
    if (ownGroup) process.once('SIGINT', interrupted);
    // We outlive a program that is shown to the person, to tidy up after it.
    const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    if (aloud) for (const signal of ENDINGS) process.on(signal, passOn);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      for (const signal of ENDINGS) process.off(signal, passOn);
      resolve({ code, output, stopped });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * npm through the file that started us, so that it works on Windows and with any version manager.
 * @param {string[]} args
 * @param {ChildOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return process.platform === 'win32'
    ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : run('npm', args, options);
}

/**
 * Whether a host answers at all: a firewall that drops packets would otherwise cost each download minutes.
 * Behind a proxy only the download itself can tell.
 * @param {string} url
 * @param {number} [limit]
 * @returns {Promise<boolean>}
 */
export function reachable(url, limit = 4000) {
  const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
  if (proxies.some((name) => process.env[name])) return Promise.resolve(true);
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) });
    const done = (/** @type {boolean} */ answer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => done(false), limit);
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
