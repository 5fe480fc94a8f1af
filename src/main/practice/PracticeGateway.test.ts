// Real processes: a small script that speaks as the gateway does, started as plain Node.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testFolder } from '../../../tests/fakes/folder';
import type { GatewayProcess, SpawnGateway } from './gatewayProcess';
import { PracticeGateway, type PracticeGatewayOptions } from './PracticeGateway';

/** `MODE` says how it misbehaves. */
const SCRIPT = `
import { createServer } from 'node:http';
const mode = process.env.MODE ?? '';
if (mode === 'dies') { console.error('no space left'); process.exit(3); }
if (mode === 'tells') { console.log(JSON.stringify({ ready: false, error: 'no ffmpeg' })); process.exit(1); }
if (mode === 'stubborn') process.on('SIGTERM', () => {});
const server = createServer((request, response) => {
  response.end(JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: process.env }));
});
server.listen(Number(process.argv[process.argv.indexOf('--port') + 1]), '127.0.0.1', () => {
  if (mode === 'mute') return;
  const { port } = server.address();
  const line = JSON.stringify({ ready: true, port, baseUrl: 'http://127.0.0.1:' + port + '/api/v3' });
  process.stdout.write('warming up\\n{}\\n' + line.slice(0, 20));
  setTimeout(() => process.stdout.write(line.slice(20) + '\\n'), 20);
});
`;

interface About {
  pid: number;
  args: string[];
  env: Record<string, string>;
}

async function about(baseUrl: string): Promise<About> {
  return (await (await fetch(baseUrl)).json()) as About;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function setup(mode = '') {
  const folder = await testFolder('practice');
  const script = join(folder, 'gateway.mjs');
  await writeFile(script, SCRIPT);
  const pids: number[] = [];
  const spawnGateway: SpawnGateway = (args, env) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) pids.push(child.pid);
    const gateway: GatewayProcess = {
      onOutput: (listener) => child.stdout.on('data', (chunk: Buffer) => listener(chunk.toString())),
      onComplaint: (listener) => child.stderr.on('data', (chunk: Buffer) => listener(chunk.toString())),
      onExit: (listener) => child.once('exit', listener),
      terminate: () => child.kill('SIGTERM'),
      kill: () => child.kill('SIGKILL'),
    };
    return gateway;
  };
  const start = (over: Partial<PracticeGatewayOptions> = {}): PracticeGateway => {
    const gateway = new PracticeGateway({
      spawn: spawnGateway,
      folder: join(folder, 'practice'),
      ffmpegPath: () => Promise.resolve('/opt/ffmpeg'),
      log: { info: () => undefined, warn: () => undefined },
      env: { MODE: mode },
      restartDelayMs: 20,
      ...over,
    });
    onTestFinished(() => gateway.stop());
    return gateway;
  };
  return { folder, start, pids };
}

