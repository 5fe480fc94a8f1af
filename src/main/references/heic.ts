// HEIC photos, which few builds of ffmpeg read: decoded in a thread of their own, one at a time.
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { AppError } from '@shared/contract/errors';
import type { PixelSize } from '@shared/domain/models';
import { MOST_PIXELS } from '../ffmpeg/args';

export interface HeicJob {
  readonly path: string;
  readonly output: string;
  readonly mostPixels: number;
}
export type HeicAnswer = PixelSize | { readonly failure: 'empty' | 'damaged' | 'pixels' };

/**
 * Writes the first picture of `path` into `output` as raw RGBA, upright, and answers with its size.
 * @throws AppError `file_unreadable`, `file_too_large` (more than 200 megapixels)
 */
export type DecodeHeic = (path: string, output: string) => Promise<PixelSize>;

/** 12 megapixels took 2 s on a busy computer with 2 cores; the largest that are read have 16 times as many. */
const LIMIT_MS = 120_000;

/** `script`: the built `heicWorker`. */
export function heicDecoder(script: string): DecodeHeic {
  // Each holds its pixels and those of the file in memory.
  const queue = new PQueue({ concurrency: 1 });
  return async (path, output) => {
    const answer = await queue.add(() => inThread(script, { path, output, mostPixels: MOST_PIXELS }));
    if (!('failure' in answer)) return answer;
    if (answer.failure === 'pixels') throw tooManyPixels();
    throw new AppError('file_unreadable', `a heic that is ${answer.failure}`, {
      values: { reason: 'damaged' },
    });
  };
}

/** A picture that would fill the memory. */
export function tooManyPixels(): AppError {
  return new AppError('file_too_large', 'too many pixels', {
    values: { reason: 'pixels', most: MOST_PIXELS },
  });
}

function inThread(script: string, job: HeicJob): Promise<HeicAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(script, { workerData: job });
    const settle = (answer: HeicAnswer): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => settle({ failure: 'damaged' }), LIMIT_MS);
    worker.once('message', (answer: HeicAnswer) => settle(answer));
    // Out of memory, or a fault inside the decoder.
    worker.once('error', () => settle({ failure: 'damaged' }));
    worker.once('exit', () => settle({ failure: 'damaged' }));
  });
}
