// Sidecars and recipes inside videos, as a stranger's folder or film may hold them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { recipe, task } from '../../../tests/fixtures/library';
import { exportClip } from '../../../tests/fixtures/exportClips';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { embeddedRecipeOf, readEmbeddedRecipe } from './embeddedRecipe';
import { readSidecarFile, recipeOf, sidecarOf } from './sidecar';

const folder = temporaryFolder('recipes');
mkdirSync(folder, { recursive: true });
const sidecar = sidecarOf({
  clip: exportClip({}),
  recipe,
  task,
  contentHash: 'c'.repeat(64),
  lastFrame: 'a.last.png',
});

const hostile = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1e300, '', '..', '../../x', '/etc/passwd', 'C:\\x', '\0', [], {}),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The places of a value, each as the keys that lead to it. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...at]];
  return [[...at], ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return (value as unknown[]).map((item, at) => (String(at) === key ? replaced(item, rest, by) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: replaced(record[key], rest, by) };
}

function spoiled(value: object): fc.Arbitrary<string> {
  const whole = JSON.stringify(value);
  const places = placesIn(JSON.parse(whole));
  // What paths are made of comes up often.
  const paths = [
    ['clip', 'id'],
    ['clip', 'fileName'],
    ['hashes', 'video'],
    ['recipe', 'references', '0', 'hash'],
  ];
  return fc.oneof(
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...places), fc.constantFrom(...paths)), hostile), {
        minLength: 1,
        maxLength: 3,
      })
      .map((changes) =>
        JSON.stringify(changes.reduce<unknown>((now, [place, by]) => replacedWhere(now, place, by), value)),
      ),
    fc.nat(whole.length).map((at) => whole.slice(0, at)),
    fc.nat(3000).map((depth) => '{"clip":'.repeat(depth)),
    fc.json(),
  );
}

/** A place may be gone after an earlier change. */
function replacedWhere(value: unknown, place: readonly string[], by: unknown): unknown {
  const reached = place.every((_, depth) => {
    const outer = place
      .slice(0, depth)
      .reduce<unknown>((now, key) => (now as Record<string, unknown>)?.[key], value);
    return typeof outer === 'object' && outer !== null;
  });
  return reached ? replaced(value, place, by) : value;
}

const sidecarFile = join(folder, 'a.json');

// Bug: a sidecar from a stranger's folder throws, or names a file or a folder of this computer as its own.
fuzz(
  'the sidecar',
  fc.asyncProperty(spoiled(sidecar), async (text) => {
    writeFileSync(sidecarFile, text);
    const read = await readSidecarFile(sidecarFile);
    if (read === null) return;
    expect(basename(read.clip.fileName)).toBe(read.clip.fileName);
    expect(read.clip.id).toMatch(/^[\w-]+$/);
    expect(read.hashes.video).toMatch(/^[0-9a-f]*$/);
    for (const { reference } of recipeOf(read)?.references ?? [])
      expect(reference.id).toMatch(/^(?:url-)?[0-9a-f]{64}$/);
  }),
  1500,
);

function box(type: string, ...inside: Buffer[]): Buffer {
  const body = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A film of nothing but its metadata. */
function film(text: string): Buffer {
  const keys = box('keys', number(0), number(1), box('mdta', Buffer.from('dailies')));
  const list = box('ilst', box('\0\0\0\x01', box('data', number(1), number(0), Buffer.from(text))));
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', box('meta', number(0), keys, list))]);
}

const embedded = embeddedRecipeOf(sidecar);
if (embedded === null) throw new Error('a clip with a recipe');
const whole = film(JSON.stringify(embedded));
const giant = fc.constantFrom(0, 1, 7, 8, 9, 0x7fffffff, 0x80000000, 0xffffffff);
const films = fc.oneof(
  spoiled(embedded).map(film),
  fc.nat(whole.length).map((at) => whole.subarray(0, at)),
  // A length or a type anywhere becomes another.
  fc.array(fc.tuple(fc.nat(300), giant), { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = Buffer.from(whole);
    for (const [at, value] of changes) bytes.writeUInt32BE(value, Math.min(at, bytes.length - 4));
    return bytes;
  }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  // A length of 64 bits, up to more than a number can hold.
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((length) => {
    const wide = Buffer.alloc(8);
    wide.writeBigUInt64BE(length);
    return Buffer.concat([number(1), Buffer.from('moov'), wide, whole]);
  }),
  fc
    .nat(400)
    .map((depth) => Array.from({ length: depth }).reduce<Buffer>((inner) => box('moov', inner), whole)),
  fc.nat(200).map((count) => Buffer.concat([Buffer.from('\0\0\0\x08free'.repeat(count), 'latin1'), whole])),
);
const filmFile = join(folder, 'a.mp4');

// Bug: a forged film throws, is walked for ever, or hands over a recipe that names files of this computer.
fuzz(
  'the recipe in a film',
  fc.asyncProperty(films, async (bytes) => {
    writeFileSync(filmFile, bytes);
    const read = await readEmbeddedRecipe(filmFile);
    if (read === null) return;
    expect(read.app).toBe('Dailies');
    expect(read.id).toMatch(/^[\w-]+$/);
    for (const { hash, address } of read.recipe.references) {
      if (hash !== null) expect(hash).toMatch(/^[0-9a-f]{64}$/);
      if (address !== null) expect(address).toMatch(/^(?:(?:https?|asset):\/\/|$)/);
    }
  }),
  1500,
);
