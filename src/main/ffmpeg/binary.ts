// Which ffmpeg: the person's choice, then the one shipped with the app, then the system's.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { AppError } from '@shared/contract/errors';

export interface FfmpegBinary {
  /** An absolute path, or `ffmpeg` when it is found on PATH. */
  readonly path: string;
  /** `5.1.9-0+deb12u1`, `6.1.1-static`, … */
  readonly version: string;
}

export interface BinarySearch {
  /** The path from the settings, asked for at every search; null where the person chose none. */
  readonly chosen?: () => string | null;
  readonly env?: NodeJS.ProcessEnv;
  /** Path of the file that came with the app; by default what ffmpeg-static says. */
  readonly bundled?: string | null;
}

export interface BinaryFinder {
  /** @throws AppError `ffmpeg_missing` when none answers */
  find(): Promise<FfmpegBinary>;
  /** Searches again next time: the setting changed, or the program went away. */
  forget(): void;
}

/** Finds ffmpeg once and remembers it. A failed search is not remembered: it may be installed meanwhile. */
export function createBinaryFinder(search: BinarySearch = {}): BinaryFinder {
  let known: Promise<FfmpegBinary> | null = null;
  return {
    find() {
      known ??= searchBinary(search).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    },
    forget() {
      known = null;
    },
  };
}

async function searchBinary({ chosen, env = process.env, bundled }: BinarySearch): Promise<FfmpegBinary> {
  const shipped = bundled === undefined ? bundledPath() : bundled;
  const candidates = [
    chosen?.() ?? null,
    env.FFMPEG_PATH ?? null,
    // Programs cannot be started out of the archive: electron-builder lays them beside it.
    shipped?.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked') ?? null,
    'ffmpeg',
  ];
  for (const path of candidates) {
    if (path === null || path === '') continue;
    const binary = await binaryAt(path, env);
    if (binary !== null) return binary;
  }
  throw new AppError('ffmpeg_missing', 'no ffmpeg answers');
}

/** The ffmpeg at a path, or null when that is none or does not run here. */
export async function binaryAt(
  path: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FfmpegBinary | null> {
  const version = await versionOf(path, env);
  return version === null ? null : { path, version };
}

/** What ffmpeg-static names; the file need not exist. */
function bundledPath(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' ? path : null;
  } catch {
    return null;
  }
}

/** The version a program answers with, or null when it is no ffmpeg that runs here. 10 s is a cold slow disk. */
function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      // As in `run.ts`: even a question for the version would write a report wherever the environment says.
      const options = { env: { ...env, FFREPORT: undefined }, timeout: 10_000, windowsHide: true };
      execFile(path, ['-version'], options, (error, stdout) => {
        resolve(error === null ? (/^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? null) : null);
      });
    } catch {
      // What the system refuses to start at all, such as a script on Windows.
      resolve(null);
    }
  });
}
