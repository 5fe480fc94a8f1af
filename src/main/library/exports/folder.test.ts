import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exportClip } from '../../../../tests/fixtures/exportClips';
import { recipe, task } from '../../../../tests/fixtures/library';
import { temporaryFolder } from '../../../../tests/fixtures/media';
import { readSidecar, sidecarOf, writeSidecar } from '../sidecar';
import type { ExportClip } from './exportClip';
import { exportFolder, type ExportedFolder } from './folder';

const HASH = 'a'.repeat(64);

/** A library with clips of these names, and the one reference that the fixture's recipe has as a file. */
async function library(
  ...names: string[]
): Promise<{ root: string; clips: ExportClip[]; referencesFolder: string }> {
  const root = temporaryFolder('library');
  const referencesFolder = join(root, '.references');
  mkdirSync(referencesFolder);
  writeFileSync(join(referencesFolder, `${HASH}.png`), 'her face');
  const clips: ExportClip[] = [];
  for (const [index, name] of names.entries()) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `video ${index}`);
    const clip = exportClip({ id: `g${index}`, fileName: name.replace(/^.*\//, ''), path });
    writeFileSync(path.replace(/mp4$/, 'last.png'), `last ${index}`);
    const lastFrame = clip.fileName.replace(/mp4$/, 'last.png');
    await writeSidecar(
      path,
      sidecarOf({ clip, recipe, task, contentHash: `${index}`.padStart(64, '0'), lastFrame }),
    );
    clips.push(clip);
  }
  return { root, clips, referencesFolder };
}

/** A large clip of zeros, for something to happen meanwhile. */
function large(root: string, bytes: number): ExportClip {
  const path = join(root, 'large.mp4');
  writeFileSync(path, '');
  truncateSync(path, bytes);
  return exportClip({ id: 'large', path });
}

const manifestIn = (folder: string): ExportedFolder =>
  JSON.parse(readFileSync(join(folder, 'dailies-export.json'), 'utf8')) as ExportedFolder;

// Bug: a clip arrives without what made it, or its sidecar names another file.
test('copies clips with all that belongs to them', async () => {
  const { clips, referencesFolder } = await library(
    '2026/10/a.mp4',
    '2026/11/A.mp4',
    '2026/11/dailies-export.mp4',
  );
  const folder = join(temporaryFolder('export'), 'new', 'one');
  const shares: number[] = [];
  const onProgress = (share: number): void => void shares.push(share);
  const done = await exportFolder({ clips, folder, referencesFolder, onProgress });
  expect(readdirSync(folder).sort()).toEqual(
    [
      ...['.references', 'A (2).json', 'A (2).last.png', 'A (2).mp4', 'a.json', 'a.last.png', 'a.mp4'],
      ...[
        'dailies-export (2).json',
        'dailies-export (2).last.png',
        'dailies-export (2).mp4',
        'dailies-export.json',
      ],
    ].sort(),
  );
  expect(readFileSync(join(folder, 'A (2).mp4'), 'utf8')).toBe('video 1');
  expect(await readSidecar(join(folder, 'A (2).mp4'))).toMatchObject({
    clip: { id: 'g1', fileName: 'A (2).mp4' },
    lastFrame: 'A (2).last.png',
    hashes: { video: '1'.padStart(64, '0') },
  });
  expect(readdirSync(join(folder, '.references'))).toEqual([`${HASH}.png`]);
  expect(manifestIn(folder)).toEqual(done);
  expect(done.clips.map(({ file, references }) => [file, references])).toEqual([
    ['a.mp4', [HASH]],
    ['A (2).mp4', [HASH]],
    ['dailies-export (2).mp4', [HASH]],
  ]);
  expect(shares.at(-1)).toBe(1);
  expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
});

// Bug: one file that is gone keeps all the others from being exported, or is not mentioned.
test('says what is missing and exports the rest', async () => {
  const { root, clips } = await library('a.mp4');
  const gone = exportClip({ id: 'gone', path: join(root, 'gone.mp4') });
  const bare = large(root, 10);
  const folder = temporaryFolder('export');
  const done = await exportFolder({
    clips: [...clips, gone, bare],
    folder,
    referencesFolder: join(root, 'no references'),
  });
  expect(done).toMatchObject({ missingClips: ['gone'], missingReferences: [HASH], references: [] });
  // It had no sidecar.
  expect(await readSidecar(join(folder, 'large.mp4'))).toMatchObject({
    clip: { id: 'large' },
    lastFrame: null,
  });
});

// Bug: an export is strewn among a person's own files, or replaces one of them.
test('takes only an empty folder', async () => {
  const { clips, referencesFolder } = await library('a.mp4');
  const folder = temporaryFolder('export');
  writeFileSync(join(folder, '.DS_Store'), '');
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const exporting = exportFolder({ clips, folder, referencesFolder });
  await expect(exporting).rejects.toMatchObject({ code: 'library_not_empty' });
  expect(readdirSync(folder).sort()).toEqual(['.DS_Store', 'mine.txt']);
});

// Bug: cancelling leaves half of the clips, one of them half, or the empty folder.
test('an abort leaves nothing', async () => {
  const { root, clips, referencesFolder } = await library('a.mp4');
  const base = temporaryFolder('export');
  const controller = new AbortController();
  const exporting = exportFolder({
    clips: [...clips, large(root, 64 * 1024 * 1024)],
    folder: join(base, 'new', 'one'),
    referencesFolder,
    signal: controller.signal,
    onProgress: (share) => {
      if (share > 0.01) controller.abort();
    },
  });
  await expect(exporting).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(base)).toEqual([]);
});

