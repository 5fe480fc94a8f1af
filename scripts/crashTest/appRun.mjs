// One run of the real app: started, asked through its own bridge, watched through its own events, killed.
import { readFile, readdir } from 'node:fs/promises';
import { launch } from '../launchApp.mjs';

/** @typedef {{ id: string, state: string }} Seen */
/** @typedef {{ userData: string, library: string, appFolder?: string | undefined }} Place */

/** What the page keeps for us; an event is there before anything that is done because of it. */
const WATCH = `
  window.seen = { states: {}, waiting: [] };
  window.seen.note = ({ id, state }) => {
    window.seen.states[id] = state;
    for (const look of window.seen.waiting) look();
  };
  window.dailies.on('generation.changed', window.seen.note);
  window.dailies.request('generations.list', {}).then((answer) => {
    for (const { id, state } of answer.ok ? answer.value : [])
      if (!(id in window.seen.states)) window.seen.note({ id, state });
  })`;

export class AppRun {
  /** @param {import('../launchApp.mjs').Launched} launched */
  constructor(launched) {
    this.launched = launched;
    this.page = launched.window;
  }

  /** @param {Place} place */
  static async start({ userData, library, appFolder }) {
    const run = new AppRun(await launch({ userData, library, ...(appFolder ? { appFolder } : {}) }));
    await run.page.evaluate(WATCH);
    return run;
  }

  /**
   * Asks main as the window does.
   * @param {string} name @param {unknown} [input] @returns {Promise<any>}
   */
  async request(name, input = {}) {
    const answer = await this.page.evaluate(
      ([route, value]) => /** @type {any} */ (window).dailies.request(route, value),
      /** @type {const} */ ([name, input]),
    );
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  }

  /** Resolves true as soon as a generation is in the state, false after the time. @param {string} state */
  async reached(state, limitMs = 400) {
    const asked = this.page.evaluate(
      ([wanted, limit]) =>
        new Promise((resolve) => {
          const { seen } = /** @type {any} */ (window);
          const done = (/** @type {boolean} */ found) => {
            seen.waiting = seen.waiting.filter((/** @type {unknown} */ other) => other !== look);
            resolve(found);
          };
          const look = () => {
            if (Object.values(seen.states).includes(wanted)) done(true);
          };
          seen.waiting.push(look);
          setTimeout(() => done(false), limit);
          look();
        }),
      /** @type {const} */ ([state, limitMs]),
    );
    try {
      return await asked;
    } catch (error) {
      // Seen once in some hundred runs, with page and app well. A page that had come anew would lack `seen`, and that
      // is told when it is asked for the states.
      if (String(error).includes('promise was garbage collected')) return false;
      throw error;
    }
  }

  /** Every state seen in this run, by generation. @returns {Promise<Record<string, string>>} */
  states() {
    return this.page.evaluate(() => /** @type {any} */ (window).seen.states);
  }

  kill() {
    return this.launched.kill();
  }

  close() {
    return this.launched.close();
  }
}

/**
 * The main process of the app that uses this profile, while it is still starting. Linux alone can tell.
 * @param {string} userData @returns {Promise<number | undefined>}
 */
export async function startingMain(userData) {
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const [status, environment] = await Promise.all([
      readFile(`/proc/${name}/status`, 'utf8').catch(() => ''),
      readFile(`/proc/${name}/environ`, 'utf8').catch(() => ''),
    ]);
    const ours = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status);
    if (ours && environment.includes(`DAILIES_USER_DATA=${userData}\0`)) return Number(name);
  }
  return undefined;
}
