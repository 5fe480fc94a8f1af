import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipPlace, clipPlaces, MOST_NAME_BYTES, shortIdOf } from './clipPlace';

const id = '0192f3aa-7c1e-7000-8000-0123456789ab';
const createdAt = '2026-11-22T23:59:59.999Z';
const nameOf = (title: string): string => clipPlace({ id, createdAt, title }).fileName;

const anyTitle = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({
    maxLength: 300,
    unit: fc.constantFrom(
      '海',
      '👩‍👩‍👧',
      'e\u0301',
      '.',
      ' ',
      '/',
      '\\',
      ':',
      '\n',
      '\u202e',
      '\u200f',
      '%',
      '#',
      '…',
    ),
  }),
  fc.constantFrom('CON', 'nul', 'COM1.txt', '..', '.', '../../etc/passwd', '~', '-rf', 'a'.repeat(5000)),
);
const anyTime = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

// Bug: some prompt makes a name that some system refuses, hides, cuts or reads as a path.
test('every title and id makes a name that every system takes', () => {
  fc.assert(
    fc.property(anyTitle, fc.string({ maxLength: 100 }), anyTime, (title, clipId, time) => {
      const clip = { id: clipId, createdAt: time.toISOString(), title };
      for (const { folder, fileName, relativePath } of clipPlaces(clip)) {
        expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(MOST_NAME_BYTES);
        // eslint-disable-next-line no-control-regex
        expect(fileName).not.toMatch(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*%#]/);
        expect(fileName).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
        expect(fileName).toMatch(/^\d{4}-\d{2}-\d{2} (?:\S.*\S |\S )?[0-9a-f]{8,32}\.mp4$/u);
        expect(fileName).not.toMatch(/[. …] [0-9a-f]+\.mp4$/);
        expect(fileName).not.toMatch(/\p{Cs}/u);
        expect(fileName.normalize('NFC')).toBe(fileName);
        expect(relativePath).toBe(`${folder}/${fileName}`);
        expect(folder).toBe(`${fileName.slice(0, 4)}/${fileName.slice(5, 7)}`);
      }
      expect(clipPlaces(clip)).toEqual(clipPlaces({ ...clip }));
    }),
    { numRuns: 2000 },
  );
});

const anyTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{date}',
        '{time}',
        '{prompt}',
        '{model}',
        '{seed}',
        '{id}',
        '{what}',
        ' ',
        '-',
        '_',
        '.',
      ),
      fc.constantFrom('CON', 'nul.', '/', '..', '\\', '海', 'x'.repeat(200), '#', '~'),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

// Bug: a template makes a name that leads out of the folder, is reserved, too long, or the same for two clips.
test('every template makes a name that every system takes, with the id in it', () => {
  fc.assert(
    fc.property(anyTemplate, anyTitle, anyTime, (template, title, time) => {
      const clip = { id, createdAt: time.toISOString(), title, model: title, seed: 42 };
      for (const [at, { fileName }] of clipPlaces(clip, template).entries()) {
        expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(MOST_NAME_BYTES);
        // eslint-disable-next-line no-control-regex
        expect(fileName).not.toMatch(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*%#]/);
        expect(fileName).not.toMatch(/^[.\-~ ]|[. ]\.mp4$|^(?:con|nul)[. ]/i);
        expect(fileName.endsWith('.mp4')).toBe(true);
        expect(fileName).toContain(shortIdOf(id, ([8, 16, 32] as const)[at]));
      }
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['{date} {time} {prompt} {id}', /^2026-11-22 23-59-59 A walk [0-9a-f]{8}\.mp4$/],
  ['{model}_{seed}', /^Seedance 2\.0_42 [0-9a-f]{8}\.mp4$/],
  ['{id}', /^[0-9a-f]{8}\.mp4$/],
  ['{what} {prompt}', /^\{what\} A walk [0-9a-f]{8}\.mp4$/],
])('the template %j', (template, name) => {
  const clip = { id, createdAt, title: 'A walk', model: 'doubao-seedance-2-0-260128', seed: 42 };
  expect(clipPlace(clip, 8, template).fileName).toMatch(name);
});

// Bug: two clips of one prompt and day overwrite each other.
test('ids tell names apart', () => {
  const seen = new Set(
    Array.from({ length: 2000 }, (_, n) => clipPlace({ id: `g${n}`, createdAt, title: 'x' }).fileName),
  );
  expect(seen.size).toBe(2000);
});

test.each([
  ['海边的少女在奔跑，镜头缓缓推近', /^2026-11-22 海边的少女在奔跑，镜头缓缓推近 [0-9a-f]{8}\.mp4$/],
  ['A girl walks...', /^2026-11-22 A girl walks [0-9a-f]{8}\.mp4$/],
  ['50% slower #2: "go"', /^2026-11-22 50 slower 2 go [0-9a-f]{8}\.mp4$/],
  ['', /^2026-11-22 [0-9a-f]{8}\.mp4$/],
  ['\u202egpj.exe', /^2026-11-22 gpj\.exe [0-9a-f]{8}\.mp4$/],
])('%j', (title, name) => {
  expect(nameOf(title)).toMatch(name);
});

// Bug: a letter loses its accent, or half an emoji stays, where the name is cut.
test('cuts between characters', () => {
  expect(nameOf('👍🏽'.repeat(50))).toMatch(/^2026-11-22 (?:👍🏽)+ [0-9a-f]{8}\.mp4$/u);
  expect(nameOf(`${'海'.repeat(31)}q\u0308\u0308`)).not.toMatch(/q /);
});

test('a time that is none is refused', () => {
  expect(() => clipPlace({ id, createdAt: 'yesterday', title: '' })).toThrow(RangeError);
});