// Bug: somebody puts a file there while it is copied, and the end of the export replaces it.
test('what appears meanwhile stays, and nothing is mixed with it', async () => {
  const { clips, referencesFolder } = await library('a.mp4');
  const folder = temporaryFolder('export');
  const exporting = exportFolder({
    clips,
    folder,
    referencesFolder,
    onProgress: () => writeFileSync(join(folder, 'a.mp4'), 'mine'),
  });
  await expect(exporting).rejects.toMatchObject({ code: 'library_not_empty' });
  expect(readdirSync(folder)).toEqual(['a.mp4']);
  expect(readFileSync(join(folder, 'a.mp4'), 'utf8')).toBe('mine');
});

// Bug: gigabytes are written before it turns out that they do not fit, and stay there.
test('a disk that is too small is said at once', async () => {
  const { root, referencesFolder } = await library();
  const folder = temporaryFolder('export');
  const clips = [large(root, 8 * 1024 ** 4)];
  const exporting = exportFolder({ clips, folder, referencesFolder });
  await expect(exporting).rejects.toMatchObject({ code: 'disk_full' });
  expect(readdirSync(folder)).toEqual([]);
});

// Bug: a name that only this system takes, or one out of a forged sidecar, leads out of the folder.
test('names are made fit for every system', async () => {
  const { root, clips, referencesFolder } = await library('con.mp4', 'a:b?.mp4');
  writeFileSync(join(root, '..', 'outside.png'), 'not yours');
  const [first] = clips;
  if (first === undefined) throw new Error('two clips');
  const forged = sidecarOf({
    clip: first,
    recipe,
    task,
    contentHash: '0'.repeat(64),
    lastFrame: '../outside.png',
  });
  await writeSidecar(first.path, forged);
  const folder = temporaryFolder('export');
  const done = await exportFolder({ clips, folder, referencesFolder });
  expect(done.clips.map(({ file, lastFrame }) => [file, lastFrame])).toEqual([
    ['clip con.mp4', null],
    ['a b.mp4', 'a b.last.png'],
  ]);
  expect(existsSync(join(folder, 'outside.png'))).toBe(false);
});
