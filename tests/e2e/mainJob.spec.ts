// From files dropped on the real window to a video in the library, with the app killed on the way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { ffmpeg, makeVideo, temporaryFolder } from '../fixtures/media';
import { dropFiles, launch, type Launched } from './launch';

let run: Launched | undefined;
afterEach(async () => run?.close());

/** Names as people have them: a space, Chinese, and characters that mean something in addresses. */
function makeReferences(): string[] {
  const folder = temporaryFolder('references');
  return [
    ffmpeg(
      ['-f', 'lavfi', '-i', 'gradients=s=1024x768:d=1', '-frames:v', '1', '-update', '1'],
      join(folder, '黄昏 #1.png'),
    ),
    makeVideo(join(folder, 'walk 50%.mp4'), { seconds: 3, size: '960x540' }),
    ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=330:duration=3'], join(folder, 'tone & rain.mp3')),
  ];
}

async function dropAndWait(page: Page, files: readonly string[]): Promise<void> {
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  await dropFiles(page, '[data-testid="composer-drop"]', [...files]);
  const cards = page.getByRole('list', { name: 'References' }).getByRole('listitem', { name: / 1, / });
  await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(files.length);
}

function creates(userData: string): number {
  const ledger = readFileSync(join(userData, 'practice', 'ledger.jsonl'), 'utf8');
  return ledger.split('\n').filter((line) => line !== '').length;
}

// Bug: anything that keeps a person from getting the video they paid for, or makes them pay twice.
test('three dropped files, a kill in the middle, one create, one clip that scrubs, plays and seeks', async () => {
  const userData = temporaryFolder('user-data');
  const library = temporaryFolder('library');
  run = await launch({ userData, library, env: { DAILIES_PRACTICE: '1' } });
  let page = run.window;
  await dropAndWait(page, makeReferences());
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.insertText('A calm walk along the water');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('gridcell').getByText('Running').waitFor({ timeout: 30_000 });
  await run.kill();

  run = await launch({ userData, library });
  page = run.window;
  const tile = page.getByRole('gridcell', { name: /A calm walk/ });
  await tile.locator('img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  expect(creates(userData)).toBe(1);
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Prompt' }).innerText())
    .toContain('A calm walk along the water');
  await expect.poll(() => page.getByRole('gridcell').count(), { timeout: 15_000 }).toBe(1);

  const box = await tile.boundingBox();
  const backgrounds: string[] = [];
  for (const part of [0.2, 0.8]) {
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * part, (box?.y ?? 0) + (box?.height ?? 0) / 3);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=gridcell] *')].some((element) =>
        getComputedStyle(element).backgroundImage.includes('/media/sprite/'),
      ),
    );
    backgrounds.push(
      await page.evaluate(() =>
        [...document.querySelectorAll('[role=gridcell] *')]
          .map((element) => getComputedStyle(element))
          .filter((style) => style.backgroundImage.includes('/media/sprite/'))
          .map((style) => style.backgroundPosition)
          .join(),
      ),
    );
  }
  expect(backgrounds[0]).not.toBe(backgrounds[1]);

  await tile.click();
  const facts = await page.evaluate(async () => {
    const video = await new Promise<HTMLVideoElement>((resolve) => {
      const look = (): void => {
        const found = document.querySelector('video');
        if (found !== null && found.readyState >= 2) resolve(found);
        else requestAnimationFrame(look);
      };
      look();
    });
    const arrived = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = video.duration * 0.8;
    await arrived;
    return {
      width: video.videoWidth,
      height: video.videoHeight,
      seconds: video.duration,
      at: video.currentTime,
    };
  });
  expect(facts).toMatchObject({ width: 1280, height: 720 });
  expect(facts.seconds).toBeCloseTo(121 / 24, 1);
  expect(facts.at / facts.seconds).toBeCloseTo(0.8, 2);
});

// Bug: the recipe of a clip comes back without its files, or with other parameters.
test('a recipe is used again, and sends the same request', async () => {
  run = await launch({ env: { DAILIES_PRACTICE: '1' } });
  const page = run.window;
  const { userData } = run;
  await dropAndWait(page, makeReferences().slice(0, 1));
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.type('The light of @');
  await page.keyboard.press('Enter');
  await page.keyboard.type('fades');
  await page.getByRole('button', { name: /^Generate/ }).click();
  const tile = page.getByRole('gridcell').first();
  await tile.locator('img[src*="/media/poster/"]').waitFor({ timeout: 60_000 });
  // The composer is emptied, so that what comes back comes from the clip.
  await page.getByRole('button', { name: 'Remove Image 1' }).click();
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await tile.click();
  await page.getByRole('button', { name: 'Re-use recipe' }).click();
  await page.getByRole('button', { name: /^Generate/ }).click();
  // The same request a moment after the first asks, and takes yes for an answer.
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => creates(userData), { timeout: 30_000 }).toBe(2);
  const bodies = readFileSync(join(userData, 'practice', 'ledger.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { bodySha256: string; prompt: string }).bodySha256);
  expect(bodies[0]).toBe(bodies[1]);
});
