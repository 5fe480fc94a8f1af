// What the system asks of every program: less motion, more contrast, its own colours.
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { libraryFolder } from '../fixtures/libraryFolder';
import { temporaryFolder } from '../fixtures/media';
import { launch, type Launched } from './launch';

let run: Launched | undefined;
afterEach(async () => run?.close());

async function start(): Promise<Page> {
  const library = temporaryFolder('library');
  libraryFolder(library, [
    { title: 'Fog', seconds: 3, size: '320x180' },
    { title: 'Lanterns', seconds: 3, size: '320x180' },
  ]);
  run = await launch({ library, userData: temporaryFolder('user-data'), env: { DAILIES_PRACTICE: '1' } });
  const page = run.window;
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  await expect.poll(() => page.locator('[role="gridcell"] img').count(), { timeout: 30_000 }).toBe(2);
  return page;
}

const tile = (page: Page, name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name}`) });

// Bug: somebody who gets ill from motion sees sheets fly in and films start by themselves.
test('with less motion nothing moves by itself', async () => {
  const page = await start();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const moved: string[] = [];
    Object.assign(globalThis, { moved });
    for (const type of ['animationstart', 'transitionrun'])
      document.addEventListener(
        type,
        (event) => moved.push(`${type} ${(event.target as Element).className}`),
        true,
      );
  });
  for (const keys of ['Control+k', 'Control+/', 'Control+,']) {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await tile(page, 'Fog').hover();
  await page.getByRole('button', { name: 'Add a reference' }).click();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await tile(page, 'Fog').click();
  await page.locator('video').waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('dialog').waitFor();
  const longest = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) =>
      [element, '::before', '::after'].flatMap((part) => {
        const style = typeof part === 'string' ? getComputedStyle(element, part) : getComputedStyle(element);
        const times = `${style.transitionDuration}, ${style.animationDuration}`.split(', ');
        return Math.max(...times.map((time) => parseFloat(time))) > 0.001 ? [element.className] : [];
      }),
    ),
  );
  expect(longest).toEqual([]);
  expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual([]);
});

/** Where an edge is drawn: nothing but an outline or a border is left where the system draws the fills. */
function edge(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' ? outlineWidth : borderTopStyle !== 'none' ? borderTopWidth : 'none';
    });
}

// Bug: with colours of the system buttons are words without an edge, and what is chosen cannot be told from the rest.
test('with colours of the system edges, focus and choices are seen', async () => {
  const page = await start();
  await page.emulateMedia({ forcedColors: 'active' });
  await tile(page, 'Fog').click();
  expect(await edge(page, '[role="gridcell"][aria-selected="true"] > div')).toBe('3px');
  expect(await edge(page, '[role="gridcell"][aria-selected="false"] > div')).toBe('1px');
  expect(await edge(page, 'button:has-text("Generate")')).toBe('1px');
  const fill = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await fill('nav [aria-current="page"]')).not.toBe(await fill('nav button:not([aria-current])'));
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Look and language' }).click();
  expect(await edge(page, '[role="dialog"]')).toBe('1px');
  expect(await fill('[role="tab"][aria-selected="true"]')).not.toBe(
    await fill('[role="tab"][aria-selected="false"]'),
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await edge(page, ':focus')).toBe('3px');
});

// Bug: who asks for more contrast gets the same pale lines and grey words.
test('with more contrast words and lines stand out', async () => {
  const page = await start();
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate((wanted) => window.dailies.request('settings.update', { theme: wanted }), theme);
    await page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, theme);
    await page.emulateMedia({ contrast: 'no-preference' });
    const before = await ratios(page);
    await page.emulateMedia({ contrast: 'more' });
    const after = await ratios(page);
    // WCAG 2.2, 1.4.6 for words, 1.4.11 for lines.
    expect(after.words, theme).toBeGreaterThanOrEqual(7);
    expect(after.lines, theme).toBeGreaterThanOrEqual(3);
    expect(after.words).toBeGreaterThan(before.words);
    expect(after.lines).toBeGreaterThan(before.lines);
  }
});

/** Contrast (WCAG 2.2) of quiet words and of control edges to the surface under the composer. */
function ratios(page: Page): Promise<{ readonly words: number; readonly lines: number }> {
  return page.evaluate(() => {
    const probe = document.createElement('i');
    document.body.append(probe);
    const light = (role: string): number => {
      probe.style.color = `var(${role})`;
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(
        (part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        },
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (a: string, b: string): number => {
      const [high = 0, low = 0] = [light(a), light(b)].sort((one, two) => two - one);
      return (high + 0.05) / (low + 0.05);
    };
    const found = {
      words: ratio('--text-muted', '--surface-2'),
      lines: ratio('--line-strong', '--surface-2'),
    };
    probe.remove();
    return found;
  });
}
