// First bytes of files that are nothing, or pretend.
import fc from 'fast-check';
import { expect } from 'vitest';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { kindOf, sniff, SNIFF_BYTES, sniffFilm } from './sniff';

const MARKS = [
  'ftyp',
  'RIFF',
  'WEBP',
  'AVI ',
  'WAVE',
  'moov',
  'mdat',
  'mif1',
  'qt  ',
  'BM',
  'ID3',
  'OggS',
  'webm',
];
const BINARY = [
  '\xff\xd8\xff',
  '\x89PNG\r\n\x1a\n',
  '\x1a\x45\xdf\xa3',
  '\xff\xfb\x90',
  '\0\0\0\x18',
  '\xff\xff\xff\xff',
];
const head = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS, ...BINARY).map((text) => Buffer.from(text, 'latin1')),
      fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(SNIFF_BYTES).map((length) => Buffer.alloc(length, 0x47)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts).subarray(0, SNIFF_BYTES));

// Bug: a short or lying head throws, or reads beyond what was given, and the whole drop fails with it.
fuzz(
  'the first bytes of a file',
  fc.property(head, fc.nat(16), (bytes, before) => {
    const found = sniff(bytes);
    if (found !== null) expect(found.kind).toBe(kindOf(found.format));
    const film = sniffFilm(bytes);
    if (film !== null) expect(kindOf(film)).toBe('video');
    // A view into something longer: what lies around it belongs to somebody else.
    const around = Buffer.concat([Buffer.alloc(before, 0x47), bytes, Buffer.alloc(1000, 0x47)]);
    const view = new Uint8Array(around.buffer, around.byteOffset + before, bytes.length);
    expect([sniff(view), sniffFilm(view)]).toEqual([found, film]);
  }),
  4000,
);
