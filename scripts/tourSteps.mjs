// The main job, done by hand in the real window: drop files, write, choose, generate, watch, open the clip.
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runnerImport } from 'vite';
import { dropFiles } from './launchApp.mjs';
import { ROOT } from './root.mjs';
import { makeSamples } from './tourSamples.mjs';

const PROMPT = 'Slow dolly along the water at dusk, low sun under the cloud, one gull crosses left to right';
/** Rendering a 15 s 4k practice clip on two cores takes under a minute; a busy machine gets more. */
const PATIENCE_MS = 240_000;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../src/shared/domain/clip').ClipDetail} ClipDetail */

/** @param {import('./tour.mjs').Guide} guide */
export async function tour(guide) {
  const { window: page, options, shot } = guide;
  const started = Date.now();
  /** @type {{ step: string, seconds: number }[]} */
  const times = [];
  const step = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ work) => {
    const begun = Date.now();
    await work();
    times.push({ step: name, seconds: (Date.now() - begun) / 1000 });
    await shot(name);
  };
  const button = (/** @type {string | RegExp} */ name) => page.getByRole('button', { name });

  // The steps below read English words, whatever this computer speaks.
  await page.evaluate(() => window.dailies.request('settings.update', { language: 'en' }));
  await step('first-run', () => button('Start practising').waitFor());
  await step('workspace', async () => {
    await button('Start practising').click();
    await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  });
  const files =
    options.references.length > 0
      ? options.references
      : await makeSamples(join(options.out, '..', 'home', 'samples'));
  await step('references', () => drop(page, files));
  if (await repairs(page).count()) await step('repaired', () => repairAll(page));
  await step('prompt', async () => {
    await page.getByRole('textbox', { name: 'Prompt' }).click();
    await page.keyboard.insertText(options.prompt ?? PROMPT);
  });
  await step('parameters', () => choose(page, options));
  await step('what-will-be-sent', async () => {
    await button('What will be sent').click();
    await page.getByRole('dialog').waitFor();
  });
  await closeDialog(page);
  await requireSendable(page);
  await step('sent', async () => {
    await button(/^Generate/).click();
    await page.getByRole('gridcell').first().waitFor();
  });
  await step('running', () =>
    page.getByRole('gridcell').getByText('Running').waitFor({ timeout: PATIENCE_MS }),
  );
  const clip = await finishedClip(page);
  await step('done', () => pictures(page, clip));
  await step('hover-scrub', () => hover(page));
  await step('playing', () => play(page));

  const problems = await verify(clip, options, await playerFacts(page));
  await report(guide, clip, { started, times, problems });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** @param {Page} page @param {string[]} files */
async function drop(page, files) {
  await dropFiles(page, '[data-testid="composer-drop"]', files);
  for (const file of files)
    await page.getByRole('listitem', { name: basename(file) }).waitFor({ timeout: 60_000 });
}

/** The buttons that make files fit: one for all, or one on each card. @param {Page} page */
function repairs(page) {
  return page.getByTestId('repair');
}

/** @param {Page} page */
async function repairAll(page) {
  await repairs(page).last().click();
  await page.waitForFunction(
    () => !document.querySelector('[data-testid=repair], [role=progressbar]'),
    undefined,
    { timeout: PATIENCE_MS },
  );
}

/** @param {Page} page @param {import('./tour.mjs').Options} options */
async function choose(page, { resolution, ratio, duration }) {
  if (resolution !== undefined) {
    await page.getByRole('button', { name: /^Resolution:/ }).click();
    await page.getByRole('menuitemradio', { name: new RegExp(`^${resolution}`) }).click();
  }
  if (ratio !== undefined) {
    await page.getByRole('button', { name: /^Ratio:/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${ratio}`, 'i') })
      .click();
    await page.keyboard.press('Escape');
  }
  if (duration !== undefined) {
    await page.getByRole('button', { name: /^Length:/ }).click();
    const slider = page.getByRole('slider', { name: 'Length' });
    await slider.focus();
    await page.keyboard.press('Home');
    for (let tries = 0; tries < 30; tries += 1) {
      if ((await slider.getAttribute('aria-valuenow')) === String(duration)) break;
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Length: ${duration} s` }).waitFor({ timeout: 5000 });
  }
}

/** A tooltip takes the first Escape. @param {Page} page */
async function closeDialog(page) {
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** @param {Page} page */
async function requireSendable(page) {
  if (await page.getByRole('button', { name: /^Generate/ }).isEnabled()) return;
  const problems = await page.getByRole('list', { name: 'References' }).innerText();
  throw new Error(`This cannot be sent as it is:\n${problems}`);
}

/** @param {Page} page @returns {Promise<ClipDetail>} the newest clip, once there is one */
async function finishedClip(page) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const state = await page.evaluate(async () => {
      const page = await window.dailies.request('clips.list', { after: null, limit: 1 });
      const open = await window.dailies.request('generations.list', {});
      return {
        id: page.ok ? page.value.clips[0]?.id : undefined,
        error: open.ok ? open.value[0]?.error : undefined,
      };
    });
    if (state.id !== undefined) {
      const detail = await page.evaluate((id) => window.dailies.request('clips.get', { id }), state.id);
      if (detail.ok && detail.value.hasPoster && detail.value.sprite !== null) return detail.value;
    }
    if (state.error) throw new Error(`The generation ended: ${JSON.stringify(state.error)}`);
    if (Date.now() > deadline) throw new Error('The clip did not arrive.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Waits until the poster stands in the grid. @param {Page} page @param {ClipDetail} clip */
async function pictures(page, clip) {
  const cell = page.getByRole('gridcell').first();
  await cell.locator(`img[src*="${clip.id}"]`).waitFor();
  await cell.click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
}

/** @param {Page} page */
async function hover(page) {
  const box = await page.getByRole('gridcell').first().boundingBox();
  if (!box) throw new Error('The clip is not in the grid.');
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.4);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[role=gridcell] *')].some((element) =>
      getComputedStyle(element).backgroundImage.includes('/media/sprite/'),
    ),
  );
}

