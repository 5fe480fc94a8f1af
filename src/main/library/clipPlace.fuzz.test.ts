// Names made of prompts, model names and templates that anybody may have written.
import { isAbsolute, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { clipPlaces, MOST_NAME_BYTES, shortIdOf } from './clipPlace';

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '..',
        '/',
        '\\',
        ':',
        '.',
        ' ',
        '-',
        '~',
        '%',
        '#',
        '\n',
        '\0',
        '…',
        '\u202e',
        '\u200d',
        '\ufeff',
      ),
      fc.constantFrom(
        'CON',
        'aux.',
        'LPT9',
        'COM¹',
        'nul.tar.gz',
        'CONIN$',
        'C:',
        '\\\\host\\share',
        '👩‍👩‍👧',
        'e\u0301',
      ),
      fc.constantFrom('x'.repeat(300), '海'.repeat(120), '\u0301'.repeat(200)),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const template = fc
  .array(
    fc.oneof(fc.constantFrom('{date}', '{time}', '{prompt}', '{model}', '{seed}', '{id}', '{', '}'), words),
    {
      maxLength: 7,
    },
  )
  .map((parts) => parts.join(''));
const time = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with the raised digits and the console. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?: *\.|$)/i;

// Bug: a prompt or a template puts a clip outside the library, or under a name that some system refuses.
fuzz(
  'where a clip goes',
  fc.property(template, words, words, time, fc.uuid(), (names, title, model, date, id) => {
    const clip = { id, createdAt: date.toISOString(), title, model, seed: 7 };
    for (const [at, { fileName, relativePath }] of clipPlaces(clip, names).entries()) {
      for (const path of [posix, win32]) {
        expect(path.basename(fileName)).toBe(fileName);
        const [root] = [path.resolve('/library')];
        const way = path.relative(root, path.resolve(root, relativePath));
        expect(way.split(path.sep)).toEqual(relativePath.split('/'));
      }
      expect(isAbsolute(relativePath)).toBe(false);
      expect(fileName).not.toMatch(RESERVED);
      expect(fileName).not.toMatch(/^[.\-~ ]|[. ]\.mp4$|[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*%#]/u);
      expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(MOST_NAME_BYTES);
      expect(fileName).toContain(shortIdOf(id, ([8, 16, 32] as const)[at]));
    }
  }),
);
