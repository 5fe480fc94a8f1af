import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Recipe } from '@shared/domain/draft';
import { exportClip } from '../../../tests/fixtures/exportClips';
import { ffmpegRunner } from '../../../tests/fixtures/ffmpegRunner';
import { recipe, task } from '../../../tests/fixtures/library';
import { ffmpeg as make, makeVideo, temporaryFolder } from '../../../tests/fixtures/media';
import { embeddedRecipeOf, embedRecipe, readEmbeddedRecipe, type EmbeddedRecipe } from './embeddedRecipe';
import { sidecarOf } from './sidecar';

const ffmpeg = ffmpegRunner();
let folder = '';
beforeAll(() => {
  folder = temporaryFolder('embedded');
});

const [image] = recipe.references;
/** A reference with everything one may have. */
const full: Recipe = {
  ...recipe,
  references: recipe.references.map((item) => ({
    ...item,
    reference: {
      ...item.reference,
      hasSound: true,
      animated: true,
      cmyk: true,
      seconds: 4,
      fps: 24,
      codec: 'h264',
      derived: {
        parentId: image?.reference.id ?? '',
        repair: { span: { from: 0, to: 1 }, crop: { x: 0, y: 0, width: 1, height: 0.5 }, pad: true, fps: 24 },
      },
      clip: {
        id: 'g0',
        moment: 1,
        result: { baseUrl: 'https://private.example.com/api', until: '2026-11-23' },
      },
    },
  })),
};

function embedded(of: Recipe = full, title = '海边 = the; #1 \\ walk\n🎬'): EmbeddedRecipe {
  const clip = exportClip({ title });
  const made = embeddedRecipeOf(sidecarOf({ clip, recipe: of, task, contentHash: '', lastFrame: null }));
  if (made === null) throw new Error('a clip with a recipe');
  return made;
}

/** What ffmpeg says of a file, on its standard output. */
function asked(path: string, ...args: string[]): string {
  const program = process.env.FFMPEG_PATH ?? 'ffmpeg';
  return execFileSync(program, ['-v', 'error', '-i', `file:${path}`, ...args, '-']).toString();
}

// Bug: a paid picture is encoded anew, or moved in time, only to write a note into its file.
test('every packet stays as it is, and so does what was written there', async () => {
  const label = ['-metadata', 'AIGC={"Label":"1"}', '-metadata', 'comment=mine'];
  const path = makeVideo(join(folder, 'a.mp4'), { extra: [...label, '-movflags', 'use_metadata_tags'] });
  const before = readFileSync(path);
  const output = join(folder, 'with recipe.mp4');
  await embedRecipe({ input: { path, format: 'mp4' }, output, embedded: embedded() }, ffmpeg);
  for (const muxer of ['streamhash', 'framemd5'])
    expect(asked(output, '-map', '0', '-c', 'copy', '-f', muxer)).toBe(
      asked(path, '-map', '0', '-c', 'copy', '-f', muxer),
    );
  const words = asked(output, '-f', 'ffmetadata');
  expect(words).toContain('AIGC={"Label":"1"}');
  expect(words).toContain('comment=mine');
  expect(words).toContain('title=海边 \\= the\\; \\#1 \\\\ walk 🎬');
  const film = readFileSync(output);
  // Seconds since 1904, behind the type, the version and the flags.
  const made = film.readUInt32BE(film.indexOf('mvhd') + 8) - 2_082_844_800;
  expect(new Date(made * 1000).toISOString()).toBe('2026-11-22T10:00:00.000Z');
  expect(readFileSync(path).equals(before)).toBe(true);
});

