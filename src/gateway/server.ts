// The practice gateway: a loopback HTTP server that speaks the video task API, with faults on request.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ZodError } from 'zod';
import { ApiError, errorBody, invalidParameter, newRequestId, printable } from './apiError';
import { writeDurably } from './durableFile';
import { decodePart, parseJson, readBody, sendBytes, sendJson, type Exchange } from './exchange';
import { Faults, faultList, type FaultOperation, type FaultRule, type FaultRuleInput } from './faults';
import { findFfmpeg, Renderer } from './ffmpeg';
import { sendFile } from './fileAnswer';
import { Ledger, type LedgerEntry } from './ledger';
import { Lifecycle } from './lifecycle';
import { RateLimiter } from './limits';
import { ReferenceHost } from './referenceHost';
import { reusingRender } from './renderReuse';
import {
  DEFAULT_SETTINGS,
  settingsPatch,
  withPatch,
  type GatewaySettings,
  type SettingsPatch,
} from './settings';
import { htmlPage, wrapAnswer, wrapError } from './shapes';
import { accessDeniedXml, checkLink, signedPath } from './signedUrls';
import { TaskApi } from './taskApi';
import { RESULT_LAST_FRAME, RESULT_VIDEO, TaskStore } from './tasks';

export interface GatewayOptions {
  /** Where tasks, ledger and hosted references are kept; made when missing. One gateway at a time. */
  readonly dataDir: string;
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** Which ffmpeg; see `findFfmpeg` for the order without it. */
  readonly ffmpegPath?: string;
  readonly settings?: SettingsPatch;
  /** The clock of records, links and limits: Unix milliseconds. The pace of tasks runs on real time. */
  readonly now?: () => number;
  /** Gets one line per event; no key and no signed link is in it. */
  readonly log?: (line: string) => void;
}

export interface Gateway {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** `http://127.0.0.1:<port>/api/v3` */
  readonly baseUrl: string;
  settings(): GatewaySettings;
  changeSettings(patch: SettingsPatch): void;
  /** Replaces the fault rules. */
  setFaults(rules: readonly FaultRuleInput[]): void;
  faults(): readonly FaultRule[];
  ledger(): Promise<LedgerEntry[]>;
  /** Stops at once: connections are cut, ffmpeg is killed, unfinished tasks go on after the next start. */
  close(): Promise<void>;
}

const TASKS = '/api/v3/contents/generations/tasks';
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_CONTROL_BYTES = 1024 * 1024;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** Starts a gateway on 127.0.0.1. Rejects when the port is taken or the data folder cannot be used. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const server = new GatewayServer(options);
  return server.start();
}

class GatewayServer {
  private readonly now: () => number;
  private readonly log: (line: string) => void;
  private settings: GatewaySettings;
  private readonly faults = new Faults();
  private readonly limiter = new RateLimiter();
  private readonly store: TaskStore;
  private readonly ledger: Ledger;
  private readonly host: ReferenceHost;
  private readonly renderer: Renderer;
  private readonly lifecycle: Lifecycle;
  private readonly api: TaskApi;
  private secret: Buffer = Buffer.alloc(0);
  private origin = '';

  constructor(private readonly options: GatewayOptions) {
    this.now = options.now ?? Date.now;
    this.log = options.log ?? (() => undefined);
    this.settings = withPatch(DEFAULT_SETTINGS, settingsPatch.parse(options.settings ?? {}));
    this.store = new TaskStore(options.dataDir);
    this.ledger = new Ledger(join(options.dataDir, 'ledger.jsonl'));
    this.host = new ReferenceHost(join(options.dataDir, 'host'));
    this.renderer = new Renderer(findFfmpeg(options.ffmpegPath));
    this.lifecycle = new Lifecycle({
      store: this.store,
      settings: () => this.settings,
      render: reusingRender({
        render: (task, folder, signal) => this.renderer.render(task, folder, signal),
        isOn: () => this.settings.renderReuse,
        folder: join(options.dataDir, 'renders'),
      }),
      now: this.now,
      log: this.log,
    });
    this.api = new TaskApi({
      store: this.store,
      ledger: this.ledger,
      lifecycle: this.lifecycle,
      now: this.now,
      linkTo: (id, file, expires) => this.origin + signedPath(this.secret, id, file, expires),
    });
  }

