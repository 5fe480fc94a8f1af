// The key: in the keychain, on its way to its endpoint, and nowhere else.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../src/gateway/server';
import { temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';

const KEY = 'sk-e2e-7f3a91c4d8b26e05-do-not-keep';
const userData = temporaryFolder('user-data');
const library = temporaryFolder('library');
let gateway: Gateway;
let run: Launched | undefined;

beforeAll(async () => {
  const settings = { queuedMs: 100, runningMs: 100, requireKey: KEY };
  gateway = await createGateway({ dataDir: temporaryFolder('gateway'), settings });
});
afterAll(async () => {
  await run?.close();
  await gateway.close();
});

const SHAPES = [KEY, Buffer.from(KEY).toString('base64').replace(/=+$/, ''), encodeURIComponent(KEY)];

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

// Bug: a key in a log line, a settings file, a database page, a crash file, or still in the window.
test('after a full run the key is nowhere but in the keychain', async () => {
  run = await launch({ userData, library });
  let page = run.window;
  await addConnection(page);
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText('A lighthouse at night');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('gridcell').first().locator('img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  expect((await gateway.ledger()).length).toBe(1);
  expect(await page.content()).not.toContain(KEY);
  const output = run.output();
  await run.close();
  expect(output).not.toContain(KEY);

  run = await launch({ userData, library });
  page = run.window;
  await page.getByRole('gridcell').first().waitFor();
  const connections = await page.evaluate(() => window.dailies.request('connections.list', {}));
  const own = connections.ok ? connections.value.find(({ preset }) => preset !== 'practice') : undefined;
  expect(own?.key).toBe('keychain');
  // The keychain gives it to main: a test that needs the key succeeds.
  const tested = await page.evaluate(
    (id) => window.dailies.request('connections.test', { id }),
    own?.id ?? '',
  );
  expect(tested, JSON.stringify(tested)).toMatchObject({
    ok: true,
    value: { verdict: 'ok' },
  });
  const heap = await heapOf(page);
  expect(heap).toContain('A lighthouse at night');
  expect(SHAPES.filter((shape) => heap.includes(shape))).toEqual([]);
  await run.close();
  run = undefined;
  // The search finds what is there: the prompt stands in both places.
  for (const folder of [userData, library]) {
    expect(filesWith(folder, ['A lighthouse at night'])).not.toEqual([]);
    expect(filesWith(folder, SHAPES)).toEqual([]);
  }
});
