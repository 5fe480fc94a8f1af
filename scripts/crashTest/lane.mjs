// One profile, one library and one gateway, killed again and again, and then let finish undisturbed.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppRun, startingMain } from './appRun.mjs';
import { drawFaults } from './faults.mjs';
import { GatewayProgram, KEY } from './gatewayProgram.mjs';
import { readRecords } from './records.mjs';
import { ALIKE } from './verdict.mjs';

/** Longest wait after the state was seen: about as long as the state lasts here. */
const LINGER_MS = {
  preparing: 30,
  submitting: 250,
  queued: 250,
  running: 400,
  downloading: 500,
  finishing: 350,
  done: 350,
};
/** How long ago `done` may be for a kill to count as just after it. */
const JUST_DONE_MS = 500;
const PATIENCE_MS = 6000;
const HURRY_EVERY_MS = 250;
const FINISH_LIMIT_MS = 240_000;

/** @typedef {import('./plan.mjs').Target} Target */
/** @typedef {import('./appRun.mjs').AppRun} Run */

/**
 * @typedef {object} LaneOptions
 * @property {string} name
 * @property {string} folder
 * @property {string} gatewayProgram
 * @property {string | undefined} appFolder
 * @property {import('./plan.mjs').Plan} plan
 * @property {import('./random.mjs').Random} random
 * @property {(text: string) => void} say
 */

export class Lane {
  /** Prompts whose create was answered with a record: they may never be forgotten. @type {Map<string, string>} */
  acknowledged = new Map();
  /** What went wrong on the way. @type {string[]} */
  problems = [];
  #asked = 0;
  connectionId = '';

  /** @param {LaneOptions} options */
  constructor(options) {
    this.options = options;
    this.place = {
      userData: join(options.folder, 'user-data'),
      library: join(options.folder, 'library'),
      appFolder: options.appFolder,
    };
    this.gateway = new GatewayProgram(options.gatewayProgram, join(options.folder, 'gateway'), {
      queuedMs: 250,
      runningMs: 400,
    });
  }

  async run() {
    const { plan } = this.options;
    await mkdir(this.place.userData, { recursive: true });
    await mkdir(this.place.library, { recursive: true });
    await this.gateway.start();
    await this.connect();
    for (let target = plan.next(); target !== undefined; target = plan.next()) await this.once(target);
    await this.finish();
  }

  /** As a person sets it up: a custom endpoint and its key, in the keychain. */
  async connect() {
    const app = await AppRun.start(this.place);
    const facts = { label: 'Crash test', baseUrl: this.gateway.baseUrl, plainHttpAccepted: true };
    const { id } = await app.request('connections.add', { preset: 'custom', ...facts });
    const { key } = await app.request('connections.setKey', { id, key: KEY });
    if (key !== 'keychain') throw new Error(`The keychain did not take the key: ${key}`);
    await app.request('connections.use', { id });
    this.connectionId = id;
    this.facts = facts;
    await app.close();
  }

  /** One start and one kill. @param {Target} target */
  async once(target) {
    const { random, plan } = this.options;
    await this.gateway.setFaults(drawFaults(random, target));
    const gatewayDies = random.chance(0.08)
      ? this.killGateway(random.between(300, 2500), random.between(0, 700))
      : Promise.resolve();
    if (target === 'starting') await this.killWhileStarting();
    else await this.killIn(target);
    const killedAt = Date.now();
    await gatewayDies;
    const records = await readRecords(this.place.userData);
    if (records.integrity !== 'ok')
      this.problems.push(`the database after a kill in ${target}: ${records.integrity}`);
    const present = records.generations.flatMap(({ state, endedAt }) => {
      const ended = endedAt !== null;
      const justDone = state === 'done' && ended && killedAt - Date.parse(endedAt) < JUST_DONE_MS;
      return justDone || !ended ? [state] : [];
    });
    plan.count(target, present);
  }

  async killWhileStarting() {
    const { random } = this.options;
    const starting = AppRun.start(this.place).then(
      (app) => app.kill(),
      () => undefined,
    );
    await wait(random.between(250, 1100));
    const main = await startingMain(this.place.userData);
    if (main !== undefined) {
      try {
        process.kill(main, 'SIGKILL');
      } catch {
        // Dead already.
      }
    }
    await starting;
  }