  async start(): Promise<Gateway> {
    await mkdir(this.options.dataDir, { recursive: true });
    this.secret = await loadSecret(join(this.options.dataDir, 'link-secret'));
    await this.store.load(this.now());
    await this.host.load(this.now());
    const known = this.store.list(this.now()).reverse();
    await this.ledger.repair(known.map((task) => task.ledger));

    const server = createServer((request, response) => void this.answer(request, response));
    // Uploads near the limit over a slow disk take their time; links of tests are held open on purpose.
    server.requestTimeout = 0;
    server.on('clientError', (_error, socket) => {
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port ?? 0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    this.origin = `http://127.0.0.1:${port}`;
    for (const task of known) this.lifecycle.begin(task);

    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      const stopped = this.lifecycle.close();
      this.renderer.killAll();
      await stopped;
      await this.store.settle();
      await closed;
    };
    return {
      port,
      origin: this.origin,
      baseUrl: `${this.origin}/api/v3`,
      settings: () => this.settings,
      changeSettings: (patch) => this.changeSettings(patch),
      setFaults: (rules) => this.faults.set(rules),
      faults: () => this.faults.list(),
      ledger: () => this.ledger.read(),
      close: () => (closing ??= close()),
    };
  }

  private changeSettings(patch: unknown): void {
    this.settings = withPatch(this.settings, settingsPatch.parse(patch));
  }

  /** Answers one request; whatever goes wrong becomes an error body. */
  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = newRequestId(this.now());
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const query = new URLSearchParams(search);
    const exchange: Exchange = { request, response, method: request.method ?? '', path, query, requestId };
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    try {
      this.refuseStrangers(exchange);
      await this.route(exchange);
    } catch (error) {
      const known =
        error instanceof ApiError
          ? error
          : error instanceof ZodError
            ? invalidParameter('body', printable(error.issues.map(issueText).join('; '), 500))
            : new ApiError(
                500,
                'InternalServiceError',
                'The service encountered an unexpected internal error.',
              );
      if (known.status >= 500) this.log(`request ${requestId}: ${String(error)}`);
      sendJson(exchange, known.status, errorBody(known, requestId), known.headers);
    }
  }

  /** Only programs on this machine: a web page shows itself by Origin or Sec-Fetch-Site, or by another Host. */
  private refuseStrangers({ request, path }: Exchange): void {
    const site = request.headers['sec-fetch-site'];
    const fromPage = request.headers.origin !== undefined || (site !== undefined && site !== 'none');
    const ofThisHost = LOOPBACK_HOST.test(request.headers.host ?? '');
    if (!ofThisHost || (fromPage && !path.startsWith('/media/'))) {
      throw new ApiError(403, 'AccessDenied', 'The practice gateway answers programs on this computer only.');
    }
  }

  private async route(exchange: Exchange): Promise<void> {
    const { method, path, query } = exchange;
    const isRead = method === 'GET' || method === 'HEAD';
    if (path === TASKS || path.startsWith(`${TASKS}/`)) {
      const rest = path.slice(TASKS.length).replace(/^\/|\/$/g, '');
      // Upstream, a POST to any deeper path (`…/cancel`) falls through to create as well.
      if (method === 'POST')
        return this.call(exchange, 'create', (fault, body) => this.create(exchange, fault, body));
      if (method === 'GET' && rest === '') return this.call(exchange, 'list', () => this.api.list(query));
      if (rest !== '' && !rest.includes('/')) {
        const id = decodePart(rest);
        if (method === 'GET') return this.call(exchange, 'get', () => this.api.get(id));
        if (method === 'DELETE') return this.call(exchange, 'delete', () => this.api.delete(id));
      }
      throw new ApiError(405, 'InvalidAction', `The method ${printable(method, 20)} is not supported here.`);
    }
    const [, area, first, second, extra] = path.split('/');
    if (area === 'media' && first && second && extra === undefined && isRead) {
      return this.download(exchange, decodePart(first), decodePart(second));
    }
    if (area === 'host' && first && second === undefined) return this.hosted(exchange, decodePart(first));
    if (area === 'practice' && second === undefined) return this.control(exchange, first ?? '');
    throw new ApiError(404, 'NotFound', `There is nothing at ${printable(path)}.`);
  }

