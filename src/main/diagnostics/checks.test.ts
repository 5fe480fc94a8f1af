// The tests one by one, on real folders, programs and lines.
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PRESETS, type Connection } from '@shared/domain/connection';
import { collectingLog } from '../../../tests/fixtures/ffmpegRunner';
import { testFolder } from '../../../tests/fakes/folder';
import { openDatabase } from '../database/open';
import { createBinaryFinder, type BinarySearch } from '../ffmpeg/binary';
import { createFfmpeg } from '../ffmpeg/run';
import { databaseCheck } from './databaseCheck';
import { diskCheck } from './diskCheck';
import { connectionCheck, hostingCheck } from './endpointChecks';
import { ffmpegCheck } from './ffmpegCheck';
import { keychainCheck } from './keychainCheck';
import { networkCheck } from './networkCheck';

const never = new AbortController().signal;
const near = (): Promise<boolean> => Promise.resolve(false);

function ffmpegOf(search: BinarySearch = {}) {
  const binaries = createBinaryFinder(search);
  return ffmpegCheck({ binaries, ffmpeg: createFfmpeg({ finder: binaries, log: collectingLog() }) });
}

function connectionAt(baseUrl: string, preset: Connection['preset'] = 'custom'): Connection {
  return {
    ...{ id: 'c', preset, label: PRESETS[preset].label, baseUrl, currency: 'CNY', prices: [] },
    ...{ key: 'keychain', plainHttpAccepted: true, canHostVideo: false },
  };
}

describe('ffmpeg', () => {
  // Bug: an argument that this ffmpeg does not know makes every computer look broken.
  it('makes and reads all that is needed, and leaves no trial behind', async () => {
    const folder = await testFolder('trial');
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    onTestFinished(
      () => void (before === undefined ? delete process.env.TMPDIR : (process.env.TMPDIR = before)),
    );
    expect(await ffmpegOf()(never)).toMatchObject({ state: 'ok', finding: 'ffmpeg_ok' });
    expect(await readdir(folder)).toEqual([]);
  });

  // Bug: a program that only answers `-version` passes as an ffmpeg that works.
  it('names what a broken one cannot do', async () => {
    const program = join(await testFolder('broken'), 'ffmpeg');
    await writeFile(
      program,
      [
        '#!/bin/sh',
        'case "$*" in',
        '  -version) echo "ffmpeg version 9.9-broken";;',
        '  *libx264*|*libwebp*) echo "Unknown encoder" >&2; exit 1;;',
        '  *) exec ffmpeg "$@";;',
        'esac',
      ].join('\n'),
    );
    await chmod(program, 0o755);
    expect(await ffmpegOf({ chosen: () => program })(never)).toMatchObject({
      state: 'failed',
      finding: 'ffmpeg_lacks',
      values: { list: 'H.264, WebP' },
    });
  });

  // Bug: what was installed meanwhile is found only after a restart.
  it('is found once it is installed', async () => {
    const folder = await testFolder('later');
    const program = join(folder, 'later-ffmpeg');
    const check = ffmpegOf({ chosen: () => program, bundled: null, env: { PATH: '/nowhere' } });
    expect(await check(never)).toMatchObject({ state: 'failed', finding: 'ffmpeg_missing' });
    await writeFile(program, `#!/bin/sh\nPATH='${process.env.PATH}'\nexec ffmpeg "$@"\n`);
    await chmod(program, 0o755);
    expect(await check(never)).toMatchObject({ state: 'ok' });
  });
});