/** Plays a moment, then seeks to 80 %. @param {Page} page */
async function play(page) {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3);
  await page.evaluate(async () => {
    const video = document.querySelector('video');
    if (!video) throw new Error('no player');
    video.pause();
    const arrived = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = video.duration * 0.8;
    await arrived;
  });
}

/** @param {Page} page */
function playerFacts(page) {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    return {
      width: video?.videoWidth ?? 0,
      height: video?.videoHeight ?? 0,
      seconds: video?.duration ?? 0,
      position: video?.currentTime ?? 0,
    };
  });
}

/**
 * What does not fit what was asked for; empty when all is well.
 * @param {ClipDetail} clip @param {import('./tour.mjs').Options} options
 * @param {Awaited<ReturnType<typeof playerFacts>>} player
 */
async function verify(clip, options, player) {
  const { module } = await runnerImport(join(ROOT, 'src/shared/domain/models.ts'), { configFile: false });
  /** @type {typeof import('../src/shared/domain/models')} */
  const { findModel, outputPixels, DEFAULT_MODEL_ID } = /** @type {any} */ (module);
  const model = findModel(DEFAULT_MODEL_ID);
  const asked = clip.recipe?.parameters;
  const problems = [];
  if (!model || !asked) return ['The clip has no recipe.'];
  if (options.resolution !== undefined && asked.resolution !== options.resolution)
    problems.push(`Asked for ${options.resolution}, sent ${asked.resolution}.`);
  if (options.ratio !== undefined && asked.ratio !== options.ratio)
    problems.push(`Asked for ${options.ratio}, sent ${asked.ratio}.`);
  if (options.duration !== undefined && asked.duration !== options.duration)
    problems.push(`Asked for ${options.duration} s, sent ${asked.duration}.`);
  if (asked.ratio !== 'adaptive') {
    const size = outputPixels(model, asked.resolution, asked.ratio);
    if (player.width !== size.width || player.height !== size.height)
      problems.push(`${player.width}×${player.height} instead of ${size.width}×${size.height}.`);
  }
  // 24·d + 1 frames; a player may round the last one away.
  if (asked.duration !== -1 && Math.abs(player.seconds - asked.duration) > 0.1)
    problems.push(`${player.seconds} s instead of ${asked.duration} s.`);
  if (Math.abs(player.position - player.seconds * 0.8) > 0.2)
    problems.push(`Seeking to 80 % ended at ${player.position} of ${player.seconds} s.`);
  return problems;
}

/**
 * @param {import('./tour.mjs').Guide} guide @param {ClipDetail} clip
 * @param {{ started: number, times: unknown[], problems: string[] }} outcome
 */
async function report({ window: page, options, library, userData, log }, clip, { started, times, problems }) {
  const [year, month] = clip.fileName.split('-');
  const source = join(library, year ?? '', month ?? '', clip.fileName);
  const sidecar = source.replace(/\.\w+$/, '.json');
  await mkdir(options.out, { recursive: true });
  for (const path of [source, sidecar]) await copyFile(path, join(options.out, basename(path)));
  const info = await page.evaluate(() => window.dailies.request('app.info', {}));
  const tools = await page.evaluate(() => window.dailies.request('app.tools', {}));
  const chrome = await page.evaluate(() => /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? null);
  const { hashes } = JSON.parse(await readFile(sidecar, 'utf8'));
  /** @type {Record<string, string | null>} */
  const derived = {};
  for (const name of ['poster', 'sprite']) {
    const path = join(userData, 'derived', String(hashes.video), `${name}.webp`);
    const copied = join(options.out, `${name}.webp`);
    derived[name] = (await stat(path).catch(() => null)) === null ? null : basename(copied);
    if (derived[name] !== null) await copyFile(path, copied);
  }
  const facts = {
    ok: problems.length === 0,
    problems,
    versions: {
      electron: info.ok ? info.value.electron : null,
      chrome,
      app: info.ok ? info.value.version : null,
      ffmpeg: tools.ok ? tools.value.ffmpegVersion : null,
    },
    totalSeconds: (Date.now() - started) / 1000,
    times,
    clip: {
      file: clip.fileName,
      sidecar: basename(sidecar),
      width: clip.width,
      height: clip.height,
      seconds: clip.seconds,
      fps: clip.fps,
      hasSound: clip.hasSound,
      bytes: clip.bytes,
      tokens: clip.tokens,
      prompt: clip.recipe?.prompt,
      references: clip.recipe?.references.map(({ reference, role }) => ({ name: reference.name, role })),
      task: clip.task?.id,
    },
    ...derived,
  };
  await writeFile(join(options.out, 'report.json'), `${JSON.stringify(facts, null, 2)}\n`);
  log(`clip: ${clip.fileName}, ${clip.width}×${clip.height}, ${clip.seconds.toFixed(2)} s`);
}
