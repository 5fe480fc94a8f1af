// Runs the practice gateway in a process of its own: starts it at the first use, restarts it, stops it.
import { mkdir } from 'node:fs/promises';
import { AppError } from '@shared/contract/errors';
import { portBecomesFree, rememberedPort, rememberPort } from './gatewayPort';
import type { GatewayProcess, SpawnGateway } from './gatewayProcess';
import { createReadyReader } from './readyLine';

export interface PracticeGatewayOptions {
  readonly spawn: SpawnGateway;
  /** `<user data>/practice`: its tasks, its videos and its port. */
  readonly folder: string;
  /** The ffmpeg it draws with; null lets it look for one. */
  readonly ffmpegPath: () => Promise<string | null>;
  readonly log: { info(text: string): void; warn(text: string, ...details: unknown[]): void };
  /** More environment for the process, for tests and tuning. */
  readonly env?: Readonly<Record<string, string>>;
  readonly readyLimitMs?: number;
  /** First delay before a restart; it doubles up to 30 s. */
  readonly restartDelayMs?: number;
}

interface Running {
  readonly process: GatewayProcess;
  readonly exited: Promise<void>;
  readonly baseUrl: string;
}

const LONGEST_RESTART_DELAY_MS = 30_000;
/** A gateway that lived this long died of something else than its start. */
const HEALTHY_MS = 60_000;
const OLD_GATEWAY_LIMIT_MS = 1500;
const STOP_LIMIT_MS = 900;

export class PracticeGateway {
  private starting: Promise<Running> | null = null;
  private running: Running | null = null;
  /** Every process not yet known to have ended, so that none is left behind. */
  private readonly alive = new Map<GatewayProcess, Promise<void>>();
  private restartTimer: NodeJS.Timeout | undefined;
  private deaths = 0;
  private stopped = false;
  private lastUrl: string | null = null;
  private readonly listeners = new Set<(baseUrl: string) => void>();

  constructor(private readonly options: PracticeGatewayOptions) {}

  /**
   * The address of the running gateway; starts it where needed.
   * @throws AppError `practice_unavailable`
   */
  async baseUrl(): Promise<string> {
    return (await this.ensure()).baseUrl;
  }

  /** Its address as last known, without starting anything; null before the first start of this run. */
  lastKnownUrl(): string | null {
    return this.lastUrl;
  }

  /** Calls the listener when the address changes. Returns the function that ends it. */
  onAddress(listener: (baseUrl: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Another ffmpeg draws from now on: a running process ends and comes back at the same address by itself. */
  renew(): void {
    this.running?.process.terminate();
  }

  /** Ends the process, gently at first, and within one second. It is not started again. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restartTimer);
    await Promise.all([...this.alive].map(([process, exited]) => end(process, exited)));
  }

  private ensure(): Promise<Running> {
    if (this.stopped) return Promise.reject(unavailable('the app is closing'));
    if (this.running !== null) return Promise.resolve(this.running);
    clearTimeout(this.restartTimer);
    this.starting ??= this.start().finally(() => (this.starting = null));
    return this.starting;
  }

  private async start(): Promise<Running> {
    const { folder } = this.options;
    try {
      await mkdir(folder, { recursive: true });
      const port = await rememberedPort(folder);
      const usable = port !== null && (await portBecomesFree(port, OLD_GATEWAY_LIMIT_MS));
      if (port !== null && !usable)
        this.options.log.warn(`Practice gateway: port ${port} is taken, using another`);
      const running = await this.launch(usable ? port : 0);
      this.running = running;
      if (this.lastUrl !== running.baseUrl) {
        this.lastUrl = running.baseUrl;
        for (const listener of [...this.listeners]) listener(running.baseUrl);
      }
      this.options.log.info(`Practice gateway ready at ${running.baseUrl}`);
      return running;
    } catch (error) {
      this.options.log.warn('Practice gateway did not start', error);
      throw error instanceof AppError ? error : unavailable('could not be started', error);
    }
  }

  private async launch(port: number): Promise<Running> {
    const ffmpeg = await this.options.ffmpegPath();
    if (this.stopped) throw unavailable('the app is closing');
    const process = this.options.spawn(['--port', String(port), '--data-dir', this.options.folder], {
      ...inheritedEnvironment(),
      ...this.options.env,
      ...(ffmpeg === null ? {} : { FFMPEG_PATH: ffmpeg }),
    });
    const born = Date.now();
    let complaint = '';
    process.onComplaint((text) => (complaint = (complaint + text).slice(-2000)));
    const exited = new Promise<void>((resolve) => process.onExit(() => resolve()));
    this.alive.set(process, exited);
    void exited.then(() => this.onExit(process, born, complaint));

    try {
      const ready = await this.ready(process, exited, () => complaint);
      // A port that could not be written down costs the same address at the next start, no more.
      await rememberPort(this.options.folder, ready.port).catch((error: unknown) =>
        this.options.log.warn('Practice gateway: the port could not be remembered', error),
      );
      return { process, exited, baseUrl: ready.baseUrl };
    } catch (error) {
      process.kill();
      throw error;
    }
  }

  private ready(
    process: GatewayProcess,
    exited: Promise<void>,
    complaint: () => string,
  ): Promise<{ port: number; baseUrl: string }> {
    return new Promise((resolve, reject) => {
      const limit = this.options.readyLimitMs ?? 15_000;
      const timer = setTimeout(() => reject(unavailable(`not ready after ${limit} ms`)), limit);
      const read = createReadyReader();
      process.onOutput((text) => {
        const line = read(text);
        if (line === null) return;
        clearTimeout(timer);
        if (line.ready) resolve(line);
        else reject(unavailable(line.error));
      });
      void exited.then(() => {
        clearTimeout(timer);
        reject(unavailable(`ended before it was ready: ${complaint().trim()}`));
      });
    });
  }

  private onExit(process: GatewayProcess, born: number, complaint: string): void {
    this.alive.delete(process);
    // One that never became ready is reported to who asked for it, and started again when asked again.
    if (this.running?.process !== process || this.stopped) return;
    this.running = null;
    this.deaths = Date.now() - born > HEALTHY_MS ? 1 : this.deaths + 1;
    const first = this.options.restartDelayMs ?? 250;
    const delay = Math.min(first * 2 ** (this.deaths - 1), LONGEST_RESTART_DELAY_MS);
    this.options.log.warn(`Practice gateway ended, starting again in ${delay} ms`, complaint.trim());
    this.restartTimer = setTimeout(() => void this.ensure().catch(() => undefined), delay);
  }
}

async function end(process: GatewayProcess, exited: Promise<void>): Promise<void> {
  process.terminate();
  const timer = setTimeout(() => process.kill(), STOP_LIMIT_MS);
  await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS + 100).unref())]);
  clearTimeout(timer);
}

function unavailable(why: string, cause?: unknown): AppError {
  return new AppError('practice_unavailable', `practice gateway: ${why}`, {}, { cause });
}

/** Our own environment without what would change how the child starts. */
function inheritedEnvironment(): Record<string, string> {
  const unwanted = /^(NODE_OPTIONS|ELECTRON_.*|PRACTICE_.*)$/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || unwanted.test(name) ? [] : [[name, value]],
    ),
  );
}
