// The video task API: create, get, list, delete, and a free test of a connection.
import { AppError, type ErrorCode } from '@shared/contract/errors';
import type { TestResult } from '@shared/contract/requests';
import { TASKS_PATH } from '@shared/domain/requestExamples';
import { parseJson, readRawError, toAppError } from './errors';
import { listTurn } from './listTurn';
import { LineError, sendHttp, type HttpAnswer, type HttpRequest, type SendHttp } from './http';
import { readCreatedId, readTask, readTaskList, type Task } from './wire';

export interface Endpoint {
  readonly baseUrl: string;
  /** Null where none is needed. */
  readonly key: string | null;
}

/**
 * How sending a paid request ended. `not_sent`: it certainly never arrived. `refused`: a definite no.
 * `later`: the API itself asks to come back. `unknown`: it may have been accepted, never send it again.
 */
export type CreateOutcome =
  | { readonly type: 'accepted'; readonly taskId: string; readonly requestId: string | null }
  | { readonly type: 'not_sent' | 'refused' | 'later' | 'unknown'; readonly error: AppError };

/** Silence after which an answer is given up. Creating waits long: giving up costs certainty. */
const TIMEOUT = { create: 120_000, ask: 30_000 } as const;

const MOST_LIST_TRIES = 4;

export class ArkClient {
  constructor(
    private readonly endpoint: Endpoint,
    private readonly send: SendHttp = sendHttp,
  ) {}

  /** Sends a create request, once. Never throws. */
  async create(body: Uint8Array): Promise<CreateOutcome> {
    let answer: HttpAnswer;
    try {
      answer = await this.call('POST', '', { body, timeoutMs: TIMEOUT.create });
    } catch (error) {
      const arrived = !(error instanceof LineError) || error.mayHaveArrived;
      const known =
        error instanceof LineError ? lineToAppError(error) : new AppError('internal', String(error));
      return { type: arrived ? 'unknown' : 'not_sent', error: known };
    }
    return readCreateAnswer(answer);
  }

  /** @throws AppError `record_gone`, `key_refused`, `rate_limited`, `offline`, … */
  async get(taskId: string): Promise<Task> {
    const answer = await this.ask('GET', `/${encodeURIComponent(taskId)}`);
    const task = readTask(answer.text);
    if (task !== null) return task;
    const raw = readRawError(answer.text);
    // A 200 that is no task is a gateway's hiccup or a web page: nothing is known of the task.
    throw toAppError(answer.status, raw, answer.headers, answer.text);
  }

  /**
   * One page of the tasks of the last 7 days, newest first. Null: this endpoint has no list.
   * Waits for its turn: one call a second is allowed per account.
   * @throws AppError
   */
  async list(page: number, size: number): Promise<{ tasks: Task[]; total: number | null } | null> {
    try {
      const answer = await this.askForList(`?page_num=${page}&page_size=${size}`);
      return readTaskList(answer.text);
    } catch (error) {
      if (error instanceof AppError && NO_LIST_CODES.has(error.code)) return null;
      throw error;
    }
  }

  /**
   * Cancels a queued task, or destroys the record of a finished one. Ask `get` first.
   * @throws AppError `cannot_cancel_running`, `record_gone`, …
   */
  async remove(taskId: string): Promise<void> {
    await this.ask('DELETE', `/${encodeURIComponent(taskId)}`);
  }

  /**
   * Asks for one task of the list: nothing is made, nothing is charged.
   * @throws AppError that says what is wrong with address, key or line.
   */
  async test(): Promise<TestResult> {
    let started = 0;
    const milliseconds = (): number => Math.round(performance.now() - started);
    try {
      const answer = await this.askForList('?page_num=1&page_size=1', () => (started = performance.now()));
      if (readTaskList(answer.text) !== null) return { verdict: 'ok', milliseconds: milliseconds() };
      // Many gateways have no list; JSON of any kind shows that the address is an API.
      if (parseJson(answer.text) === undefined) throw toAppError(404, null, answer.headers, answer.text);
      return { verdict: 'key_untested', milliseconds: milliseconds() };
    } catch (error) {
      if (error instanceof AppError && error.code === 'record_gone')
        return { verdict: 'key_untested', milliseconds: milliseconds() };
      throw error;
    }
  }

  /** In turn; `begins` is called when a request is sent, also again. */
  private async askForList(query: string, begins: () => void = () => undefined): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      await listTurn(this.endpoint.baseUrl);
      begins();
      try {
        return await this.ask('GET', query);
      } catch (error) {
        // The account's other programs ask for lists too, and on the way two requests may come closer together.
        const tooSoon = error instanceof AppError && error.code === 'rate_limited';
        if (!tooSoon || attempt === MOST_LIST_TRIES) throw error;
      }
    }
  }

  private async ask(method: 'GET' | 'DELETE', path: string): Promise<HttpAnswer> {
    let answer: HttpAnswer;
    try {
      answer = await this.call(method, path, { timeoutMs: TIMEOUT.ask });
    } catch (error) {
      throw error instanceof LineError ? lineToAppError(error) : error;
    }
    if (answer.status < 200 || answer.status > 299)
      throw toAppError(answer.status, readRawError(answer.text), answer.headers, answer.text);
    return answer;
  }

  private call(
    method: HttpRequest['method'],
    path: string,
    rest: Pick<HttpRequest, 'timeoutMs' | 'body'>,
  ): Promise<HttpAnswer> {
    const { baseUrl, key } = this.endpoint;
    return this.send({
      method,
      url: `${baseUrl}${TASKS_PATH}${path}`,
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(rest.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...rest,
    });
  }
}

const NO_LIST_CODES: ReadonlySet<ErrorCode> = new Set([
  'not_an_api',
  'record_gone',
  'refused',
  'parameter_refused',
]);

function lineToAppError(error: LineError): AppError {
  const code = error.failure === 'interrupted' ? 'offline' : error.failure;
  return new AppError(code, error.message, {}, { cause: error });
}

/** Sorts the answer to a create request. A proxy's 5xx or a broken body proves nothing either way. */
export function readCreateAnswer(answer: HttpAnswer): CreateOutcome {
  const { status, headers, text } = answer;
  const raw = readRawError(text);
  const error = toAppError(status, raw, headers, text);
  if (status >= 200 && status < 300) {
    const taskId = raw === null ? readCreatedId(text) : null;
    if (taskId !== null) return { type: 'accepted', taskId, requestId: error.detail.requestId ?? null };
    // A web page is what a wrong address answers: no API was reached.
    const isPage = /^\s*</.test(text) || /text\/html/.test(headers['content-type'] ?? '');
    return { type: raw !== null || isPage ? 'refused' : 'unknown', error };
  }
  if (error.code === 'rate_limited') return { type: 'later', error };
  if (status === 408) return { type: 'unknown', error };
  if (status < 500) return { type: 'refused', error };
  const ofTheApi = raw?.inOwnShape === true && (status === 500 || status === 503);
  return { type: ofTheApi ? 'later' : 'unknown', error };
}
