// The gateway as a process of its own: started by the app (its embedded default) or by `npm run gateway`.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGateway } from './server';

/** For `npm run gateway`; the one inside the app takes any free port. */
const DEFAULT_PORT = 4810;

/** How long the process may take to stop before it is ended anyway. */
const STOP_LIMIT_MS = 800;

interface Options {
  port: number;
  dataDir: string;
  ffmpegPath: string | undefined;
  queuedMs: number | undefined;
  runningMs: number | undefined;
  exitWithParent: boolean;
  verbose: boolean;
}

/** Options come from the command line, else from `PRACTICE_…` variables, else the defaults. */
function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      ffmpeg: { type: 'string' },
      'queued-ms': { type: 'string' },
      'running-ms': { type: 'string' },
      'exit-with-parent': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const env = process.env;
  const count = (name: string, text: string | undefined): number | undefined => {
    if (text === undefined || text === '') return undefined;
    if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number`);
    return Number(text);
  };
  const exitWithParent = values['exit-with-parent'] || env.PRACTICE_EXIT_WITH_PARENT === '1';
  return {
    port: count('port', values.port ?? env.PRACTICE_PORT) ?? (exitWithParent ? 0 : DEFAULT_PORT),
    dataDir: values['data-dir'] ?? env.PRACTICE_DATA_DIR ?? join(homedir(), '.dailies-practice'),
    ffmpegPath: values.ffmpeg ?? env.FFMPEG_PATH,
    queuedMs: count('queued-ms', values['queued-ms'] ?? env.PRACTICE_QUEUED_MS),
    runningMs: count('running-ms', values['running-ms'] ?? env.PRACTICE_RUNNING_MS),
    exitWithParent,
    verbose: values.verbose,
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  const { queuedMs, runningMs } = options;
  const starting = createGateway({
    dataDir: options.dataDir,
    port: options.port,
    ...(options.ffmpegPath === undefined ? {} : { ffmpegPath: options.ffmpegPath }),
    settings: {
      ...(queuedMs === undefined ? {} : { queuedMs }),
      ...(runningMs === undefined ? {} : { runningMs }),
    },
    log: (line) => {
      if (options.verbose) process.stderr.write(`${line}\n`);
    },
  });
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    void starting.then((gateway) => gateway.close()).finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that died leaves its end of the pipe closed. What it writes, if anything, is not read.
  if (options.exitWithParent) {
    process.stdin.once('close', stop).once('error', stop).resume();
    process.once('disconnect', stop);
  }
  // The reader of our lines may be gone before us.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  const { port, baseUrl } = await starting;
  process.stdout.write(`${JSON.stringify({ ready: true, port, baseUrl })}\n`);
}

main().catch((error: unknown) => {
  process.stdout.write(`${JSON.stringify({ ready: false, error: String(error) })}\n`);
  process.exit(1);
});
