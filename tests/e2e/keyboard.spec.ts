// The main job, a repair and the settings without a mouse: every step by keys, the focus always in sight.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { createGateway } from '../../src/gateway/server';
import { makeImage, makeSound, temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';

/** More stops than the window has. */
const MOST_STOPS = 90;

let run: Launched | undefined;
afterEach(async () => run?.close());

async function start(env: Record<string, string> = {}): Promise<Page> {
  run = await launch({ env });
  return run.window;
}

interface Focus {
  readonly role: string;
  readonly name: string;
  /** A ring around it, around its box or on its picture; a caret in a text. */
  readonly shown: boolean;
}

function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const { activeElement: at } = document;
    if (!(at instanceof HTMLElement) || at === document.body) return { role: 'none', name: '', shown: true };
    const implied: Record<string, string> = {
      BUTTON: 'button',
      INPUT: 'textbox',
      LI: 'listitem',
      VIDEO: 'video',
    };
    const role = at.role ?? implied[at.tagName] ?? at.tagName;
    const labelled = at.getAttribute('aria-labelledby');
    const label = labelled === null ? null : document.getElementById(labelled);
    const field = at instanceof HTMLInputElement ? at.labels?.[0] : null;
    const name = at.ariaLabel ?? label?.textContent ?? field?.textContent ?? at.textContent;
    const around = [at, at.parentElement, at.parentElement?.parentElement, ...at.querySelectorAll('*')];
    const ringed = around.some((element) => {
      if (element == null) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/^rgba.*, 0\)$/.test(outlineColor);
    });
    const { caretColor, backgroundColor } = getComputedStyle(at);
    const written = at.isContentEditable || at.matches('input:not([type]), input[type="text"]');
    const caret = written && caretColor !== backgroundColor && caretColor !== 'transparent';
    // A sheet, or a menu, takes the focus as a whole and points at nothing in it yet.
    return { role, name: name.trim(), shown: ringed || caret || /dialog|menu/.test(role) };
  });
}

const press = async (page: Page, keys: string): Promise<void> => {
  await page.keyboard.press(keys);
  const at = await focus(page);
  expect(at, `the focus after ${keys}`).toMatchObject({ shown: true });
};

/** Presses Tab, or other keys, until what is wanted has the focus. */
async function reach(page: Page, role: string, name: string | RegExp, keys = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const at = await focus(page);
    const fits = typeof name === 'string' ? at.name === name : name.test(at.name);
    if (at.role === role && fits) return;
    seen.push(`${at.role} ${at.name}`);
    await press(page, keys);
  }
  throw new Error(`${role} ${String(name)} is not reached by ${keys}:\n${seen.join('\n')}`);
}

async function expectFocus(page: Page, role: string, name: string | RegExp): Promise<void> {
  await expect.poll(async () => (await focus(page)).role, { message: 'role of the focus' }).toBe(role);
  await expect.poll(async () => (await focus(page)).name, { message: 'name of the focus' }).toMatch(name);
}

/** What the system's file dialog answers next. */
async function answerFiles(files: readonly string[]): Promise<void> {
  await run?.app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    },
    [...files],
  );
}

