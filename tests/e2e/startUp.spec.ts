// Starts that are not like every other: with files, after a crash of the window, on records that cannot be used.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, expect, test } from 'vitest';
import { installedTestRuntime } from '../../scripts/electronRuntime.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { migrations } from '../../src/main/database/migrations';
import { ffmpeg, makeVideo, temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';

let run: Launched | undefined;
afterEach(async () => run?.close());

/** Of one colour: the same picture twice would be one reference. */
const makePicture = (path: string, colour = 'teal'): string =>
  ffmpeg(['-f', 'lavfi', '-i', `color=${colour}:s=640x480`, '-frames:v', '1', '-update', '1'], path);

/** As the system starts the program once more; answers with its exit code. */
async function startAgain(
  userData: string,
  folder: string,
  files: readonly string[],
): Promise<number | null> {
  const { executable } = await installedTestRuntime();
  const env = { ...process.env, DAILIES_USER_DATA: userData, NODE_OPTIONS: '' };
  const second = spawn(executable, [ROOT, '--lang=en', ...files], { cwd: folder, env, stdio: 'ignore' });
  return new Promise((resolve, reject) => second.once('error', reject).once('exit', resolve));
}

// Bug: files opened while Dailies runs are lost, looked for in the wrong folder, or open a second window.
test('a second start hands its files to the first and ends', async () => {
  const folder = temporaryFolder('films');
  const first = makePicture(join(folder, 'first 一.png'));
  makePicture(join(folder, '-second.png'), 'orange');
  makeVideo(join(folder, 'walk 50%.mp4'));
  run = await launch({ env: { DAILIES_PRACTICE: '1' }, args: [first] });
  const page = run.window;
  const cards = page.getByRole('list', { name: 'References' }).getByRole('listitem', { name: / 1, | 2, / });
  await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(1);
  const files = ['walk 50%.mp4', 'gone.mp4', '--', '-second.png'];
  expect(await startAgain(run.userData, folder, files)).toBe(0);
  await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(2);
  await page.getByText('Not there: gone.mp4').waitFor();
  await page.getByText('Import this video into the library?').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('gridcell', { name: /walk 50%/ }).waitFor({ timeout: 30_000 });
  expect(await startAgain(run.userData, folder, ['walk 50%.mp4'])).toBe(0);
  await page.getByRole('button', { name: 'Use as reference', exact: true }).click();
  await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(3);
  expect(run.app.windows()).toHaveLength(1);
});

// Bug: a crash of the window loses what was being written, or the generation that was paid for.
test('a crashed window comes back with the draft, and the generation goes on', async () => {
  const picture = makePicture(join(temporaryFolder('films'), 'jetty.png'));
  run = await launch({ env: { DAILIES_PRACTICE: '1' }, args: [picture] });
  const page = run.window;
  const cards = page.getByRole('list', { name: 'References' }).getByRole('listitem', { name: / 1, / });
  await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(1);
  const prompt = page.getByRole('textbox', { name: 'Prompt' });
  await prompt.click();
  await page.keyboard.insertText('A slow walk along the jetty');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('gridcell').getByText('Running').waitFor({ timeout: 30_000 });
  await prompt.click();
  await page.keyboard.insertText(' at dusk');
  const loaded = page.waitForEvent('load', { timeout: 30_000 }).catch(() => undefined);
  await run.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const back = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    return back;
  });
  await loaded;
  /** The runner takes a crashed page for lost: the window is asked through main. */
  const inWindow = async (script: string): Promise<unknown> =>
    run?.app.evaluate(
      ({ BrowserWindow }, code) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
      script,
    );
  const promptNow = "document.querySelector('[role=textbox][aria-label=Prompt]')?.textContent ?? ''";
  await expect.poll(() => inWindow(promptNow), { timeout: 30_000 }).toContain('A slow walk along the jetty');
  expect(await inWindow(promptNow)).toContain('at dusk');
  expect(
    await inWindow(
      "document.querySelectorAll('[aria-label=References] [role=listitem], [aria-label=References] li').length",
    ),
  ).toBeGreaterThan(0);
  await expect
    .poll(() => inWindow('document.querySelectorAll(\'img[src*="/media/poster/"]\').length'), {
      timeout: 60_000,
    })
    .toBe(1);
});

// Bug: a window that crashes each time is shown as a dead grey area, with nothing to do about it.
test('a window that keeps crashing asks what to do', async () => {
  run = await launch();
  await run.app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...all: unknown[]) => {
      asked.push((all.at(-1) as { message: string }).message);
      return new Promise(() => undefined);
    };
  });
  for (let crash = 1; crash <= 4; crash += 1)
    await run.app.evaluate(async ({ BrowserWindow }, last) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const next = last ? 'render-process-gone' : 'did-finish-load';
      const then = new Promise<void>((resolve) => contents?.once(next as 'did-finish-load', () => resolve()));
      contents?.forcefullyCrashRenderer();
      await then;
    }, crash === 4);
  const asked = await run.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  expect(asked).toEqual(['The window of Dailies keeps stopping.']);
});

interface Unusable {
  readonly name: string;
  readonly words: string;
  readonly prepare?: (folder: string) => void;
  /** After the files were read: reading a file here would end a lock on it. Answers with what undoes it. */
  readonly spoil?: (folder: string) => () => void;
}

