// From the provider's "succeeded" to a verified file in the library: where the time goes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Generation, GenerationState } from '@shared/domain/generation';
import { startJobs } from './jobs';
import { median, printTable } from './table';

const RUNS = 12;

/** When each state was written down, by generation. */
const written = new Map<string, Map<GenerationState, number>>();
const note = ({ id, state }: Generation): void => {
  const states = written.get(id) ?? new Map<GenerationState, number>();
  if (!states.has(state)) states.set(state, Date.now());
  written.set(id, states);
};
const jobs = await startJobs({ gateway: { queuedMs: 500, runningMs: 3000 }, onChange: note });

interface Times {
  readonly noticed: number;
  readonly transfer: number;
  readonly rest: number;
}

async function one(number: number): Promise<Times> {
  const { id } = jobs.service.create(jobs.draft(`Take ${number}`), 'bench');
  let taskId = '';
  while (!written.get(id)?.has('done')) {
    taskId = jobs.service.list().find((generation) => generation.id === id)?.taskId ?? taskId;
    await wait(20);
  }
  const journal = join(jobs.folder, 'gateway', 'data', 'tasks', taskId, 'task.json');
  const { updatedAt } = JSON.parse(readFileSync(journal, 'utf8')) as { updatedAt: number };
  const at = (state: GenerationState): number => written.get(id)?.get(state) ?? Number.NaN;
  return {
    noticed: at('downloading') - updatedAt,
    transfer: at('finishing') - at('downloading'),
    rest: at('done') - at('finishing'),
  };
}

const times: Times[] = [];
for (let number = 1; number <= RUNS; number += 1) times.push(await one(number));
const row = (what: string, of: (each: Times) => number, bar: string): [string, string, string] => {
  const values = times.map(of);
  return [what, `${median(values)} / ${Math.max(...values)} ms`, bar];
};
printTable(`from "succeeded" to safe, ${RUNS} videos of 4 s at 480p: median / most`, [
  row('until it is noticed', ({ noticed }) => noticed, 'at most one poll interval (2 to 15 s)'),
  row('transfer and sync', ({ transfer }) => transfer, ''),
  row('verify, name, sidecar, record', ({ rest }) => rest, 'under 1000 ms'),
]);
await jobs.stop();
process.exit(0);
