// Prints what a crash test did and found.
import { TARGETS } from './plan.mjs';

const STATES = [...TARGETS.filter((name) => name !== 'starting'), 'unconfirmed'];

/**
 * @param {object} outcome
 * @param {import('./plan.mjs').Plan} outcome.plan
 * @param {number} outcome.seed
 * @param {readonly Record<string, number>[]} outcome.figures of each lane
 * @param {readonly string[]} outcome.problems
 * @param {number} outcome.seconds
 */
export function report({ plan, seed, figures, problems, seconds }) {
  console.log(`\n${plan.done} kills of the app, ${plan.gatewayKills} of the gateway, seed ${seed}`);
  console.log(`${Math.round(seconds)} s, ${(seconds / Math.max(1, plan.done)).toFixed(2)} s a kill\n`);
  console.log('state          kills   generations in it when a kill came');
  for (const name of [...TARGETS, 'other', 'unconfirmed']) {
    const hits = plan.hits[name];
    const caught = STATES.includes(name) ? String(plan.caught[name] ?? 0) : '';
    console.log(`${name.padEnd(13)} ${String(hits ?? '').padStart(6)}   ${caught.padStart(6)}`);
  }
  console.log('');
  for (const name of Object.keys(figures[0] ?? {})) {
    const sum = figures.reduce((total, each) => total + (each[name] ?? 0), 0);
    console.log(`${String(sum).padStart(6)}  ${name}`);
  }
  console.log(`\n${problems.length === 0 ? 'Nothing is off.' : `${problems.length} things are off:`}`);
  for (const text of problems.slice(0, 60)) console.log(`- ${text}`);
  if (problems.length > 60) console.log(`- … and ${problems.length - 60} more`);
}
