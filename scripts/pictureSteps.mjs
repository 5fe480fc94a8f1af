// Inside the house: opens the app on the pictures' library, does the main job in it and photographs the window.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './child.mjs';
import { dropFiles, launch } from './launchApp.mjs';
import { CHINESE_COLLECTIONS, CLIPS } from './pictureFilms.mjs';
import { fillLibrary, firstFrame, idOf } from './pictureLibrary.mjs';
import { Story } from './pictureStory.mjs';
import { ROOT } from './root.mjs';

const MODEL = 'doubao-seedance-2-0-260128';
const SIZE = /** @type {const} */ ([1440, 900]);
const STORY_SIZE = /** @type {const} */ ([1200, 750]);
const [out = '.', ...drawn] = process.argv.slice(2);
const WAITING_FRAMES = 8;
const work = await mkdtemp(join(tmpdir(), 'pictures-'));
const film = (/** @type {string} */ name) => {
  const path = drawn.find((each) => basename(each) === `${name}.mp4`);
  if (path === undefined) throw new Error(`no film ${name}`);
  return path;
};

/** The practice gateway as an endpoint with prices. @param {number} port @param {number} runningMs */
async function openGateway(port, runningMs) {
  const gateway = spawn(
    process.execPath,
    [
      join(ROOT, 'out', 'main', 'gateway.js'),
      ...['--port', String(port), '--data-dir', join(work, 'gateway')],
      ...['--queued-ms', '1500', '--running-ms', String(runningMs)],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: gateway.stdout }), 'line');
  const { ready, port: opened, baseUrl, error } = JSON.parse(String(line));
  if (!ready) throw new Error(error);
  const close = async () => {
    gateway.kill();
    await once(gateway, 'exit');
  };
  return { port: Number(opened), baseUrl: String(baseUrl), close };
}

/** A still, a clip and a sound to make something from. */
async function makeReferences() {
  const folder = join(work, 'references');
  await mkdir(folder);
  const [still, clip, sound] = ['jetty-still.jpg', 'swell.mp4', 'cello.mp3'].map((name) =>
    join(folder, name),
  );
  await firstFrame(film('lake-3'), still ?? '');
  // A bowed note: harmonics that swell and fade.
  const note = [1, 2, 3, 4, 5].map((n) => `${0.3 / n}*sin(2*PI*${131 * n}*t)`).join('+');
  for (const args of [
    [
      '-i',
      film('sea'),
      '-t',
      '4',
      '-an',
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
      '-vf',
      'scale=1280:544',
      clip,
    ],
    [
      '-f',
      'lavfi',
      '-i',
      `aevalsrc=(${note})*(0.25+0.75*pow(sin(PI*t/3.1)\\,2))*(0.8+0.2*sin(36*t)):d=14.6`,
      sound,
    ],
  ]) {
    const { code, output } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args.map(String)]);
    if (code !== 0) throw new Error(output);
  }
  return { still: String(still), clip: String(clip), sound: String(sound) };
}

let gateway = await openGateway(0, 4000);
const library = join(work, 'library');
await fillLibrary(library, film, gateway.baseUrl);
const { still, clip, sound } = await makeReferences();
const { app, window: page, close, output } = await launch({ library, env: { DAILIES_PRACTICE: '1' } });

const ask = async (/** @type {string} */ name, /** @type {object} */ input = {}) => {
  const answer = await page.evaluate(
    ([requestName, requestInput]) =>
      window.dailies.request(/** @type {any} */ (requestName), /** @type {any} */ (requestInput)),
    /** @type {const} */ ([name, input]),
  );
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return /** @type {any} */ (answer.value);
};
const dress = async (/** @type {string} */ theme, /** @type {string} */ language) => {
  await ask('settings.update', { theme, language });
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  // A theme fades in over 120 ms.
  await page.waitForTimeout(400);
};
const resize = (/** @type {readonly [number, number]} */ size) =>
  app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), size);
/** @param {string} name @param {boolean} [large] a film fills it: it keeps every colour, others have 256 of their own */
const shot = async (name, large = false) => {
  const path = join(out, `${name}.png`);
  const whole = large ? path : join(work, `${name}.png`);
  await page.screenshot({ path: whole });
  console.log(`picture: ${name}`);
  if (large) return;
  const { code, output: said } = await run('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-i', whole, '-filter_complex'],
    '[0]split[a][b];[a]palettegen=max_colors=256:stats_mode=full[p];[b][p]paletteuse=dither=sierra2_4a',
    ...['-compression_level', '100', path],
  ]);
  if (code !== 0) throw new Error(said);
};
const prompt = page.getByRole('textbox', { name: /^(Prompt|提示词)$/ });
const parameters = (/** @type {object} */ changed) => ({
  ...{
    resolution: '720p',
    ratio: '16:9',
    duration: 5,
    generateAudio: true,
    watermark: false,
    returnLastFrame: false,
  },
  ...{ cameraFixed: false, seed: null, executionExpiresAfter: null },
  ...changed,
});

