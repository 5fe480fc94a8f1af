// Gives work up when it takes too long or the person stops it, also work that knows nothing of signals.
import { AppError } from '@shared/contract/errors';

/** The time limit passed. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** @throws TookTooLong after `limitMs` milliseconds; AppError `cancelled` when `signal` is aborted; what `work` throws */
export function bounded<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<T> {
  const late = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const giveUp = (error: Error): void => {
      late.abort(error);
      reject(error);
    };
    const stopped = (): void => giveUp(new AppError('cancelled'));
    const timer = setTimeout(() => giveUp(new TookTooLong(`no answer in ${limitMs} ms`)), limitMs);
    signal.addEventListener('abort', stopped, { once: true });
    if (signal.aborted) stopped();
    else
      void work(late.signal)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          signal.removeEventListener('abort', stopped);
        });
  });
}
