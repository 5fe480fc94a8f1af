// Errors of every shape that endpoints of this API send, read into one of our codes. Pure.
import { AppError, type ErrorCode, type ErrorDetail } from '@shared/contract/errors';

/** What an error answer said, whatever its shape. */
export interface RawError {
  readonly code: string | null;
  readonly message: string | null;
  /** The endpoint's own error object, `{ error: { code, message } }`: no proxy writes that by accident. */
  readonly inOwnShape: boolean;
  /** The field it is about, where the answer says so beside the message: `content[1].image_url.url`. */
  readonly param?: string;
}

/** Characters of a raw message that are kept. */
const MESSAGE_LIMIT = 2000;
const CODE_LIMIT = 200;
/** Characters of a web page that words are looked for in: a bracket that is never closed is searched to the end. */
const PAGE_LIMIT = 4000;
/** Nobody is kept waiting longer; a timer of more than 24 days would go off at once. */
const MOST_WAIT_SECONDS = 86_400;
const DEPTH_LIMIT = 6;

/**
 * Finds the error in an answer's text: an `error` object or string, top-level code and message, a JSON string
 * inside a message, `data.error`, `data.data.error`, `ResponseMetadata.Error`. Null when there is none.
 */
export function readRawError(text: string): RawError | null {
  return findRawError(parseJson(text));
}

/** The same for an answer that is parsed already. */
export function findRawError(json: unknown): RawError | null {
  return findError(json, 0);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function findError(value: unknown, depth: number): RawError | null {
  if (!isRecord(value) || depth > DEPTH_LIMIT) return null;
  const { error } = value;
  if (isRecord(error)) {
    const nested = nestedIn(error['message'], depth);
    if (nested !== null) return nested;
    const code = text(error['code']) ?? text(error['type']);
    const param = text(error['param']);
    const inOwnShape = text(error['code']) !== null;
    return { code, message: text(error['message']), inOwnShape, ...(param === null ? {} : { param }) };
  }
  if (typeof error === 'string' && error !== '') return { code: null, message: error, inOwnShape: false };
  const metadata = value['ResponseMetadata'];
  if (isRecord(metadata) && isRecord(metadata['Error']))
    return {
      code: text(metadata['Error']['Code']),
      message: text(metadata['Error']['Message']),
      inOwnShape: true,
    };
  const message = text(value['message']) ?? text(value['msg']) ?? text(value['fail_reason']);
  const nested = nestedIn(message, depth) ?? findError(value['data'], depth + 1);
  if (nested !== null) return nested;
  const code = text(value['code']);
  const saysFine = code === null || /^(?:success|ok|0|200)$/i.test(code);
  return saysFine ? null : { code, message, inOwnShape: false };
}

function nestedIn(message: unknown, depth: number): RawError | null {
  if (typeof message !== 'string' || !message.trimStart().startsWith('{')) return null;
  const json = parseJson(message);
  return json === undefined ? null : findError(json, depth + 1);
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An error answer, or the `error` of a failed task (then `status` is 200), as one of our codes. */
export function toAppError(
  status: number,
  raw: RawError | null,
  headers: Readonly<Record<string, string | string[] | undefined>> = {},
  body = '',
): AppError {
  const rawMessage = (raw?.message ?? firstWords(body)).slice(0, MESSAGE_LIMIT);
  const detail: ErrorDetail = { status };
  if (raw?.code != null) detail.rawCode = raw.code.slice(0, CODE_LIMIT);
  if (rawMessage !== '') detail.rawMessage = rawMessage;
  const requestId = requestIdOf(rawMessage, headers);
  if (requestId !== null) detail.requestId = requestId;
  const index = /\bcontents?\[(\d{1,3})\]/.exec(wordsOf(raw, rawMessage))?.[1];
  if (index !== undefined) detail.contentIndex = Number(index);
  const seconds = retryAfterSeconds(headers['retry-after']);
  if (seconds !== null) detail.retryAfterSeconds = seconds;
  return new AppError(codeFor(status, raw, rawMessage), `${status} ${detail.rawCode ?? 'no code'}`, detail);
}

/** The message and the field it is about. */
function wordsOf(raw: RawError | null, message: string): string {
  return `${message} ${raw?.param ?? ''}`;
}

function firstWords(body: string): string {
  return body
    .slice(0, PAGE_LIMIT)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

function requestIdOf(
  message: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const inMessage = /request id:?\s*([\w-]{8,64})/i.exec(message)?.[1];
  if (inMessage !== undefined) return inMessage;
  const inHeader = headers['x-request-id'];
  return typeof inHeader === 'string' ? inHeader.slice(0, 64) : null;
}

/** Seconds from a `Retry-After` header, at most a day: a number, or a date. Null when absent or unreadable. */
export function retryAfterSeconds(header: string | string[] | undefined, now = Date.now()): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,6}$/.test(header.trim())) return Math.min(MOST_WAIT_SECONDS, Number(header));
  const date = Date.parse(header);
  if (Number.isNaN(date)) return null;
  return Math.min(MOST_WAIT_SECONDS, Math.max(0, Math.ceil((date - now) / 1000)));
}

