// The only place of main that starts ffmpeg: bounded, abortable, leaving no process and no half file behind.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '@shared/contract/errors';
import { guarded } from './args';
import type { BinaryFinder } from './binary';
import { renameDurably, temporaryBeside } from '../files/durableFile';
import { killTree } from '../processes/killTree';
import { ProgressReader, type FfmpegProgress } from './progress';

export interface FfmpegLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string, cause?: unknown): void;
}

export interface RunOptions {
  /** Milliseconds after which the run is given up; see `timeLimit`. */
  readonly limitMs: number;
  readonly signal?: AbortSignal;
  /** Only where the arguments ask for progress. */
  readonly onProgress?: (progress: FfmpegProgress) => void;
}

export interface Ffmpeg {
  /** Null where no ffmpeg answers. */
  version(): Promise<string | null>;
  /**
   * Runs ffmpeg to its end and answers with its messages (the last 400 lines).
   * @throws AppError `ffmpeg_missing`; `ffmpeg_failed` with the last 20 lines in `detail.rawMessage`, also when the
   * time limit passes; the signal's reason when aborted, or an AbortError after `stopAll`.
   */
  run(args: readonly string[], options: RunOptions): Promise<string[]>;
  /** As `run`, for one file: written beside `output` and renamed when whole. A failure leaves nothing. */
  produce(output: string, args: (path: string) => string[], options: RunOptions): Promise<void>;
  /** Ends every run within a second and starts none any more. For quitting. */
  stopAll(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** ffmpeg gets this long to end by itself before it is killed. */
const GRACE_MS = 300;
/** No picture, sound or film is smaller; the shell of a WebP has 8. */
const LEAST_BYTES = 32;
const KEPT_LINES = 400;
const SHOWN_LINES = 20;
const MOST_LIMIT_MS = 15 * 60_000;
const LATE = { reason: 'slow' } as const;

/**
 * Milliseconds a job on so many pixels for so many seconds may take: 10 s to start on a busy machine, and 20 times
 * what decoding H.264 took on 2 cores (0.13 s per million pixels and second), at most 15 min.
 */
export function timeLimit(facts: { width?: number; height?: number; seconds?: number }): number {
  const megapixels = ((facts.width ?? 1920) * (facts.height ?? 1080)) / 1e6;
  return Math.min(MOST_LIMIT_MS, 10_000 + Math.ceil(megapixels * (facts.seconds ?? 15) * 2600));
}

/** Builds the runner over one finder. */
export function createFfmpeg({ finder, log }: { finder: BinaryFinder; log: FfmpegLog }): Ffmpeg {
  const running = new Map<Child, Promise<unknown>>();
  const quitting = new AbortController();

  const run: Ffmpeg['run'] = async (args, { limitMs, signal, onProgress }) => {
    const { path } = await finder.find();
    const stop = signal === undefined ? quitting.signal : AbortSignal.any([signal, quitting.signal]);
    stop.throwIfAborted();
    const child = start(path, guarded(args));
    const ended = follow(child, { limitMs, signal: stop, onProgress });
    running.set(child, ended);
    try {
      return await ended;
    } catch (error) {
      // The program went away since it was found: search again next time.
      if (error instanceof AppError && error.code === 'ffmpeg_missing') finder.forget();
      if (!stop.aborted) log.warn(`ffmpeg: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    } finally {
      running.delete(child);
    }
  };

  return {
    version: () =>
      finder.find().then(
        (binary) => binary.version,
        () => null,
      ),
    run,
    async produce(output, args, options) {
      const temporary = temporaryBeside(output);
      try {
        const lines = await run(args(temporary), options);
        // A seek behind the last picture is no error to ffmpeg: it writes an empty shell, or nothing.
        const written = await stat(temporary).catch(() => null);
        if (written === null || written.size < LEAST_BYTES) throw failure('wrote nothing', lines);
        await renameDurably(temporary, output);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async stopAll() {
      quitting.abort();
      await Promise.allSettled(running.values());
    },
  };
}

function start(path: string, args: readonly string[]): Child {
  return spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the whole tree can be killed by one number.
    detached: process.platform !== 'win32',
    windowsHide: true,
    // FFREPORT would make it write a log file wherever the environment says.
    env: { ...process.env, FFREPORT: undefined, AV_LOG_FORCE_NOCOLOR: '1' },
  });
}

function follow(
  child: Child,
  { limitMs, signal, onProgress }: RunOptions & { signal: AbortSignal },
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines = collectLines(child.stderr);
    const reader = new ProgressReader();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const report of reader.push(text)) onProgress?.(report);
    });
    let late = false;
    let killer: NodeJS.Timeout | null = null;
    const end = (): void => {
      killTree(child, 'SIGTERM');
      killer ??= setTimeout(() => killTree(child, 'SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(() => {
      late = true;
      end();
    }, limitMs);
    signal.addEventListener('abort', end, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      if (killer !== null) clearTimeout(killer);
      signal.removeEventListener('abort', end);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      const missing = error.code === 'ENOENT' || error.code === 'EACCES';
      reject(
        new AppError(
          missing ? 'ffmpeg_missing' : 'ffmpeg_failed',
          error.code ?? 'spawn',
          {},
          { cause: error },
        ),
      );
    });
    child.once('exit', () => {
      // What it started itself may still live and hold the pipes open: `close` would wait for that.
      killTree(child, 'SIGKILL');
    });
    child.once('close', (code) => {
      settle();
      if (signal.aborted) reject(reasonOf(signal));
      else if (late) reject(failure(`took longer than ${Math.round(limitMs / 1000)} s`, lines, LATE));
      else if (code !== 0) reject(failure(`ended with ${code ?? 'a signal'}`, lines));
      else resolve(lines);
    });
  });
}

/** The last lines, as they grow. Progress bars end in a carriage return. */
function collectLines(stream: Readable): string[] {
  const lines: string[] = [];
  let rest = '';
  const keep = (line: string): void => {
    if (line.trim() === '') return;
    lines.push(line.slice(0, 1000));
    if (lines.length > KEPT_LINES) lines.shift();
  };
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split(/[\r\n]+/);
    rest = (parts.pop() ?? '').slice(-1000);
    parts.forEach(keep);
  });
  stream.on('end', () => keep(rest));
  return lines;
}

function failure(message: string, lines: readonly string[], values?: typeof LATE): AppError {
  const rawMessage = lines.slice(-SHOWN_LINES).join('\n');
  const detail = { rawMessage, ...(values === undefined ? {} : { values }) };
  return new AppError('ffmpeg_failed', `ffmpeg ${message}: ${lines.at(-1) ?? 'no message'}`, detail);
}

/** Whether a run was ended by its time limit: the file may be whole and the machine busy. */
export function isTimeOut(error: unknown): boolean {
  return (
    error instanceof AppError &&
    error.code === 'ffmpeg_failed' &&
    error.detail.values?.['reason'] === LATE.reason
  );
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('stopped', 'AbortError');
}
