// Serves files from this computer through a tunnel: opened with the first, closed a minute after the last.
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@shared/contract/errors';
import type { HostTest } from '@shared/contract/requests';
import { abortable } from './abortable';
import { startTunnel, type Cloudflared, type OpenTunnel } from './cloudflared';
import type { FileHost, HostedFile, Placed, PutOptions } from './FileHost';
import { FileServer } from './fileServer';
import { requirePublic } from './publicAddress';
import { probeFile } from './probeFile';

export interface TunnelHostOptions {
  readonly find: () => Promise<Cloudflared | null>;
  readonly log: { info(text: string): void };
  /** What an address looks like; only for tests. */
  readonly pattern?: RegExp;
  readonly lingerMs?: number;
  readonly limitMs?: number;
}

/** The next generation of a row often follows at once, and a new tunnel takes seconds. */
const LINGER_MS = 60_000;
/** A tunnel opens within seconds; its name takes a few more to be known everywhere. */
const OPEN_LIMIT_MS = 30_000;
const ASK_AGAIN_MS = 500;

export class TunnelHost implements FileHost {
  private readonly server = new FileServer();
  private tunnel: Promise<OpenTunnel> | null = null;
  private closing: NodeJS.Timeout | null = null;
  /** Ends a tunnel that is still opening. */
  private stopping = new AbortController();

  constructor(private readonly options: TunnelHostOptions) {}

  async put({ path }: HostedFile, { signal, onBegin }: PutOptions): Promise<Placed> {
    const reused = this.server.offers(path);
    const name = this.server.offer(path);
    onBegin(name);
    try {
      const url = await this.addressOf(name, signal);
      return { place: name, url, until: null, reused };
    } catch (error) {
      this.closeSoonIfEmpty();
      throw error;
    }
  }

  async discard(name: string): Promise<void> {
    this.withdraw(name);
  }

  async remove(name: string): Promise<boolean> {
    this.withdraw(name);
    return true;
  }

  async test(): Promise<HostTest> {
    const begun = performance.now();
    return probeFile(async (path, content) => {
      const name = this.server.offer(path);
      try {
        await requirePublic(await this.addressOf(name, new AbortController().signal), content);
        return { milliseconds: Math.round(performance.now() - begun), removed: true };
      } finally {
        this.withdraw(name);
      }
    });
  }

  /** Nothing to let go of: the tunnel goes by itself when nothing is served any more. */
  close(): void {
    this.closeSoonIfEmpty();
  }

  /** Ends everything at once. For quitting. */
  async stop(): Promise<void> {
    if (this.closing !== null) clearTimeout(this.closing);
    this.closing = null;
    this.server.stop();
    this.stopping.abort();
    this.stopping = new AbortController();
    const open = this.tunnel;
    this.tunnel = null;
    await open?.then(
      (tunnel) => tunnel.close(),
      () => undefined,
    );
  }

  private withdraw(name: string): void {
    this.server.withdraw(name);
    this.closeSoonIfEmpty();
  }

  private closeSoonIfEmpty(): void {
    if (!this.server.isEmpty || this.closing !== null) return;
    this.closing = setTimeout(() => {
      this.closing = null;
      if (this.server.isEmpty) void this.stop();
    }, this.options.lingerMs ?? LINGER_MS).unref();
  }

  private async addressOf(name: string, signal: AbortSignal): Promise<string> {
    // The tunnel is for everybody: who goes away does not close it for the others.
    const tunnel = await abortable(this.opened(), signal);
    const url = `${tunnel.address}/${name}`;
    await this.untilItAnswers(url, signal);
    return url;
  }

  /** One tunnel for everybody. When it ends the next file opens another one, and what is served is served there. */
  private opened(): Promise<OpenTunnel> {
    if (this.tunnel !== null) return this.tunnel;
    const opening = this.open();
    this.tunnel = opening;
    const forget = (): void => {
      if (this.tunnel === opening) this.tunnel = null;
    };
    opening.then(({ ended }) => ended.then(forget), forget);
    return opening;
  }

  private async open(): Promise<OpenTunnel> {
    const { find, limitMs, log, pattern } = this.options;
    const { signal } = this.stopping;
    const program = await find();
    if (program === null) throw new AppError('tunnel_missing');
    const tunnel = await startTunnel({
      program: program.path,
      port: await this.server.start(),
      limitMs: limitMs ?? OPEN_LIMIT_MS,
      signal,
      ...(pattern === undefined ? {} : { pattern }),
    });
    log.info('tunnel opened');
    void tunnel.ended.then(() => log.info('tunnel closed'));
    return tunnel;
  }

  /** A new tunnel's name is not known everywhere at once: an endpoint that is sent there too early gives up. */
  private async untilItAnswers(url: string, signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + (this.options.limitMs ?? OPEN_LIMIT_MS);
    for (;;) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(ASK_AGAIN_MS * 10)]);
      const answer = await fetch(url, { method: 'HEAD', signal: limit }).catch(() => null);
      signal.throwIfAborted();
      if (answer?.ok === true) return;
      if (performance.now() > deadline)
        throw new AppError('tunnel_failed', 'the tunnel does not answer', {
          ...(answer === null ? {} : { status: answer.status }),
        });
      await wait(ASK_AGAIN_MS, undefined, { signal });
    }
  }
}