async function addFile(page: Page, file: string, shown: RegExp, keys: string): Promise<void> {
  await answerFiles([file]);
  await reach(page, 'button', 'Add a reference', keys);
  await press(page, 'Enter');
  await reach(page, 'menuitem', /^Choose files/, 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('listitem', { name: shown }).waitFor();
  await expectFocus(page, 'button', 'Add a reference');
}

// Bug: a step of the main job needs a mouse, a button that goes takes the focus with it, or a key is a trap.
test('from the first run to a kept clip', async () => {
  const page = await start();
  await page.getByRole('button', { name: 'Start practising' }).waitFor();
  await reach(page, 'button', 'Start practising');
  await press(page, 'Enter');
  await expectFocus(page, 'textbox', 'Prompt');

  const still = makeImage(join(temporaryFolder(), 'still.png'), 'png', '640x360');
  await addFile(page, still, /still\.png/, 'Shift+Tab');
  await reach(page, 'textbox', 'Prompt');
  await page.keyboard.type('The light of @');
  await page.getByRole('option', { name: /Image 1/ }).waitFor();
  await press(page, 'Enter');
  await page.keyboard.type('fades');
  await press(page, 'Control+Enter');
  await page.getByRole('gridcell', { name: /The light of/ }).waitFor();
  await expectFocus(page, 'textbox', 'Prompt');

  await reach(page, 'gridcell', /The light of/, 'Shift+Tab');
  await page.locator('[role="gridcell"] img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  await expectFocus(page, 'gridcell', /The light of .*, 5 s$/);
  const heard = page.getByRole('status').getByText('The light of Image 1 fades: done, it is in the library.');
  await expect.poll(() => heard.count()).toBe(1);
  await press(page, ' ');
  await page.getByRole('dialog', { name: /The light of/ }).waitFor();
  // A menu in the viewer closes alone.
  await reach(page, 'button', 'More for this clip');
  await press(page, 'Enter');
  await page.getByRole('menu').waitFor();
  await press(page, 'Escape');
  await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await expectFocus(page, 'button', 'More for this clip');
  // The first takes away the tip that names the button.
  await press(page, 'Escape');
  await press(page, 'Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expectFocus(page, 'gridcell', /The light of/);
  await press(page, 'k');
  await press(page, '4');
  await expectFocus(page, 'gridcell', /, 5 s, 4 stars, kept$/);
  // And on through the whole window: no stop is a trap, and none is invisible.
  await reach(page, 'button', 'Settings');
  await reach(page, 'textbox', 'Prompt');
});

// Bug: the button that repairs goes and takes the focus with it, or a card that is removed does.
test('a sound that is too long is trimmed, and a card is removed', async () => {
  const page = await start({ DAILIES_PRACTICE: '1' });
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  const folder = temporaryFolder();
  await addFile(page, makeSound(join(folder, 'long.mp3'), 'mp3', 20), /long\.mp3/, 'Tab');
  await reach(page, 'button', /Trim to 15 s/, 'Shift+Tab');
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'Audio 1 is repaired: what was done' }).waitFor();
  await expectFocus(page, 'listitem', /^Audio 1/);

  await reach(page, 'button', 'Audio 1 is repaired: what was done');
  await press(page, 'Enter');
  await reach(page, 'menuitem', 'Adjust…', 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('dialog', { name: 'Adjust Audio 1' }).waitFor();
  await reach(page, 'button', 'Cancel');
  await press(page, 'Enter');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expectFocus(page, 'button', 'Audio 1 is repaired: what was done');

  await reach(page, 'listitem', /^Audio 1/, 'Shift+Tab');
  await press(page, 'Delete');
  await expectFocus(page, 'button', 'Add a reference');
});

// Bug: a form that opens in the settings is out of reach, a sheet forgets where the focus came from, or Escape
// closes more than what lies on top.
test('the settings: another language, a new connection, and back to where it began', async () => {
  const gateway = await createGateway({ dataDir: temporaryFolder('gateway') });
  try {
    const page = await start({ DAILIES_PRACTICE: '1' });
    await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
    await reach(page, 'button', 'What will be sent');
    for (const [keys, title] of [
      ['Control+k', /commands/i],
      ['Control+/', 'Keyboard shortcuts'],
      ['Control+,', 'Settings'],
    ] as const) {
      await press(page, keys);
      await page.getByRole('dialog', { name: title }).waitFor();
      await press(page, 'Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await expectFocus(page, 'button', 'What will be sent');
    }

    await press(page, 'Control+,');
    await reach(page, 'tab', 'Connections');
    await reach(page, 'tab', 'Look and language', 'ArrowDown');
    await reach(page, 'radio', 'As the system');
    await press(page, 'Tab');
    await reach(page, 'radio', '简体中文', 'ArrowRight');
    await press(page, 'Enter');
    await page.getByRole('dialog', { name: '设置' }).waitFor();
    await reach(page, 'radio', 'English', 'ArrowLeft');
    await press(page, 'Enter');
    await reach(page, 'tab', 'Look and language', 'Shift+Tab');
    await reach(page, 'tab', 'Connections', 'ArrowUp');

    await reach(page, 'button', 'Add');
    await press(page, 'Enter');
    await expectFocus(page, 'radio', 'Volcengine Ark');
    await reach(page, 'radio', 'Another address', 'ArrowRight');
    await press(page, 'Enter');
    await reach(page, 'textbox', 'Base URL');
    await page.keyboard.type(gateway.baseUrl);
    await reach(page, 'textbox', 'API key');
    await page.keyboard.type('sk-any');
    await press(page, 'Enter');
    await page.getByRole('region', { name: 'Add a connection' }).waitFor({ state: 'detached' });
    await expectFocus(page, 'button', 'Add');

    await reach(page, 'button', /^More for 127/);
    await press(page, 'Enter');
    await page.getByRole('menu').waitFor();
    await press(page, 'Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(1);
    await press(page, 'Escape');
    await press(page, 'Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expectFocus(page, 'button', 'What will be sent');
  } finally {
    await gateway.close();
  }
});
