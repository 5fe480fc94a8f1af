// Writes docs/faults.md from the table that tests/service/faultTable.test.ts holds the app to.
// Run: node scripts/faultTable.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.mjs';

/** @typedef {{ readonly kind: string, readonly times?: number | undefined, readonly on?: string | undefined }} Rule */
/**
 * @typedef {object} Cell
 * @property {string} moment
 * @property {readonly Rule[]} rules
 * @property {string} state
 * @property {number} creates
 * @property {readonly string[]} told
 */

/** @type {Record<string, string>} */
const MOMENTS = {
  submitting: 'While it is sent',
  queued: 'While it waits in the queue',
  running: 'While it runs',
  unconfirmed: 'While it is looked for in the list, its answer lost',
  downloading: 'While its file is fetched',
};

/** @param {readonly Rule[]} rules @returns {string} */
export function wordsFor(rules) {
  return rules.map(wordsForOne).join(', then ');
}

/** @param {Rule} rule */
function wordsForOne({ kind, times = 1, ...options }) {
  const details = Object.entries(options)
    .filter(([name]) => name !== 'on')
    .map(([name, value]) => `${name} ${value}`);
  const often = times > 1 ? 'always' : '';
  return [kind, details.length === 0 ? '' : `(${details.join(', ')})`, often].filter(Boolean).join(' ');
}

/** @param {readonly Cell[]} cells @returns {string} */
export function faultDocument(cells) {
  const parts = Object.entries(MOMENTS).map(([moment, title]) => {
    const rows = cells
      .filter((cell) => cell.moment === moment)
      .map(({ rules, state, creates, told }) => {
        const said = told.map((word) => `\`${word}\``).join(', ') || 'nothing';
        return `| ${wordsFor(rules)} | ${state} | ${creates} | ${said} |`;
      });
    return `## ${title}\n\n| Fault | Comes to rest in | Creates | Told on the way |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# What a fault of the server or the line leads to

Written by \`node scripts/faultTable.mjs\` from \`tests/service/faultCells.json\`. The same table is a test
(\`tests/service/faultTable.test.ts\`): the real services, a real database and library, and the practice gateway that
goes wrong as its fault rules say (\`src/gateway/faults.ts\`). *Always* means every time from then on; otherwise once.

*Creates* is what the provider's ledger holds: what was paid for. It is never more than one. *Told* are the holds and
error codes that the record shows until it comes to rest; \`done\` clears them. A state that goes on (\`queued\`,
\`running\`, \`downloading\`) is being tried again; \`unconfirmed\` is looked for, never sent again.

${parts.join('\n')}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const cells = JSON.parse(await readFile(join(ROOT, 'tests', 'service', 'faultCells.json'), 'utf8'));
  await writeFile(join(ROOT, 'docs', 'faults.md'), faultDocument(cells));
}
