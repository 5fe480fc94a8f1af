import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { Recipe } from '@shared/domain/draft';
import type { Reference } from '@shared/domain/reference';
import { exportClip } from '../../../tests/fixtures/exportClips';
import { ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { recipe } from '../../../tests/fixtures/library';
import { ffmpeg as make, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { embeddedRecipeOf, embedRecipe } from './embeddedRecipe';
import type { ExportClip } from './exports/exportClip';
import { LibraryOutput } from './LibraryOutput';
import { sidecarOf } from './sidecar';
import { Works } from './Works';

const ffmpeg = ffmpegRunner();

interface Studio {
  readonly output: LibraryOutput;
  readonly works: Works;
  readonly root: string;
  readonly derived: string;
  readonly added: string[];
}

function studio(
  clips: readonly ExportClip[] = [],
  kept: readonly Reference[] = [],
  onStep: (id: string, done: number, works: Works) => void = () => undefined,
): Studio {
  const root = temporaryFolder('library');
  const derived = temporaryFolder('derived');
  const works = new Works({ announce: () => undefined });
  const added: string[] = [];
  const output = new LibraryOutput({
    clips: (ids) => ids.flatMap((id) => clips.filter((clip) => clip.id === id)),
    posterOf: () => join(derived, 'poster.webp'),
    library: { root: () => root, add: async (path) => added.push(path) },
    references: {
      folder: () => join(root, '.references'),
      kept: async (hash) => kept.find(({ id }) => id === hash) ?? null,
      ofAddress: async (url, kind) => {
        if (!url.startsWith('https:')) throw new AppError('url_invalid');
        return { id: 'url-1', kind, source: 'url', name: url, url, format: '', bytes: 0, hasThumb: false };
      },
      saveFrame: async () => undefined,
    },
    works: {
      begin: (kind, total) => {
        const handle = works.begin(kind, total);
        return { ...handle, step: (done) => onStep(handle.id, done, works) };
      },
    },
    ffmpeg,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { output, works, root, derived, added };
}

function coloured(colour: 'red' | 'blue', seconds: number): string {
  const path = join(temporaryFolder('clip'), `${colour}.mp4`);
  make(['-f', 'lavfi', '-i', `color=${colour}:size=64x36:rate=24:duration=${seconds}`], path);
  return path;
}

function colourAt(path: string, moment: number): 'red' | 'blue' {
  const pixel = join(temporaryFolder('pixel'), 'pixel.rgb');
  const one = ['-vf', 'scale=1:1', '-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo'];
  make(['-ss', String(moment), '-i', path, ...one], pixel);
  const [red = 0, , blue = 0] = readFileSync(pixel);
  return red > blue ? 'red' : 'blue';
}

function video(name: string, seconds = 1, size = '64x36'): string {
  return makeVideo(join(temporaryFolder('clip'), name), { seconds, size });
}

const clip = (id: string, path: string, change: Partial<ExportClip> = {}): ExportClip =>
  exportClip({ id, path, title: id, fileName: `${id}.mp4`, missing: false, ...change });

async function withRecipe(source: string, made: Recipe): Promise<string> {
  const facts = { clip: exportClip(), recipe: made, task: null, contentHash: '', lastFrame: null };
  const embedded = embeddedRecipeOf(sidecarOf(facts));
  if (embedded === null) throw new Error('no recipe');
  const path = join(temporaryFolder('elsewhere'), 'renamed by somebody.mp4');
  await embedRecipe({ input: { path: source, format: 'mp4' }, output: path, embedded }, ffmpeg);
  return path;
}

const face = recipe.references[0]?.reference as Reference;

// Bug: a list is half written, leaves its temporary file beside it, or loses the order that was chosen.
test('a list of clips is written whole, in the order that was chosen', async () => {
  const { output, works } = studio([clip('a', '/library/a.mp4'), clip('b', '/library/b.mp4')]);
  const folder = temporaryFolder('lists');
  const to = join(folder, 'list.csv');
  writeFileSync(to, 'an older list');
  expect(output.export(['b', 'a'], 'csv', to)).toMatchObject({ kind: 'export', state: 'running', total: 1 });
  await output.settled();
  const files = readFileSync(to, 'utf8')
    .split('\r\n')
    .map((row) => row.split(',')[0]);
  expect(files).toEqual(['\uFEFFfile', '/library/b.mp4', '/library/a.mp4', '']);
  expect(works.list()).toMatchObject([{ state: 'done', path: to, failed: [] }]);
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

// Bug: a timeline goes into the wrong format, or carries no name that a cutter finds again.
test('timelines are named by their file', async () => {
  const folder = temporaryFolder('timelines');
  for (const as of ['fcpxml', 'otio'] as const) {
    const { output } = studio([clip('a', '/library/a.mp4')]);
    output.export(['a'], as, join(folder, `The harbour.${as}`));
    await output.settled();
  }
  expect(readFileSync(join(folder, 'The harbour.fcpxml'), 'utf8')).toContain('<event name="The harbour">');
  expect(JSON.parse(readFileSync(join(folder, 'The harbour.otio'), 'utf8'))).toMatchObject({
    OTIO_SCHEMA: 'Timeline.1',
    name: 'The harbour',
  });
});

// Bug: an export into a folder that is gone, or of unknown clips, ends as done, or never ends.
test('an export that cannot be written says why', async () => {
  const { output, works } = studio([clip('a', '/library/a.mp4')]);
  output.export(['a'], 'csv', join(temporaryFolder('gone'), 'no', 'list.csv'));
  await output.settled();
  expect(works.list()).toMatchObject([
    { state: 'failed', path: null, failed: [{ name: 'list.csv', error: { code: 'folder_missing' } }] },
  ]);
  expect(() => output.export(['unknown'], 'csv', '/x.csv')).toThrow(AppError);
});

// Bug: exporting into a folder that is in use mixes with what is there, and one missing clip spoils all the others.
test('a folder in use gets a new one inside, and a missing clip is named', async () => {
  const path = video('a.mp4');
  const { output, works } = studio([clip('a', path), clip('b', '/nowhere/b.mp4')]);
  const chosen = temporaryFolder('desktop');
  writeFileSync(join(chosen, 'letter.txt'), 'mine');
  output.export(['a', 'b'], 'folder', chosen);
  await output.settled();
  const [work] = works.list();
  expect(work?.path).toMatch(/Dailies \d{4}-\d\d-\d\d$/);
  expect(readdirSync(chosen).sort()).toEqual([work?.path?.slice(chosen.length + 1), 'letter.txt'].sort());
  expect(readFileSync(join(work?.path ?? '', 'a.mp4'))).toEqual(readFileSync(path));
  expect(work?.failed).toMatchObject([{ name: 'b', error: { code: 'clip_missing' } }]);
});

// Bug: cancelling leaves half an export behind, or calls it a failure.
test('a cancelled export leaves nothing', async () => {
  const { output, works } = studio([clip('a', video('a.mp4'))]);
  const chosen = temporaryFolder('desktop');
  const { id } = output.export(['a'], 'folder', chosen);
  works.cancel(id);
  await output.settled();
  expect(works.list()).toMatchObject([{ state: 'cancelled', path: null, failed: [] }]);
  expect(readdirSync(chosen)).toEqual([]);
});

// Bug: a clip that came from another computer restores with references that are not there, or with somebody's signature.
test('a recipe comes back with the references that are kept here', async () => {
  const path = await withRecipe(video('a.mp4'), recipe);
  const found = await studio([], [face]).output.readRecipe(path);
  expect(found?.missingReferences).toBe(0);
  expect(found?.recipe).toMatchObject({ version: 1, prompt: recipe.prompt, parameters: recipe.parameters });
  expect(found?.recipe.references).toMatchObject([
    { key: 'a', role: 'reference_image', reference: face },
    { key: 'b', role: 'reference_video', reference: { url: 'https://bucket.example.com/walk.mp4' } },
  ]);
  const elsewhere = await studio().output.readRecipe(path);
  expect(elsewhere).toMatchObject({ missingReferences: 1, recipe: { references: [{ key: 'b' }] } });
});

// Bug: a forged recipe brings two references under one key, or a picture as a video, into the composer.
test('what a recipe claims of its references is not believed', async () => {
  const [first] = recipe.references;
  if (first === undefined) throw new Error('no reference');
  const forged: Recipe = { ...recipe, references: [{ ...first, role: 'reference_video' }, first] };
  const path = await withRecipe(video('a.mp4'), forged);
  const found = await studio([], [face]).output.readRecipe(path);
  expect(found?.recipe.references).toEqual([{ key: 'a', role: 'reference_image', reference: face }]);
});

// Bug: dropping something that holds no recipe fails, or waits for ever, where it is only a file as any other.
test('what holds no recipe is no error', async () => {
  const { output } = studio();
  const folder = temporaryFolder('dropped');
  const pipe = join(folder, 'pipe.mp4');
  execFileSync('mkfifo', [pipe]);
  writeFileSync(join(folder, 'text.mp4'), 'not a video');
  for (const path of [
    pipe,
    join(folder, 'text.mp4'),
    join(folder, 'gone.mp4'),
    folder,
    'relative.mp4',
    video('a.mp4'),
  ])
    expect(await output.readRecipe(path)).toBeNull();
});

// Bug: a missing clip among the dragged ones makes the system refuse all, or the picture is one Electron cannot read.
test('present files are dragged, under a picture', async () => {
  const path = video('a.mp4');
  const { output, derived } = studio([
    clip('gone', '/nowhere/gone.mp4'),
    clip('lost', path, { missing: true }),
    clip('a', path),
  ]);
  expect(await output.dragged(['gone', 'lost', 'a'])).toEqual({ files: [path], icon: null });
  make(
    ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:d=1', '-frames:v', '1', '-f', 'webp'],
    join(derived, 'poster.webp'),
  );
  const icon = join(derived, 'drag.png');
  await expect.poll(async () => (await output.dragged(['a'])).icon, { timeout: 10_000 }).toBe(icon);
  expect(readFileSync(icon).subarray(1, 4).toString()).toBe('PNG');
});

// Bug: the film of a strip is made in another order or without the trim, or never reaches the library it was put into.
test('a strip becomes a film, which joins the library it lies in', async () => {
  const takes = [clip('a', coloured('red', 2)), clip('b', coloured('blue', 1))];
  const { output, works, root, added } = studio(takes);
  const items = [
    { key: '1', clipId: 'b' },
    { key: '2', clipId: 'a', span: { from: 0.5, to: 1.5 } },
  ];
  expect(await output.planStitch(items, {})).toMatchObject({ frames: 48, seconds: 2 });
  const to = join(root, 'film.mp4');
  output.stitch(items, {}, to);
  await output.settled();
  expect(works.list()).toMatchObject([{ kind: 'stitch', state: 'done', path: to, failed: [] }]);
  expect(added).toEqual([to]);
  // A second of the second take, then the second half of the first.
  expect([0.1, 0.9, 1.1, 1.9].map((moment) => colourAt(to, moment))).toEqual(['blue', 'blue', 'red', 'red']);
  const outside = studio(takes);
  outside.output.stitch(items, {}, join(temporaryFolder('film'), 'film.mp4'));
  await outside.output.settled();
  expect(outside.added).toEqual([]);
});

// Bug: a cancelled film stands there in part, or its cancelling is told as a failure.
test('a cancelled film leaves nothing', async () => {
  const takes = [clip('a', video('a.mp4', 4, '640x360'))];
  const { output, works } = studio(takes, [], (id, _, all) => all.cancel(id));
  const folder = temporaryFolder('film');
  output.stitch([{ key: '1', clipId: 'a' }], { size: { width: 320, height: 180 } }, join(folder, 'film.mp4'));
  await output.settled();
  expect(works.list()).toMatchObject([{ state: 'cancelled', path: null, failed: [] }]);
  expect(readdirSync(folder)).toEqual([]);
});

// Bug: the list of work says of the film that is to be made that it could not be read.
test('what fails a film is named: the take that it is about', async () => {
  const broken = video('a.mp4');
  const { output, works } = studio([clip('a', broken), clip('b', video('b.mp4'))]);
  writeFileSync(broken, 'no film');
  const items = ['b', 'a'].map((clipId) => ({ key: clipId, clipId }));
  output.stitch(items, {}, join(temporaryFolder('film'), 'the film.mp4'));
  await output.settled();
  rmSync(broken);
  output.stitch(items, {}, join(temporaryFolder('film'), 'the film.mp4'));
  await output.settled();
  expect(works.list().map(({ failed }) => failed)).toMatchObject([
    [{ name: 'a', error: { code: 'file_unreadable' } }],
    [{ name: 'a', error: { code: 'clip_missing' } }],
  ]);
});

// Bug: a strip with a take that was moved away is planned as if nothing were wrong.
test('a missing take is named', async () => {
  const path = video('a.mp4');
  const { output } = studio([clip('a', path)]);
  rmSync(path);
  const items = [{ key: '1', clipId: 'a' }];
  await expect(output.planStitch(items, {})).rejects.toMatchObject({
    code: 'clip_missing',
    detail: { values: { name: 'a' } },
  });
  await expect(output.planStitch([{ key: '1', clipId: 'b' }], {})).rejects.toMatchObject({
    code: 'not_found',
  });
});

// Bug: what is made of one clip cannot be told from what is made of another.
test('one clip gives its name, several the day', () => {
  const { output } = studio([clip('a', '/library/2026-11-22 A walk ab12.mp4'), clip('b', '/library/b.mp4')]);
  expect(output.nameFor(['a'], 'png')).toBe('2026-11-22 A walk ab12.png');
  expect(output.nameFor(['a', 'b'], 'csv')).toMatch(/^Dailies \d{4}-\d\d-\d\d\.csv$/);
  expect(output.nameFor(['unknown'], 'mp4')).toMatch(/^Dailies /);
});
