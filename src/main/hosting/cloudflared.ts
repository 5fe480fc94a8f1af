// Finds the person's `cloudflared` and runs it for as long as a tunnel is wanted.
import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import { killTree } from '../processes/killTree';

export interface Cloudflared {
  readonly path: string;
  readonly version: string;
}

export interface OpenTunnel {
  /** Without a slash at the end. */
  readonly address: string;
  /** Resolves when the program has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the program and all it started. Resolves when it has. */
  close(): Promise<void>;
}

export interface TunnelStart {
  readonly program: string;
  /** Port of the server on loopback. */
  readonly port: number;
  readonly limitMs: number;
  /** Gives up while it is still opening. */
  readonly signal: AbortSignal;
  /** What the program's address looks like in its output. */
  readonly pattern?: RegExp;
}

/** Where installers put it, for apps that are not started from a shell and have a short PATH. */
const USUAL_FOLDERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin'],
  linux: ['/usr/local/bin', '/usr/bin'],
  win32: ['C:\\Program Files (x86)\\cloudflared', 'C:\\Program Files\\cloudflared'],
};
/** In its errors it names its own API, which is no tunnel. */
const ADDRESS = /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com/;
/** It tells its connections that it goes, then ends. */
const GRACE_MS = 1000;
const VERSION_LIMIT_MS = 10_000;

/** Null where none is installed that runs. */
export async function findCloudflared(env: NodeJS.ProcessEnv = process.env): Promise<Cloudflared | null> {
  const name = process.platform === 'win32' ? 'cloudflared.exe' : 'cloudflared';
  const folders = [...(env['PATH'] ?? '').split(delimiter), ...(USUAL_FOLDERS[process.platform] ?? [])];
  // A relative entry would start whatever lies in the folder that the app happens to be started from.
  for (const folder of folders.filter((each) => isAbsolute(each))) {
    const path = join(folder, name);
    if (!(await canRun(path))) continue;
    const version = await versionOf(path);
    if (version !== null) return { path, version };
  }
  return null;
}

function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function versionOf(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: VERSION_LIMIT_MS, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? (/\bversion (\S+)/.exec(stdout)?.[1] ?? null) : null);
    });
  });
}

/**
 * Starts a quick tunnel to the port and waits for its address.
 * @throws AppError `tunnel_missing` when the program is gone, `tunnel_failed` with its last words
 */
export async function startTunnel(start: TunnelStart): Promise<OpenTunnel> {
  const { program, port, limitMs, signal, pattern = ADDRESS } = start;
  if (signal.aborted) throw new AppError('tunnel_failed', 'stopped');
  const child = spawn(program, ['tunnel', '--url', `http://127.0.0.1:${port}`, '--no-autoupdate'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the whole tree can be killed by one number.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => {
      // What it started itself goes with it.
      killTree(child, 'SIGKILL');
      resolve();
    });
  });
  const close = async (): Promise<void> => {
    killTree(child, 'SIGTERM');
    const killer = setTimeout(() => killTree(child, 'SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(killer);
  };
  return new Promise((resolve, reject) => {
    let said = '';
    let settled = false;
    const settle = (): void => {
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    const fail = (code: 'tunnel_missing' | 'tunnel_failed', message: string): void => {
      if (settled) return;
      settle();
      const error = new AppError(code, message, { rawMessage: said.trim().slice(-500) });
      void close().finally(() => reject(error));
    };
    const stop = (): void => fail('tunnel_failed', 'stopped');
    signal.addEventListener('abort', stop);
    const timer = setTimeout(() => fail('tunnel_failed', 'no address in time'), limitMs);
    const read = (text: string): void => {
      if (settled) return;
      said = (said + text).slice(-4000);
      const address = pattern.exec(said)?.[0];
      if (address === undefined) return;
      settle();
      resolve({ address, ended, close });
    };
    // Read for as long as it runs: a full pipe would stop it.
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
    child.once('error', () => fail('tunnel_missing', 'cloudflared cannot be started'));
    child.once('close', () => fail('tunnel_failed', 'cloudflared ended'));
  });
}
