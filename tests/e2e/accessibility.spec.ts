// What assistive technology meets in every state of the window, in both themes and both languages, and at 200 % zoom.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../src/gateway/server';
import { openDatabase } from '../../src/main/database/open';
import { libraryFolder } from '../fixtures/libraryFolder';
import { makeImage, makeSound, temporaryFolder } from '../fixtures/media';
import { dropFiles, launch, type Launched } from './launch';
import { ask } from './ask';

const MODEL = 'doubao-seedance-2-0-260128';
/** What stands still can be judged at once; what moves is another spec's. */
const STILL = { reducedMotion: 'reduce' } as const;

let run: Launched;
let page: Page;
let gateway: Gateway;
beforeAll(async () => {
  gateway = await createGateway({
    dataDir: temporaryFolder('gateway'),
    settings: { queuedMs: 0, runningMs: 3_600_000 },
  });
  run = await launch();
  page = run.window;
  await page.emulateMedia(STILL);
});
afterAll(async () => {
  await run.close();
  await gateway.close();
});

/** What axe calls serious or critical. Injected through the debugger: the page's own policy forbids scripts. */
async function findings(): Promise<string[]> {
  const known = await page.evaluate(() => 'axe' in globalThis);
  if (!known) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await runner.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes
          // A slider is taken anywhere on its track, and a range has fields beside it.
          .filter(({ html }) => id !== 'target-size' || !html.includes('role="slider"'))
          .map((node) => {
            const why = [...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; ');
            return `${id}: ${node.target.join(' ')}: ${why}`;
          }),
      );
  });
}

/** What cannot be seen or brought into sight: it lies outside of what can be scrolled. */
function cutOff(): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth || document.body.scrollWidth > document.body.clientWidth;
    const outside = [...document.querySelectorAll('button, input, textarea, [tabindex="0"]')].filter(
      (element) => {
        const box = element.getBoundingClientRect();
        if (box.width === 0 || element.closest('[aria-hidden="true"], .hidden') !== null) return false;
        if (!element.checkVisibility({ visibilityProperty: true })) return false;
        let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        for (let at = element.parentElement; at !== null; at = at.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(at);
          const frame = at.getBoundingClientRect();
          const inside = { x: x >= frame.left && x <= frame.right, y: y >= frame.top && y <= frame.bottom };
          if (/auto|scroll/.test(overflowX)) x = frame.x + Math.min(frame.width, innerWidth) / 2;
          else if (/hidden|clip/.test(overflowX) && !inside.x) return true;
          if (/auto|scroll/.test(overflowY)) y = frame.y + Math.min(frame.height, innerHeight) / 2;
          else if (/hidden|clip/.test(overflowY) && !inside.y) return true;
        }
        return x < 0 || y < 0 || x > innerWidth || y > innerHeight;
      },
    );
    const names = outside.map((element) => `cut off: ${element.ariaLabel ?? element.textContent}`);
    return wide ? ['the page scrolls sideways', ...names] : names;
  });
}

async function dress(theme: 'dark' | 'light', language: 'en' | 'zh-CN'): Promise<void> {
  await ask(page, 'settings.update', { theme, language });
  await page.waitForFunction(
    ([wantedTheme, wantedLanguage]) =>
      document.documentElement.dataset['theme'] === wantedTheme &&
      document.documentElement.lang === wantedLanguage,
    [theme, language] as const,
  );
}

