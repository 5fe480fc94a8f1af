// Files that were opened with Dailies, kept until the window asks for them.
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenedFiles } from '@shared/contract/requests';
import { VIDEO_EXTENSIONS } from './mediaExtensions';

/** More were hardly meant; the rest is left out. The cap of `library.import`. */
const MOST_FILES = 1000;
const VIDEO_NAME = new RegExp(`\\.(${VIDEO_EXTENSIONS.join('|')})$`, 'i');

export interface CommandLine {
  readonly argv: readonly string[];
  /** Unpackaged, Electron's own argument comes first: the app's folder. */
  readonly packaged: boolean;
  /** Where relative paths begin: of the process that was given them. */
  readonly workingFolder: string;
}

/** The files on a command line, as absolute paths. Switches are none; behind `--` everything is a file. */
export function pathsOnCommandLine({ argv, packaged, workingFolder }: CommandLine): string[] {
  const given = argv.slice(1);
  const end = given.indexOf('--');
  const before = (end < 0 ? given : given.slice(0, end)).filter(
    (word) => word !== '' && !word.startsWith('-'),
  );
  const behind = end < 0 ? [] : given.slice(end + 1);
  const words = [...(packaged ? before : before.slice(1)), ...behind];
  return words.slice(0, MOST_FILES).flatMap((word) => {
    const path = pathOf(word);
    return path === null ? [] : [resolve(workingFolder, path)];
  });
}

/** A desktop hands over addresses too. Null: an address of something else, such as a page. */
function pathOf(word: string): string | null {
  if (/^file:\/\//i.test(word)) {
    try {
      return fileURLToPath(word);
    } catch {
      return null;
    }
  }
  // One letter before the colon is a drive.
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(word) ? null : word;
}

/** What another process sent: only texts are believed. */
export function pathsFrom(sent: unknown): string[] {
  const paths: unknown = typeof sent === 'object' && sent !== null && 'paths' in sent ? sent.paths : null;
  if (!Array.isArray(paths)) return [];
  return paths.filter((path): path is string => typeof path === 'string' && path !== '').slice(0, MOST_FILES);
}

export class Opened {
  #paths: string[] = [];
  #listener: () => void = () => undefined;

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#paths = [...new Set([...this.#paths, ...paths])].slice(0, MOST_FILES);
    this.#listener();
  }

  /** Called whenever there is something to take. */
  onAdded(listener: () => void): void {
    this.#listener = listener;
  }

  /** Gives them out once. */
  take(): OpenedFiles {
    const paths = this.#paths;
    this.#paths = [];
    const there = paths.filter((path) => existsSync(path));
    return {
      videos: there.filter((path) => VIDEO_NAME.test(path)),
      others: there.filter((path) => !VIDEO_NAME.test(path)),
      missing: paths.filter((path) => !there.includes(path)).map((path) => basename(path)),
    };
  }
}
