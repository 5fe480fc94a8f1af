// Takes the README's pictures from the real app, on the practice gateway. Run: npm run pictures
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { isolate } from './isolate.mjs';
import { CLIPS } from './pictureFilms.mjs';
import { ROOT } from './root.mjs';
import { setUp } from './setUp.mjs';

/** Drawing takes longer than photographing: what was drawn from the same scenes is used again. */
async function drawnFilms() {
  const hash = createHash('sha256');
  const scripts = join(ROOT, 'scripts');
  const entries = await readdir(join(scripts, 'films'), { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const source of [join(scripts, 'films.mjs'), ...sources.sort()]) hash.update(await readFile(source));
  for (const { name, scene, take, ratio, resolution, seconds, exposure, travel } of CLIPS)
    hash.update(JSON.stringify({ name, scene, take, ratio, resolution, seconds, exposure, travel }));
  const folder = join(tmpdir(), `dailies-films-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  const code = await isolate(
    ({ node, checkout, out }) => [node, join(checkout, 'scripts', 'films.mjs'), out],
    { keep: unfinished },
  );
  if (code !== 0) throw new Error('The films could not be drawn.');
  await rename(unfinished, folder);
  return folder;
}

await setUp();
console.log(await build());
const films = await drawnFilms();
process.exitCode = await isolate(
  ({ node, checkout, out, inputs }) => [
    ...[node, join(checkout, 'scripts', 'pictureSteps.mjs'), out],
    ...inputs,
  ],
  {
    keep: join(ROOT, 'docs', 'pictures'),
    inputs: (await readdir(films)).map((name) => join(films, name)),
  },
);
