// Every fault of the gateway, met in every state of a generation: where it ends, what was paid, what the person reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { faultDocument, wordsFor } from '../../scripts/faultTable.mjs';
import { temporaryFolder } from '../fixtures/media';
import cells from './faultCells.json';
import { prepareRender, runFault, type FaultCell } from './faultRun';

const table = cells as unknown as FaultCell[];
const root = temporaryFolder('faults');
const prepared = join(root, 'prepared');

beforeAll(() => prepareRender(prepared), 60_000);

// Bug: a server's or a line's fault costs the video, pays twice, or is told as something else.
// Waiting is most of it, so several run at once; each has a gateway, a database and a library of its own.
describe.concurrent('a fault', () => {
  test.each(table.map((cell, index) => ({ name: `${cell.moment}: ${wordsFor(cell.rules)}`, cell, index })))(
    '$name',
    async ({ cell, index }) => {
      const { state, creates, told } = cell;
      expect(await runFault(join(root, String(index)), prepared, cell)).toEqual({ state, creates, told });
    },
    90_000,
  );
});

// Bug: the rule of the house, broken by a cell that somebody wrote down as it came.
test('no fault makes a second create, and every finished one was created once', () => {
  for (const { state, creates } of table) {
    expect(creates).toBeLessThanOrEqual(1);
    if (state === 'done') expect(creates).toBe(1);
    if (state === 'rejected') expect(creates).toBe(0);
  }
});

test('docs/faults.md is written from this table: node scripts/faultTable.mjs', () => {
  const document = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
  expect(document).toBe(faultDocument(cells));
});
