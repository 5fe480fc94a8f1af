// What a program and all it started take, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs';

export interface TreeFigures {
  /** Proportional set size in bytes: shared pages are shared out. */
  readonly memory: number;
  /** Milliseconds of the processor since the start. */
  readonly processor: number;
  /** Times that a thread gave up the processor by itself, which is once per wake-up; by kind of process. */
  readonly wakes: ReadonlyMap<string, number>;
}

const CLOCK_TICK_MS = 10;

export function treeFigures(root: number): TreeFigures {
  let [memory, processor] = [0, 0];
  const wakes = new Map<string, number>();
  for (const pid of treeOf(root))
    try {
      memory += 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0);
      const fields = fieldsOf(pid);
      processor += (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
      const kind = /--type=([\w-]+)/.exec(read(pid, 'cmdline'))?.[1] ?? 'main';
      wakes.set(kind, (wakes.get(kind) ?? 0) + wakesOf(pid));
    } catch {
      // It ended meanwhile.
    }
  return { memory, processor, wakes };
}

/** Bytes read and read calls of one process, of every file and socket. */
export function readsOf(pid: number): { bytes: number; calls: number } {
  const text = read(pid, 'io');
  const number = (name: string): number => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { bytes: number('rchar'), calls: number('syscr') };
}

function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(fieldsOf(Number(name))[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

function wakesOf(pid: number): number {
  let sum = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const status = read(pid, `task/${task}/status`);
    sum += Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return sum;
}

/** Those behind the name, which may hold blanks: the first is the state. */
function fieldsOf(pid: number): string[] {
  return read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
}

function read(pid: number, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, 'utf8');
}
