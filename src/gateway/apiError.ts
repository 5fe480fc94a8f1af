// The error body of the Ark API and the refusals the gateway gives, with the vendor's codes.
import { randomBytes } from 'node:crypto';

/** A refusal in Ark's shape. `message` is without the request id: it is added when the answer is written. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly param = '',
    readonly type = typeOfStatus(status),
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface ApiErrorBody {
  error: { code: string; message: string; param: string; type: string };
}

/** A request id as Ark prints it: `02`, Unix milliseconds, zeros, then random hex. */
export function newRequestId(now: number): string {
  return `02${String(Math.trunc(now)).padStart(13, '0')}${'0'.repeat(20)}ffff${randomBytes(6).toString('hex')}`;
}

/** The JSON body of a refusal. Ark puts the request id inside the message. */
export function errorBody(error: ApiError, requestId: string): ApiErrorBody {
  return {
    error: {
      code: error.code,
      message: `${error.message} Request id: ${requestId}`,
      param: error.param,
      type: error.type,
    },
  };
}

/** 400 `InvalidParameter` naming a field: `content[1].image_url.url`. */
export function invalidParameter(param: string, why: string): ApiError {
  return new ApiError(
    400,
    'InvalidParameter',
    `The parameter \`${param}\` specified in the request is not valid: ${why}.`,
    param,
  );
}

/** 400 `MissingParameter` naming a field. */
export function missingParameter(param: string): ApiError {
  return new ApiError(
    400,
    'MissingParameter',
    `The request failed because it is missing \`${param}\` parameter.`,
    param,
  );
}

/** 404 for a task that never was, was deleted, or is older than the record window. */
export function taskNotFound(id: string): ApiError {
  return new ApiError(404, 'NotFound.Task', `The specified task ${printable(id)} is not found.`, 'id');
}

/** Text from a request, safe to repeat in a message: bounded and without control characters. */
export function printable(text: string, limit = 120): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is being removed
  const clean = text.replace(/[\u0000-\u001f\u007f]/g, ' ');
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}

function typeOfStatus(status: number): string {
  const types: Record<number, string> = {
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    409: 'Conflict',
    413: 'BadRequest',
    429: 'TooManyRequests',
  };
  return types[status] ?? (status >= 500 ? 'InternalServerError' : 'BadRequest');
}
