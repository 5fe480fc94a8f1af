// Lays out the pictures' library on disk as the app itself would have: films, sidecars, references, collections.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { run } from './child.mjs';
import { CLIPS } from './pictureFilms.mjs';
import { ROOT } from './root.mjs';

const MODEL = 'doubao-seedance-2-0-260128';
/** Vendor's list of 2026-09-19 for 480p and 720p without a video among the references, CNY per million tokens. */
const PRICE = 46;
const SMART = [{ name: 'Unrated this month', query: 'rating:0 made:30d' }];

/** @param {string} text @returns {string} always the same id for the same clip */
export function idOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @param {string} film @param {string} picture a JPEG of the first frame, made there */
export async function firstFrame(film, picture) {
  const { code, output } = await run('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-i', film, '-frames:v', '1', '-update', '1', '-q:v', '3', picture],
  ]);
  if (code !== 0) throw new Error(`No first frame of ${film}: ${output}`);
}

/**
 * @param {string} library an empty folder
 * @param {(name: string) => string} film where a drawn film lies
 * @param {string} baseUrl the endpoint that is written down as the one they came from
 */
export async function fillLibrary(library, film, baseUrl) {
  const domain = join(ROOT, 'src', 'shared', 'domain');
  const { module: models } = await runnerImport(join(domain, 'models.ts'));
  const { module: cost } = await runnerImport(join(domain, 'cost.ts'));
  const now = Date.now();
  const names = [...new Set(CLIPS.flatMap(({ collections = [] }) => collections))];
  await mkdir(join(library, '.references'), { recursive: true });
  const createdAt = new Date(now).toISOString();
  const collections = [...names.map((name) => ({ name, query: null })), ...SMART].map((each) => ({
    ...{ ...each, id: idOf(each.name), createdAt },
  }));
  await writeFile(
    join(library, '.collections.json'),
    JSON.stringify({ version: 1, app: 'Dailies', collections }),
  );

  for (const [at, clip] of CLIPS.entries()) {
    const { name, title, prompt, ratio, resolution, seconds, minutesAgo, imageOf } = clip;
    const made = new Date(now - minutesAgo * 60_000).toISOString();
    const folder = join(library, made.slice(0, 4), made.slice(5, 7));
    await mkdir(folder, { recursive: true });
    const stem = `${made.slice(0, 10)} ${title.replaceAll(/[·,]/g, '').replaceAll(/ +/g, ' ')} ${idOf(name).slice(0, 8)}`;
    const video = join(folder, `${stem}.mp4`);
    await copyFile(film(name), video);
    const size = models.outputPixels(models.MODELS[0], resolution, ratio);
    const tokens = cost.tokensOf(size, seconds);
    const seed = 1271 + at;
    const references = imageOf === undefined ? [] : [await imageReference(library, film(imageOf))];
    const sidecar = {
      ...{ version: 1, app: 'Dailies' },
      clip: {
        ...{ id: idOf(name), generationId: idOf(name), title, fileName: `${stem}.mp4`, createdAt: made },
        ...{ bytes: (await stat(video)).size, ...size, seconds, fps: 24, hasSound: true, tokens },
        price: { amount: Math.round((tokens * PRICE) / 10_000) / 100, currency: 'CNY' },
        ...{ practice: false, origin: 'generated' },
      },
      recipe: {
        ...{ version: 1, prompt, model: MODEL, references },
        parameters: {
          ...{ resolution, ratio, duration: seconds, generateAudio: true, watermark: false },
          ...{ returnLastFrame: false, cameraFixed: false, seed: null, executionExpiresAfter: null },
        },
      },
      task: {
        ...{ id: `cgt-${made.replaceAll(/\D/g, '').slice(0, 14)}-${idOf(name).slice(0, 5)}` },
        ...{ connectionLabel: 'Volcengine Ark', baseUrl, requestId: null, seed, resolution, ratio, seconds },
        ...{ estimatedTokens: { min: tokens, max: tokens }, waitedSeconds: 6 },
        ...{ renderedSeconds: 180 + 13 * at, securedSeconds: 2 },
      },
      hashes: {
        video: createHash('sha256')
          .update(await readFile(video))
          .digest('hex'),
      },
      lastFrame: null,
      edits: {
        ...{
          rating: clip.rating ?? 0,
          flag: clip.flag ?? null,
          tags: clip.tags ?? [],
          note: clip.note ?? '',
        },
        trashedAt: null,
        collections: (clip.collections ?? []).map((each) => ({ name: each, position: at })),
      },
    };
    await writeFile(join(folder, `${stem}.json`), JSON.stringify(sidecar, null, 2));
  }
}

/** @param {string} library @param {string} film whose first frame it is */
async function imageReference(library, film) {
  const picture = join(library, '.references', 'new.jpg');
  await firstFrame(film, picture);
  const bytes = await readFile(picture);
  const hash = createHash('sha256').update(bytes).digest('hex');
  await copyFile(picture, join(library, '.references', `${hash}.jpg`));
  const size = { width: 864, height: 496 };
  return {
    ...{ key: 'a', role: 'reference_image', kind: 'image', name: 'jetty-still.jpg', source: 'file' },
    ...{ hash, address: null, format: 'jpeg', bytes: bytes.length, ...size },
  };
}
