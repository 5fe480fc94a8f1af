// Holds the ledger of the provider, the records of the app and the files of the library against each other.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { run } from '../child.mjs';

/** In the prompts of those that the app may leave to the person, when several were in doubt at once. */
export const ALIKE = 'alike';

/** @typedef {import('./gatewayProgram.mjs').LedgerEntry} LedgerEntry */
/** @typedef {import('./gatewayProgram.mjs').Task} Task */
/** @typedef {import('./records.mjs').Records} Records */

/**
 * @typedef {object} Evidence
 * @property {ReadonlyMap<string, string>} acknowledged id by prompt: creates that were answered
 * @property {readonly LedgerEntry[]} ledger
 * @property {readonly Task[]} tasks
 * @property {Records} records
 * @property {string} library
 * @property {string} logs
 */

/**
 * @typedef {object} Verdict
 * @property {Record<string, number>} figures
 * @property {string[]} problems
 */

/** @param {Evidence} evidence @returns {Promise<Verdict>} */
export async function judge(evidence) {
  const money = judgeMoney(evidence);
  const files = await judgeFiles(evidence);
  const defects = await defectsIn(evidence.logs);
  const { integrity } = evidence.records;
  return {
    figures: { ...money.figures, ...files.figures },
    problems: [
      ...money.problems,
      ...files.problems,
      ...(integrity === 'ok' ? [] : [`database: ${integrity}`]),
      ...defects,
    ],
  };
}

/** @param {Evidence} evidence @returns {Verdict} */
function judgeMoney({ acknowledged, ledger, tasks, records }) {
  /** @type {string[]} */
  const problems = [];
  const statusOf = new Map(tasks.map(({ id, status }) => [id, status]));
  const clips = new Set(records.clips.map(({ generationId }) => generationId));
  const paid = new Map();
  for (const entry of ledger) paid.set(entry.prompt, [...(paid.get(entry.prompt) ?? []), entry.taskId]);
  const generations = new Map(records.generations.map((generation) => [generation.prompt, generation]));
  const figures = {
    asked: generations.size,
    creates: ledger.length,
    'never created (unconfirmed, and not in the list)': 0,
    'never created (refused)': 0,
    'created, several alike in doubt: the person is asked': 0,
    'created but not found again': 0,
    duplicates: 0,
    'finished videos missing': 0,
  };

  for (const [prompt, id] of acknowledged)
    if (generations.get(prompt)?.id !== id) problems.push(`forgotten: ${prompt} (${id})`);
  for (const [prompt, taskIds] of paid) {
    if (!generations.has(prompt)) problems.push(`paid, but no generation knows of it: ${prompt} ${taskIds}`);
    if (taskIds.length > 1) {
      figures.duplicates += taskIds.length - 1;
      problems.push(`paid ${taskIds.length} times: ${prompt} ${taskIds.join(' ')}`);
    }
  }
  for (const { id, state, prompt, taskId, hold, error } of generations.values()) {
    const taskIds = paid.get(prompt) ?? [];
    const about = `${prompt} (${id}): ${state}${hold === null ? '' : `, ${hold}`}, ${error}`;
    if (taskId !== null && !taskIds.includes(taskId))
      problems.push(`another's task: ${about}, has ${taskId}, its own ${taskIds.join(' ') || 'none'}`);
    if (taskIds.length === 0) {
      if (state === 'unconfirmed') figures['never created (unconfirmed, and not in the list)']++;
      else if (state === 'rejected') figures['never created (refused)']++;
      else if (taskId === null) problems.push(`asked for and never sent: ${about}`);
      continue;
    }
    if (state === 'unconfirmed' && prompt.includes(ALIKE) && /"found":[1-9]/.test(error ?? '')) {
      figures['created, several alike in doubt: the person is asked']++;
      continue;
    }
    if (state === 'unconfirmed') figures['created but not found again']++;
    const succeeded = taskIds.some((/** @type {string} */ each) => statusOf.get(each) === 'succeeded');
    if (succeeded && (state !== 'done' || !clips.has(id))) {
      figures['finished videos missing']++;
      problems.push(`finished and not in the library: ${about}, tasks ${taskIds.join(' ')}`);
    } else if (state !== 'done') problems.push(`not done: ${about}, tasks ${taskIds.join(' ')}`);
  }
  return { figures, problems };
}

/** @param {Evidence} evidence @returns {Promise<Verdict>} */
async function judgeFiles({ records, library }) {
  /** @type {string[]} */
  const problems = [];
  const figures = { clips: 0, 'unverified or partial files': 0 };
  const known = new Map(records.clips.map((clip) => [clip.relativePath, clip]));
  const paths = await filesIn(library);
  const bad = (/** @type {string} */ text) => {
    figures['unverified or partial files']++;
    problems.push(text);
  };
  const looks = paths.map((path) => async () => {
    const name = relative(library, path).split(sep).join('/');
    if (name.endsWith('.mp4')) {
      figures.clips++;
      const trouble = await troubleWith(path, known.get(name));
      if (trouble !== null) bad(`${name}: ${trouble}`);
    } else if (!(name.endsWith('.json') && paths.includes(path.replace(/\.json$/, '.mp4'))))
      bad(`left over in the library: ${name}`);
  });
  await inPairs(looks);
  for (const name of known.keys())
    if (!paths.includes(join(library, name))) bad(`in the database, not on disk: ${name}`);
  return { figures, problems };
}

/** @param {string} path @param {import('./records.mjs').ClipRow | undefined} clip */
async function troubleWith(path, clip) {
  if (clip === undefined) return 'the database does not know it';
  const bytes = await readFile(path);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== clip.contentHash) return 'not the content that the database names';
  /** @type {any} */
  let sidecar;
  try {
    sidecar = JSON.parse(await readFile(path.replace(/\.mp4$/, '.json'), 'utf8'));
  } catch (error) {
    return `no sidecar: ${error}`;
  }
  if (sidecar.hashes.video !== hash) return 'not the content that its sidecar names';
  if (sidecar.clip.id !== clip.id) return 'the sidecar of another clip';
  // A copied practice render ends with the id of its task; the first of its kind has none.
  const box = bytes.lastIndexOf('freecgt-');
  const owner = box < 0 ? null : bytes.subarray(box + 4).toString('latin1');
  if (owner !== null && owner !== sidecar.task.id)
    return `the video of task ${owner}, recorded as ${sidecar.task.id}`;
  const args = ['-nostdin', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-'];
  const { code, output } = await run('ffmpeg', args);
  return code === 0 && output === '' ? null : `does not decode: ${output.slice(0, 200)}`;
}

/** @param {(() => Promise<void>)[]} work two at a time: each starts an ffmpeg */
async function inPairs(work) {
  const queue = [...work];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  await Promise.all([worker(), worker()]);
}

/** @param {string} folder @returns {Promise<string[]>} */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Lines of the app's log that no outside trouble explains. @param {string} folder */
async function defectsIn(folder) {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.join('\n').split('\n');
  const defects = lines.filter((line) => /IllegalMove|TypeError|ReferenceError|SqliteError/.test(line));
  return [...new Set(defects.map((line) => `in the log: ${line.slice(0, 300)}`))].slice(0, 20);
}
