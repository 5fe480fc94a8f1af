// Tests what Dailies relies on, one thing at a time and only when asked, and packs what support needs to know.
import { randomUUID } from 'node:crypto';
import { open, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, homedir, release, totalmem, version as systemVersion } from 'node:os';
import { basename, join } from 'node:path';
import { strToU8, zip } from 'fflate';
import { AppError, type ErrorRecord } from '@shared/contract/errors';
import type { AppInfo, HostTest, TestResult } from '@shared/contract/requests';
import type { Connection } from '@shared/domain/connection';
import type { Bundle, CheckName, CheckResult } from '@shared/domain/diagnostics';
import type { Generation, JournalEntry } from '@shared/domain/generation';
import type { Hosts } from '@shared/domain/host';
import type { Settings } from '@shared/domain/settings';
import type { Database } from '../database/open';
import type { BinaryFinder } from '../ffmpeg/binary';
import type { Ffmpeg } from '../ffmpeg/run';
import { renameDurably, temporaryBeside } from '../files/durableFile';
import { fileError } from '../files/fileError';
import { bounded, TookTooLong } from './bounded';
import { bundleFiles } from './bundle';
import type { Check, Found } from './check';
import { databaseCheck } from './databaseCheck';
import { diskCheck } from './diskCheck';
import { connectionCheck, hostingCheck } from './endpointChecks';
import { ffmpegCheck } from './ffmpegCheck';
import { keychainCheck, type Trouble } from './keychainCheck';
import { networkCheck } from './networkCheck';
import { cleaner } from './privacy';

/** Milliseconds. A keychain asks the person for its password; a host test carries a file there and back. */
const LIMITS: Readonly<Record<CheckName, number>> = {
  keychain: 30_000,
  ffmpeg: 60_000,
  disk: 15_000,
  database: 60_000,
  network: 15_000,
  connection: 45_000,
  hosting: 120_000,
};
/** Of the end of each log file. */
const LOG_BYTES = 256 * 1024;
const LOG_FILES = ['dailies.old.log', 'dailies.log'];
const MOST_GENERATIONS = 50;

export interface DiagnosticsOptions {
  readonly app: AppInfo;
  readonly userData: string;
  readonly library: { root(): string; isEmpty(): boolean; isNetworkPath(path: string): Promise<boolean> };
  /** Writes, reads and deletes a throw-away entry; why that failed, or null. */
  readonly probeKeychain: () => Promise<Trouble | null>;
  readonly binaries: BinaryFinder;
  readonly ffmpeg: Pick<Ffmpeg, 'run' | 'version'>;
  readonly database: Pick<Database, 'get'>;
  readonly isDatabaseWhole: (signal: AbortSignal) => Promise<boolean>;
  readonly settings: { get(): Settings };
  readonly connections: { list(): Connection[]; test(id: string): Promise<TestResult> };
  readonly hosts: { list(): Promise<Hosts>; test(id: string): Promise<HostTest> };
  readonly generations: { list(): Generation[]; journal(id: string): JournalEntry[] };
  /** Takes secrets and signatures out of a text. */
  readonly mask: (text: string) => string;
  /** Instead of the real ones; only for tests. */
  readonly checks?: Partial<Readonly<Record<CheckName, Check>>>;
  readonly limits?: Partial<Readonly<Record<CheckName, number>>>;
}

export class DiagnosticsService {
  private readonly checks: Readonly<Record<CheckName, Check>>;
  private readonly running = new Map<CheckName, Promise<CheckResult>>();
  private readonly results = new Map<CheckName, CheckResult>();
  private stopping = new AbortController();
  /** The one that was looked at last: exactly that is saved. */
  private bundle: { readonly id: string; readonly files: ReadonlyMap<string, string> } | null = null;

  constructor(private readonly options: DiagnosticsOptions) {
    const { userData, library, probeKeychain, connections, hosts } = options;
    const active = (): Connection | null => this.activeConnection();
    this.checks = {
      keychain: keychainCheck(probeKeychain),
      ffmpeg: ffmpegCheck(options),
      disk: diskCheck({
        library: () => ({ path: library.root(), empty: library.isEmpty() }),
        userData,
        isNetworkPath: (path) => library.isNetworkPath(path),
      }),
      database: databaseCheck(options),
      network: networkCheck(active),
      connection: connectionCheck(active, (id) => connections.test(id)),
      hosting: hostingCheck(hosts),
      ...options.checks,
    };
  }

  /** Runs one test; while it runs, the same run. What the test finds is no error. @throws AppError `cancelled` */
  run(check: CheckName): Promise<CheckResult> {
    let run = this.running.get(check);
    if (run === undefined) {
      run = this.test(check).finally(() => this.running.delete(check));
      this.running.set(check, run);
    }
    return run;
  }

  /** Ends what runs. */
  stop(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
  }