// Bug: a clip that was renamed and sent to somebody has lost what made it.
test('a recipe survives another name and another folder', async () => {
  const path = makeVideo(join(folder, 'b.mp4'));
  const output = join(folder, 'b with recipe.mp4');
  const made = embedded();
  await embedRecipe({ input: { path, format: 'mp4' }, output, embedded: made }, ffmpeg);
  const elsewhere = join(folder, 'a new\nfolder %d');
  mkdirSync(elsewhere);
  const moved = join(elsewhere, '随便.MP4');
  copyFileSync(output, moved);
  expect(await readEmbeddedRecipe(moved)).toEqual(JSON.parse(JSON.stringify(made)));
  expect(made.recipe).toMatchObject({ prompt: recipe.prompt, parameters: recipe.parameters });
  expect(await readEmbeddedRecipe(path)).toBeNull();
  expect(readdirSync(elsewhere)).toEqual(['随便.MP4']);
});

// Bug: the film tells everybody a signed address, a key, or whose endpoint it was.
test('nothing secret is written', async () => {
  const path = makeVideo(join(folder, 'c.mp4'));
  const output = join(folder, 'c with recipe.mp4');
  await embedRecipe({ input: { path, format: 'mp4' }, output, embedded: embedded() }, ffmpeg);
  expect(readFileSync(output).toString('latin1')).not.toMatch(/secret|[Ss]ignature|private\.example|volces/);
});

// Bug: the longest prompt there may be passes what a command line takes, or what the reader reads.
test('the longest recipe, written twice', async () => {
  const path = makeVideo(join(folder, 'd.mov'), { format: 'mov' });
  const long = embedded({ ...full, prompt: '海"\n\\'.repeat(5000) });
  const [once, twice] = [join(folder, 'd1.mp4'), join(folder, 'd2.mp4')];
  await embedRecipe({ input: { path, format: 'mov' }, output: once, embedded: embedded() }, ffmpeg);
  await embedRecipe({ input: { path: once, format: 'mp4' }, output: twice, embedded: long }, ffmpeg);
  expect((await readEmbeddedRecipe(twice))?.recipe.prompt).toBe(long.recipe.prompt);
});

/** A video with this under our key. */
function labelled(name: string, value: string, key = 'dailies'): string {
  const list = join(folder, `${name}.txt`);
  writeFileSync(list, `;FFMETADATA1\n${key}=${value.replace(/[=;#\\\n]/g, '\\$&')}\n`);
  const from = ['-i', join(folder, 'plain.mp4'), '-f', 'ffmetadata', '-i', list, '-map_metadata', '1'];
  return make(
    [...from, '-c', 'copy', '-movflags', 'use_metadata_tags', '-f', 'mp4'],
    join(folder, `${name}.mp4`),
  );
}

// Bug: a foreign or forged note fills the draft, leads to another file, or ends the program.
test('what is not a whole recipe of ours is none', async () => {
  makeVideo(join(folder, 'plain.mp4'));
  const good = embedded();
  const forged = (change: (copy: EmbeddedRecipe) => unknown): string => {
    const copy = JSON.parse(JSON.stringify(good)) as EmbeddedRecipe;
    change(copy);
    return JSON.stringify(copy);
  };
  const [first] = good.recipe.references;
  const values = {
    words: 'made with love',
    half: JSON.stringify(good).slice(0, -1),
    deep: '['.repeat(100_000),
    huge: forged((copy) => Object.assign(copy, { more: 'x'.repeat(1_100_000) })),
    prompt: forged((copy) => Object.assign(copy.recipe, { prompt: 'x'.repeat(20_001) })),
    other: forged((copy) => Object.assign(copy, { app: 'Another' })),
    place: forged((copy) => Object.assign(copy, { id: '../../a' })),
    later: forged((copy) => Object.assign(copy, { version: 2 })),
    path: forged((copy) => Object.assign(copy.recipe.references[0] ?? {}, { hash: '../../etc/passwd' })),
    script: forged((copy) =>
      Object.assign(copy.recipe.references[1] ?? {}, { address: 'file:///etc/passwd' }),
    ),
    many: forged((copy) =>
      Object.assign(copy.recipe, { references: Array.from({ length: 51 }, () => first) }),
    ),
  };
  for (const [name, value] of Object.entries(values))
    expect([name, await readEmbeddedRecipe(labelled(name, value))]).toEqual([name, null]);
  expect(await readEmbeddedRecipe(labelled('right', JSON.stringify(good)))).not.toBeNull();
  expect(await readEmbeddedRecipe(labelled('key', JSON.stringify(good), 'other'))).toBeNull();
});

