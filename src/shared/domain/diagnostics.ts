// What Dailies can test of this computer and of what it is connected to, and what a test found. Data alone.
import type { ErrorRecord } from '../contract/errors';

/** In the order in which they are run: from the computer outwards. */
export const CHECKS = ['keychain', 'ffmpeg', 'disk', 'database', 'network', 'connection', 'hosting'] as const;
export type CheckName = (typeof CHECKS)[number];

/** `look`: works, but the person should know. `none`: there is nothing to test. */
export type CheckState = 'ok' | 'look' | 'failed' | 'none';

/** What was found, where no error code says it. The window has words for each. */
export const FINDINGS = [
  'keychain_ok',
  'keychain_not_built',
  'keychain_no_service',
  'keychain_locked',
  'keychain_timeout',
  'keychain_unknown',
  'ffmpeg_ok',
  'ffmpeg_missing',
  'ffmpeg_lacks',
  'disk_ok',
  'disk_low',
  'disk_network',
  'database_ok',
  'database_damaged',
  'network_ok',
  'network_practice',
  'network_no_connection',
  'network_no_name',
  'network_no_answer',
  'network_certificate',
  'connection_ok',
  'connection_untested',
  'connection_none',
  'hosting_ok',
  'hosting_not_removed',
  'hosting_none',
  'took_too_long',
] as const;
export type Finding = (typeof FINDINGS)[number];

export const FACT_NAMES = [
  'program',
  'version',
  'folder',
  'freeBytes',
  'fileSystem',
  'host',
  'address',
  'protocol',
  'milliseconds',
  'bytes',
  'system',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

export interface CheckFact {
  readonly name: FactName;
  readonly value: string | number;
}

/** What one test answers with. Masked: no key, no signed address. */
export interface CheckResult {
  readonly check: CheckName;
  readonly state: CheckState;
  /** Null where `error` tells it. */
  readonly finding: Finding | null;
  /** Values for the sentence. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly error: ErrorRecord | null;
  /** What was looked at, for those who want to know. */
  readonly facts: readonly CheckFact[];
  /** ISO 8601 UTC. */
  readonly at: string;
}

export type Platform = 'darwin' | 'win32' | 'linux' | 'other';

/** A command that installs something, and for which systems it is. */
export interface InstallCommand {
  readonly system: string;
  readonly command: string;
}

/**
 * How the missing piece is installed, where one command surely does: package names as of Debian 12, the Arch wiki,
 * Homebrew and winget. Other systems bring a keychain of their own.
 */
export function installCommands(what: 'keychain' | 'ffmpeg', platform: Platform): InstallCommand[] {
  return INSTALLS[what][platform] ?? [];
}

const INSTALLS: Readonly<
  Record<'keychain' | 'ffmpeg', Partial<Readonly<Record<Platform, InstallCommand[]>>>>
> = {
  keychain: {
    linux: [
      { system: 'Debian, Ubuntu', command: 'sudo apt install gnome-keyring libsecret-1-0' },
      { system: 'Arch', command: 'sudo pacman -S gnome-keyring libsecret' },
    ],
  },
  ffmpeg: {
    linux: [
      { system: 'Debian, Ubuntu', command: 'sudo apt install ffmpeg' },
      { system: 'Arch', command: 'sudo pacman -S ffmpeg' },
    ],
    darwin: [{ system: 'Homebrew', command: 'brew install ffmpeg' }],
    win32: [{ system: 'winget', command: 'winget install --id Gyan.FFmpeg -e' }],
  },
};

/** One file of a support bundle. */
export interface BundleFile {
  readonly name: string;
  readonly bytes: number;
}

/** A bundle that was put together and not saved yet: exactly this will be in the file. */
export interface Bundle {
  readonly id: string;
  readonly files: readonly BundleFile[];
}
