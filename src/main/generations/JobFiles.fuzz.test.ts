// The folder of paid jobs after a bad disk, a sync program or a curious hand.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { recipe } from '../../../tests/fixtures/library';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { JobFiles } from './JobFiles';

const folder = join(temporaryFolder('jobs'), 'jobs');
const ID = '0192f3aa-7c1e-7000-8000-0123456789ab';
const whole = JSON.stringify({
  generation: {
    id: ID,
    state: 'queued',
    createdAt: '2026-11-22T10:00:00.000Z',
    connection: { id: 'c' },
    recipe,
  },
  task: { id: 'cgt-1' },
});
const spoiled = fc.oneof(
  fc.nat(whole.length).map((at) => whole.slice(0, at)),
  fc
    .tuple(fc.nat(whole.length), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map(([at, bytes]) =>
      Buffer.concat([Buffer.from(whole.slice(0, at)), Buffer.from(bytes), Buffer.from(whole.slice(at + 8))]),
    ),
  fc.json({ maxDepth: 6 }),
  fc.uint8Array({ maxLength: 200 }),
  fc.nat(5000).map((depth) => '['.repeat(depth)),
  fc.constantFrom(`{"__proto__":${whole}}`, '\ufeff', whole.replace(ID, '../../../etc/passwd')),
);

// Bug: one torn file keeps the others from being read, and a paid job is forgotten; or an id leads out of the folder.
fuzz(
  'the files of paid jobs',
  fc.property(fc.array(spoiled, { minLength: 1, maxLength: 4 }), (texts) => {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(join(folder, `${ID}.json`), whole);
      for (const [at, text] of texts.entries()) writeFileSync(join(folder, `spoiled-${at}.json`), text);
      const jobs = new JobFiles(folder).list();
      expect(jobs.map(({ generation }) => generation.id)).toContain(ID);
      for (const { generation, task } of jobs) {
        expect(generation.id).toMatch(/^[\w-]{36}$/);
        expect(generation.recipe.version).toBe(1);
        expect(typeof task).toBe('object');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }),
  500,
);
