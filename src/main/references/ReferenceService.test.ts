import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectingLog, ffmpegRunner, noFfmpeg } from '../../../tests/fixtures/ffmpegRunner';
import {
  ffmpeg as runFfmpeg,
  makeImage,
  makeSound,
  makeVideo,
  temporaryFolder,
} from '../../../tests/fixtures/media';
import { noHeic } from '../../../tests/fixtures/heicWorker';
import { openDatabase, type Database } from '../database/open';
import { sha256Of } from '../files/durableFile';
import type { Ffmpeg } from '../ffmpeg/run';
import { ReferenceService } from './ReferenceService';

let home = '';
let database: Database;
beforeEach(() => {
  home = temporaryFolder('references');
  mkdirSync(join(home, 'library'));
  database = openDatabase(join(home, 'dailies.db'));
});
afterEach(() => database.close());

const from = (name: string): string => join(home, name);
const kept = (): string[] => readdirSync(join(home, 'library', '.references')).sort();
function service(ffmpeg: Ffmpeg = ffmpegRunner()): ReferenceService {
  return new ReferenceService({
    database,
    referencesFolder: () => join(home, 'library', '.references'),
    derivedFolder: join(home, 'derived'),
    ffmpeg,
    decodeHeic: noHeic,
    clips: { find: () => null, lastFrameOf: async () => null, resultOf: () => null },
    log: collectingLog(),
    announceProgress: () => undefined,
  });
}

/** Width, height and the transparency of the first and middle pixels, as another program sees the picture. */
function rgba(path: string): Buffer {
  const raw = runFfmpeg(['-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgba'], `${path}.raw`);
  return readFileSync(raw);
}

// Bug: the extension decides; a wrong one hides a good file or lets a bad one in.
test('takes files by content, whatever they are called', async () => {
  const paths = [
    makeImage(from('a photo.mp4'), 'mjpeg'),
    makeVideo(from('emoji 🎬 #1 100%d.png'), { rotation: 90 }),
    makeSound(from('-new\nline'), 'mp3'),
  ];
  const { added, refused } = await service().add(paths);
  expect(refused).toEqual([]);
  expect(added).toMatchObject([
    { kind: 'image', format: 'jpeg', name: 'a photo.mp4', width: 320, height: 180, hasThumb: true },
    { kind: 'video', format: 'mp4', name: 'emoji 🎬 #1 100%d.png', width: 180, height: 320, hasThumb: true },
    { kind: 'audio', format: 'mp3', name: '-new\nline', hasSound: true, hasThumb: true },
  ]);
  expect(kept()).toEqual(added.map(({ id, format }) => `${id}.${format === 'jpeg' ? 'jpg' : format}`).sort());
});

// Bug: the same picture added twice costs its space twice, or two records disagree about it.
test('the same content is kept once', async () => {
  const references = service();
  const first = makeImage(from('first.png'));
  writeFileSync(from('second.jpg'), readFileSync(first));
  const { added } = await references.add([first, from('second.jpg'), first]);
  expect(added).toHaveLength(1);
  const again = await references.add([from('second.jpg')]);
  expect(again.added).toMatchObject([{ id: added[0]?.id, name: 'second.jpg', width: 320 }]);
  expect(kept()).toHaveLength(1);
  expect(database.all('SELECT id FROM media')).toHaveLength(1);
  expect(await sha256Of(references.fileOf(added[0]?.id ?? '') ?? '')).toBe(added[0]?.id);
});

// Bug: a kept file that was deleted stays lost although the person adds it again.
test('adding again brings back what was deleted', async () => {
  const references = service();
  const path = makeImage(from('a.png'));
  const [reference] = (await references.add([path])).added;
  rmSync(references.fileOf(reference?.id ?? '') ?? '');
  rmSync(references.thumbOf(reference?.id ?? '') ?? '');
  await references.add([path]);
  expect(kept()).toHaveLength(1);
  expect(statSync(references.thumbOf(reference?.id ?? '') ?? '').size).toBeGreaterThan(0);
});

