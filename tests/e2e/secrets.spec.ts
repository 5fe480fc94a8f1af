// The key and the hosts' secrets: in the keychain, on their way to where they belong, and nowhere else.
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RequestInput, RequestName, RequestOutput } from '@shared/contract/requests';
import { NEWEST_FIRST } from '@shared/domain/search';
import { createGateway, type Gateway } from '../../src/gateway/server';
import { startScriptedServer, type ScriptedServer } from '../fakes/scriptedServer';
import { temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';
import { ask } from './ask';

const KEY = 'sk-e2e-7f3a91c4d8b26e05-do-not-keep';
const BUCKET_SECRET = 'wJalrXUtnFEMI/K7MDENG+bucket=e2e';
const UPLOADER_SECRET = 'uploader 9c1d&e2e/do-not-keep';
const PROMPT = 'A lighthouse at night';
const userData = temporaryFolder('user-data');
const library = temporaryFolder('library');
const exported = temporaryFolder('exported');
let gateway: Gateway;
/** A bucket and an uploader that refuse, and repeat in their refusal whatever they were sent. */
let host: ScriptedServer;
let run: Launched | undefined;

beforeAll(async () => {
  const settings = { queuedMs: 100, runningMs: 100, requireKey: KEY };
  gateway = await createGateway({ dataDir: temporaryFolder('gateway'), settings });
  host = await startScriptedServer((request, response) => {
    response.writeHead(403, { 'Content-Type': 'text/plain' }).end(JSON.stringify(request.headers));
  });
});
afterAll(async () => {
  await run?.close();
  await Promise.all([gateway.close(), host.close()]);
});

const SHAPES = [KEY, BUCKET_SECRET, UPLOADER_SECRET].flatMap((secret) => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
]);
/** Of the shapes, those that the text holds. */
const shapesIn = (text: string): string[] => SHAPES.filter((shape) => text.includes(shape));

/** No answer holds a secret either. */
async function askLooking<N extends RequestName>(
  page: Page,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const value = await ask(page, name, input);
  expect(shapesIn(JSON.stringify(value))).toEqual([]);
  return value;
}

/** Files below the folder that hold one of the texts, as UTF-8 or UTF-16. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter((path) => {
      const bytes = readFileSync(path);
      return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
    });
}

/** Everything the window's process holds in its JavaScript heap, as V8 writes it down. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

async function addConnection(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enter a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Another address' }).click();
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(gateway.baseUrl);
  await dialog.getByRole('textbox', { name: 'API key' }).fill(KEY);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Adds both kinds of host that have a secret, and tries them: their refusals repeat what they were sent. */
async function addHosts(page: Page): Promise<void> {
  const bucket: RequestInput<'hosts.save'>['facts'] = {
    kind: 's3',
    endpoint: host.origin,
    region: '',
    bucket: 'films',
    prefix: '',
    pathStyle: true,
    accessKeyId: 'AKIAE2E',
  };
  const uploader: RequestInput<'hosts.save'>['facts'] = {
    kind: 'uploader',
    url: `${host.origin}/up`,
    method: 'POST',
    headers: [{ name: 'Authorization', value: 'Bearer {secret}' }],
    field: 'file',
    answerPath: 'url',
  };
  for (const [facts, secret] of [
    [bucket, BUCKET_SECRET],
    [uploader, UPLOADER_SECRET],
  ] as const) {
    const common = { id: null, label: facts.kind, lifeSeconds: 3600, removeAfter: true };
    const { id } = await askLooking(page, 'hosts.save', { ...common, facts });
    expect(await askLooking(page, 'hosts.setSecret', { id, secret })).toMatchObject({ secret: 'keychain' });
    const tried = await page.evaluate((asked) => window.dailies.request('hosts.test', { id: asked }), id);
    expect(tried).toMatchObject({ ok: false });
    expect(shapesIn(JSON.stringify(tried))).toEqual([]);
  }
  // The uploader was given its secret: what it repeated was really there to be hidden.
  const given = host.arrived.map(({ headers }) => headers.authorization ?? '');
  expect(given).toContain(`Bearer ${UPLOADER_SECRET}`);
}

/** Everything that can be taken out of the app, into one folder. */
async function exportAll({ app, window: page }: Launched): Promise<void> {
  const [id = ''] = await askLooking(page, 'library.ids', { text: '', sort: NEWEST_FIRST });
  const to = (path: string): Promise<void> =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
  for (const as of ['csv', 'fcpxml', 'otio', 'folder'] as const) {
    const target = join(exported, as === 'folder' ? 'folder' : `list.${as}`);
    if (as === 'folder') mkdirSync(target);
    await to(target);
    await askLooking(page, 'library.export', { ids: [id], as });
    const state = async (): Promise<unknown> =>
      (await askLooking(page, 'work.list', {})).filter(({ kind }) => kind === 'export').at(-1)?.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('done');
  }
  const bundle = await askLooking(page, 'diagnostics.prepareBundle', { withPrompts: true });
  await to(join(exported, 'support.zip'));
  expect(await askLooking(page, 'diagnostics.saveBundle', { id: bundle.id })).toBe(true);
}

// Bug: a key in a log line, a settings file, a database page, a crash file, or still in the window.
test('after a full run the key is nowhere but in the keychain', async () => {
  run = await launch({ userData, library });
  let page = run.window;
  await addConnection(page);
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText(PROMPT);
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('gridcell').first().locator('img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  expect((await gateway.ledger()).length).toBe(1);
  await addHosts(page);
  await exportAll(run);
  expect(shapesIn(await page.content())).toEqual([]);
  await run.close();
  expect(shapesIn(run.output())).toEqual([]);

  run = await launch({ userData, library });
  page = run.window;
  await page.getByRole('gridcell').first().waitFor();
  const connections = await askLooking(page, 'connections.list', {});
  const own = connections.find(({ preset }) => preset !== 'practice');
  expect(own?.key).toBe('keychain');
  // The keychain gives it to main: a test that needs the key succeeds.
  expect(await askLooking(page, 'connections.test', { id: own?.id ?? '' })).toMatchObject({ verdict: 'ok' });
  const heap = await heapOf(page);
  expect(heap).toContain(PROMPT);
  expect(shapesIn(heap)).toEqual([]);
  await run.close();
  run = undefined;
  for (const folder of [userData, library, exported]) expect(filesWith(folder, SHAPES)).toEqual([]);
  const bundle = Object.entries(unzipSync(readFileSync(join(exported, 'support.zip'))));
  for (const [name, bytes] of bundle) expect(shapesIn(Buffer.from(bytes).toString()), name).toEqual([]);
  // The search finds what is there: the prompt stands in the database and in every kind of file that tells of a clip.
  const kinds = (folder: string): string[] =>
    [...new Set(filesWith(folder, [PROMPT]).map((path) => extname(path)))].sort();
  expect(kinds(userData)).not.toEqual([]);
  expect(kinds(library)).toEqual(['.json', '.mp4']);
  expect(kinds(exported)).toEqual(expect.arrayContaining(['.csv', '.fcpxml', '.json', '.mp4', '.otio']));
  expect(bundle.filter(([, bytes]) => Buffer.from(bytes).includes(host.origin))).not.toEqual([]);
});
