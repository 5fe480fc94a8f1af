// Which state the next kill aims at: the one hit least so far.

/** `starting`: at any moment before the window is there. `done`: within half a second after. */
export const TARGETS = /** @type {const} */ ([
  'preparing',
  'submitting',
  'queued',
  'running',
  'downloading',
  'finishing',
  'done',
  'starting',
]);
/** @typedef {(typeof TARGETS)[number]} Target */

export class Plan {
  #begun = 0;
  /** Kills, by the state that they count for. @type {Record<string, number>} */
  hits = Object.fromEntries([...TARGETS, 'other'].map((name) => [name, 0]));
  /** Generations that were in a state when a kill came. @type {Record<string, number>} */
  caught = {};
  gatewayKills = 0;

  /**
   * @param {number} kills
   * @param {import('./random.mjs').Random} random
   * @param {readonly Target[]} [targets] what is aimed at
   */
  constructor(kills, random, targets = TARGETS) {
    this.kills = kills;
    this.random = random;
    this.targets = targets;
  }

  get done() {
    return Object.values(this.hits).reduce((sum, count) => sum + count, 0);
  }

  /** @returns {Target | undefined} undefined: every kill has been given out */
  next() {
    if (this.#begun >= this.kills) return undefined;
    this.#begun++;
    const least = Math.min(...this.targets.map((target) => this.hits[target] ?? 0));
    return this.random.pick(this.targets.filter((target) => (this.hits[target] ?? 0) <= least + 1));
  }

  /** @param {Target} target @param {readonly string[]} present states of the generations at that moment */
  count(target, present) {
    for (const state of present) this.caught[state] = (this.caught[state] ?? 0) + 1;
    const other = TARGETS.filter((state) => present.includes(state)).sort(
      (a, b) => (this.hits[a] ?? 0) - (this.hits[b] ?? 0),
    )[0];
    const hit = target === 'starting' || present.includes(target) ? target : (other ?? 'other');
    this.hits[hit] = (this.hits[hit] ?? 0) + 1;
  }
}
