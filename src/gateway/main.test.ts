// Catches: a process that does not say it is ready, outlives its parent, hangs on SIGTERM, or loses work to kill -9.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readCall, textBody } from './harness';

let folder: string;
let script: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-main-'));
  script = join(folder, 'gateway.mjs');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('main.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'gateway.mjs' } },
    },
  });
}, 60_000);
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));

interface Started {
  child: ChildProcess;
  baseUrl: string;
  ended: Promise<number | null>;
}

async function start(...args: string[]): Promise<Started> {
  const options = ['--port', '0', '--data-dir', join(folder, 'data'), '--ffmpeg', 'ffmpeg', ...args];
  const child = spawn(process.execPath, [script, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (text: Buffer) => resolve(String(text))),
  );
  const { ready, port, baseUrl } = JSON.parse(line) as { ready: boolean; port: number; baseUrl: string };
  expect([ready, baseUrl]).toEqual([true, `http://127.0.0.1:${port}/api/v3`]);
  return { child, baseUrl, ended };
}

const ask = async (baseUrl: string, path: string, init?: RequestInit) =>
  (await readCall(await fetch(`${baseUrl}/contents/generations/tasks${path}`, init))).json;

it('finishes after kill -9 in the middle of a render what it had accepted', async () => {
  const first = await start('--queued-ms', '0', '--running-ms', '0');
  const body = JSON.stringify(textBody({ duration: 15 }));
  const { id } = await ask(first.baseUrl, '', { method: 'POST', body });
  while ((await ask(first.baseUrl, `/${String(id)}`)).status !== 'running') await pause();
  await pause();
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await start('--queued-ms', '0', '--running-ms', '0');
  let status: unknown;
  do {
    await pause();
    status = (await ask(second.baseUrl, `/${String(id)}`)).status;
  } while (status === 'running' || status === 'queued');
  expect(status).toBe('succeeded');
}, 60_000);

it('stops on SIGTERM, with a render under way', async () => {
  const { child, baseUrl, ended } = await start('--queued-ms', '0');
  await ask(baseUrl, '', { method: 'POST', body: JSON.stringify(textBody({ duration: 15 })) });
  await pause();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('ends with its parent when told so', async () => {
  const { child, ended } = await start('--exit-with-parent');
  child.stdin?.end();
  expect(await ended).toBe(0);
});

it('says why it cannot start', async () => {
  const child = spawn(process.execPath, [script, '--port', 'x'], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(String(text))),
  );
  expect(JSON.parse(line)).toMatchObject({
    ready: false,
    error: expect.stringContaining('--port') as string,
  });
});