/** The profiles that cannot be used, and what the window says of them. */
const UNUSABLE: Unusable[] = [
  {
    name: 'a newer database',
    words: 'A newer version of Dailies wrote the records on this computer.',
    prepare: (folder) => {
      const database = new Libsql(join(folder, 'dailies.db'));
      database.exec('CREATE TABLE tomorrow (id TEXT); PRAGMA user_version = 999;');
      database.close();
    },
  },
  {
    name: 'newer settings',
    words: 'A newer version of Dailies wrote the settings on this computer.',
    prepare: (folder) =>
      writeFileSync(join(folder, 'settings.json'), '{"settings":{"version":99,"theme":"sepia"}}'),
  },
  {
    name: 'a locked database',
    words: 'Another program holds the records of Dailies.',
    spoil: (folder) => {
      const other = new Libsql(join(folder, 'dailies.db'));
      other.exec('CREATE TABLE a (b); BEGIN EXCLUSIVE;');
      return () => void other.close();
    },
  },
  {
    name: 'a folder that may not be written to',
    words: 'Dailies may not write to its own folder.',
    spoil: (folder) => {
      chmodSync(folder, 0o500);
      return () => chmodSync(folder, 0o700);
    },
  },
];

// Bug: no window at all, a raw error box, or the records of a newer version written over.
test.each(UNUSABLE)('$name: the window opens and says so, and nothing is changed', async (profile) => {
  const userData = temporaryFolder('user-data');
  profile.prepare?.(userData);
  const records = readdirSync(userData);
  const read = (): string[] => records.map((name) => readFileSync(join(userData, name), 'latin1'));
  const before = read();
  const undo = profile.spoil?.(userData);
  try {
    run = await launch({ userData });
    const heading = run.window.getByRole('alert').getByRole('heading');
    await heading.waitFor({ timeout: 30_000 });
    expect(await heading.textContent()).toBe(profile.words);
    for (const name of ['Try again', 'Show the folder', 'Copy details', 'Quit'])
      expect(await run.window.getByRole('button', { name }).isVisible()).toBe(true);
    await run.close();
    expect(read()).toEqual(before);
  } finally {
    undo?.();
  }
});

// Bug: settings or records that were put aside are gone without a word.
test('what was put aside is told once', async () => {
  const userData = temporaryFolder('user-data');
  writeFileSync(join(userData, 'settings.json'), '{"settings":');
  writeFileSync(join(userData, 'dailies.db'), 'no database'.repeat(1000));
  run = await launch({ userData });
  await run.window.getByText('The settings could not be read').waitFor({ timeout: 30_000 });
  await run.window.getByText('The records were damaged').waitFor();
  expect(readdirSync(userData).filter((name) => name.includes('broken'))).toHaveLength(2);
});

// Bug: a database of an earlier version stops the start, or is upgraded without a copy.
test('a profile of an earlier version starts, with a copy kept', async () => {
  const userData = temporaryFolder('user-data');
  const database = new Libsql(join(userData, 'dailies.db'));
  database.exec(`${migrations[0] ?? ''} PRAGMA user_version = 1;`);
  database.close();
  run = await launch({ userData, env: { DAILIES_PRACTICE: '1' } });
  await run.window.getByRole('textbox', { name: 'Prompt' }).waitFor({ timeout: 30_000 });
  expect(readdirSync(userData)).toContain('dailies.db.v1.bak');
});

interface Away {
  readonly words: string;
  readonly leave: (library: string) => void;
  readonly comeBack: (library: string) => void;
}

/** What can stand where the library's folder should be. */
const AWAY: Record<string, Away> = {
  gone: {
    words: 'The library folder is not there',
    // As a place for disks is when none is plugged in.
    leave: (library) => chmodSync(dirname(library), 0o500),
    comeBack: (library) => {
      chmodSync(dirname(library), 0o700);
      mkdirSync(library);
    },
  },
  'a file': {
    words: 'A file is where the library folder was',
    leave: (library) => writeFileSync(library, ''),
    comeBack: (library) => {
      rmSync(library);
      mkdirSync(library);
    },
  },
  unreadable: {
    words: 'Dailies may not read the library folder',
    leave: (library) => mkdirSync(library, { mode: 0o000 }),
    comeBack: (library) => chmodSync(library, 0o700),
  },
};

// Bug: a disk that is not plugged in keeps the whole app from starting, is not said, or its return is not noticed.
test.each(Object.entries(AWAY))(
  'a library folder that is %s is said, and taken when it is back',
  async (_how, away) => {
    const library = join(temporaryFolder('disk'), 'Dailies');
    away.leave(library);
    run = await launch({ library, env: { DAILIES_PRACTICE: '1' } });
    const line = run.window.getByRole('complementary', { name: 'The library folder' });
    await line.getByText(away.words).waitFor({ timeout: 30_000 });
    expect(await line.getByRole('button', { name: 'Choose folder…' }).isVisible()).toBe(true);
    await line.getByRole('button', { name: 'Try again' }).click();
    expect(await line.isVisible()).toBe(true);
    away.comeBack(library);
    await line.waitFor({ state: 'detached', timeout: 30_000 });
    expect(run.output()).not.toContain('Uncaught');
  },
);