// Bug: one bad file among good ones spoils the drop; a pipe or folder hangs the program.
test('each file is refused by itself, with its reason', async () => {
  writeFileSync(from('empty.png'), '');
  writeFileSync(from('page.mp4'), '<!doctype html><title>502 Bad Gateway</title>');
  execFileSync('mkfifo', [from('pipe.mp4')]);
  const late = makeVideo(from('late.mp4'), { fastStart: false });
  truncateSync(late, statSync(late).size - 500);
  const cut = makeVideo(from('cut.mp4'));
  truncateSync(cut, statSync(cut).size - 500);
  const good = makeImage(from('good.png'));
  const names = ['empty.png', 'page.mp4', 'pipe.mp4', 'late.mp4', 'cut.mp4', 'library', 'gone.png'];
  const { added, refused } = await service().add([...names.map(from), good]);
  expect(added).toMatchObject([{ name: 'good.png' }]);
  expect(refused.map(({ name, error }) => [name, error.code])).toEqual([
    ['empty.png', 'file_empty'],
    ['page.mp4', 'format_unsupported'],
    ['pipe.mp4', 'file_unreadable'],
    ['late.mp4', 'file_unreadable'],
    ['cut.mp4', 'file_unreadable'],
    ['library', 'folder_without_media'],
    ['gone.png', 'file_unreadable'],
  ]);
  expect(JSON.stringify(refused)).not.toContain(home);
  expect(kept().filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

// Bug: a file that was refused stays beside the library for ever.
test('what is refused leaves nothing', async () => {
  const cut = makeVideo(from('cut.mp4'));
  truncateSync(cut, statSync(cut).size - 500);
  expect((await service().add([cut])).refused).toHaveLength(1);
  expect(kept()).toEqual([]);
});

describe('a folder', () => {
  // Bug: dropping a folder is refused, reads hidden caches, or runs out through a link.
  test('stands for the media in it', async () => {
    mkdirSync(from('shoot/day 2'), { recursive: true });
    mkdirSync(from('shoot/.cache'));
    mkdirSync(from('outside'));
    makeImage(from('shoot/img10.png'));
    makeImage(from('shoot/img9.png'), 'png', '322x180');
    makeImage(from('shoot/day 2/c.jpg'), 'mjpeg');
    makeImage(from('shoot/.cache/hidden.png'), 'png', '324x180');
    makeImage(from('outside/secret.png'), 'png', '326x180');
    symlinkSync(from('outside'), from('shoot/link'));
    symlinkSync(from('shoot'), from('shoot/loop'));
    writeFileSync(from('shoot/notes.txt'), 'a list of shots');
    const { added, refused } = await service().add([from('shoot')]);
    expect(added.map(({ name }) => name)).toEqual(['c.jpg', 'img9.png', 'img10.png']);
    expect(refused).toEqual([]);
  });

  // Bug: nothing happens, and nobody says why.
  test('without media is refused in words', async () => {
    mkdirSync(from('letters'));
    writeFileSync(from('letters/a.txt'), 'no picture at all, only words');
    const { added, refused } = await service().add([from('letters')]);
    expect(added).toEqual([]);
    expect(refused).toMatchObject([{ name: 'letters', error: { code: 'folder_without_media' } }]);
  });

  // Bug: a year of photos is copied at once.
  test('gives fifty files and says that there are more', async () => {
    mkdirSync(from('many'));
    const tail = Buffer.alloc(1, 0x0a);
    const picture = readFileSync(makeImage(from('one.png'), 'png', '16x16'));
    for (let n = 0; n < 53; n += 1) {
      tail[0] = n;
      writeFileSync(from(`many/${n}.png`), Buffer.concat([picture, tail]));
    }
    const { added, refused } = await service(noFfmpeg()).add([from('many')]);
    expect(added.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, n) => `${n}.png`));
    expect(refused).toMatchObject([{ name: 'many', error: { code: 'folder_too_full' } }]);
  });
});

// Bug: a library that was unplugged is made anew in its place, or the error speaks of the dropped file.
test('says when the library is gone or may not be written', async () => {
  const references = service();
  const path = makeImage(from('a.png'));
  renameSync(join(home, 'library'), join(home, 'elsewhere'));
  expect((await references.add([path])).refused).toMatchObject([{ error: { code: 'library_missing' } }]);
  expect(readdirSync(home)).not.toContain('library');
  if (process.getuid?.() === 0) return;
  mkdirSync(join(home, 'library'), { mode: 0o555 });
  expect((await references.add([path])).refused).toMatchObject([{ error: { code: 'no_permission' } }]);
  chmodSync(join(home, 'library'), 0o755);
});

describe('thumbs', () => {
  // Bug: a tall video's thumb is squashed into a square.
  test('keep the shape within 256 pixels', async () => {
    const references = service();
    const { added } = await references.add([makeVideo(from('tall.mp4'), { size: '180x640' })]);
    const thumb = references.thumbOf(added[0]?.id ?? '') ?? '';
    expect(rgba(thumb).length).toBe(72 * 256 * 4);
  });

  // Bug: the waveform is drawn on black, so that it cannot be used as a mask.
  test('a sound is white on transparent', async () => {
    const references = service();
    const { added } = await references.add([makeSound(from('rise.wav'))]);
    const pixels = rgba(references.thumbOf(added[0]?.id ?? '') ?? '');
    expect(pixels.length).toBe(320 * 64 * 4);
    const at = (x: number, y: number): number[] => [
      ...pixels.subarray((y * 320 + x) * 4, (y * 320 + x) * 4 + 4),
    ];
    expect(at(2, 0)[3]).toBe(0);
    expect(at(315, 32)).toEqual([255, 255, 255, 255]);
  });

  // Bug: without ffmpeg no picture can be added at all.
  test('are left out without ffmpeg', async () => {
    const references = service(noFfmpeg());
    const { added } = await references.add([makeImage(from('a.png'))]);
    expect(added).toMatchObject([{ hasThumb: false, width: 320 }]);
    expect(references.thumbOf(added[0]?.id ?? '')).toBeNull();
    const [later] = (await service().add([from('a.png')])).added;
    expect(later?.hasThumb).toBe(true);
  });
});

describe('paste', () => {
  // Bug: a pasted picture is another reference than the same file dropped; a path comes in through its name.
  test('keeps bytes by content', async () => {
    const references = service();
    const path = makeImage(from('a.png'));
    const pasted = await references.paste(new Uint8Array(readFileSync(path)), '../../etc/image.png');
    expect(pasted).toMatchObject({
      source: 'pasted',
      name: 'image.png',
      format: 'png',
      id: await sha256Of(path),
    });
    expect((await references.add([path])).added[0]?.id).toBe(pasted.id);
    expect(kept()).toHaveLength(1);
  });

  test('refuses nothing and rubbish', async () => {
    await expect(service().paste(new Uint8Array(), 'x.png')).rejects.toMatchObject({ code: 'file_empty' });
    await expect(service().paste(new Uint8Array(500), 'x.png')).rejects.toMatchObject({
      code: 'format_unsupported',
    });
  });
});

// Bug: a recipe is filled with a reference whose bytes are gone, or with an address that nobody keeps.
test('says which contents are kept here', async () => {
  const references = service();
  const { added } = await references.add([makeImage(from('a.png'))]);
  const [reference] = added;
  const link = await references.addUrl('https://example.com/walk.mp4');
  expect(await references.keptOf(reference?.id ?? '')).toEqual(reference);
  expect(await service().keptOf(reference?.id ?? '')).toEqual(reference);
  expect(await references.keptOf(link.id)).toBeNull();
  expect(await references.keptOf('f'.repeat(64))).toBeNull();
  rmSync(references.fileOf(reference?.id ?? '') ?? '');
  expect(await references.keptOf(reference?.id ?? '')).toBeNull();
  await references.add([from('a.png')]);
  expect(await references.keptOf(reference?.id ?? '')).toEqual(reference);
});

// Bug: ids are given out that mean nothing later, or an address is looked for on the disk.
test('answers for its ids, also after a restart', async () => {
  const { added } = await service().add([makeImage(from('a.png'))]);
  const link = await service().addUrl('https://example.com/walk.mp4?x=1');
  const later = service();
  expect(later.get([link.id, added[0]?.id ?? ''])).toEqual([link, added[0]]);
  expect(later.fileOf(link.id)).toBeNull();
  expect(later.thumbOf(link.id)).toBeNull();
  expect(later.fileOf('unknown')).toBeNull();
  expect(() => later.get(['unknown'])).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
});

// Bug: what a crash left half copied fills the disk for ever.
test('removes what an interrupted copy left', async () => {
  mkdirSync(join(home, 'library', '.references'));
  writeFileSync(join(home, 'library', '.references', '.incoming.1234.tmp'), 'half');
  const references = service();
  await references.add([makeImage(from('a.png'))]);
  await expect.poll(() => kept().filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
