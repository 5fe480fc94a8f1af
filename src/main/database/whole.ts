// Whether a database is whole, found out in a thread of its own.
import { Worker } from 'node:worker_threads';

/**
 * Reads through the file at `path`, which may be open here. `script`: the built `wholeWorker`.
 * @throws what SQLite and the file system throw; the signal's reason when aborted
 */
export function isWhole(script: string, path: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: path });
    const settle = (action: () => void): void => {
      signal.removeEventListener('abort', stopped);
      action();
    };
    const stopped = (): void => {
      void worker.terminate();
      settle(() => reject(signal.reason as Error));
    };
    signal.addEventListener('abort', stopped, { once: true });
    worker.once('message', (whole: boolean) => settle(() => resolve(whole)));
    worker.once('error', (error: Error) => settle(() => reject(error)));
    worker.once('exit', () => settle(() => reject(new Error('the thread ended without an answer'))));
  });
}
