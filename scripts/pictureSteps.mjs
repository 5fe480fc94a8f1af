// Inside the house: fills a library with practice takes and photographs the window. Started by pictures.mjs.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropFiles, launch } from './launchApp.mjs';
import { makeSamples } from './tourSamples.mjs';

const out = process.argv[2] ?? '.';
const TAKES = [
  ['Slow dolly along the boats at dusk, low sun under the cloud, water barely moving', '16:9'],
  ['A path through a dark forest at dawn, light shafts between the trunks', '9:16'],
  ['黄昏的港口，低日压在云下，一只海鸥从左向右飞过', '21:9'],
  ['The near balloon drifts left, the burner lights for one second', '4:3'],
  ['Dandelion seeds let go one by one, macro, back light', '1:1'],
  ['Rain on a window at night, slow rack to the street below', '3:4'],
  ['Leaves settle on still water', '16:9'],
  ['Jetty, mist lifting, locked camera', '16:9'],
  ['雨后的山路，云从谷底升起', '9:16'],
  ['Storm light over a field, wind in the grass', '16:9'],
];

const { app, window: page, close } = await launch({ env: { DAILIES_PRACTICE: '1' } });
const ask = (/** @type {string} */ name, /** @type {object} */ input) =>
  page.evaluate(
    ([requestName, requestInput]) =>
      window.dailies.request(/** @type {any} */ (requestName), /** @type {any} */ (requestInput)),
    /** @type {const} */ ([name, input]),
  );
const dress = async (/** @type {string} */ theme, /** @type {string} */ language) => {
  await ask('settings.update', { theme, language });
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  // A theme fades in over 120 ms.
  await page.waitForTimeout(400);
};
const resize = (/** @type {number} */ width, /** @type {number} */ height) =>
  app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    /** @type {const} */ ([width, height]),
  );
const shot = (/** @type {string} */ name) => page.screenshot({ path: join(out, `${name}.png`) });

try {
  await page.getByRole('textbox').first().waitFor();
  for (const [prompt, ratio] of TAKES) await create(prompt ?? '', ratio ?? '', 4, '480p');
  while ((await pictured()) < TAKES.length) await page.waitForTimeout(500);
  const samples = await makeSamples(join(tmpdir(), 'samples'));
  await dress('dark', 'en');
  await dropFiles(page, '[data-testid="composer-drop"]', samples);
  await page.getByRole('listitem', { name: /chord/ }).waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).click();
  for (const [text, mention] of [
    ['Dawn over the water in ', '@Ima'],
    [', the camera move of ', '@Vid'],
    ['. Rope creaks, a far bell, then ', '@Aud'],
    [' comes in quietly.', ''],
  ]) {
    await page.keyboard.insertText(text ?? '');
    if (mention === '') continue;
    await page.keyboard.type(mention ?? '');
    await page.keyboard.press('Enter');
  }
  await create('A gull crosses left to right', '16:9', 15, '1080p');
  await create('Night train, rain', '9:16', 15, '1080p');
  await page
    .getByRole('gridcell', { name: /Running/ })
    .nth(1)
    .waitFor();
  await page.getByRole('gridcell', { name: /Jetty/ }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  await resize(1440, 900);
  for (const theme of ['dark', 'light'])
    for (const language of ['en', 'zh-CN']) {
      await dress(theme, language);
      await shot(`workspace-${theme}-${language}`);
    }
} finally {
  await close();
}

/** How many takes have their pictures. */
async function pictured() {
  const answer = await ask('clips.list', { after: null, limit: 100 });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  const { clips } = /** @type {{ clips: { sprite: unknown }[] }} */ (answer.value);
  return clips.filter(({ sprite }) => sprite !== null).length;
}

/** @param {string} prompt @param {string} ratio @param {number} duration @param {string} resolution */
async function create(prompt, ratio, duration, resolution) {
  const parameters = {
    ...{ resolution, ratio, duration, generateAudio: true, watermark: false, returnLastFrame: false },
    ...{ cameraFixed: false, seed: null, executionExpiresAfter: null },
  };
  const draft = { prompt, references: [], model: 'doubao-seedance-2-0-260128', parameters };
  const answer = await ask('generations.create', { connectionId: 'practice', draft });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
}
