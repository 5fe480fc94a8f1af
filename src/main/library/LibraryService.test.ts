import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Clip, ClipCursor } from '@shared/domain/clip';
import {
  collectingLog,
  ffmpegRunner,
  noFfmpeg,
  type CollectingLog,
} from '../../../tests/fixtures/ffmpegRunner';
import { recipe, task } from '../../../tests/fixtures/library';
import { ffmpeg as runFfmpeg, makeImage, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { openDatabase, type Database } from '../database/open';
import { sha256Of } from '../files/durableFile';
import type { Ffmpeg } from '../ffmpeg/run';
import type { AdoptRequest } from './adopt';
import { ClipIndex } from './clipIndex';
import { clipPlaces, shortIdOf } from './clipPlace';
import { ClipStore, NEW_CLIP } from './clipStore';
import { derivedPath } from './derived';
import { readEmbeddedRecipe } from './embeddedRecipe';
import { LibraryService } from './LibraryService';
import { Works } from './Works';
import { readSidecar, sidecarPath } from './sidecar';

const ID = 'generation-1';
const named = { id: ID, createdAt: '2026-11-22T10:00:00.000Z', title: '海边 walks' };

let video = '';
let home = '';
let database: Database;
let announced: Clip[] = [];
let told: { event: string; payload: unknown }[] = [];
let log: CollectingLog;
const open: LibraryService[] = [];

beforeAll(() => {
  video = makeVideo(join(temporaryFolder('clip'), 'result.mp4'), { seconds: 2 });
});
beforeEach(() => {
  home = temporaryFolder('library');
  database = openDatabase(join(home, 'dailies.db'));
  announced = [];
  told = [];
  log = collectingLog();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((library) => library.close()));
  database.close();
});

const root = (): string => join(home, 'library');
function service(ffmpeg: Ffmpeg = ffmpegRunner(), announce?: (clip: Clip) => void): LibraryService {
  const library = new LibraryService({
    database,
    root: root(),
    derivedFolder: join(home, 'derived'),
    ffmpeg,
    log,
    works: new Works({ announce: () => undefined }),
    announce: (event, payload) => {
      told.push({ event, payload });
      if (event !== 'clip.changed') return;
      announced.push(payload as Clip);
      announce?.(payload as Clip);
    },
  });
  open.push(library);
  return library;
}

function request(partPath: string, extra: Partial<AdoptRequest> = {}): AdoptRequest {
  const price = { amount: 5.01, currency: 'CNY' } as const;
  return { ...named, partPath, recipe, task, tokens: 108_900, price, practice: false, ...extra };
}

/** The film without what stands around it: each packet as it is. */
const picturesOf = (path: string): string =>
  readFileSync(runFfmpeg(['-i', path, '-map', '0', '-c', 'copy', '-f', 'md5'], `${path}.md5`), 'utf8');

/** Metadata that says whose clip this is. */
function embeddedWords(): string[] {
  const { references: _, ...rest } = recipe;
  const words = { app: 'Dailies', version: 1, ...named, seed: 42, recipe: { ...rest, references: [] } };
  return ['-metadata', `dailies=${JSON.stringify(words)}`, '-movflags', '+use_metadata_tags'];
}

