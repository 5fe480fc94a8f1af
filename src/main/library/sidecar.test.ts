import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import { recipe, task, untouched } from '../../../tests/fixtures/library';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { readSidecar, sidecarOf, sidecarPath, writeSidecar } from './sidecar';

const clip: Clip = {
  id: 'g1',
  revision: 1,
  generationId: 'g1',
  title: '海边的 walks',
  fileName: 'a.mp4',
  createdAt: '2026-11-22T10:00:00.000Z',
  bytes: 1000,
  width: 1280,
  height: 720,
  seconds: 5,
  fps: 24,
  hasSound: true,
  hasPoster: false,
  sprite: null,
  tokens: 108_900,
  price: { amount: 5.01, currency: 'CNY' },
  practice: false,
  missing: false,
  ...untouched,
};
const facts = { clip, recipe, task, contentHash: 'c'.repeat(64), lastFrame: null };

// Bug: what was written cannot be read again, so that a library cannot be rebuilt from its folder.
test('is read as it was written', async () => {
  const path = join(temporaryFolder('sidecar'), 'a clip.v2.mp4');
  const sidecar = sidecarOf(facts);
  await writeSidecar(path, sidecar);
  expect(sidecarPath(path)).toBe(path.replace(/\.mp4$/, '.json'));
  expect(await readSidecar(path)).toEqual(sidecar);
  expect(sidecar.recipe).toMatchObject({
    prompt: recipe.prompt,
    parameters: recipe.parameters,
    references: [
      {
        key: 'a',
        role: 'reference_image',
        kind: 'image',
        name: 'her face.png',
        hash: 'a'.repeat(64),
        address: null,
      },
      { key: 'b', role: 'reference_video', hash: null, address: 'https://bucket.example.com/walk.mp4' },
    ],
  });
  expect(sidecar.task).toEqual(task);
  expect(readdirSync(join(path, '..'))).toEqual(['a clip.v2.json']);
});

// Bug: a repaired file or a range of a clip is read back as one nobody knows the origin of.
test('a reference keeps where it came from', async () => {
  const path = join(temporaryFolder('sidecar'), 'a.mp4');
  const origin = {
    derived: {
      parentId: 'd'.repeat(64),
      repair: {
        span: { from: 1, to: 4.5 },
        crop: { x: 0.1, y: 0, width: 0.5, height: 1 },
        size: { width: 720, height: 1280 },
        pad: true,
        format: 'mp4',
      },
    },
    clip: {
      id: 'g0',
      moment: 2.5,
      span: { from: 0, to: 3 },
      result: { baseUrl: 'https://example.com/api/v3', until: '2026-11-23T10:00:00.000Z' },
    },
    animated: true,
    cmyk: true,
  } as const;
  const [first, ...rest] = recipe.references;
  if (first === undefined) throw new Error('no reference');
  const references = [{ ...first, reference: { ...first.reference, ...origin } }, ...rest];
  await writeSidecar(path, sidecarOf({ ...facts, recipe: { ...recipe, references } }));
  expect((await readSidecar(path))?.recipe?.references[0]).toMatchObject(origin);
});

// Bug: each crash while it is written leaves one more half file in the person's library.
test('what a crash left is written over', async () => {
  const folder = temporaryFolder('sidecar');
  const path = join(folder, 'a.mp4');
  writeFileSync(`${sidecarPath(path)}.part`, '{"version":1,');
  await writeSidecar(path, sidecarOf(facts));
  expect(readdirSync(folder)).toEqual(['a.json']);
});

// Bug: a sidecar that is shared gives away a signature, a key, or the name of a person's home folder.
test('gives away no secret and no path', async () => {
  const [first] = recipe.references;
  if (first === undefined) throw new Error('the fixture has references');
  const named = { ...first.reference, name: '/home/someone/private/her face.png' };
  const windows = { ...first.reference, name: 'C:\\Users\\someone\\her face.png' };
  const sidecar = sidecarOf({
    ...facts,
    recipe: {
      ...recipe,
      references: [{ ...first, reference: named }, { ...first, reference: windows }, ...recipe.references],
    },
    task: {
      ...task,
      baseUrl: 'https://user:sk-secret@gateway.example.com/api?key=sk-secret',
      ...{ apiKey: 'sk-secret' },
    },
  });
  const text = JSON.stringify(sidecar);
  expect(text).not.toMatch(/secret|Signature|someone|\/home|Users/);
  expect(sidecar.task?.baseUrl).toBe('https://gateway.example.com/api');
});

// Bug: somebody else's JSON beside a video, or half of ours, ends the program.
test.each(['', '{', 'null', '[]', '{"version":1}', '{"version":99,"app":"Dailies"}'])(
  '%j is none of ours',
  async (text) => {
    const path = join(temporaryFolder('sidecar'), 'a.mp4');
    writeFileSync(sidecarPath(path), text);
    expect(await readSidecar(path)).toBeNull();
    expect(readFileSync(sidecarPath(path), 'utf8')).toBe(text);
  },
);

// Bug: a sidecar from a stranger's folder names a file of this computer, or is itself written somewhere else.
test('a path where a name or an id belongs makes it none of ours', async () => {
  const path = join(temporaryFolder('sidecar'), 'a.mp4');
  const ours = sidecarOf(facts);
  const readWith = (change: object) => {
    writeFileSync(sidecarPath(path), JSON.stringify({ ...ours, ...change }));
    return readSidecar(path);
  };
  expect(await readWith({})).not.toBeNull();
  for (const fileName of ['../a.mp4', '/etc/passwd', 'folder/a.mp4'])
    expect(await readWith({ clip: { ...ours.clip, fileName } })).toBeNull();
  for (const id of ['../../a', '/a', '..', '', 'a'.repeat(101)])
    expect(await readWith({ clip: { ...ours.clip, id } })).toBeNull();
  for (const video of ['../../a', 'c'.repeat(63)]) expect(await readWith({ hashes: { video } })).toBeNull();
});