/** Both themes and both languages are met in two looks. */
async function judged(state: string): Promise<void> {
  const found: string[] = [];
  for (const [theme, language] of [
    ['light', 'zh-CN'],
    ['dark', 'en'],
  ] as const) {
    await dress(theme, language);
    found.push(...(await findings()).map((finding) => `${theme} ${language}: ${finding}`));
  }
  found.push(...(await cutOff()));
  expect.soft({ state, found }).toEqual({ state, found: [] });
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const press = (keys: string): Promise<void> => page.keyboard.press(keys);
const gone = (): Promise<void> => page.getByRole('dialog').first().waitFor({ state: 'detached' });

/** Opened, judged, and closed by Escape. */
async function opened(state: string, open: () => Promise<unknown>, shown: string): Promise<void> {
  await open();
  await page.locator(shown).first().waitFor();
  await judged(state);
  await press('Escape');
  await page.locator(shown).first().waitFor({ state: 'detached' });
}

const DIALOG = '[role="dialog"]';
const MENU = '[role="menu"]';

/** A connection whose tasks run for an hour, and one of each state that a generation rests in. */
async function liveTiles(): Promise<void> {
  const { baseUrl } = gateway;
  const facts = { preset: 'custom', label: 'Studio', baseUrl, plainHttpAccepted: false } as const;
  const { id: connectionId } = await ask(page, 'connections.add', facts);
  await ask(page, 'connections.setKey', { id: connectionId, key: 'sk-any' });
  await ask(page, 'connections.use', { id: connectionId });
  const parameters = {
    resolution: '480p',
    ratio: '16:9',
    duration: 4,
    generateAudio: false,
    watermark: false,
    returnLastFrame: false,
    cameraFixed: false,
    seed: null,
    executionExpiresAfter: null,
  } as const;
  const create = (prompt: string, hold = false) =>
    ask(page, 'generations.create', {
      draft: { prompt, references: [], model: MODEL, parameters },
      connectionId,
      hold,
    });
  const { id } = await create('Running at the provider');
  await settled(id, 'running');
  gateway.setFaults([{ kind: 'refuse_submit', on: 'create' }]);
  await settled((await create('Refused before it started')).id, 'rejected');
  gateway.setFaults([
    { kind: 'answer_lost', on: 'create' },
    { kind: 'html_page', on: 'list', times: 99 },
  ]);
  await settled((await create('Perhaps accepted')).id, 'unconfirmed');
  await create('Waits in the outbox', true);
}

/** Of the text and of what stands under it, in pixels from the window's upper edge. */
const lowerEdge = (name: string): Promise<number> =>
  page.getByRole('textbox', { name }).evaluate((text) => text.getBoundingClientRect().bottom);
const upperEdge = (name: string): Promise<number> =>
  page.getByRole('group', { name }).evaluate((group) => group.getBoundingClientRect().top);

async function settled(id: string, state: string): Promise<void> {
  const look = async () => (await ask(page, 'generations.list', {})).find((each) => each.id === id)?.state;
  await expect.poll(look, { timeout: 30_000 }).toBe(state);
}

// Bug: a control without a name, words too pale to read, a role that lies about what is there.
test('first run and the connection form', async () => {
  await button('Start practising').waitFor();
  await judged('first run');
  await opened('connect', () => button('Enter a key').click(), DIALOG);
});

// Bug: a long prompt lies over the parameters and the button.
test('the composer with nothing, a problem, and twelve references', async () => {
  await button('Start practising').click();
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  await judged('empty library');
  await opened('add a reference', () => button('Add a reference').click(), MENU);
  const folder = temporaryFolder('references');
  const files = Array.from({ length: 9 }, (_, at) =>
    makeImage(join(folder, `still ${at + 1}.png`), 'png', `${640 + at * 2}x360`),
  );
  await dropFiles(page, '[data-testid="composer-drop"]', [
    makeImage(join(folder, 'wide.png'), 'png', '3200x340'),
    makeSound(join(folder, 'long.mp3'), 'mp3', 20),
  ]);
  await page.getByRole('listitem', { name: /long\.mp3/ }).waitFor();
  await judged('problems');
  await button('More for Audio 1').click();
  await opened('repair of a sound', () => page.getByRole('menuitem', { name: 'Adjust…' }).click(), DIALOG);
  await button('More for Image 1').click();
  await opened('repair of a picture', () => page.getByRole('menuitem', { name: 'Adjust…' }).click(), DIALOG);
  await dropFiles(page, '[data-testid="composer-drop"]', [
    ...files,
    makeSound(join(folder, 'tone.mp3'), 'mp3', 3),
  ]);
  await page.getByRole('listitem', { name: /tone\.mp3/ }).waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText('Rain on a window, as in ');
  await page.keyboard.type('@');
  await page.getByRole('option').first().waitFor();
  await judged('mention menu');
  await press('Enter');
  await page.keyboard.insertText('黄昏的港口，低日压在云下。'.repeat(160));
  await judged('twelve references and a long prompt');
  expect(await lowerEdge('Prompt')).toBeLessThanOrEqual(await upperEdge('Parameters'));
  await opened('role menu', () => button(/^Role of Image 2/).click(), MENU);
  await opened('price', () => button(/Free/).click(), DIALOG);
  await opened('what will be sent', () => button('What will be sent').click(), DIALOG);
  await opened('model menu', () => button(/^Model/).click(), DIALOG);
  await opened('more parameters', () => button('More parameters').click(), DIALOG);
});

test('the library: tiles of every kind, selection, search, trash', async () => {
  const watched = join(temporaryFolder('disk'), 'takes');
  mkdirSync(watched);
  libraryFolder(watched, [
    { title: 'Fog on the quay', seconds: 3, size: '320x180' },
    { title: 'Lanterns', seconds: 3, size: '180x320' },
    { title: 'Slow dolly along the boats', seconds: 3, size: '320x180' },
    { title: 'Rain', size: '320x136' },
  ]);
  await ask(page, 'library.import', { paths: [watched], mode: 'copy' });
  const tiles = page.getByRole('gridcell');
  await expect.poll(() => tiles.locator('img[src*="/media/poster/"]').count(), { timeout: 60_000 }).toBe(4);
  const ids = await ask(page, 'library.ids', { text: '', sort: { key: 'title', descending: false } });
  await ask(page, 'library.edit', {
    ids: ids.slice(0, 2),
    edit: { rating: 4, flag: 'kept', addTags: ['harbour'] },
  });
  await ask(page, 'library.edit', { ids: ids.slice(2, 3), edit: { flag: 'rejected' } });
  await ask(page, 'library.saveCollection', { id: null, name: 'Harbour film', query: null });
  await liveTiles();
  await page.getByRole('gridcell', { name: /Fog on the quay/ }).click();
  await button('Re-use recipe').or(button('Use as reference')).first().waitFor();
  await judged('grid');
  await page.getByRole('gridcell', { name: /Perhaps accepted/ }).click();
  await judged('generation in the inspector');
  await opened('journal', () => button('Show what is known').or(button('Journal')).first().click(), DIALOG);
  await page.getByRole('gridcell', { name: /Fog on the quay/ }).click();
  await page.getByRole('gridcell', { name: /Lanterns/ }).click({ modifiers: ['Control'] });
  await judged('selection bar');
  const bar = page.getByRole('region', { name: 'Chosen clips' });
  await opened('tag editor', () => press('t'), DIALOG);
  await opened(
    'collection menu',
    () => bar.getByRole('button', { name: 'Add to a collection' }).click(),
    MENU,
  );
  await opened('export', () => bar.getByRole('button', { name: 'Export' }).click(), DIALOG);
  await opened('compare', () => bar.getByRole('button', { name: /^Compare/ }).click(), DIALOG);
  await opened('stitch', () => button('Put into the strip').click(), DIALOG);
  await press('Escape');
  await press('Control+f');
  await page.keyboard.type('rating:4 tag:');
  await page.getByRole('option').first().waitFor();
  await judged('search');
  for (let times = 0; times < 3; times += 1) await press('Escape');
  await page.getByRole('gridcell', { name: /Fog on the quay/ }).click();
  await opened('viewer', () => press(' '), DIALOG);
  await opened('sort menu', () => button(/^Order/).click(), MENU);
  await button(/^Kept/).click();
  await judged('kept');
  await button(/^Outbox/).click();
  await page.getByRole('checkbox').first().waitFor();
  await judged('outbox');
  await button(/^All clips/).click();
  await page.getByRole('gridcell', { name: /Rain/ }).click();
  await press('Delete');
  await judged('notice');
  await button(/^Trash/).click();
  await page.getByRole('gridcell', { name: /Rain/ }).waitFor();
  await opened('delete question', () => button('Delete the files…').click(), DIALOG);
  await judged('trash');
  await button(/^In work/).click();
  await judged('in work');
  await button(/^All clips/).click();
});

test('videos at the provider, questions, work in the background', async () => {
  gateway.setFaults([]);
  gateway.changeSettings({ runningMs: 0 });
  await fetch(`${gateway.baseUrl}/contents/generations/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-other' },
    body: JSON.stringify({
      model: MODEL,
      content: [{ type: 'text', text: 'not from here' }],
      ...{ resolution: '480p', ratio: '16:9', duration: 4 },
    }),
  });
  const found = async () => (await ask(page, 'generations.findStrangers', {})).length;
  await expect.poll(found, { timeout: 30_000, interval: 1500 }).toBeGreaterThan(0);
  await button('Show').waitFor();
  await judged('strangers');
  await opened('strangers sheet', () => button('Show').click(), DIALOG);
  await page.getByRole('gridcell', { name: /Perhaps accepted/ }).click();
  await opened('question', () => button('Forget').first().click(), DIALOG);
  const folder = temporaryFolder('odd');
  writeFileSync(join(folder, 'broken.mp4'), 'not a video');
  await ask(page, 'library.import', { paths: [folder], mode: 'copy' });
  await opened('work list', () => page.getByTitle('Work in the background').click(), DIALOG);
});

test('settings, palette, shortcuts, About', async () => {
  await press('Control+,');
  const panes = ['Connections', 'Library', 'Prices and budget', 'Hosting', 'Notifications', 'Diagnostics'];
  for (const tab of [...panes, 'Look and language']) {
    await page.getByRole('tab', { name: tab }).click();
    await judged(`settings ${tab}`);
  }
  await page.getByRole('tab', { name: 'Connections' }).click();
  await page.getByRole('tabpanel').getByRole('button', { name: 'Add' }).click();
  await judged('settings, a connection');
  await page.getByRole('tab', { name: 'Hosting' }).click();
  await page.getByRole('tabpanel').getByRole('button', { name: /^Add/ }).first().click();
  await judged('settings, a host');
  await press('Escape');
  await gone();
  await opened('palette', () => press('Control+k'), DIALOG);
  await opened('shortcut sheet', () => press('Control+/'), DIALOG);
  const about = (): Promise<void> =>
    run.app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('help.about')?.click();
    });
  await opened('about', about, DIALOG);
});

// Bug: at 200 % a button lies outside of the window and cannot be scrolled to.
test('200 % zoom', async () => {
  await run.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(1280, 800);
    window?.webContents.setZoomFactor(2);
  });
  await page.waitForFunction(() => innerWidth <= 640);
  await page.getByRole('gridcell', { name: /Fog on the quay/ }).click();
  await judged('zoom grid');
  await button('Open the composer').click();
  await judged('zoom composer');
  await opened('zoom what will be sent', () => button('What will be sent').click(), DIALOG);
  await button('Collapse the composer').press('Enter');
  await button('Show the inspector').click();
  await judged('zoom inspector');
  await press('Escape');
  await opened(
    'zoom viewer',
    () => page.getByRole('gridcell', { name: /Fog on the quay/ }).press(' '),
    DIALOG,
  );
  await button('Settings').click();
  for (const tab of ['Connections', 'Library', 'Diagnostics']) {
    await page.getByRole('tab', { name: tab }).click();
    await judged(`zoom settings ${tab}`);
  }
  await press('Escape');
  await opened('zoom palette', () => press('Control+k'), DIALOG);
  await opened('zoom shortcut sheet', () => press('Control+/'), DIALOG);
});

// Bug: of all screens the one that says that nothing works cannot be read or left.
test('safe mode', async () => {
  await run.close();
  const userData = temporaryFolder('user-data');
  const database = openDatabase(join(userData, 'dailies.db'));
  database.run('PRAGMA user_version = 999');
  database.close();
  run = await launch({ userData });
  page = run.window;
  await page.getByRole('main', { name: 'Dailies did not start' }).waitFor();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ ...STILL, colorScheme });
    expect({ colorScheme, found: [...(await findings()), ...(await cutOff())] }).toEqual({
      colorScheme,
      found: [],
    });
  }
});
