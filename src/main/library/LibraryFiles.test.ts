import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { Clip, Work } from '@shared/domain/clip';
import { testClips, type TestClips } from '../../../tests/fixtures/clipPort';
import { collectingLog, ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { recipe, task } from '../../../tests/fixtures/library';
import { ffmpeg as runFfmpeg, makeSound, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { openDatabase, type Database } from '../database/open';
import { sha256Of } from '../files/durableFile';
import { embeddedRecipeOf, embedRecipe } from './embeddedRecipe';
import { FileStore } from './fileStore';
import { LibraryFiles } from './LibraryFiles';
import { readSidecar, readSidecarFile, sidecarOf, writeSidecar } from './sidecar';
import { Works } from './Works';

const ffmpeg = ffmpegRunner();
let samples = '';
let home = '';
let database: Database;
let clips: TestClips;
let works: Works;
let files: LibraryFiles;

const sample = (name: string): string => join(samples, name);
const from = (name: string): string => join(home, 'shoot', name);
const at = (name: string): string => join(home, 'library', name);

beforeAll(() => {
  samples = temporaryFolder('samples');
  makeVideo(sample('a.mp4'), { seconds: 1, sound: true });
  makeVideo(sample('b.mp4'), { seconds: 2, size: '180x320' });
  makeVideo(sample('large.mp4'), { seconds: 3, size: '1280x720', extra: ['-crf', '5'] });
  const lavfi = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:duration=1'];
  runFfmpeg([...lavfi, '-c:v', 'mpeg4', '-f', 'avi'], sample('old.avi'));
  runFfmpeg([...lavfi, '-c:v', 'libx264', '-f', 'matroska'], sample('film.mkv'));
  runFfmpeg([...lavfi, '-c:v', 'mpeg2video', '-f', 'mpegts'], sample('tape.ts'));
});
beforeEach(() => {
  home = temporaryFolder('files');
  mkdirSync(join(home, 'library'));
  mkdirSync(join(home, 'shoot'));
  database = openDatabase(join(home, 'dailies.db'));
  open();
});
afterEach(async () => {
  await files.close();
  works.close();
  database.close();
});

/** As after a restart. */
function open(): void {
  clips = testClips(database, join(home, 'library'), ffmpeg);
  works = new Works({ announce: () => undefined });
  const isBusy = (): boolean => false;
  files = new LibraryFiles({ database, clips, ffmpeg, works, log: collectingLog(), isBusy, settleMs: 200 });
}

function put(name: string, as = name): string {
  mkdirSync(dirname(from(as)), { recursive: true });
  copyFileSync(sample(name), from(as));
  return from(as);
}

async function imported(paths: string[], mode: 'inPlace' | 'copy' = 'copy'): Promise<Work> {
  const { id } = await files.import(paths, mode);
  await files.idle();
  await clips.sidecarsWritten();
  const work = works.list().find((each) => each.id === id);
  if (work === undefined) throw new Error('no such work');
  return work;
}

const only = (): Clip => {
  const [clip, ...more] = clips.all();
  if (clip === undefined || more.length > 0) throw new Error(`${more.length + 1} clips`);
  return clip;
};
const pathOf = ({ outside, id, fileName }: Clip): string =>
  outside === null ? at(clips.store.find(id)?.relativePath ?? '') : join(outside, fileName);

describe('import', () => {
  // Bug: beside a name of 255 bytes no sidecar can be written, and what the person noted is lost with the database.
  test('by copy cuts a name that leaves no room for a sidecar', async () => {
    const longest = `${'長'.repeat(83)}.mp4`;
    const other = `${'長'.repeat(82)}a.mp4`;
    const work = await imported([put('a.mp4', longest), put('b.mp4', other)]);
    expect(work.failed).toEqual([]);
    expect(clips.all()).toHaveLength(2);
    for (const clip of clips.all())
      await expect.poll(() => readSidecar(pathOf(clip))).toMatchObject({ clip: { id: clip.id } });
  });

  // Bug: a copy takes another file's name or place, loses its date, or leaves no sidecar.
  test('by copy keeps the name and takes no other file away', async () => {
    const path = put('a.mp4', 'my film.mp4');
    utimesSync(path, new Date(), new Date('2024-03-05T10:00:00Z'));
    mkdirSync(at('imported/2024/03'), { recursive: true });
    writeFileSync(at('imported/2024/03/my film.mp4'), "somebody's");
    expect(await imported([path])).toMatchObject({ state: 'done', done: 1, total: 1, failed: [] });
    const clip = only();
    expect(clip).toMatchObject({
      title: 'my film',
      fileName: 'my film 2.mp4',
      createdAt: '2024-03-05T10:00:00.000Z',
      origin: 'imported',
      outside: null,
      width: 320,
      height: 180,
      hasSound: true,
    });
    expect(readFileSync(pathOf(clip))).toEqual(readFileSync(path));
    expect(readFileSync(at('imported/2024/03/my film.mp4'), 'utf8')).toBe("somebody's");
    await expect
      .poll(() => readSidecar(pathOf(clip)))
      .toMatchObject({ clip: { id: clip.id, title: 'my film' } });
    expect(clips.pictures).toContainEqual({ id: clip.id, proxy: false });
  });

  // Bug: a file imported where it lies is copied, written beside, or forgotten by the library's folder.
  test('in place leaves the file alone and writes into the library', async () => {
    const path = put('a.mp4');
    await imported([path], 'inPlace');
    const clip = only();
    expect(clip).toMatchObject({ outside: join(home, 'shoot'), fileName: 'a.mp4' });
    expect(existsSync(from('a.json'))).toBe(false);
    await expect
      .poll(() => readSidecarFile(at(`.imported/${clip.id}.json`)))
      .toMatchObject({ clip: { id: clip.id, outside: join(home, 'shoot') } });
  });

  // Bug: a folder brings links, caches and letters, and only MP4 is known as a video.
  test('takes the videos of a folder by content, whatever they are called', async () => {
    put('a.mp4', 'one.png');
    put('b.mp4', 'day 2/emoji 🎬 100%d #1.mp4');
    for (const name of ['old.avi', 'film.mkv', 'tape.ts']) put(name);
    put('large.mp4', '.cache/hidden.mp4');
    put('large.mp4', 'half.mp4.part');
    makeSound(from('sound.wav'));
    writeFileSync(from('notes.txt'), 'a list of shots');
    mkdirSync(join(home, 'elsewhere'));
    copyFileSync(sample('large.mp4'), join(home, 'elsewhere', 'secret.mp4'));
    symlinkSync(join(home, 'elsewhere'), from('link'));
    symlinkSync(join(home, 'elsewhere', 'secret.mp4'), from('link.mp4'));
    expect(await imported([join(home, 'shoot')])).toMatchObject({ state: 'done', total: 5, failed: [] });
    const names = clips.all().map(({ title }) => title);
    expect(names.sort()).toEqual(['emoji 🎬 100%d #1', 'film', 'old', 'one', 'tape']);
    const unplayable = clips
      .all()
      .filter(({ id }) => clips.pictures.some((asked) => asked.id === id && asked.proxy));
    expect(unplayable.map(({ title }) => title).sort()).toEqual(['film', 'old', 'tape']);
  });

  // Bug: dropping the same folder twice doubles the library, two files of one content in one drop do, or nobody says
  // that they were there.
  test('the same content is taken in once', async () => {
    put('a.mp4');
    put('a.mp4', 'again/another name.mp4');
    expect(await imported([join(home, 'shoot')])).toMatchObject({ done: 2, known: 1, failed: [] });
    put('b.mp4');
    const work = await imported([join(home, 'shoot'), from('a.mp4')], 'inPlace');
    expect(work).toMatchObject({ done: 4, known: 3, failed: [] });
    expect(clips.all()).toHaveLength(2);
  });

  // Bug: another film of the same size and ends is thrown away as known.
  test('same samples with other bytes between them are two films', async () => {
    const bytes = readFileSync(sample('large.mp4'));
    writeFileSync(from('one.mp4'), bytes);
    const place = Math.floor(bytes.length / 4);
    bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    writeFileSync(from('two.mp4'), bytes);
    await imported([from('one.mp4')]);
    await imported([from('two.mp4')]);
    expect(clips.all()).toHaveLength(2);
  });

  // Bug: one damaged file stops the import, is not named, or is tried again at every look.
  test('what is damaged is named once, and tried again only when it changed or is asked for', async () => {
    put('a.mp4');
    const cut = put('large.mp4', 'cut.mp4');
    truncateSync(cut, statSync(cut).size - 500);
    writeFileSync(from('empty.mp4'), '');
    const work = await imported([join(home, 'shoot')]);
    expect(work.state).toBe('done');
    expect(work.failed.map(({ name, error }) => [name, error.code]).sort()).toEqual([
      ['cut.mp4', 'file_unreadable'],
      ['empty.mp4', 'file_empty'],
    ]);
    expect((await imported([join(home, 'shoot')])).failed).toEqual([]);
    expect((await imported([cut])).failed).toMatchObject([{ name: 'cut.mp4' }]);
    copyFileSync(sample('large.mp4'), cut);
    await imported([join(home, 'shoot')]);
    expect(clips.all()).toHaveLength(2);
  });

  test('what is no video is refused in words', async () => {
    writeFileSync(from('page.mp4'), '<!doctype html><title>502 Bad Gateway</title>');
    mkdirSync(from('letters'));
    const work = await imported([from('page.mp4'), from('letters'), from('gone.mp4')]);
    expect(work.failed.map(({ name, error }) => [name, error.code])).toEqual(
      expect.arrayContaining([
        ['page.mp4', 'file_not_a_video'],
        ['letters', 'folder_without_videos'],
        ['gone.mp4', 'file_unreadable'],
      ]),
    );
  });

  // Bug: a clip that comes from another library has lost what made it and what the person did with it.
  test('the recipe inside the video and the sidecar beside it are read', async () => {
    const path = put('a.mp4', 'with sidecar.mp4');
    await imported([path]);
    const made = only();
    const edits = { rating: 4, flag: null, tags: ['sea'], note: 'n', trashedAt: null, collections: [] };
    const other = { ...made, id: 'from-elsewhere', title: 'Sea', createdAt: '2025-01-02T03:04:05.000Z' };
    const sidecar = sidecarOf({
      clip: other,
      recipe,
      task,
      contentHash: 'f'.repeat(64),
      lastFrame: null,
      edits,
    });
    const embedded = embeddedRecipeOf(sidecar);
    if (embedded === null) throw new Error('no recipe');
    const inside = { path: sample('b.mp4'), format: 'mp4' } as const;
    await embedRecipe({ input: inside, output: from('renamed.mp4'), embedded }, ffmpeg);
    copyFileSync(sample('large.mp4'), from('large.mp4'));
    await writeSidecar(from('large.mp4'), sidecar);
    await imported([from('renamed.mp4'), from('large.mp4')]);
    const found = clips.inserted.slice(1);
    expect(found).toHaveLength(2);
    const beside = found.find(({ clip }) => clip.id === 'from-elsewhere');
    expect(beside).toMatchObject({ task: { id: task.id }, sidecar: { edits: { rating: 4 } } });
    for (const { clip, recipe: kept } of found) {
      expect(clip).toMatchObject({ title: 'Sea', createdAt: other.createdAt, generationId: null });
      expect(kept).toMatchObject({ prompt: recipe.prompt, model: recipe.model });
    }
  });

  // Bug: a stopped import goes on, or leaves half a file in the library.
  test('can be paused and stopped between two files', async () => {
    for (let n = 0; n < 30; n += 1) appendFileSync(put('a.mp4', `${n}.mp4`), `${n}`);
    let id = '';
    const insert = clips.insert.bind(clips);
    clips.insert = (clip) => {
      insert(clip);
      if (clips.all().length === 2) works.cancel(id);
    };
    works.pause(true);
    const work = await files.import([join(home, 'shoot')], 'copy');
    id = work.id;
    expect(work.state).toBe('paused');
    expect(clips.all()).toEqual([]);
    works.pause(false);
    await files.idle();
    expect(works.list()).toMatchObject([{ state: 'cancelled' }]);
    const taken = clips.all();
    expect(taken.length).toBeLessThan(30);
    const left = readdirSync(at('imported'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => !name.endsWith('.json') && name.includes('.'))).toHaveLength(taken.length);
  });

  // Bug: a film in the library's own folder is saved over by another program, and the clip keeps its old length.
  test('a clip in the library that was saved over is the same clip with new facts', async () => {
    await imported([put('a.mp4')]);
    const { id } = only();
    copyFileSync(sample('b.mp4'), pathOf(only()));
    await imported([pathOf(only())]);
    expect(only()).toMatchObject({ id, width: 180, height: 320, bytes: statSync(sample('b.mp4')).size });
  });

  // Bug: the disk is full, the file beside it is just finished, and the import is called done with files left out.
  test('what ends the whole import stays, whatever else succeeds', async () => {
    for (let n = 0; n < 6; n += 1) appendFileSync(put('a.mp4', `${n}.mp4`), `${n}`);
    const insert = clips.insert.bind(clips);
    let calls = 0;
    clips.insert = (clip) => {
      calls += 1;
      if (calls === 1) throw new AppError('disk_full');
      insert(clip);
    };
    const work = await imported([join(home, 'shoot')], 'inPlace');
    expect(work).toMatchObject({ state: 'failed', failed: [{ error: { code: 'disk_full' } }] });
    expect(clips.all().length).toBeLessThan(3);
  });

  // Bug: a library on a drive that was unplugged is made anew in its place.
  test('is refused while the library is away', async () => {
    await imported([put('a.mp4')]);
    renameSync(join(home, 'library'), join(home, 'away'));
    await expect(files.import([put('b.mp4')], 'copy')).rejects.toMatchObject({ code: 'library_missing' });
    expect(existsSync(join(home, 'library'))).toBe(false);
  });
});

describe('missing clips', () => {
  // Bug: the person shows where the file is now, and a second clip is made, or any file is believed.
  test('are found in a folder by content, and not by a file of another content', async () => {
    await imported([put('a.mp4'), put('b.mp4')]);
    const before = clips.all();
    mkdirSync(join(home, 'moved'));
    for (const [n, clip] of before.entries()) renameSync(pathOf(clip), join(home, 'moved', `x${n}.mp4`));
    const gone = before.map(({ id }) => id);
    clips.markMissing(gone, true);
    const [first = ''] = gone;
    const remuxed = runFfmpeg(['-i', sample('a.mp4'), '-c', 'copy', '-f', 'mp4'], join(home, 'remuxed.mp4'));
    for (const wrong of [sample('large.mp4'), remuxed, sample('old.avi')])
      expect(await files.find(first, wrong)).toEqual({ found: 0 });
    const old = before.map((clip) => pathOf(clip));
    expect(await files.find(null, join(home, 'moved'))).toEqual({ found: 2 });
    for (const path of old) expect(await readSidecar(path)).toBeNull();
    for (const clip of clips.all()) {
      expect(clip).toMatchObject({ missing: false, outside: join(home, 'moved') });
      expect(before.find(({ id }) => id === clip.id)).toMatchObject({ title: clip.title });
      expect(existsSync(pathOf(clip))).toBe(true);
    }
    await expect(files.find(first, join(home, 'nowhere'))).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  test('one is found by its file', async () => {
    await imported([put('a.mp4')], 'inPlace');
    renameSync(from('a.mp4'), join(home, 'b.mp4'));
    clips.markMissing([only().id], true);
    expect(await files.find(only().id, join(home, 'b.mp4'))).toEqual({ found: 1 });
    expect(only()).toMatchObject({ missing: false, outside: home, fileName: 'b.mp4', title: 'a' });
  });

  // Bug: importing the file of a missing clip makes a second one, without the first one's stars.
  test('imported again, they are the same clip', async () => {
    await imported([put('a.mp4')], 'inPlace');
    const { id } = only();
    renameSync(from('a.mp4'), from('other name.mp4'));
    await imported([from('other name.mp4')], 'inPlace');
    expect(only()).toMatchObject({ id, missing: false, fileName: 'other name.mp4' });
    rmSync(from('other name.mp4'));
    await imported([sample('a.mp4')], 'copy');
    expect(only()).toMatchObject({ id, missing: false, outside: null });
    expect(existsSync(pathOf(only()))).toBe(true);
  });

  // Bug: unplugging the drive forgets clips, or they stay missing when it is back.
  test('an unplugged library comes back with everything', async () => {
    await imported([put('a.mp4'), put('b.mp4')]);
    await imported([put('large.mp4')], 'inPlace');
    await files.start();
    renameSync(join(home, 'library'), join(home, 'unplugged'));
    const missing = (): string[] => clips.all().flatMap((clip) => (clip.missing ? [clip.title] : []));
    await expect.poll(() => missing().sort(), { timeout: 10_000 }).toEqual(['a', 'b']);
    renameSync(join(home, 'unplugged'), join(home, 'library'));
    files.look();
    await expect.poll(() => missing(), { timeout: 10_000 }).toEqual([]);
    expect(clips.all()).toHaveLength(3);
  });
});

describe('check', () => {
  // Bug: the check misses a kind of trouble, or changes what it looks at.
  test('names each kind of trouble and changes nothing; what can be repaired is', async () => {
    await imported([put('a.mp4'), put('b.mp4'), put('large.mp4'), put('tape.ts')]);
    await imported([put('old.avi')], 'inPlace');
    const by = (title: string): Clip => clips.all().find((clip) => clip.title === title) as Clip;
    const copy = pathOf(by('a')).replace('a.mp4', 'copy of a.mp4');
    copyFileSync(pathOf(by('a')), copy);
    await files.repair('unknown');
    await files.idle();
    const unknown = at('dropped here.mp4');
    makeVideo(unknown, { seconds: 1, size: '160x90' });
    const broken = readFileSync(pathOf(by('large')));
    broken.fill(0x55, Math.floor(broken.length * 0.1), Math.floor(broken.length * 0.9));
    writeFileSync(pathOf(by('large')), broken);
    rmSync(pathOf(by('b')));
    rmSync(at(`.imported/${by('old').id}.json`));
    const before = clips.all();
    const check = await files.check();
    const titles = (list: readonly Clip[]): string[] => list.map(({ title }) => title).sort();
    expect(titles(check.missing)).toEqual(['b']);
    expect(titles(check.damaged)).toEqual(['large']);
    // The copy was adopted and has none yet: only what was there from the start is counted.
    expect(titles(check.withoutSidecar)).toEqual(['copy of a', 'old']);
    expect(check.unknown).toEqual(['dropped here.mp4']);
    expect(check.duplicates.map(titles)).toEqual([['a', 'copy of a']]);
    expect(clips.all()).toEqual(before);
    expect(works.list().filter(({ kind }) => kind === 'check')).toEqual([]);
    expect(await files.repair('withoutSidecar')).toEqual({ repaired: 2 });
    expect(await files.repair('unknown')).toEqual({ repaired: 1 });
    const again = await files.check();
    expect(again).toMatchObject({ unknown: [], duplicates: [[{}, {}]] });
    expect(titles(again.damaged)).toEqual(['large']);
  });

  // Bug: a check of a night cannot be ended.
  test('can be stopped', async () => {
    await imported([put('a.mp4')]);
    works.pause(true);
    const checking = files.check();
    const [work] = works.list().filter(({ kind }) => kind === 'check');
    works.cancel(work?.id ?? '');
    await expect(checking).rejects.toMatchObject({ code: 'cancelled' });
    works.pause(false);
  });
});

describe('watched folders', () => {
  const titles = (): string[] =>
    clips
      .all()
      .map(({ title }) => title)
      .sort();
  const missing = (): boolean[] => clips.all().map((clip) => clip.missing);

  // Bug: a new file is not seen, is taken in while it is written, or a moved one becomes a second clip.
  test('what comes, grows, moves, goes and comes back is followed', async () => {
    put('a.mp4');
    await files.watch(join(home, 'shoot'), 'inPlace');
    await files.idle();
    expect(files.watched()).toEqual([join(home, 'shoot')]);
    expect(titles()).toEqual(['a']);
    const { id } = only();
    const bytes = readFileSync(sample('b.mp4'));
    const piece = Math.ceil(bytes.length / 8);
    for (let at = 0; at < bytes.length; at += piece) {
      appendFileSync(from('growing.mp4'), bytes.subarray(at, at + piece));
      // A program that writes a film takes its time.
      await delay(60);
    }
    await expect.poll(titles, { timeout: 10_000 }).toEqual(['a', 'growing']);
    expect(works.list().flatMap(({ failed }) => failed)).toEqual([]);
    mkdirSync(from('day 2'));
    renameSync(from('a.mp4'), from('day 2/renamed.mp4'));
    const there = (): unknown => clips.store.find(id)?.clip;
    const moved = { outside: from('day 2'), fileName: 'renamed.mp4', missing: false, title: 'a' };
    await expect.poll(there, { timeout: 10_000 }).toMatchObject(moved);
    rmSync(from('growing.mp4'));
    await expect.poll(() => missing().sort(), { timeout: 10_000 }).toEqual([false, true]);
    writeFileSync(from('growing.mp4'), bytes);
    await expect.poll(missing, { timeout: 10_000 }).toEqual([false, false]);
    expect(clips.all()).toHaveLength(2);
    await files.unwatch(join(home, 'shoot'));
    expect(files.watched()).toEqual([]);
    expect(clips.all()).toHaveLength(2);
  });

  // Bug: what happened while Dailies was closed is never noticed.
  test('what changed while closed is noticed at the next start', async () => {
    put('a.mp4');
    put('b.mp4');
    await files.watch(join(home, 'shoot'), 'inPlace');
    await files.idle();
    const before = new Map(clips.all().map((clip) => [clip.title, clip.id]));
    await files.close();
    renameSync(from('a.mp4'), from('renamed.mp4'));
    rmSync(from('b.mp4'));
    put('large.mp4');
    open();
    await files.start();
    await files.idle();
    expect(titles()).toEqual(['a', 'b', 'large']);
    const by = (title: string): Clip | undefined => clips.all().find((clip) => clip.title === title);
    expect(by('a')).toMatchObject({ id: before.get('a'), fileName: 'renamed.mp4', missing: false });
    expect(by('b')).toMatchObject({ id: before.get('b'), missing: true });
  });

  // Bug: a film that is exported over itself keeps its old length and picture, or becomes a second clip.
  test('a file that is saved over is the same clip with new facts', async () => {
    put('a.mp4');
    await files.watch(join(home, 'shoot'), 'inPlace');
    await files.idle();
    const { id } = only();
    copyFileSync(sample('b.mp4'), from('a.mp4'));
    await expect.poll(() => only().bytes, { timeout: 10_000 }).toBe(statSync(sample('b.mp4')).size);
    expect(only()).toMatchObject({ id, missing: false, width: 180, height: 320 });
  });

  // Bug: the id of a film's samples is taken for the hash of all of it: the film is never found again.
  test('a generated clip that is saved over is known by all its bytes', async () => {
    put('a.mp4');
    await files.watch(join(home, 'shoot'), 'inPlace');
    await files.idle();
    const { id } = only();
    database.run("UPDATE clips SET record = json_set(record, '$.generationId', id)");
    copyFileSync(sample('large.mp4'), from('a.mp4'));
    await expect.poll(() => only().bytes, { timeout: 10_000 }).toBe(statSync(sample('large.mp4')).size);
    await files.close();
    open();
    await files.start();
    await files.idle();
    const hash = new FileStore(database, () => clips.root).contentOf(id)?.fullHash;
    expect(hash).toBe(await sha256Of(sample('large.mp4')));
  });
});