  /** One call of the task API, with key, limit and fault. */
  private async call(
    exchange: Exchange,
    operation: Exclude<FaultOperation, 'download'>,
    handle: (fault: FaultRule | null, body: Buffer) => Promise<unknown>,
  ): Promise<void> {
    const { request, response } = exchange;
    const fault = this.faults.take(operation);
    if (fault?.kind === 'reset_before') return void request.socket.resetAndDestroy();
    const body = operation === 'create' ? await readBody(request, MAX_BODY_BYTES) : Buffer.alloc(0);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault !== null && this.answerInstead(exchange, fault)) return;
    this.authorize(request);
    this.limiter.admit(operation, this.settings.limits, this.now());
    let answer = await handle(fault, body);
    if (fault?.kind === 'answer_lost') return void response.socket?.resetAndDestroy();
    if (fault?.kind === 'status_word')
      answer = changeRecords(answer, (task) => ({ ...task, status: fault.word }));
    if (fault?.kind === 'result_url') {
      answer = changeRecords(answer, (task) => {
        const content = task.content as Record<string, unknown> | undefined;
        return content === undefined ? task : { ...task, content: { ...content, video_url: fault.url } };
      });
    }
    if (fault?.kind === 'wrapped') answer = wrapAnswer(fault.shape, answer, this.now());
    sendJson(exchange, 200, answer);
  }

  private create(exchange: Exchange, fault: FaultRule | null, body: Buffer): Promise<unknown> {
    return this.api.create(body, keyOf(exchange.request), fault);
  }

  private authorize(request: IncomingMessage): void {
    const { requireKey } = this.settings;
    if (requireKey !== null && keyOf(request) !== requireKey) throw wrongKey();
  }

  /** Faults that replace the whole answer. False: this fault acts elsewhere. Refusals are thrown. */
  private answerInstead(exchange: Exchange, fault: FaultRule): boolean {
    const { response } = exchange;
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const json = { 'content-type': 'application/json' };
    switch (fault.kind) {
      case 'unauthorized':
        throw wrongKey();
      case 'rate_limited':
        throw new ApiError(
          429,
          fault.code ?? 'ModelAccountRpmRateLimitExceeded',
          'The requests per minute (RPM) limit of the associated model for your account has been exceeded.',
          '',
          'TooManyRequests',
          { 'retry-after': String(fault.retryAfterSeconds) },
        );
      case 'server_error':
        throw new ApiError(
          fault.status,
          'InternalServiceError',
          'The service encountered an unexpected internal error.',
        );
      case 'not_found':
        throw new ApiError(404, 'NotFound.Task', 'The specified task is not found.', 'id');
      case 'bad_gateway':
        sendBytes(response, fault.status, Buffer.from(htmlPage(`${fault.status} Bad Gateway`)), html);
        return true;
      case 'html_page':
        sendBytes(response, 200, Buffer.from(htmlPage('Welcome')), html);
        return true;
      case 'error_shape':
        sendJson(exchange, fault.status, wrapError(fault.shape, fault.code, fault.message));
        return true;
      case 'gzip_garbage':
        sendBytes(response, 200, randomBytes(512), { ...json, 'content-encoding': 'gzip' });
        return true;
      case 'redirect':
        // A test may ask for a target that Node would not let into a header.
        sendBytes(response, fault.status, Buffer.alloc(0), { location: encodeURI(fault.location) });
        return true;
      case 'deep_json':
        sendBytes(response, 200, Buffer.alloc(fault.depth, '['), json);
        return true;
      case 'endless_body':
        pourForever(response, json);
        return true;
      default:
        return false;
    }
  }

  private async download(exchange: Exchange, taskId: string, file: string): Promise<void> {
    const { response, method, query, requestId } = exchange;
    const fault = method === 'GET' ? this.faults.take('download') : null;
    if (fault?.kind === 'reset_before' || fault?.kind === 'answer_lost') {
      return void exchange.request.socket.resetAndDestroy();
    }
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'mislabelled') {
      const page = Buffer.from(htmlPage('Sign in to the network'));
      return sendBytes(response, 200, page, { 'content-type': 'video/mp4' });
    }
    if (fault !== null && this.answerInstead(exchange, fault)) return;
    const problem =
      fault?.kind === 'expired_url' ? 'expired' : checkLink(this.secret, taskId, file, query, this.now());
    if (problem !== null) {
      const xml = Buffer.from(accessDeniedXml(problem, requestId));
      return sendBytes(response, 403, xml, { 'content-type': 'application/xml', 'x-request-id': requestId });
    }
    const type = file === RESULT_VIDEO ? 'video/mp4' : file === RESULT_LAST_FRAME ? 'image/png' : null;
    const path = join(this.store.folderOf(taskId), file);
    if (type === null || !(await sendFile(exchange, path, type, fault))) {
      throw new ApiError(404, 'NoSuchKey', 'The specified key does not exist.');
    }
  }

  private async hosted(exchange: Exchange, name: string): Promise<void> {
    const { method, request } = exchange;
    if (method === 'PUT') {
      await this.host.keep(name, request);
      return sendJson(exchange, 200, { url: `${this.origin}/host/${name}` });
    }
    const { path, type } = this.host.locate(name);
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || !(await sendFile(exchange, path, type, null))) {
      throw new ApiError(404, 'NoSuchKey', 'The specified key does not exist.');
    }
  }

  /** What tests steer the gateway with. */
  private async control(exchange: Exchange, name: string): Promise<void> {
    const { method, request } = exchange;
    const action = `${method} ${name}`;
    const read = async (): Promise<unknown> => parseJson(await readBody(request, MAX_CONTROL_BYTES));
    if (action === 'GET ledger') return sendJson(exchange, 200, { items: await this.ledger.read() });
    if (action === 'PUT faults') this.faults.set(faultList.parse(await read()));
    if (action === 'DELETE faults') this.faults.set([]);
    if (['GET faults', 'PUT faults', 'DELETE faults'].includes(action)) {
      return sendJson(exchange, 200, { faults: this.faults.list() });
    }
    if (action === 'PUT settings') this.changeSettings(await read());
    if (['GET settings', 'PUT settings'].includes(action)) return sendJson(exchange, 200, this.settings);
    throw new ApiError(404, 'NotFound', `There is no control ${printable(action)}.`);
  }
}

function keyOf(request: IncomingMessage): string | null {
  const match = /^Bearer +(\S+)\s*$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

function wrongKey(): ApiError {
  return new ApiError(401, 'AuthenticationError', 'The API key in the request is missing or invalid.');
}

function issueText(issue: { path: PropertyKey[]; message: string }): string {
  return `${issue.path.map(String).join('.')}: ${issue.message}`;
}

/** Applies a change to the record of a GET or to every record of a list. */
function changeRecords(answer: unknown, change: (task: Record<string, unknown>) => unknown): unknown {
  const record = answer as Record<string, unknown>;
  if (!Array.isArray(record.items)) return change(record);
  return { ...record, items: record.items.map((task: Record<string, unknown>) => change(task)) };
}

function pourForever(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, headers);
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour);
  pour();
}

/** The key that signs result links: made once, kept with the data so that links survive a restart. */
async function loadSecret(path: string): Promise<Buffer> {
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(kept)) return Buffer.from(kept, 'hex');
  const made = createHash('sha256').update(randomBytes(64)).digest('hex');
  await writeDurably(path, made);
  return Buffer.from(made, 'hex');
}