/** @param {readonly (readonly [string, string])[]} parts words, and what is typed to name a reference */
async function write(parts, pause = async () => {}) {
  await prompt.click();
  for (const [words, mention] of parts) {
    for (const piece of words.match(/.{1,9}/g) ?? []) {
      await page.keyboard.insertText(piece);
      await pause();
    }
    if (mention === '') continue;
    await page.keyboard.type(mention);
    await page.getByRole('option').first().waitFor();
    await pause();
    await page.keyboard.press('Enter');
    await pause();
  }
}

async function empty() {
  await prompt.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  const remove = page.getByTestId('composer-drop').getByRole('button', { name: /^(Remove|移除)/ });
  while (await remove.count()) await remove.first().click();
}

try {
  await prompt.waitFor();
  await dress('dark', 'en');
  const making = page.getByText('Making pictures');
  await making.waitFor();
  await making.waitFor({ state: 'detached', timeout: 180_000 });
  const connection = await ask('connections.add', {
    ...{ preset: 'volcengine', label: 'Volcengine Ark', baseUrl: gateway.baseUrl, plainHttpAccepted: false },
  });
  await ask('connections.setKey', { id: connection.id, key: 'for-the-practice-gateway' });
  await ask('connections.use', { id: connection.id });
  await ask('settings.update', { budget: { CNY: 400, USD: null } });
  const facts = {
    ...{ kind: 's3', endpoint: gateway.baseUrl, region: 'eu', bucket: 'takes', prefix: '', pathStyle: true },
    accessKeyId: 'practice',
  };
  const host = await ask('hosts.save', {
    ...{ id: null, label: 'Bucket', facts },
    lifeSeconds: 3600,
    removeAfter: true,
  });
  await ask('hosts.setSecret', { id: host.id, secret: 'practice' });
  await ask('hosts.use', { id: host.id });

  await ask('settings.update', { inspectorOpen: false });
  await resize(STORY_SIZE);
  for (const language of ['en', 'zh-CN']) {
    await speak(language);
    await tell(language);
  }

  await gateway.close();
  gateway = await openGateway(gateway.port, 3_600_000);
  await ask('settings.update', { inspectorOpen: true });
  await resize(SIZE);
  await speak('en');
  await live(connection.id);
  for (const language of ['en', 'zh-CN']) {
    await speak(language);
    await empty();
    await dropFiles(page, '[data-testid="composer-drop"]', [still, clip, sound]);
    await page.getByRole('listitem', { name: /cello/ }).waitFor();
    await write(
      language === 'en'
        ? [
            ['Dawn over the jetty in ', '@Ima'],
            ['. Handheld, walking pace, the swell of ', '@Vid'],
            ['; mist lifts off the water, one gull crosses at 3 s. Rope creaks, then ', '@Aud'],
            [' comes in quietly.', ''],
          ]
        : [
            ['黎明，', '@图'],
            [' 的栈桥。手持，步行速度，水面起伏参考 ', '@视'],
            ['；晨雾从水面升起，第 3 秒一只海鸥飞过。缆绳吱呀，随后 ', '@音'],
            [' 轻轻进入。', ''],
          ],
    );
    await page.getByRole('gridcell', { name: /(Jetty at dusk|黄昏栈桥) · 4/ }).click();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    await seek(2.1);
    for (const theme of ['dark', 'light']) {
      await dress(theme, language);
      await shot(`workspace-${theme}-${language}`);
    }
    await dress('dark', language);
    await page.getByRole('gridcell', { name: /(Jetty at dusk|黄昏栈桥) · 4/ }).click();
    await openViewer();
    await seek(1.4);
    await page.keyboard.press('i');
    await seek(3.2);
    await page.keyboard.press('o');
    await seek(2.2);
    await page.waitForTimeout(600);
    await shot(`viewer-dark-${language}`, true);
    await page.keyboard.press('Escape');
    await prompt.waitFor();
  }
} catch (error) {
  await page.screenshot({ path: join(out, 'where-it-stopped.png') }).catch(() => undefined);
  console.error(output().slice(-3000));
  throw error;
} finally {
  await close();
  await gateway.close();
}

/** In the viewer, which lies over the inspector and its player, else in the inspector. @param {number} seconds */
async function seek(seconds) {
  await page.evaluate(async (to) => {
    const players = [...document.querySelectorAll('video')];
    const video = players.sort((one, other) => other.clientWidth - one.clientWidth)[0];
    if (!video) throw new Error('no player');
    video.pause();
    if (Math.abs(video.currentTime - to) < 0.001) return;
    const arrived = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = to;
    await arrived;
  }, seconds);
}

