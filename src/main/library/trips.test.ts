// What a library and its files outlive together: unplugged, moved, renamed, given to another computer.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { NEWEST_FIRST } from '@shared/domain/search';
import { collectingLog, ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { recipe, task } from '../../../tests/fixtures/library';
import { makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { openDatabase, type Database } from '../database/open';
import { LibraryFiles } from './LibraryFiles';
import { LibraryService } from './LibraryService';
import { readSidecar, sidecarPath } from './sidecar';
import { Works } from './Works';

interface Computer {
  readonly library: LibraryService;
  readonly files: LibraryFiles;
  close(): Promise<void>;
}

const ffmpeg = ffmpegRunner();
let video = '';
let other = '';
let home = '';
let open: Computer[] = [];

beforeAll(() => {
  const folder = temporaryFolder('film');
  video = makeVideo(join(folder, 'result.mp4'), { seconds: 0.5, size: '64x64' });
  other = makeVideo(join(folder, 'other.mp4'), { seconds: 0.5, size: '96x64' });
});
beforeEach(() => {
  home = temporaryFolder('trips');
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** As the app puts them together; `name` is that of the database. */
function computer(name: string, root: string): Computer {
  const database: Database = openDatabase(join(home, `${name}.db`));
  const works = new Works({ announce: () => undefined });
  const log = collectingLog();
  const announce = (): void => undefined;
  const derivedFolder = join(home, 'derived');
  const library = new LibraryService({ database, root, derivedFolder, ffmpeg, log, announce, works });
  const clips = library;
  const files = new LibraryFiles({ database, clips, ffmpeg, works, log, isBusy: () => false, settleMs: 200 });
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await files.close();
    await library.close();
    works.close();
    database.close();
  };
  open = [...open, { library, files, close }];
  return { library, files, close };
}

async function adopt({ library }: Computer, id: string): Promise<string> {
  const facts = { id, createdAt: '2026-11-22T10:00:00.000Z', title: `海边 ${id}` };
  const partPath = await library.partPathFor(facts);
  copyFileSync(video, partPath);
  const price = { amount: 1.5, currency: 'CNY' } as const;
  await library.adopt({ ...facts, partPath, recipe, task, tokens: 100, price, practice: false });
  return library.pathOf(id) ?? '';
}

const ids = ({ library }: Computer, text = ''): string[] => [...library.ids(text, NEWEST_FIRST)].sort();

/** All that a person would miss; pictures and revisions are the program's own. */
const contentOf = ({ library }: Computer): unknown =>
  [...ids({ library } as Computer), ...ids({ library } as Computer, 'is:trashed')].map((id) => {
    const { revision: _, hasPoster: __, sprite: ___, ...facts } = library.get(id);
    return facts;
  });

// Bug: a drive that was unplugged, or mounted under another name, takes ratings, tags, recipes or collections along.
test('unplug, move and come back loses nothing', async () => {
  const root = join(home, 'drive', 'library');
  mkdirSync(join(home, 'drive'));
  const first = computer('one', root);
  const g1 = await adopt(first, 'g1');
  for (const id of ['g2', 'g3']) await adopt(first, id);
  mkdirSync(join(home, 'shoot'));
  copyFileSync(other, join(home, 'shoot', 'mine.mp4'));
  await first.files.import([join(home, 'shoot')], 'copy');
  await first.files.idle();
  const [mine = ''] = ids(first, 'is:imported');
  const best = first.library.saveCollection(null, '精选', null);
  first.library.edit(['g1', mine], { rating: 4, flag: 'kept', addTags: ['海'], addTo: best.id });
  first.library.edit(['g3'], { note: 'too dark', trashed: true });
  await first.library.sidecarsWritten();
  await first.library.picturesMade();
  await first.files.start();
  const before = contentOf(first);

  renameSync(join(home, 'drive'), join(home, 'away'));
  first.files.look();
  await expect.poll(() => ids(first, 'is:missing'), { timeout: 10_000 }).toEqual(['g1', 'g2', mine].sort());
  // What is decided meanwhile is written when the drive is back.
  first.library.edit(['g2'], { rating: 2 });
  expect(existsSync(root)).toBe(false);
  renameSync(join(home, 'away'), join(home, 'drive'));
  first.files.look();
  await expect.poll(() => ids(first, 'is:missing'), { timeout: 10_000 }).toEqual([]);
  await first.library.sidecarsWritten();
  expect((await readSidecar(first.library.pathOf('g2') ?? ''))?.edits).toMatchObject({ rating: 2 });
  expect(await first.library.undo()).toEqual({ edit: 'rating', clips: 1 });
  expect(contentOf(first)).toEqual(before);
  await first.library.sidecarsWritten();
  await first.close();

  // Another name of the drive, the same database.
  renameSync(join(home, 'drive'), join(home, 'drive 2'));
  const second = computer('one', join(home, 'drive 2', 'library'));
  await second.library.resume();
  expect(contentOf(second)).toEqual(before);
  expect(ids(second, 'in:精选')).toEqual(['g1', mine].sort());
  expect(second.library.pathOf('g1')).not.toBe(g1);
  expect(existsSync(second.library.pathOf('g1') ?? '')).toBe(true);
  await second.close();

  // Another computer, which has the folder alone.
  const third = computer('two', join(home, 'drive 2', 'library'));
  await third.library.resume();
  expect(ids(third, 'rating:4 is:kept tag:海 in:精选')).toEqual(['g1', mine].sort());
  expect(ids(third)).toEqual(ids(second));
  expect(third.library.get('g1').recipe?.prompt).toBe(recipe.prompt);
}, 60_000);

// Bug: a file that was moved within the library is added as another clip, and the first one stays missing for ever.
test('moved and renamed within the library, a clip is found again by its content', async () => {
  const one = computer('one', join(home, 'library'));
  const path = await adopt(one, 'g1');
  // This one has no recipe inside: nothing but its content tells what it is.
  copyFileSync(other, join(home, 'mine.mp4'));
  await one.files.import([join(home, 'mine.mp4')], 'copy');
  await one.files.idle();
  const [mine = ''] = ids(one, 'is:imported');
  one.library.edit(['g1', mine], { rating: 5, addTags: ['sea'] });
  await one.library.sidecarsWritten();
  mkdirSync(join(home, 'library', 'best of'));
  const minePath = one.library.pathOf(mine) ?? '';
  renameSync(path, join(home, 'library', 'best of', '一.mp4'));
  renameSync(minePath, join(home, 'library', 'best of', 'two.mp4'));
  const check = await one.files.check();
  expect(check.missing.map(({ id }) => id).sort()).toEqual(['g1', mine].sort());
  expect([...check.unknown].sort()).toEqual(['best of/two.mp4', 'best of/一.mp4']);
  expect(await one.files.repair('unknown')).toEqual({ repaired: 2 });
  await one.library.sidecarsWritten();
  expect(ids(one, 'rating:5 tag:sea -is:missing')).toEqual(['g1', mine].sort());
  expect(one.library.get('g1').fileName).toBe('一.mp4');
  expect(one.library.get(mine).fileName).toBe('two.mp4');
  // One sidecar each: two would be two clips when the library is made anew from its folder.
  expect([path, minePath].map((old) => existsSync(sidecarPath(old)))).toEqual([false, false]);
  await one.close();
  const anew = computer('two', join(home, 'library'));
  await anew.library.resume();
  expect(ids(anew, 'rating:5 tag:sea')).toEqual(['g1', mine].sort());
}, 60_000);

// Bug: a clip that was renamed and carried to another computer without its sidecar has lost what made it.
test("a clip's recipe survives a trip through another folder and a renamed file", async () => {
  const one = computer('one', join(home, 'library'));
  const path = await adopt(one, 'g1');
  const made = one.library.get('g1').recipe;
  await one.close();
  mkdirSync(join(home, 'a stick'));
  const carried = join(home, 'a stick', '随便.MP4');
  copyFileSync(path, carried);
  rmSync(join(home, 'library'), { recursive: true });

  const two = computer('two', join(home, 'another library'));
  await two.files.import([carried], 'copy');
  await two.files.idle();
  const [id = ''] = ids(two);
  const { recipe: there, title } = two.library.get(id);
  expect(title).toBe('海边 g1');
  expect(there).toMatchObject({ prompt: made?.prompt, model: made?.model, parameters: made?.parameters });
  const identity = (references: NonNullable<typeof there>['references'] | undefined): unknown =>
    references
      ?.filter(({ reference }) => reference.source === 'file')
      .map(({ key, role, reference }) => [key, role, reference.id]);
  expect(identity(there?.references)).toEqual(identity(made?.references));
  expect(identity(there?.references)).toHaveLength(1);
}, 60_000);
