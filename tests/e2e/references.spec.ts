// References in the real window: dropped, repaired, dragged from the grid, pasted, reordered; their chips follow.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import type { ClipDetail } from '@shared/domain/clip';
import { makeImage, makeSound, makeVideo, temporaryFolder } from '../fixtures/media';
import { dropFiles, launch, type Launched } from './launch';

let run: Launched | undefined;
afterEach(async () => run?.close());

const cards = (page: Page) =>
  page.getByRole('list', { name: 'References' }).getByRole('listitem', { name: /, / });

async function start(): Promise<Page> {
  run = await launch({ env: { DAILIES_PRACTICE: '1' } });
  await run.window.getByRole('textbox', { name: 'Prompt' }).waitFor();
  return run.window;
}

async function generate(page: Page, prompt: string): Promise<ClipDetail> {
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText(prompt);
  await page.getByRole('button', { name: /^Generate/ }).click();
  const tile = page.getByRole('gridcell', { name: new RegExp(prompt.slice(0, 20)) });
  await tile.locator('img[src*="/media/poster/"]').waitFor({ timeout: 90_000 });
  return page.evaluate(async () => {
    const page = await window.dailies.request('clips.list', { after: null, limit: 1 });
    const id = page.ok ? (page.value.clips[0]?.id ?? '') : '';
    const detail = await window.dailies.request('clips.get', { id });
    if (!detail.ok) throw new Error(detail.error.code);
    return detail.value;
  });
}

/** As the system's clipboard hands a copied picture over: a file without a path. */
async function pastePicture(page: Page, path: string): Promise<void> {
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    },
    [...readFileSync(path)],
  );
}

// Bug: a file that the model refuses costs a wait and an error, or its repair touches the original.
test('files that no model takes are repaired with one click and sent', async () => {
  const page = await start();
  const folder = temporaryFolder('odd');
  mkdirSync(join(folder, 'takes'));
  makeImage(join(folder, 'takes', 'banner.png'), 'png', '1600x200');
  const files = [
    join(folder, 'takes'),
    makeVideo(join(folder, 'small.avi'), { seconds: 3, size: '320x180', format: 'avi' }),
    makeSound(join(folder, 'long.flac'), 'flac', 20),
  ];
  await dropFiles(page, '[data-testid="composer-drop"]', files);
  await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(3);
  await page.getByRole('button', { name: 'Fix all' }).click();
  await expect
    .poll(() => page.getByRole('button', { name: /is repaired/ }).count(), { timeout: 60_000 })
    .toBe(3);
  const clip = await generate(page, 'A quiet harbour before sunrise');
  const sent = clip.recipe?.references.map(({ reference }) => reference) ?? [];
  expect(sent.map(({ source, format }) => [source, format])).toEqual([
    ['derived', 'png'],
    ['derived', 'mp4'],
    ['derived', 'mp3'],
  ]);
  const parents = await page.evaluate(
    (ids) => window.dailies.request('references.get', { ids }),
    sent.map(({ derived }) => derived?.parentId ?? ''),
  );
  expect(parents.ok && parents.value.map(({ name }) => name)).toEqual([
    'banner.png',
    'small.avi',
    'long.flac',
  ]);
});

// Bug: a clip of one's own has to be found in the file manager first, or a dragged tile replaces the page.
test('a clip dragged from the grid guides the next one', async () => {
  const page = await start();
  const first = await generate(page, 'Fog over the jetty');
  await page.getByRole('gridcell', { name: /Fog over/ }).dragTo(page.getByTestId('composer-drop'));
  await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(1);
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  const second = await generate(page, 'The same jetty at noon');
  expect(second.recipe?.references[0]?.reference).toMatchObject({
    kind: 'video',
    source: 'clip',
    clip: { id: first.id },
  });
});

// Bug: after a reorder the prompt speaks of another picture than the person meant.
test('a pasted picture, an order changed by keyboard, and chips that follow', async () => {
  const page = await start();
  const folder = temporaryFolder('pictures');
  await dropFiles(page, '[data-testid="composer-drop"]', [
    makeImage(join(folder, 'dropped.png'), 'png', '640x360'),
  ]);
  await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(1);
  const pasted = makeImage(join(folder, 'copied.png'), 'png', '800x450');
  const prompt = page.getByRole('textbox', { name: 'Prompt' });
  await prompt.click();
  await pastePicture(page, pasted);
  await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(2);
  await prompt.click();
  await page.keyboard.type('Light as in @Image 1');
  await page.keyboard.press('Enter');
  await expect.poll(() => prompt.innerText()).toMatch(/Image 1/);
  await cards(page).first().focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => prompt.innerText()).toMatch(/Image 2/);
  await expect.poll(() => cards(page).last().getAttribute('aria-label')).toBe('Image 2, dropped.png');
});
