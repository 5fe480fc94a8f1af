// What assistive technology meets in the main states of the window, in both themes and both languages.
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpeg, temporaryFolder } from '../fixtures/media';
import { dropFiles, launch, type Launched } from './launch';

let run: Launched;
let page: Page;
beforeAll(async () => {
  run = await launch();
  page = run.window;
});
afterAll(() => run.close());

interface Finding {
  id: string;
  impact: string;
  where: string[];
}

/** What axe calls serious or critical. Injected through the debugger: the page's own policy forbids scripts. */
async function findings(): Promise<Finding[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await runner.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact: impact ?? '',
        where: nodes.map(
          (node) => `${node.target.join(' ')}: ${node.any.map((check) => check.message).join('; ')}`,
        ),
      }));
  });
}

async function inEveryDress(state: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const)
    for (const language of ['en', 'zh-CN'] as const) {
      await page.evaluate((change) => window.dailies.request('settings.update', change), { theme, language });
      await page.waitForFunction(
        ([wantedTheme, wantedLanguage]) =>
          document.documentElement.dataset['theme'] === wantedTheme &&
          document.documentElement.lang === wantedLanguage,
        [theme, language] as const,
      );
      expect({ state, theme, language, found: await findings() }).toEqual({
        state,
        theme,
        language,
        found: [],
      });
    }
  await page.evaluate(() => window.dailies.request('settings.update', { language: 'en' }));
  await page.waitForFunction(() => document.documentElement.lang === 'en');
}

// Bug: a control without a name, words too pale to read, a role that lies about what is there.
test('first run', async () => {
  await page.getByRole('button', { name: 'Start practising' }).waitFor();
  await inEveryDress('first run');
});

test('workspace with a reference that has a problem, then with a clip', async () => {
  await page.getByRole('button', { name: 'Start practising' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  await inEveryDress('empty');
  const wide = ffmpeg(
    ['-f', 'lavfi', '-i', 'gradients=s=3200x340:d=1', '-frames:v', '1', '-update', '1'],
    join(temporaryFolder(), 'wide.png'),
  );
  await dropFiles(page, '[data-testid="composer-drop"]', [wide]);
  await page.getByRole('listitem', { name: /wide\.png/ }).waitFor();
  await inEveryDress('problem');
  await page.getByRole('button', { name: 'Remove Image 1' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText('Rain on a window');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('gridcell').first().locator('img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  await page.getByRole('gridcell').first().click();
  await page.getByRole('button', { name: 'Re-use recipe' }).waitFor();
  await inEveryDress('clip');
});

test('settings and what will be sent', async () => {
  await page.getByRole('button', { name: 'What will be sent' }).click();
  await page.getByRole('dialog').waitFor();
  await inEveryDress('what will be sent');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  for (const tab of ['Connections', 'Library', 'Look and language']) {
    await page.getByRole('tab', { name: tab }).click();
    await inEveryDress(tab);
  }
});