function box(type: string, ...inside: Buffer[]): Buffer {
  const body = Buffer.concat(inside);
  const head = Buffer.alloc(8, type, 'latin1');
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

// Bug: lengths that lie send the reader behind the end, round in a circle, or into an allocation of gigabytes.
test('boxes that lie', async () => {
  const bytes = (...values: number[]): Buffer => Buffer.from(values);
  const lies: Record<string, Buffer> = {
    empty: Buffer.alloc(0),
    short: bytes(0, 0),
    zeros: Buffer.alloc(4096),
    huge: Buffer.concat([bytes(0, 0, 0, 1), Buffer.from('moov'), Buffer.alloc(8, 0xff)]),
    none: Buffer.concat(Array.from({ length: 20_000 }, () => box('free'))),
    late: Buffer.concat([...Array.from({ length: 20_000 }, () => box('free')), box('moov')]),
    longer: box('moov', box('meta', Buffer.alloc(4), bytes(0x7f, 0xff, 0xff, 0xff), Buffer.from('keys'))),
    keys: box('moov', box('meta', Buffer.alloc(4), box('keys', Buffer.alloc(70_000)), box('ilst'))),
    bare: box('moov', box('meta')),
    text: Buffer.from('not a video at all, only words'),
  };
  for (const [name, content] of Object.entries(lies)) {
    const path = join(folder, `lie ${name}.mp4`);
    writeFileSync(path, content);
    expect([name, await readEmbeddedRecipe(path)]).toEqual([name, null]);
  }
  expect(await readEmbeddedRecipe(folder)).toBeNull();
  await expect(readEmbeddedRecipe(join(folder, 'gone.mp4'))).rejects.toMatchObject({ code: 'ENOENT' });
});

// Bug: a video cut off at any place, or with something behind it, ends the program.
test('a video cut off anywhere is read or is none', async () => {
  const path = makeVideo(join(folder, 'e.mp4'), { seconds: 0.2, size: '32x32' });
  const output = join(folder, 'e with recipe.mp4');
  await embedRecipe({ input: { path, format: 'mp4' }, output, embedded: embedded() }, ffmpeg);
  appendFileSync(output, 'a note of some other program');
  expect(await readEmbeddedRecipe(output)).not.toBeNull();
  const whole = readFileSync(output);
  const cut = join(folder, 'cut.mp4');
  for (let length = 0; length < whole.length; length += 97) {
    writeFileSync(cut, whole.subarray(0, length));
    const found = await readEmbeddedRecipe(cut);
    if (found !== null) expect(found.app).toBe('Dailies');
  }
  truncateSync(cut, 0);
});

// Bug: an abort, or a file that cannot be read, leaves half a video or the words for it.
test('a failure leaves nothing', async () => {
  const place = temporaryFolder('failing');
  writeFileSync(join(place, 'no.mp4'), 'not a video at all, only words');
  const input = { path: join(place, 'no.mp4'), format: 'mp4' } as const;
  const output = join(place, 'o.mp4');
  await expect(embedRecipe({ input, output, embedded: embedded() }, ffmpeg)).rejects.toMatchObject({
    code: 'ffmpeg_failed',
  });
  const signal = AbortSignal.abort();
  await expect(embedRecipe({ input, output, embedded: embedded(), signal }, ffmpeg)).rejects.toMatchObject({
    name: 'AbortError',
  });
  const gone = { input, output: join(place, 'no folder', 'o.mp4'), embedded: embedded() };
  await expect(embedRecipe(gone, ffmpeg)).rejects.toMatchObject({ code: 'library_missing' });
  expect(readdirSync(place)).toEqual(['no.mp4']);
});
