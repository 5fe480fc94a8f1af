// One start of Electron with an app folder: its page, and its end.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type * as ElectronRuntime from '../scripts/electronRuntime.mjs';
import { DevTools } from './devTools';

/** Benchmarks are started in the project's folder; the bundle lies elsewhere. */
export const ROOT = process.cwd();

export interface RunOptions {
  readonly executable: string;
  readonly appFolder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs in the page before its own scripts. */
  readonly probe: string;
}

const PATIENCE_MS = 60_000;

export async function electronExecutable(): Promise<string> {
  // Not bundled: it finds what it looks for from where it lies.
  const module = pathToFileURL(join(ROOT, 'scripts', 'electronRuntime.mjs')).href;
  const { installedTestRuntime } = (await import(module)) as typeof ElectronRuntime;
  return (await installedTestRuntime()).executable;
}

export class ElectronRun {
  private constructor(
    private readonly child: ChildProcess,
    private readonly tools: DevTools,
    private readonly session: string,
    /** When the process was started, in milliseconds since 1970 with fractions. */
    readonly startedAt: number,
  ) {}

  static async start({ executable, appFolder, env, probe }: RunOptions): Promise<ElectronRun> {
    const startedAt = performance.timeOrigin + performance.now();
    const child = spawn(executable, ['--remote-debugging-pipe', appFolder], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const tools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const ready = new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('No page within a minute.')), PATIENCE_MS);
      tools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        const session = sessionId as string;
        if ((targetInfo as { type: string }).type !== 'page') return;
        void tools.send('Page.enable', {}, session);
        void tools.send('Page.addScriptToEvaluateOnNewDocument', { source: probe }, session);
        void tools.send('Runtime.runIfWaitingForDebugger', {}, session);
        tools.on('Page.loadEventFired', (_params, from) => {
          if (from !== session) return;
          clearTimeout(late);
          resolve(session);
        });
      });
    });
    // The page waits until the probe is in it: some milliseconds, the same for every window that is compared.
    void tools.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    return new ElectronRun(child, tools, await ready, startedAt);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  send<T>(method: string, params: object = {}): Promise<T> {
    return this.tools.send<T>(method, params, this.session);
  }

  /** Waits for a promise; only what JSON can hold comes back. @throws what the page threw */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string }; text: string };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Nothing listens in the page any more: for what is measured at rest. */
  async detach(): Promise<void> {
    await this.send('Page.disable');
    // Ends the sessions that it began.
    await this.tools.send('Target.setAutoAttach', {
      autoAttach: false,
      waitForDebuggerOnStart: false,
      flatten: true,
    });
  }

  /** Asks main for something outside its own code, as the bench's app folder understands it. */
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Quits as the system asks for it. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(late);
  }
}
