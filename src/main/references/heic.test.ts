import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { builtHeicDecoder } from '../../../tests/fixtures/heicWorker';
import { temporaryFolder } from '../../../tests/fixtures/media';
import type { DecodeHeic } from './heic';

const tiny = join(import.meta.dirname, '..', '..', '..', 'tests', 'fixtures', 'tiny.heic');
let decode: DecodeHeic;
beforeAll(async () => {
  decode = await builtHeicDecoder();
});

test('a photo is unpacked into its pixels', async () => {
  const output = join(temporaryFolder('heic'), 'pixels.rgba');
  const size = await decode(tiny, output);
  expect(size).toEqual({ width: 240, height: 180 });
  expect(statSync(output).size).toBe(240 * 180 * 4);
});

// Bug: a file of a kilobyte claims a picture of 3600 megapixels, and the memory for it is asked for.
test('one that claims too many pixels is refused before they are', async () => {
  const folder = temporaryFolder('heic');
  const bytes = readFileSync(tiny);
  const size = bytes.indexOf('ispe') + 8;
  bytes.writeUInt32BE(60_000, size);
  bytes.writeUInt32BE(60_000, size + 4);
  const path = join(folder, 'bomb.heic');
  writeFileSync(path, bytes);
  await expect(decode(path, join(folder, 'pixels.rgba'))).rejects.toMatchObject({
    code: 'file_too_large',
    detail: { values: { reason: 'pixels' } },
  });
});