describe('disk', () => {
  it('writes to both folders and leaves nothing there', async () => {
    const [library, userData] = [await testFolder('library'), await testFolder('data')];
    const check = diskCheck({
      library: () => ({ path: library, empty: false }),
      userData,
      isNetworkPath: near,
    });
    const { finding, facts } = await check(never);
    expect(['disk_ok', 'disk_low']).toContain(finding);
    expect(facts?.filter(({ name }) => name === 'folder').map(({ value }) => value)).toEqual([
      library,
      userData,
    ]);
    expect([await readdir(library), await readdir(userData)]).toEqual([[], []]);
  });

  // Bug: a library that was unplugged passes, because the folder is made anew.
  it('misses the folder of a library that had clips, and not of a new one', async () => {
    const folder = await testFolder('disk');
    const path = join(folder, 'Videos', 'Dailies');
    const checkOf = (empty: boolean) =>
      diskCheck({ library: () => ({ path, empty }), userData: folder, isNetworkPath: near });
    await expect(checkOf(false)(never)).rejects.toMatchObject({ code: 'library_missing' });
    expect(await checkOf(true)(never)).toMatchObject({ facts: expect.arrayContaining([]) as unknown });
    expect(await readdir(folder)).toEqual([]);
  });

  // Bug: a full disk is told as something that went wrong inside.
  it('tells a full disk and a folder without rights by their own names', async () => {
    const folder = await testFolder('full');
    const base = { library: () => ({ path: folder, empty: false }), userData: folder, isNetworkPath: near };
    // The system's own answer of a full disk.
    const full = diskCheck({ ...base, writeTrial: () => writeFile('/dev/full', 'x') });
    await expect(full(never)).rejects.toMatchObject({ code: 'disk_full' });
    const refusal = Object.assign(new Error('no'), { code: 'EACCES' });
    const locked = diskCheck({ ...base, writeTrial: () => Promise.reject(refusal) });
    await expect(locked(never)).rejects.toMatchObject({ code: 'no_permission' });
  });

  it('says so where the library lies on another computer', async () => {
    const folder = await testFolder('share');
    await mkdir(join(folder, 'share'));
    const check = diskCheck({
      library: () => ({ path: join(folder, 'share'), empty: false }),
      userData: folder,
      isNetworkPath: (path) => Promise.resolve(path.endsWith('share')),
    });
    expect(['disk_network', 'disk_low']).toContain((await check(never)).finding);
  });
});

describe('database', () => {
  it('is whole', async () => {
    const database = openDatabase(':memory:');
    onTestFinished(() => database.close());
    const found = await databaseCheck({ database, isDatabaseWhole: () => Promise.resolve(true) })(never);
    expect(found).toMatchObject({ state: 'ok' });
    expect(found.facts?.find(({ name }) => name === 'version')?.value).toBeGreaterThan(0);
  });

  // Bug: damage is told as a whole database.
  it('is damaged', async () => {
    const database = openDatabase(':memory:');
    onTestFinished(() => database.close());
    const check = databaseCheck({ database, isDatabaseWhole: () => Promise.resolve(false) });
    expect(await check(never)).toMatchObject({ state: 'failed', finding: 'database_damaged' });
  });
});

describe('network', () => {
  async function listening(): Promise<{ port: number; lines: () => number }> {
    let lines = 0;
    const server = createServer((socket) => {
      lines += 1;
      // A plain answer, whatever is asked: what a proxy or a router does on a line that should be encrypted.
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { port: (server.address() as AddressInfo).port, lines: () => lines };
  }

  // Bug: with practice active, something is asked of the outside.
  it('opens no line for the practice gateway, nor without a connection', async () => {
    const { port, lines } = await listening();
    const practice = connectionAt(`http://127.0.0.1:${port}`, 'practice');
    expect(await networkCheck(() => practice)(never)).toMatchObject({ finding: 'network_practice' });
    expect(await networkCheck(() => null)(never)).toMatchObject({ finding: 'network_no_connection' });
    expect(lines()).toBe(0);
  });

  it.each([
    ['reaches a host', (port: number) => `http://127.0.0.1:${port}/api/v3`, 'network_ok'],
    [
      'does not trust a line without encryption',
      (port: number) => `https://127.0.0.1:${port}`,
      'network_certificate',
    ],
    ['gets no answer', () => 'http://127.0.0.1:1/api/v3', 'network_no_answer'],
    ['does not find a name', () => 'https://nowhere.invalid/api/v3', 'network_no_name'],
  ])('%s', async (_, addressFor, finding) => {
    const { port } = await listening();
    expect(await networkCheck(() => connectionAt(addressFor(port)))(never)).toMatchObject({ finding });
  });
});

describe('what has tests of its own', () => {
  it('asks only for what is in use', async () => {
    const asked: string[] = [];
    const connection = connectionAt('https://example.com');
    const test = (id: string) => {
      asked.push(id);
      return Promise.resolve({ verdict: 'key_untested' as const, milliseconds: 3, removed: false });
    };
    expect(await connectionCheck(() => null, test)(never)).toMatchObject({ finding: 'connection_none' });
    expect(await connectionCheck(() => connection, test)(never)).toMatchObject({ state: 'look' });
    const none = { list: () => Promise.resolve({ hosts: [], activeId: null, cloudflared: null }), test };
    expect(await hostingCheck(none)(never)).toMatchObject({ finding: 'hosting_none' });
    expect(asked).toEqual(['c']);
  });

  // Bug: a trouble without words of its own shows a raw key.
  it('has a finding for every trouble of the keychain', async () => {
    expect(await keychainCheck(() => Promise.resolve('no_service'))(never)).toEqual({
      state: 'look',
      finding: 'keychain_no_service',
    });
    expect(await keychainCheck(() => Promise.resolve(null))(never)).toMatchObject({ state: 'ok' });
  });
});