  /** Puts a bundle together from what is known now; the one before is forgotten. @throws AppError `internal` */
  async prepareBundle(withPrompts: boolean): Promise<Bundle> {
    const { settings, library, connections, hosts, mask } = this.options;
    const newest = this.options.generations
      .list()
      .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
      .slice(-MOST_GENERATIONS);
    const clean = cleaner({
      mask,
      home: homedir(),
      names: withPrompts ? null : this.knownNames(),
      libraryFolder: library.root(),
    });
    const files = bundleFiles(
      {
        system: await this.systemFacts(),
        settings: settings.get(),
        libraryFolder: library.root(),
        connections: connections.list(),
        hosts: await hosts.list(),
        results: [...this.results.values()],
        generations: newest.map((generation) => ({
          generation,
          journal: this.options.generations.journal(generation.id),
        })),
        logs: await this.lastLogs(),
        withPrompts,
      },
      clean,
    );
    this.bundle = { id: randomUUID(), files };
    return {
      id: this.bundle.id,
      files: [...files].map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) })),
    };
  }

  /** @throws AppError `not_found` */
  readBundle(id: string, name: string): string {
    const text = this.requireBundle(id).get(name);
    if (text === undefined) throw new AppError('not_found', 'no such file in the bundle');
    return text;
  }

  /** Writes the bundle as a zip. @throws AppError `not_found`, `disk_full`, `no_permission`, `folder_missing` */
  async saveBundle(id: string, path: string): Promise<void> {
    const files = this.requireBundle(id);
    const bytes = await zipped(files);
    const temporary = temporaryBeside(path);
    try {
      await writeFile(temporary, bytes);
      await renameDurably(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const told = fileError(error);
      throw told.code === 'library_missing' ? new AppError('folder_missing') : told;
    }
  }

  private async test(check: CheckName): Promise<CheckResult> {
    const limitMs = this.options.limits?.[check] ?? LIMITS[check];
    const result = await bounded(this.checks[check], { limitMs, signal: this.stopping.signal }).then(
      (found) => this.toResult(check, found),
      (error: unknown) => {
        if (error instanceof TookTooLong)
          return this.toResult(check, {
            state: 'failed',
            finding: 'took_too_long',
            values: { seconds: limitMs / 1000 },
          });
        const record = recordOf(error);
        if (record.code === 'cancelled') throw error;
        return { ...this.toResult(check, null), error: this.masked(record) };
      },
    );
    this.results.set(check, result);
    return result;
  }

  private toResult(check: CheckName, found: Found | null): CheckResult {
    return {
      check,
      state: found?.state ?? 'failed',
      finding: found?.finding ?? null,
      values: found?.values ?? {},
      error: null,
      facts: found?.facts ?? [],
      at: new Date().toISOString(),
    };
  }

  private masked({ code, message, detail }: ErrorRecord): ErrorRecord {
    const { mask } = this.options;
    const { rawMessage } = detail;
    return {
      code,
      message: mask(message),
      detail: rawMessage === undefined ? detail : { ...detail, rawMessage: mask(rawMessage) },
    };
  }

  private activeConnection(): Connection | null {
    const { settings, connections } = this.options;
    const { activeConnectionId } = settings.get();
    return connections.list().find(({ id }) => id === activeConnectionId) ?? null;
  }

  /** Of all generations: a log tells of older ones too. */
  private knownNames(): string[] {
    return this.options.generations
      .list()
      .flatMap(({ title, recipe }) => [
        title,
        title.replace(/…$/, ''),
        recipe.prompt,
        ...recipe.prompt.split(/\r?\n/),
        ...recipe.references.flatMap(({ reference: { name, url } }) => [name, basename(name), url ?? '']),
      ]);
  }

  private requireBundle(id: string): ReadonlyMap<string, string> {
    if (this.bundle?.id !== id) throw new AppError('not_found', 'the bundle is gone');
    return this.bundle.files;
  }

  private async systemFacts(): Promise<Record<string, string | number | null>> {
    const { app, ffmpeg } = this.options;
    return {
      dailies: app.version,
      electron: app.electron,
      chrome: process.versions.chrome ?? null,
      node: process.versions.node,
      platform: app.platform,
      arch: arch(),
      system: `${systemVersion()} ${release()}`,
      locale: app.systemLocale,
      processors: cpus().length,
      memoryMegabytes: Math.round(totalmem() / 2 ** 20),
      ffmpeg: await ffmpeg.version(),
      at: new Date().toISOString(),
    };
  }

  private async lastLogs(): Promise<Record<string, string>> {
    const logs: Record<string, string> = {};
    for (const name of LOG_FILES) {
      const text = await endOf(join(this.options.userData, 'logs', name), LOG_BYTES);
      if (text !== null) logs[name] = text;
    }
    return logs;
  }
}

/** The last whole lines of a file; null where there is none. */
async function endOf(path: string, bytes: number): Promise<string | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.toString('utf8', 0, bytesRead);
    // Half a line may begin inside a secret.
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

function zipped(files: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const entries = [...files].map(([name, text]) => [name, strToU8(text)] as const);
  return new Promise((resolve, reject) => {
    zip(Object.fromEntries(entries), { level: 6 }, (error, bytes) =>
      error === null ? resolve(bytes) : reject(error),
    );
  });
}

function recordOf(error: unknown): ErrorRecord {
  if (error instanceof AppError) return error.toRecord();
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), detail: {} };
}