  /** @param {Exclude<Target, 'starting'>} target */
  async killIn(target) {
    const { random } = this.options;
    const app = await AppRun.start(this.place);
    try {
      await this.ask(app, random.between(1, 3), target === 'preparing' && random.chance(0.5));
      // Sent at once, and answered late: waiting for its event would miss the moments before the event.
      if (target !== 'submitting') await this.until(app, target);
      await wait(random.next() * LINGER_MS[target]);
    } finally {
      await app.kill();
    }
  }

  /** Waits for the state; asks for more when nothing is left that could reach it. @param {Run} app @param {Target} target */
  async until(app, target) {
    const end = Date.now() + PATIENCE_MS;
    while (!(await app.reached(target, HURRY_EVERY_MS)) && Date.now() < end) {
      await this.hurry(app);
      const open = Object.values(await app.states()).filter((state) => !/^(done|unconfirmed)$/.test(state));
      if (open.length === 0) await this.ask(app, this.options.random.between(1, 3), false);
    }
  }

  /** A change of connections wakes everything that waits for its time. @param {Run} app */
  async hurry(app) {
    await app.request('connections.update', { id: this.connectionId, ...this.facts }).catch(() => undefined);
  }

  /**
   * Several at once, each with a prompt of its own.
   * @param {Run} app @param {number} count @param {boolean} atOnce do not wait for the answers
   */
  async ask(app, count, atOnce) {
    const asking = Array.from({ length: count }, async () => {
      const { draft, prompt } = this.draft();
      const made = await app.request('generations.create', { draft, connectionId: this.connectionId });
      this.acknowledged.set(prompt, made.id);
    });
    // Killed before the answer: nobody was promised anything.
    const settled = Promise.allSettled(asking);
    if (atOnce) return;
    for (const result of await settled)
      if (result.status === 'rejected') this.options.say(`${this.options.name}: ${result.reason}`);
  }

  /** A third are alike but for their words, which no list shows; the others have a number of their own. */
  draft() {
    const number = ++this.#asked;
    const alike = number % 3 === 0;
    const prompt = `Take ${this.options.name} ${number}${alike ? `, ${ALIKE}` : ''}, a jetty at dawn`;
    const parameters = { ...PARAMETERS, executionExpiresAfter: alike ? null : 86_400 + number };
    return { prompt, draft: { prompt, references: [], model: 'doubao-seedance-2-0-260128', parameters } };
  }

  /** @param {number} afterMs @param {number} downMs */
  async killGateway(afterMs, downMs) {
    await wait(afterMs);
    await this.gateway.kill();
    this.options.plan.gatewayKills++;
    await wait(downMs);
    await this.gateway.start();
  }

  /** No faults, no kills: everything that can end does. Then the person looks for what stayed unconfirmed. */
  async finish() {
    await this.gateway.setFaults([]);
    const app = await AppRun.start(this.place);
    const end = Date.now() + FINISH_LIMIT_MS;
    let left = Infinity;
    while (Date.now() < end) {
      const open = await app.request('generations.list');
      const states = open.map((/** @type {{ state: string }} */ generation) => generation.state);
      if (!states.some((/** @type {string} */ state) => WORKING.has(state))) {
        const doubtful = states.filter((/** @type {string} */ state) => state === 'unconfirmed').length;
        // Looked for once more only while that finds something.
        if (doubtful === 0 || doubtful === left) break;
        left = doubtful;
        await this.lookForAll(app, open);
      }
      await this.hurry(app);
      await wait(500);
    }
    await app.close();
  }

  /** @param {Run} app @param {{ id: string, state: string }[]} open */
  async lookForAll(app, open) {
    for (const { id, state } of open) {
      if (state !== 'unconfirmed') continue;
      await app.request('generations.lookFor', { id }).catch((error) => this.options.say(String(error)));
      // The endpoint allows one list a second.
      await wait(1100);
    }
  }
}

const WORKING = new Set(['preparing', 'submitting', 'queued', 'running', 'downloading', 'finishing']);
const PARAMETERS = {
  ...{ resolution: '480p', ratio: '16:9', duration: 4, generateAudio: true, watermark: false },
  ...{ returnLastFrame: false, cameraFixed: false, seed: null, executionExpiresAfter: null },
};