/** Codes by the vendor's error page, first match wins; `message` decides where one code has several meanings. */
const BY_CODE: readonly (readonly [RegExp, ErrorCode])[] = [
  [/SensitiveContentDetected\.PrivacyInformation/i, 'real_person'],
  [/^Output\w*SensitiveContentDetected\.PolicyViolation/i, 'output_copyright'],
  [/^Output\w*(?:SensitiveContent|RiskDetection)/i, 'output_refused'],
  [/^Input\w*SensitiveContentDetected\.PolicyViolation/i, 'copyright_input'],
  [
    /^Input(?:Text)(?:SensitiveContent|RiskDetection)|^SensitiveContentDetected|^ContentSecurity/i,
    'text_refused',
  ],
  [/^InputImage(?:SensitiveContent|RiskDetection)/i, 'image_refused'],
  [/^InputVideo(?:SensitiveContent|RiskDetection)/i, 'video_refused'],
  [/^InputAudio(?:SensitiveContent|RiskDetection)/i, 'audio_refused'],
  [/^InvalidImageURL/i, 'reference_format_refused'],
  [/^(?:AuthenticationError|InvalidAccountStatus|invalid_api_key|Unauthorized)/i, 'key_refused'],
  [
    /^(?:AccountOverdue|OperationDenied\.ServiceOverdue|insufficient_\w*quota|insufficient_balance)/i,
    'account_overdue',
  ],
  [
    /^(?:ModelNotOpen|InvalidEndpointOrModel|UnsupportedModel|OperationDenied\.ServiceNotOpen|InvalidEndpoint\b|model_not_found)/i,
    'model_unavailable',
  ],
  [/^(?:AccessDenied|OperationDenied|InvalidSubscription|Forbidden)/i, 'access_denied'],
  [/^SetLimitExceeded/i, 'quota_exhausted'],
  [/^InvalidAction\.RunningTaskDeletion|^task_not_cancellable/i, 'cannot_cancel_running'],
  [/RateLimit|RequestBurst|ServerOverloaded|InflightBatchsize/i, 'rate_limited'],
  [/^InternalServiceError/i, 'server_error'],
  [/^(?:InvalidParameter|MissingParameter)/i, 'parameter_refused'],
  [/^NotFound/i, 'record_gone'],
];

function codeFor(status: number, raw: RawError | null, message: string): ErrorCode {
  if (/resource download failed|failed to (?:download|fetch)/i.test(message)) return 'reference_unreachable';
  if (/may contain real person/i.test(message)) return 'real_person';
  // A file that breaks a rule; a wrong role or type of the item stays a parameter.
  const ofFile = /\bcontents?\[\d+\]\.(?:image|video|audio)_url/.test(wordsOf(raw, message));
  if (ofFile && /^InvalidParameter/i.test(raw?.code ?? '')) return 'reference_format_refused';
  if (raw?.code != null) {
    // One code, three meanings: only a full queue passes by itself.
    if (/^QuotaExceeded/i.test(raw.code))
      return /has exceeded the quota/i.test(message) ? 'rate_limited' : 'quota_exhausted';
    const known = BY_CODE.find(([pattern]) => pattern.test(raw.code ?? ''));
    if (known !== undefined) return known[1];
  }
  return codeForStatus(status, raw);
}

function codeForStatus(status: number, raw: RawError | null): ErrorCode {
  if (status === 401) return 'key_refused';
  if (status === 402) return 'account_overdue';
  if (status === 403) return 'access_denied';
  if (status === 404) return raw === null ? 'not_an_api' : 'record_gone';
  if (status === 409) return 'cannot_cancel_running';
  if (status === 413) return 'request_too_large';
  if (status === 429) return 'rate_limited';
  if (status === 502 || status === 503 || status === 504) return 'bad_gateway';
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'refused';
  return raw === null ? 'not_an_api' : 'task_failed';
}