describe('PracticeGateway', () => {
  it('starts once for all who ask, with what the gateway reads', async () => {
    const { folder, start, pids } = await setup();
    const gateway = start();
    expect(gateway.lastKnownUrl()).toBeNull();
    const urls = await Promise.all([gateway.baseUrl(), gateway.baseUrl(), gateway.baseUrl()]);
    expect(new Set(urls).size).toBe(1);
    expect(pids).toHaveLength(1);
    expect(gateway.lastKnownUrl()).toBe(urls[0]);
    const { args, env } = await about(urls[0] ?? '');
    expect(args).toEqual(['--port', expect.any(String), '--data-dir', join(folder, 'practice')]);
    expect(env).toMatchObject({ FFMPEG_PATH: '/opt/ffmpeg' });
  });

  it('has the same address after the app restarts: tasks in flight find it again', async () => {
    const { start } = await setup();
    const first = start();
    const url = await first.baseUrl();
    // The app ends without waiting, the next one starts at once.
    const [, again] = await Promise.all([first.stop(), start().baseUrl()]);
    expect(again).toBe(url);
  });

  // Bug: who practises before ffmpeg is installed gets no video until the next start.
  it('draws with another ffmpeg once it is renewed', async () => {
    const { start, pids } = await setup();
    let ffmpeg = '/opt/ffmpeg';
    const gateway = start({ ffmpegPath: () => Promise.resolve(ffmpeg) });
    const url = await gateway.baseUrl();
    ffmpeg = '/opt/other';
    gateway.renew();
    await expect.poll(() => pids.length).toBe(2);
    expect(await gateway.baseUrl()).toBe(url);
    expect((await about(url)).env).toMatchObject({ FFMPEG_PATH: '/opt/other' });
  });

  it('comes back at the same address when it dies', async () => {
    const { start } = await setup();
    const gateway = start();
    const url = await gateway.baseUrl();
    const { pid } = await about(url);
    process.kill(pid, 'SIGKILL');
    await expect
      .poll(async () => (await about(url).catch(() => null))?.pid ?? pid, { timeout: 5000 })
      .not.toBe(pid);
    expect(await gateway.baseUrl()).toBe(url);
  });

  it('takes another port where its own is taken, announces and remembers it', async () => {
    const { folder, start } = await setup();
    const url = await start().baseUrl();
    const port = Number(new URL(url).port);
    // Another app's server, on the port of a gateway that has never run here.
    const stranger = await listen(0);
    const taken = (stranger.address() as { port: number }).port;
    await writeFile(join(folder, 'practice', 'port.json'), JSON.stringify({ port: taken }));
    const gateway = start();
    const announced: string[] = [];
    gateway.onAddress((address) => announced.push(address));
    const other = await gateway.baseUrl();
    expect(announced).toEqual([other]);
    expect([taken, port]).not.toContain(Number(new URL(other).port));
    const stored: unknown = JSON.parse(await readFile(join(folder, 'practice', 'port.json'), 'utf8'));
    expect(stored).toEqual({ port: Number(new URL(other).port) });
  });

  it.each(['', 'x', '{"port":0}', '{"port":"80"}', '{"port":70000}', 'null'])(
    'starts on a port file that holds %j',
    async (text) => {
      const { folder, start } = await setup();
      await start().baseUrl();
      await writeFile(join(folder, 'practice', 'port.json'), text);
      expect(await start().baseUrl()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3$/);
    },
  );

  it('says why it did not start, does not circle, and tries again when asked again', async () => {
    const { start, pids } = await setup('dies');
    const gateway = start();
    await expect(gateway.baseUrl()).rejects.toMatchObject({
      code: 'practice_unavailable',
      message: expect.stringContaining('no space left') as string,
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pids).toHaveLength(1);
    await expect(gateway.baseUrl()).rejects.toMatchObject({ code: 'practice_unavailable' });
    expect(pids).toHaveLength(2);
  });

  it('passes on the reason that the gateway gives itself', async () => {
    const { start } = await setup('tells');
    await expect(start().baseUrl()).rejects.toMatchObject({
      code: 'practice_unavailable',
      message: expect.stringContaining('no ffmpeg') as string,
    });
  });

  it('does not wait for ever for one that never becomes ready, and leaves none behind', async () => {
    const { start, pids } = await setup('mute');
    const gateway = start({ readyLimitMs: 400 });
    await expect(gateway.baseUrl()).rejects.toMatchObject({ code: 'practice_unavailable' });
    await expect.poll(() => pids.some(isAlive)).toBe(false);
  });

  it('a program that cannot be started is practice_unavailable too', async () => {
    const { start } = await setup();
    const failing = (): never => {
      throw new Error('ENOENT');
    };
    await expect(start({ spawn: failing }).baseUrl()).rejects.toMatchObject({ code: 'practice_unavailable' });
  });

  it.each(['', 'stubborn'])('is gone within a second of stop, and stays gone: %j', async (mode) => {
    const { start, pids } = await setup(mode);
    const gateway = start();
    await gateway.baseUrl();
    await gateway.stop();
    await expect.poll(() => pids.some(isAlive), { timeout: 1000 }).toBe(false);
    await expect(gateway.baseUrl()).rejects.toMatchObject({ code: 'practice_unavailable' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pids).toHaveLength(1);
  });

  it('stop in the middle of a start leaves nothing running', async () => {
    const { start, pids } = await setup();
    const gateway = start();
    const starting = gateway.baseUrl().catch(() => null);
    await expect.poll(() => pids.length).toBe(1);
    await gateway.stop();
    await starting;
    await expect.poll(() => pids.some(isAlive)).toBe(false);
  });
});

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return server;
}