/** Opens the chosen clip large; both players may be there. */
async function openViewer() {
  await page.keyboard.press('Space');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some(
      ({ clientWidth, readyState }) => clientWidth > 600 && readyState >= 2,
    ),
  );
}

/** Takes that stay at the provider for as long as the pictures need. @param {string} connectionId */
async function live(connectionId) {
  const { added } = await ask('references.add', { paths: [still] });
  const references = [{ key: 'a', role: 'reference_image', referenceId: added[0].id }];
  for (const [words, ratio, more] of /** @type {const} */ ([
    ['Night train, rain on the glass, lights pass', '9:16', []],
    ['Fog lifts off the jetty of @{a}, locked camera', '16:9', references],
    ['A gull crosses the jetty of @{a} left to right', '16:9', references],
  ])) {
    const draft = { prompt: words, references: more, model: MODEL, parameters: parameters({ ratio }) };
    await ask('generations.create', { connectionId, draft });
  }
  await ask('generations.create', {
    connectionId,
    hold: true,
    draft: {
      ...{ prompt: 'The jetty again, first snow', references: [], model: MODEL },
      parameters: parameters({ ratio: '21:9' }),
    },
  });
  await page
    .getByRole('gridcell', { name: /Running/ })
    .nth(1)
    .waitFor();
}

/** The window's language, and that of what the person has named. @param {string} language */
async function speak(language) {
  const english = language === 'en';
  await dress('dark', language);
  for (const { name, title, chinese, note = '', chineseNote = note } of CLIPS) {
    const edit = english ? { title, note } : { title: chinese, note: chineseNote };
    await ask('library.edit', { ids: [idOf(name)], edit });
  }
  for (const { id, name, query } of await ask('library.collections')) {
    const [found] = Object.entries(CHINESE_COLLECTIONS).filter((names) => names.includes(name));
    await ask('library.saveCollection', { id, name: found?.[english ? 0 : 1] ?? name, query });
  }
}

/** The main job as a moving picture. @param {string} language */
async function tell(language) {
  const story = new Story(page, join(work, `story-${language}`));
  const english = language === 'en';
  await empty();
  await story.hold(1.3);
  await dropFiles(page, '[data-testid="composer-drop"]', [still, sound]);
  await page.getByRole('listitem', { name: /cello/ }).waitFor();
  await page.waitForTimeout(500);
  await story.hold(1.4);
  await write(
    english
      ? [
          ['Slow push along the jetty of ', '@Ima'],
          [', dusk, water barely moving. ', '@Aud'],
          [' comes in quietly.', ''],
        ]
      : [
          ['沿 ', '@图'],
          [' 的栈桥缓慢推进，黄昏，水面几乎不动。', '@音'],
          [' 轻轻进入。', ''],
        ],
    () => story.hold(0.28),
  );
  await story.hold(0.9);
  await page.getByRole('button', { name: /¥/ }).last().click();
  await page.getByRole('dialog').waitFor();
  await story.hold(2.2);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page
    .getByRole('button', { name: /^(Generate|生成(?!方式))/ })
    .first()
    .click();
  await page.getByRole('gridcell', { name: /Running|生成中/ }).waitFor();
  const [{ id }] = await ask('generations.list');
  // Waiting is told in a few pictures, however long it takes.
  for (let shown = 0; shown < 180 && !(await isPictured(id)); shown += 1) {
    if (shown < WAITING_FRAMES) await story.hold(0.5);
    await page.waitForTimeout(500);
  }
  const made = page.getByRole('gridcell').first();
  await page.waitForTimeout(700);
  await story.hold(1.2);
  await made.click();
  await openViewer();
  for (let at = 0; at < 32; at += 1) {
    await seek(0.2 + at / 8);
    await story.hold(0.125);
  }
  await page.keyboard.press('Escape');
  await prompt.waitFor();
  // The other pictures show the library as it was.
  const { clips } = await ask('clips.list', { after: null, limit: 1 });
  await ask('library.edit', { ids: [clips[0].id], edit: { trashed: true } });
  await story.write(join(out, `story-${language}.webp`));
  console.log(`picture: story-${language}, ${story.seconds.toFixed(1)} s`);
}

/** @param {string} generationId whether its clip has come and has its pictures */
async function isPictured(generationId) {
  const { clips } = await ask('clips.list', { after: null, limit: 100 });
  return clips.some(
    (/** @type {import('../src/shared/domain/clip').Clip} */ clip) =>
      clip.generationId === generationId && clip.sprite !== null,
  );
}