/** A downloaded part, as the download leaves it. */
async function downloaded(library: LibraryService, from = video): Promise<string> {
  const part = await library.partPathFor(named);
  copyFileSync(from, part);
  return part;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

describe('adopting', () => {
  test('a part becomes a clip with its sidecar, then its pictures', async () => {
    const library = service();
    const part = await downloaded(library);
    const lastFramePartPath = `${part}.last-frame.part`;
    makeImage(lastFramePartPath);
    const clip = await library.adopt(request(part, { lastFramePartPath }));
    expect(clip).toMatchObject({
      ...named,
      revision: 1,
      generationId: ID,
      width: 320,
      height: 180,
      hasSound: true,
      hasPoster: false,
      missing: false,
      tokens: 108_900,
    });
    expect(clip.seconds).toBeCloseTo(2, 0);
    const path = library.pathOf(ID) ?? '';
    expect(path).toBe(part.replace(/\.part$/, ''));
    const lastFrame = clip.fileName.replace(/mp4$/, 'last.png');
    expect(filesIn(root())).toEqual([clip.fileName, clip.fileName.replace(/mp4$/, 'json'), lastFrame].sort());
    expect(await readSidecar(path)).toMatchObject({
      clip: { id: ID, title: named.title },
      hashes: { video: await sha256Of(path) },
      lastFrame,
    });
    expect(clip.bytes).toBe(statSync(path).size);
    expect(await readEmbeddedRecipe(path)).toMatchObject({
      id: ID,
      seed: 42,
      recipe: { prompt: recipe.prompt },
    });
    expect(readFileSync(sidecarPath(path), 'utf8')).not.toContain(home);
    expect(library.get(ID)).toEqual({ ...clip, recipe, task, note: '', hasLastFrame: true });
    expect(library.lastOf(ID)).toBe(join(dirname(path), lastFrame));
    await library.picturesMade();
    expect(
      announced.map(({ revision, hasPoster, sprite }) => [revision, hasPoster, sprite !== null]),
    ).toEqual([
      [1, false, false],
      [2, true, false],
      [3, true, true],
    ]);
    expect(existsSync(library.posterOf(ID) ?? '')).toBe(true);
    expect(existsSync(library.spriteOf(ID) ?? '')).toBe(true);
  });

  // Bug: a crash between two steps loses a paid video, doubles it, or leaves it for ever unfinished.
  describe('ends the same after a crash', () => {
    const crashes: Record<string, (final: string, part: string) => void> = {
      'before anything': () => undefined,
      'after the rename': (final, part) => renameSync(part, final),
      'after a copy to the final name': (final, part) => copyFileSync(part, final),
      'half-way into the sidecar': (final, part) => {
        renameSync(part, final);
        writeFileSync(`${sidecarPath(final)}.1234`, '{"version":1,');
      },
      'with half a copy that holds the recipe': (final, part) =>
        writeFileSync(join(dirname(part), `${shortIdOf(ID, 32)}.recipe.part`), 'half'),
      'after the copy with the recipe got its name': (final, part) => {
        runFfmpeg(['-i', part, '-c', 'copy', ...embeddedWords(), '-f', 'mp4'], final);
      },
      'with a broken sidecar': (final, part) => {
        renameSync(part, final);
        writeFileSync(sidecarPath(final), '{"version":1,');
      },
    };
    test.each(Object.entries(crashes))('%s', async (_name, crash) => {
      const library = service();
      const part = await downloaded(library);
      crash(part.replace(/\.part$/, ''), part);
      const clip = await service().adopt(request(part));
      expect(filesIn(root()).filter((name) => name.endsWith('.mp4') || name.endsWith('.part'))).toEqual([
        clip.fileName,
      ]);
      expect(picturesOf(library.pathOf(ID) ?? '')).toBe(picturesOf(video));
      expect(await readSidecar(library.pathOf(ID) ?? '')).toMatchObject({ clip: { id: ID } });
      expect(library.list(null, 10).total).toBe(1);
    });

    test('after the sidecar, before the database', async () => {
      const first = service();
      const part = await downloaded(first);
      const before = await first.adopt(request(part));
      const text = readFileSync(sidecarPath(first.pathOf(ID) ?? ''), 'utf8');
      await first.close();
      database.run('DELETE FROM clips');
      const again = service();
      expect(await again.adopt(request(part))).toEqual(before);
      expect(readFileSync(sidecarPath(again.pathOf(ID) ?? ''), 'utf8')).toBe(text);
    });

    test('after everything, and twice at once', async () => {
      const library = service();
      const part = await downloaded(library);
      const [first, second] = await Promise.all([library.adopt(request(part)), library.adopt(request(part))]);
      expect(second).toEqual(first);
      copyFileSync(video, part);
      expect((await service().adopt(request(part))).id).toBe(ID);
      expect(existsSync(part)).toBe(false);
      expect(library.list(null, 10).total).toBe(1);
    });
  });

  // Bug: an error page, a cut-off or silent file is shown as the bought video; or the part is thrown away.
  test.each([
    [
      'a web page',
      (part: string) => writeFileSync(part, '<!doctype html><h1>502 Bad Gateway</h1>'.repeat(100)),
    ],
    ['nothing', (part: string) => writeFileSync(part, '')],
    ['a picture', (part: string) => makeImage(part)],
    [
      'a cut-off video',
      (part: string) => (copyFileSync(video, part), truncateSync(part, statSync(part).size - 2000)),
    ],
    [
      'a video without its index',
      (part: string) => (makeVideo(part, { fastStart: false }), truncateSync(part, 5000)),
    ],
    ['sound only', (part: string) => void runFfmpeg(['-i', video, '-vn', '-c', 'copy', '-f', 'mp4'], part)],
    [
      'a video whose pictures are noise',
      (part: string) => {
        const bytes = readFileSync(video);
        const at = bytes.indexOf('mdat') + 4;
        for (let n = at; n < bytes.length; n += 1) bytes[n] = (n * 7919) & 0xff;
        writeFileSync(part, bytes);
      },
    ],
  ])('%s is no clip', async (_name, make) => {
    const library = service();
    const part = await library.partPathFor(named);
    make(part);
    await expect(library.adopt(request(part))).rejects.toMatchObject({ code: 'not_a_video' });
    expect(library.list(null, 10).total).toBe(0);
    expect(filesIn(root()).filter((name) => !name.includes('.part'))).toEqual([]);
    expect(existsSync(part)).toBe(true);
  });

  // Bug: a file that the person put there is overwritten, or taken for the clip.
  test("a stranger's file keeps its name and content", async () => {
    const library = service();
    const part = await downloaded(library);
    const [usual, longer] = clipPlaces(named);
    const stranger = join(root(), usual?.relativePath ?? '');
    const own = makeVideo(join(home, 'own.mp4'), { size: '64x64' });
    copyFileSync(own, stranger);
    const clip = await library.adopt(request(part));
    expect(clip.fileName).toBe(longer?.fileName);
    expect(readFileSync(stranger).equals(readFileSync(own))).toBe(true);
    await library.close();
    database.run('DELETE FROM clips');
    expect((await service().adopt(request(part))).fileName).toBe(longer?.fileName);
  });

  // Bug: a video is declared broken because this computer has no ffmpeg, or is quitting.
  test('without ffmpeg, and while quitting, the part waits', async () => {
    const library = service(noFfmpeg());
    const part = await downloaded(library);
    await expect(library.adopt(request(part))).rejects.toMatchObject({ code: 'ffmpeg_missing' });
    const quitting = ffmpegRunner();
    await quitting.stopAll();
    await expect(service(quitting).adopt(request(part))).rejects.toMatchObject({ name: 'AbortError' });
    await expect(service().adopt(request(part))).resolves.toMatchObject({ id: ID });
  });

  test('nothing to adopt says so', async () => {
    const library = service();
    const part = await library.partPathFor(named);
    await expect(library.adopt(request(part))).rejects.toMatchObject({ code: 'download_interrupted' });
  });

  // Bug: an unplugged library is made anew in its place, and everything in it seems lost.
  test('a library that is gone is not made anew once it had clips', async () => {
    const library = service();
    await library.adopt(request(await downloaded(library)));
    renameSync(root(), join(home, 'unplugged'));
    const next = { ...named, id: 'generation-2' };
    await expect(library.partPathFor(next)).rejects.toMatchObject({ code: 'library_missing' });
    await expect(library.adopt(request(join(root(), 'x.part'), next))).rejects.toMatchObject({
      code: 'library_missing',
    });
    expect(existsSync(root())).toBe(false);
  });

  // Bug: a folder without permission is shown as a bug of the program.
  test.runIf(process.getuid?.() !== 0)('a folder that may not be written says so', async () => {
    const library = service();
    chmodSync(root(), 0o555);
    await expect(library.partPathFor(named)).rejects.toMatchObject({ code: 'no_permission' });
    chmodSync(root(), 0o755);
    const part = await downloaded(library);
    chmodSync(dirname(part), 0o555);
    await expect(library.adopt(request(part))).rejects.toMatchObject({ code: 'no_permission' });
    chmodSync(dirname(part), 0o755);
    expect((await library.adopt(request(part))).id).toBe(ID);
  });
});

describe('pictures', () => {
  const sizeOf = (path: string): [number, number] => {
    const bytes = readFileSync(path);
    return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
  };

  // Bug: the geometry in the record is not that of the image, so that scrubbing shows parts of two cells.
  test.each([
    ['lying', { seconds: 5, size: '640x360' }, [640, 360], [284, 160], 12],
    ['upright', { seconds: 4, size: '180x320' }, [180, 320], [90, 160], 12],
    ['turned', { seconds: 4, size: '320x180', rotation: 90 }, [180, 320], [90, 160], 12],
    ['short', { seconds: 1, size: '320x180' }, [320, 180], [284, 160], 6],
    ['of one frame', { seconds: 0.04, size: '320x180', sound: false }, [320, 180], [284, 160], 1],
  ] as const)('%s', async (_name, shape, poster, cell, count) => {
    const library = service();
    const part = await library.partPathFor(named);
    makeVideo(part, shape);
    await library.adopt(request(part));
    await library.picturesMade();
    const sprite = library.get(ID).sprite;
    expect(sprite).toMatchObject({ count, cellWidth: cell[0], cellHeight: cell[1] });
    expect(sizeOf(library.posterOf(ID) ?? '')).toEqual(poster);
    const [columns = 0, rows = 0] = [sprite?.columns, sprite?.rows];
    expect(columns * rows).toBeGreaterThanOrEqual(count);
    expect(sizeOf(library.spriteOf(ID) ?? '')).toEqual([columns * cell[0], rows * cell[1]]);
  });

  // Bug: cells are black, repeated or out of order.
  test('every cell shows its own moment', async () => {
    const library = service();
    const part = await library.partPathFor(named);
    // Grows lighter from black to white over five seconds.
    const ramp = "color=black:size=160x160:rate=24:duration=5,format=gray,geq=lum='min(255,T*51)'";
    runFfmpeg(['-f', 'lavfi', '-i', ramp, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'mp4'], part);
    await library.adopt(request(part));
    await library.picturesMade();
    const sprite = library.spriteOf(ID) ?? '';
    const gray = readFileSync(
      runFfmpeg(['-i', sprite, '-f', 'rawvideo', '-pix_fmt', 'gray'], `${sprite}.raw`),
    );
    const levels = Array.from(
      { length: 12 },
      (_, n) => gray[(Math.floor(n / 4) * 160 + 80) * 640 + (n % 4) * 160 + 80] ?? 0,
    );
    for (const [n, level] of levels.entries()) {
      const expected = ((n + 0.5) / 12) * 255;
      expect(Math.abs(level - expected)).toBeLessThan(16);
    }
  });

  // Bug: pictures that were deleted, or not made before a crash, are missing for ever.
  test('are made again at the next start', async () => {
    const first = service();
    await first.adopt(request(await downloaded(first)));
    await first.picturesMade();
    await first.close();
    rmSync(join(home, 'derived'), { recursive: true });
    const second = service();
    await second.resumeDerived();
    await second.picturesMade();
    expect(existsSync(second.posterOf(ID) ?? '')).toBe(true);
    expect(existsSync(second.spriteOf(ID) ?? '')).toBe(true);
    const { revision } = second.get(ID);
    announced = [];
    const third = service();
    await third.resumeDerived();
    await third.picturesMade();
    expect(announced).toEqual([]);
    expect(third.get(ID).revision).toBe(revision);
  });

  // Bug: a clip whose picture cannot be made keeps the computer busy at every start.
  test('that fail are tried twice, then left alone', async () => {
    const real = ffmpegRunner();
    const produce = vi.fn(real.produce);
    const first = service(noFfmpeg());
    await expect(first.adopt(request(await downloaded(first)))).rejects.toThrow();
    const library = service({
      ...real,
      // All but the copy with the recipe.
      produce: (output, args, limits) =>
        output.endsWith('.part')
          ? real.produce(output, args, limits)
          : Promise.reject(new DOMException('later', 'AbortError')),
    });
    await library.adopt(request(await library.partPathFor(named)));
    await library.picturesMade();
    writeFileSync(library.pathOf(ID) ?? '', 'overwritten by another program');
    for (let start = 0; start < 4; start += 1) {
      const next = service({ ...real, produce });
      await next.resumeDerived();
      await next.picturesMade();
    }
    expect(produce).toHaveBeenCalledTimes(4);
    expect(library.get(ID)).toMatchObject({ hasPoster: false, sprite: null });
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(4);
    const hash = (await readSidecar(library.pathOf(ID) ?? ''))?.hashes.video ?? '';
    expect(existsSync(derivedPath(join(home, 'derived'), hash, 'poster'))).toBe(false);
  });
});

describe('missing files', () => {
  // Bug: a clip whose file was deleted looks playable, or one that came back stays missing.
  test('are marked at start, and unmarked when they are back', async () => {
    const library = service();
    await library.adopt(request(await downloaded(library)));
    await library.picturesMade();
    const path = library.pathOf(ID) ?? '';
    renameSync(path, join(home, 'elsewhere.mp4'));
    await service().resumeDerived();
    expect(library.get(ID)).toMatchObject({ missing: true, hasPoster: true });
    expect(announced.at(-1)).toMatchObject({ id: ID, missing: true });
    renameSync(join(home, 'elsewhere.mp4'), path);
    await service().resumeDerived();
    expect(library.get(ID).missing).toBe(false);
  });
});

describe('paging', () => {
  // Bug: a clip is shown twice or never where many were made in the same moment, or one arrives meanwhile.
  test('1,000 clips without gap or repeat', () => {
    const library = service();
    const insert = (n: number, createdAt: string): void => {
      const id = `g${String((n * 7919) % 1009).padStart(4, '0')}`;
      const record = JSON.stringify({ id, createdAt });
      database.run(
        "INSERT INTO clips (id, created_at, relative_path, content_hash, bytes, record) VALUES (?, ?, ?, 'h', 1, ?)",
        ...[id, createdAt, `2026/11/${id}.mp4`, record],
      );
    };
    database.transaction(() => {
      for (let n = 1; n <= 1000; n += 1) insert(n, new Date(1.79e12 + (n % 40) * 1000).toISOString());
    });
    const seen: string[] = [];
    let after: ClipCursor | null = null;
    do {
      const page = library.list(after, 37);
      seen.push(...page.clips.map(({ id, createdAt }) => `${createdAt} ${id}`));
      if (seen.length === 37) insert(1008, '2099-01-01T00:00:00.000Z');
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(1000);
    expect(new Set(seen).size).toBe(1000);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(library.list(null, 1).total).toBe(1001);
  });

  test('the last page says so', () => {
    expect(service().list(null, 10)).toEqual({ clips: [], next: null, total: 0 });
    expect(() => service().get('unknown')).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
    expect(service().pathOf('unknown')).toBeNull();
    expect(service().posterOf('unknown')).toBeNull();
    expect(service().spriteOf('unknown')).toBeNull();
  });
});

describe('the folder', () => {
  // Bug: clips are left behind in a folder that the library no longer looks at.
  test('is chosen only while the library is empty', async () => {
    const library = service();
    await library.adopt(request(await downloaded(library)));
    await expect(library.setRoot(join(home, 'other'))).rejects.toMatchObject({ code: 'library_has_clips' });
    expect(await library.location()).toMatchObject({
      path: root(),
      clips: 1,
      bytes: statSync(library.pathOf(ID) ?? '').size,
    });
    expect((await library.location()).freeBytes).toBeGreaterThan(0);
  });

  // Bug: a library on a disk that is gone keeps the person in front of a closed door, or a folder that was moved is
  // refused because the library is not empty.
  test('is found in another place after it was moved, and only then', async () => {
    const library = service();
    await library.adopt(request(await downloaded(library)));
    expect(await library.location()).toMatchObject({ trouble: null });
    renameSync(root(), join(home, 'moved'));
    expect(await library.location()).toMatchObject({ trouble: 'gone', clips: 1 });
    writeFileSync(root(), 'a file');
    expect(await library.location()).toMatchObject({ trouble: 'file' });
    await library.setRoot(join(home, 'wrong'));
    expect(await library.location()).toMatchObject({ trouble: 'empty', clips: 1 });
    await library.setRoot(join(home, 'moved'));
    await library.resumeDerived();
    expect(library.get(ID).missing).toBe(false);
    expect(await library.location()).toMatchObject({ trouble: null, clips: 1 });
    await expect(library.setRoot(join(home, 'other'))).rejects.toMatchObject({ code: 'library_has_clips' });
  });

  // Bug: references that a draft holds are lost when another folder is chosen before the first clip.
  test('takes the kept references along', async () => {
    const library = service();
    mkdirSync(join(root(), '.references'));
    writeFileSync(join(root(), '.references', 'abc.png'), 'kept');
    await library.setRoot(join(home, 'other'));
    expect(library.root).toBe(join(home, 'other'));
    expect(readFileSync(join(home, 'other', '.references', 'abc.png'), 'utf8')).toBe('kept');
    expect(existsSync(join(root(), '.references'))).toBe(false);
    expect(await library.partPathFor(named)).toContain(join(home, 'other', '2026', '11'));
  });

  // Bug: a folder is taken in which nothing can be written, and the first paid video has no place.
  test('must be writable', async () => {
    const library = service();
    writeFileSync(join(home, 'a file'), '');
    await expect(library.setRoot(join(home, 'a file', 'below'))).rejects.toMatchObject({
      code: 'library_missing',
    });
    expect(library.root).toBe(root());
    if (process.getuid?.() === 0) return;
    mkdirSync(join(home, 'locked'), { mode: 0o555 });
    await expect(library.setRoot(join(home, 'locked'))).rejects.toMatchObject({ code: 'no_permission' });
  });
});

// Bug: after a large edit the inspector and the selection show for ever what was true before it.
test('an edit of more clips than are told of one by one is told as a whole', () => {
  const ids = Array.from({ length: 501 }, (_, n) => `clip-${n}`);
  const store = new ClipStore(database);
  const index = new ClipIndex(database);
  for (const id of ids) {
    const clip: Clip = {
      ...{ ...NEW_CLIP, id, generationId: id, title: id, fileName: `${id}.mp4` },
      ...{ createdAt: '2026-11-22T10:00:00.000Z', bytes: 1, width: 16, height: 9, seconds: 5, fps: 24 },
      ...{ hasSound: true, tokens: null, price: null, practice: false, missing: false },
      ...{ origin: 'generated', outside: null },
    };
    store.insert({ clip, relativePath: clip.fileName, contentHash: '' }, recipe, null);
    index.put(id);
  }
  service().edit(ids, { rating: 4 });
  expect(told.map(({ event }) => event)).toEqual(['clips.changed']);
  expect(store.find('clip-500')?.clip.rating).toBe(4);
});
