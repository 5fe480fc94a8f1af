// Fetching a result from loopback: against curl, and what it takes in memory.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { download } from '../src/main/generations/download';
import { median, printTable } from './table';

const MB = 1024 * 1024;
const LARGE = 1024 * MB;
const SMALL = 64 * MB;
const ROUNDS = 5;

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));

async function serve(bytes: number): Promise<{ url: string; stop: () => void }> {
  const path = join(folder, `source-${bytes}`);
  writeFileSync(path, '');
  // Sparse: reading it costs the same for both, and next to nothing.
  truncateSync(path, bytes);
  const server = spawn(process.execPath, [join(import.meta.dirname, 'fileServer.js'), path]);
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.kill() };
}

/** Milliseconds, and the most memory above what the process had before. */
async function ours(url: string): Promise<{ ms: number; memory: number }> {
  const partPath = join(folder, 'ours.part');
  rmSync(partPath, { force: true });
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const started = performance.now();
  await download({
    url,
    plainHttpAccepted: true,
    partPath,
    ...{ etag: null, totalBytes: null, signal: new AbortController().signal },
    ...{ onStart: () => undefined, onProgress: () => undefined },
  });
  const ms = performance.now() - started;
  clearInterval(timer);
  return { ms, memory: most - before };
}

/** curl, and then the sync that a file needs to be safe: ours has it inside. */
function curl(url: string): { ms: number; synced: number } {
  const path = join(folder, 'curl.part');
  rmSync(path, { force: true });
  const started = performance.now();
  execFileSync('curl', ['-s', '-o', path, url]);
  const ms = performance.now() - started;
  execFileSync('sync', [path]);
  return { ms, synced: performance.now() - started };
}

const large = await serve(LARGE);
const small = await serve(SMALL);
await ours(small.url);
const own: number[] = [];
const bare: number[] = [];
const synced: number[] = [];
const memory: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const mine = await ours(large.url);
  own.push(mine.ms);
  memory.push(mine.memory);
  const theirs = curl(large.url);
  bare.push(theirs.ms);
  synced.push(theirs.synced);
}
const smallMemory: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) smallMemory.push((await ours(small.url)).memory);
large.stop();
small.stop();
rmSync(folder, { recursive: true, force: true });

const speed = (ms: number): string => `${Math.round(LARGE / MB / (ms / 1000))} MB/s`;
const inMb = (bytes: number): string => `${Math.round(bytes / MB)} MB`;
printTable(`1 GB from loopback, median of ${ROUNDS}`, [
  ['ours, synced', speed(median(own)), ''],
  ['curl, and sync', speed(median(synced)), ''],
  ['curl, not synced', speed(median(bare)), ''],
  ['ours against curl and sync', (median(synced) / median(own)).toFixed(2), 'at least 0.9'],
  ['memory taken for 1 GB, most', inMb(Math.max(...memory)), 'flat'],
  ['memory taken for 64 MB, most', inMb(Math.max(...smallMemory)), ''],
]);
