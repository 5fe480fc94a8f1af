// For tests: a gateway in a temporary folder, small media made by ffmpeg, and plain calls.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGateway, type Gateway, type GatewayOptions } from './server';

export interface CallResult {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or an empty object when it is not JSON. */
  readonly json: Record<string, unknown>;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly dataDir: string;
  /** Calls a path under `/api/v3/contents/generations/tasks`; a body is sent as JSON. */
  readonly call: (
    method: string,
    path?: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<CallResult>;
  /** Creates a task and returns its id. */
  readonly create: (body: Record<string, unknown>) => Promise<string>;
  /** Asks until the task has this status. */
  readonly reached: (id: string, status: string) => Promise<void>;
  /** Asks until the task is finished; the record. */
  readonly finished: (id: string) => Promise<Record<string, unknown>>;
  /** Stops it and starts another on the same folder. */
  readonly restart: (options?: Partial<GatewayOptions>) => Promise<void>;
  readonly end: () => Promise<void>;
}

export const TASKS_PATH = '/contents/generations/tasks';
const NO_LIMITS = {
  createPerMinute: 1_000_000,
  getPerSecond: 1_000_000,
  listPerSecond: 1_000_000,
  deletePerSecond: 1_000_000,
};

/** Starts a quick gateway without request limits. */
export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'practice-'));
  const start = (more: Partial<GatewayOptions>): Promise<Gateway> =>
    createGateway({
      dataDir,
      ...options,
      ...more,
      settings: { queuedMs: 0, runningMs: 0, limits: NO_LIMITS, ...options.settings, ...more.settings },
    });
  let gateway = await start({});

  const call: TestGateway['call'] = async (method, path = '', body, headers = {}) => {
    const response = await fetch(`${gateway.baseUrl}${TASKS_PATH}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return readCall(response);
  };
  return {
    get gateway() {
      return gateway;
    },
    dataDir,
    call,
    create: async (body) => {
      const { status, json, text } = await call('POST', '', body);
      if (status !== 200 || typeof json.id !== 'string')
        throw new Error(`create answered ${status}: ${text}`);
      return json.id;
    },
    reached: async (id, status) => {
      while ((await call('GET', `/${id}`)).json.status !== status) await pause();
    },
    finished: async (id) => {
      for (;;) {
        const { json } = await call('GET', `/${id}`);
        if (json.status !== 'queued' && json.status !== 'running') return json;
        await pause();
      }
    },
    restart: async (more = {}) => {
      await gateway.close();
      gateway = await start(more);
    },
    end: async () => {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));

/** Reads an answer whole. */
export async function readCall(response: Response): Promise<CallResult> {
  const text = await response.text();
  let json: Record<string, unknown> = {};
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not JSON: some tests ask for that.
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** Runs the ffmpeg on PATH. */
export async function ffmpeg(...args: string[]): Promise<string> {
  const { stderr } = await promisify(execFile)('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args]);
  return stderr;
}

export interface TestMedia {
  readonly folder: string;
  readonly redPng: Buffer;
  readonly blueJpeg: Buffer;
  readonly tone: Buffer;
  readonly clip: Buffer;
}

/** A red and a blue still, a 440 Hz tone of 2 s, and a green clip of 2 s. */
export async function makeMedia(): Promise<TestMedia> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-media-'));
  const at = (name: string): string => join(folder, name);
  const quiet = ['-loglevel', 'error'];
  await ffmpeg(...quiet, '-f', 'lavfi', '-i', 'color=c=0xc02020:s=800x450', '-frames:v', '1', at('red.png'));
  await ffmpeg(...quiet, '-f', 'lavfi', '-i', 'color=c=0x2020c0:s=600x900', '-frames:v', '1', at('blue.jpg'));
  await ffmpeg(...quiet, '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2', at('tone.wav'));
  const green = 'color=c=0x20a020:s=864x496:r=24:d=2';
  await ffmpeg(
    ...quiet,
    '-f',
    'lavfi',
    '-i',
    green,
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    at('clip.mp4'),
  );
  const [redPng, blueJpeg, tone, clip] = await Promise.all(
    ['red.png', 'blue.jpg', 'tone.wav', 'clip.mp4'].map((name) => readFile(at(name))),
  );
  if (!redPng || !blueJpeg || !tone || !clip) throw new Error('no media');
  return { folder, redPng, blueJpeg, tone, clip };
}

/** A content item with a data URL. */
export function inline(
  kind: 'image' | 'audio',
  type: string,
  bytes: Buffer,
  role?: string,
): Record<string, unknown> {
  const url = `data:${kind}/${type};base64,${bytes.toString('base64')}`;
  return { type: `${kind}_url`, [`${kind}_url`]: { url }, ...(role === undefined ? {} : { role }) };
}

/** A text-to-video body that renders fast. */
export function textBody(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    model: 'doubao-seedance-2-0-260128',
    content: [{ type: 'text', text: 'A quiet lake at dawn' }],
    resolution: '480p',
    ratio: '16:9',
    duration: 4,
    ...more,
  };
}
