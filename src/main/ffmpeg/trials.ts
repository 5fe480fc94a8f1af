// Whether an ffmpeg makes and reads everything that Dailies makes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Ffmpeg } from './run';
import { TRIALS, type Trial } from './trialArgs';

/** Half a second of 64 × 64: 10 s is a cold slow disk. */
const TRIAL_LIMIT_MS = 10_000;

/**
 * Names of what it cannot make or read; empty: nothing is lacking.
 * @throws AppError `ffmpeg_missing`; what the file system throws; the signal's reason when aborted
 */
export async function lackingIn(ffmpeg: Pick<Ffmpeg, 'run'>, signal?: AbortSignal): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-trial-'));
  try {
    const lacking: string[] = [];
    for (const trial of TRIALS) if (!(await passes(ffmpeg, trial, folder, signal))) lacking.push(trial.name);
    return lacking;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function passes(
  ffmpeg: Pick<Ffmpeg, 'run'>,
  { extension, make, read }: Trial,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const file = join(folder, `trial.${extension}`);
  const options = { limitMs: TRIAL_LIMIT_MS, ...(signal === undefined ? {} : { signal }) };
  try {
    await ffmpeg.run(make(file), options);
    await ffmpeg.run(read(file), options);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ffmpeg_failed') return false;
    throw error;
  }
}
