// Diagnostics in the real window: every test ends in words, a missing ffmpeg is found again, the bundle keeps secrets.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { CHECKS } from '@shared/domain/diagnostics';
import { temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';
import { ask } from './ask';

const KEY = 'e2e5d1c/diagnostics+key=of-the-account';
const BUCKET_SECRET = 'e2eS3cr3t/of+the=bucket';
const SIGNATURE = 'e2e0f00dfeed51gnature';
const PASSWORD = 'e2e-password-in-an-address';
const SECRETS = [KEY, BUCKET_SECRET, SIGNATURE, PASSWORD];
/** As an older version, or a server's message, may have left them in the log. */
const LEAKS = [
  `Authorization: Bearer ${KEY}`,
  `{"secretAccessKey":"${BUCKET_SECRET}"}`,
  `GET https://tos.example.com/v.mp4?X-Tos-Algorithm=TOS4&X-Tos-Signature=${SIGNATURE}`,
  `PUT https://someone:${PASSWORD}@files.example.com/put`,
];

let run: Launched | undefined;
afterEach(async () => run?.close());

/** The next dialog of the system answers with this path. */
const answerDialogs = (path: string): Promise<void> =>
  run?.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path) ?? Promise.resolve();

// Bug: a test hangs or ends with a raw code; a bundle carries a key, a signature or a password to a stranger.
test('tests everything in words, and saves a bundle without a secret', async () => {
  const userData = temporaryFolder('user-data');
  mkdirSync(join(userData, 'logs'));
  writeFileSync(join(userData, 'logs', 'dailies.log'), `${LEAKS.join('\n')}\n`);
  writeFileSync(
    join(userData, 'settings.json'),
    JSON.stringify({ version: 1, nameTemplate: `{date} ${LEAKS[3]}` }),
  );
  run = await launch({ userData, env: { DAILIES_PRACTICE: '1' } });
  const page = run.window;
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  const facts = { preset: 'custom', label: 'Studio', plainHttpAccepted: false } as const;
  const { id } = await ask(page, 'connections.add', { ...facts, baseUrl: 'https://nowhere.invalid/api/v3' });
  await ask(page, 'connections.setKey', { id, key: KEY });

  await page.evaluate(() => window.dailies.request('settings.update', { language: 'en' }));
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('tab', { name: 'Diagnostics' }).click();
  await page.getByRole('button', { name: 'Test all' }).click();
  const pane = page.getByRole('tabpanel', { name: 'Diagnostics' });
  const ended = pane.locator(['ok', 'look', 'failed', 'none'].map((is) => `[data-state="${is}"]`).join());
  await expect.poll(() => ended.count(), { timeout: 60_000 }).toBe(CHECKS.length);
  for (const words of await ended.allInnerTexts()) {
    expect(words).toMatch(/[A-Za-z0-9]\.(\n|$)/);
    expect(words).not.toMatch(/\w+\.\w+\.\w+\.sentence|\{\{|_/);
  }
  await pane.getByRole('listitem', { name: 'Database' }).getByText('The database is whole.').waitFor();

  await pane.getByRole('checkbox', { name: 'With prompts and file names' }).check();
  await pane.getByRole('button', { name: 'Put together' }).click();
  const path = join(temporaryFolder('bundle'), 'bundle.zip');
  await answerDialogs(path);
  await pane.getByRole('button', { name: 'Save bundle' }).click();
  await page.getByRole('dialog').getByText('The bundle was saved.').waitFor();
  const files = unzipSync(readFileSync(path));
  const text = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join('\n');
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['versions.json', 'dailies.log']));
  expect(text).toContain('files.example.com');
  const shapes = SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  expect(shapes.filter((shape) => text.includes(shape))).toEqual([]);
});

// Bug: without ffmpeg everything waits and the window is silent; any program is taken for one; a restart is needed.
test('says at once that ffmpeg is missing, takes a chosen one, and gives it back', async () => {
  run = await launch({ env: { DAILIES_PRACTICE: '1', PATH: '/nowhere' } });
  const page = run.window;
  const bar = page.getByRole('complementary', { name: 'ffmpeg is missing' });
  await bar.waitFor();
  await answerDialogs('/bin/true');
  await bar.getByRole('button', { name: 'Choose ffmpeg…' }).click();
  await page.getByRole('alert').getByText('This program does not answer as ffmpeg.').waitFor();
  await bar.getByRole('button', { name: 'Try again' }).click();
  await bar.getByText('Still no ffmpeg').waitFor();

  await answerDialogs('/usr/bin/ffmpeg');
  await bar.getByRole('button', { name: 'Choose ffmpeg…' }).click();
  await bar.waitFor({ state: 'detached' });
  expect(await ask(page, 'settings.get', {})).toMatchObject({ ffmpegPath: '/usr/bin/ffmpeg' });

  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('tab', { name: 'Diagnostics' }).click();
  await page.getByRole('button', { name: 'Use the default' }).click();
  const row = page.getByRole('listitem', { name: 'ffmpeg' });
  await row.getByText('No ffmpeg was found.').waitFor();
  await row.getByText('sudo apt install ffmpeg').waitFor();
  expect(await ask(page, 'settings.get', {})).toMatchObject({ ffmpegPath: null });
});
