// The practice gateway as a program outside the app: it lives on when the app is killed, and can be killed itself.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const KEY = 'sk-crash-test';

/** @typedef {Record<string, unknown> & { kind: string, on?: string }} Fault */
/** @typedef {{ taskId: string, prompt: string, at: number }} LedgerEntry */
/** @typedef {{ id: string, status: string }} Task */

export class GatewayProgram {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #port = 0;
  /** @type {Record<string, unknown>} */
  #settings;

  /** @param {string} program @param {string} folder @param {Record<string, unknown>} [settings] */
  constructor(program, folder, settings = {}) {
    this.program = program;
    this.folder = folder;
    this.#settings = { requireKey: KEY, renderReuse: true, ...settings };
    mkdirSync(folder, { recursive: true });
  }

  get baseUrl() {
    return `http://127.0.0.1:${this.#port}/api/v3`;
  }

  /** The same port every time, as a provider's address is. */
  async start() {
    const args = [this.program, '--port', String(this.#port), '--data-dir', join(this.folder, 'data')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    /** @type {{ ready: boolean, port: number, error?: string }} */
    const ready = await new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
        text += chunk.toString();
        if (text.includes('\n')) resolve(JSON.parse(text));
      });
      child.once('exit', () => reject(new Error(`The gateway ended: ${text}`)));
    });
    if (!ready.ready) throw new Error(`The gateway does not start: ${ready.error}`);
    this.#port = ready.port;
    await this.change({});
  }

  /** As a crash of the provider: nothing is flushed. */
  async kill() {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** @param {Record<string, unknown>} patch */
  async change(patch) {
    this.#settings = { ...this.#settings, ...patch };
    await this.#control('PUT', 'settings', this.#settings);
  }

  /** Replaces the faults. @param {readonly Fault[]} faults */
  async setFaults(faults) {
    await this.#control('PUT', 'faults', faults);
  }

  /** @returns {Promise<LedgerEntry[]>} every accepted create */
  async ledger() {
    return (await this.#control('GET', 'ledger')).items;
  }

  /** @returns {Promise<Task[]>} every task, from the endpoint's own list */
  async tasks() {
    /** @type {Task[]} */
    const tasks = [];
    for (let page = 1; ; page++) {
      const address = `${this.baseUrl}/contents/generations/tasks?page_num=${page}&page_size=500`;
      const answer = await ask(address, { headers: { authorization: `Bearer ${KEY}` } });
      if (answer.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, 1100));
        page--;
        continue;
      }
      const { items, total } = await answer.json();
      tasks.push(...items);
      if (tasks.length >= total || items.length === 0) return tasks;
    }
  }

  /** @param {string} method @param {string} name @param {unknown} [body] @returns {Promise<any>} */
  async #control(method, name, body) {
    const answer = await ask(`http://127.0.0.1:${this.#port}/practice/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`gateway ${method} ${name}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

const TRIES = 5;

/**
 * The gateway closes lines that were idle, now and then in the moment one is used again. Nothing that is asked here
 * does harm when it is asked twice.
 * @param {string} address @param {RequestInit} init @returns {Promise<Response>}
 */
async function ask(address, init) {
  for (let tries = 1; ; tries++) {
    try {
      return await fetch(address, init);
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * tries));
    }
  }
}
