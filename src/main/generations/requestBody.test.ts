import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRequest } from '@shared/domain/compile';
import { defaultParameters, freezeRecipe, type DraftReference } from '@shared/domain/draft';
import { findModel, type ModelSpec } from '@shared/domain/models';
import { buildRequestBody, type ReferencePlace } from './requestBody';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const folder = mkdtempSync(join(tmpdir(), 'dailies-body-'));

// Bug: base64 pieces that do not join, a prompt that looks like a placeholder, lengths counted in characters.
test('equals the JSON one would write in memory, for any prompt and any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { maxLength: 4 }),
      async (prompt, files) => {
        const places = new Map<string, ReferencePlace>();
        const references = files.map((bytes, index): DraftReference => {
          const key = `k${index}`;
          const file = join(folder, key);
          writeFileSync(file, bytes);
          places.set(
            key,
            index === 2 ? { type: 'address', url: 'https://x/y.png' } : { type: 'inline', file },
          );
          return {
            key,
            role: 'reference_image',
            reference: {
              id: key,
              kind: 'image',
              source: 'file',
              name: key,
              format: 'png',
              bytes: bytes.length,
              hasThumb: false,
            },
          };
        });
        const recipe = freezeRecipe({
          prompt,
          references,
          model: model.id,
          parameters: defaultParameters(model),
        });
        const body = await buildRequestBody(recipe, model.id, places, 1e9);
        const expected = compileRequest(recipe, ({ key }) => {
          const index = Number(key.slice(1));
          if (index === 2) return 'https://x/y.png';
          return `data:image/png;base64,${Buffer.from(files[index] ?? []).toString('base64')}`;
        });
        expect(Buffer.from(body).toString('utf8')).toBe(
          Buffer.from(JSON.stringify(expected)).toString('utf8'),
        );
      },
    ),
    { numRuns: 150 },
  );
});

// Bug: pieces larger than one read are cut at a place where base64 needs padding.
test('joins a file of several pieces', async () => {
  const bytes = Buffer.alloc(2_000_001, 7);
  writeFileSync(join(folder, 'big'), bytes);
  const reference = {
    id: 'big',
    kind: 'image',
    source: 'file',
    name: 'big',
    format: 'png',
    bytes: bytes.length,
    hasThumb: false,
  } as const;
  const recipe = freezeRecipe({
    prompt: 'x',
    references: [{ key: 'big', role: 'first_frame', reference }],
    model: model.id,
    parameters: defaultParameters(model),
  });
  const places = new Map([['big', { type: 'inline', file: join(folder, 'big') } as const]]);
  const body = await buildRequestBody(recipe, model.id, places, 1e9);
  expect(Buffer.from(body).includes(bytes.toString('base64'))).toBe(true);
  await expect(buildRequestBody(recipe, model.id, places, 1e6)).rejects.toMatchObject({
    code: 'request_too_large',
  });
});
