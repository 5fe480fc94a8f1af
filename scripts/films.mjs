// Inside the house: draws the films of the pictures' library, one file each, into a folder. Started by pictures.mjs.
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import bundled from 'ffmpeg-static';
import { runnerImport } from 'vite';
import { run } from './child.mjs';
import { installedTestRuntime } from './electronRuntime.mjs';
import { CLIPS } from './pictureFilms.mjs';
import { ROOT } from './root.mjs';

/** What the scenes are exposed with where the list says nothing. */
const EXPOSURE = 0.62;
const TRAVEL = [0.03, 0, 0.04];
/** Rays for each point of a picture; a large one is looked at closer. */
const SAMPLES = { '480p': 3, '720p': 4 };

const out = process.argv[2] ?? '.';
const { module: models } = await runnerImport(join(ROOT, 'src', 'shared', 'domain', 'models.ts'));
const films = CLIPS.map(
  ({ name, scene, take, ratio, resolution, seconds, exposure = 1, travel = TRAVEL }) => ({
    ...models.outputPixels(models.MODELS[0], resolution, ratio),
    ...{ scene, take, seconds, samples: SAMPLES[resolution], exposure: exposure * EXPOSURE, travel },
    out: join(out, `${name}.mp4`),
  }),
);
const order = join(out, 'order.json');
const ffmpeg = existsSync(bundled ?? '') ? bundled : 'ffmpeg';
await writeFile(order, JSON.stringify({ ffmpeg, films }));
const { executable } = await installedTestRuntime();
const { code } = await run(executable, [join(ROOT, 'scripts', 'films'), order], { aloud: true });
await rm(order);
process.exitCode = code;
