// The packaged program: what is in it, what its fuses close, and that it does the main job.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchPackaged } from '../../scripts/launchPackaged.mjs';
import { shippedFolders } from '../../scripts/licences.mjs';
import { packagedApp, unpackedFolder } from '../../scripts/packagedApp.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { dropFiles } from '../e2e/launch';
import { temporaryFolder } from '../fixtures/media';

const folder = unpackedFolder(join(ROOT, '.runtime', 'package'));
const { program, resources } = packagedApp(folder);

interface AsarEntry {
  readonly files?: Record<string, AsarEntry>;
  readonly unpacked?: boolean;
}

/** Files in the archive, from its header: a pickle of a pickle around JSON. */
function filesInAsar(): { path: string; unpacked: boolean }[] {
  const archive = readFileSync(join(resources, 'app.asar'));
  const header: unknown = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12)));
  const list = (entry: AsarEntry, path: string): { path: string; unpacked: boolean }[] =>
    entry.files === undefined
      ? [{ path, unpacked: entry.unpacked === true }]
      : Object.entries(entry.files).flatMap(([name, below]) =>
          list(below, path === '' ? name : `${path}/${name}`),
        );
  return list(header as AsarEntry, '');
}

let files: { path: string; unpacked: boolean }[] = [];
beforeAll(() => {
  files = filesInAsar();
});

// Bug: source, tests, maps or a forgotten .env travel to every person who installs the app.
test('the archive holds the build and what it needs, nothing else', () => {
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'package.json',
      'out/main/index.js',
      'out/main/gateway.js',
      'out/main/heicWorker.js',
      'out/main/licences.json',
      'out/preload/index.cjs',
      'out/renderer/index.html',
    ]),
  );
  const tops = new Set(paths.map((path) => path.split('/')[0]));
  expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json']);
  const strange =
    /\.(map|ts|mts|cts|tsx|pem|key|p12|env)$|(^|\/)(\.env|\.npmrc|\.git|tests?|__tests__)(\/|$)|built-from/;
  expect(paths.filter((path) => strange.test(path))).toEqual([]);
  expect(
    readdirSync(resources).filter((name) => name.startsWith('app') || name.startsWith('default')),
  ).toEqual(['app.asar', 'app.asar.unpacked']);
});

// Bug: a package ships without its licence, or an update pulls installers' tools into the app.
test('the packages inside are those whose licences are listed', async () => {
  const inside = new Set(
    files.flatMap(({ path }) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  expect([...inside].sort()).toEqual(await shippedFolders());
});

// Bug: the system cannot load a library from within the archive.
test('native modules lie beside the archive', () => {
  const natives = files.filter(({ path }) =>
    /\.(node|so|dylib|dll)$|ffmpeg-static\/ffmpeg(\.exe)?$/.test(path),
  );
  expect(natives.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['node_modules/keytar/build/Release/keytar.node']),
  );
  expect(natives.some(({ path }) => path.startsWith('node_modules/@libsql/'))).toBe(true);
  for (const { path, unpacked } of natives) {
    expect({ path, unpacked }).toEqual({ path, unpacked: true });
    expect(existsSync(join(resources, 'app.asar.unpacked', path)), path).toBe(true);
  }
});

// Bug: the signed app runs a stranger's script with the rights the person gave to Dailies.
test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(program);
  // '0' and '1' as ASCII, or what stands for a fuse that this Electron does not have.
  const state = (option: FuseV1Options): string => String.fromCharCode(wire[option] ?? 0);
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    ownSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: '0',
    cookieEncryption: '1',
    nodeOptions: '0',
    inspect: '0',
    integrity: '1',
    onlyAsar: '1',
    ownSnapshot: '0',
    filePrivileges: '0',
  });
});

let run: Awaited<ReturnType<typeof launchPackaged>> | undefined;
afterAll(async () => {
  await run?.close();
});

// Bug: the build works and the package does not: a module, a worker or the gateway is not found in the archive.
test('it starts, makes a clip by practice, plays it, reads a HEIC photo and quits', async () => {
  run = await launchPackaged(folder, { env: { DAILIES_PRACTICE: '1' } });
  const page = run.window;
  await page.evaluate(() => window.dailies.request('settings.update', { language: 'en' }));
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  const tools = await page.evaluate(() => window.dailies.request('app.tools', {}));
  expect(tools).toMatchObject({ ok: true, value: { keyStorage: 'keychain' } });
  expect(tools.ok && tools.value.ffmpegVersion).toMatch(/^\S+/);

  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText('A lighthouse at night');
  await page.getByRole('button', { name: /^Generate/ }).click();
  const cell = page.getByRole('gridcell').first();
  await cell.locator('img[src*="/media/poster/"]').waitFor({ timeout: 120_000 });
  await cell.click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3);

  const photo = join(ROOT, 'tests', 'fixtures', 'tiny.heic');
  await dropFiles(page, '[data-testid="composer-drop"]', [photo]);
  const card = page.getByRole('listitem', { name: 'tiny.heic' });
  await card.locator('img').first().waitFor({ timeout: 60_000 });

  const { userData, output } = run;
  expect(existsSync(join(userData, 'dailies.db'))).toBe(true);
  expect(await run.close(), output()).toBe(0);
  run = undefined;
});

// Bug: ELECTRON_RUN_AS_NODE, NODE_OPTIONS or --inspect turn the signed program into anybody's interpreter.
test('it cannot be made to run a script of somebody else', async () => {
  const place = temporaryFolder('script');
  const mark = join(place, 'ran');
  const script = `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`;
  run = await launchPackaged(folder, {
    env: {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
    },
    args: ['--inspect=0', '-e', script],
  });
  await run.window.getByRole('button').first().waitFor();
  const { output } = run;
  await run.close();
  run = undefined;
  expect(existsSync(mark)).toBe(false);
  expect(output()).not.toContain('Debugger listening');
});
