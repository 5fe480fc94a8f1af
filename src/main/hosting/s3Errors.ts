// What an S3-compatible store's refusal means for a person. Pure.
import { AppError, type ErrorCode, type ErrorDetail } from '@shared/contract/errors';

/** By the `Code` of the answer; names from Amazon's list of S3 error responses, read in autumn 2026. */
const BY_NAME: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^NoSuchBucket$|^InvalidBucketName$|^NoSuchTenant$/, 'host_bucket_missing'],
  // The bucket is somewhere else, or under another region's name.
  [/^PermanentRedirect$|^TemporaryRedirect$|^AuthorizationHeaderMalformed$/, 'host_bucket_missing'],
  [/^IllegalLocationConstraintException$|^InvalidRegion/, 'host_bucket_missing'],
  [
    /^(?:AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|RequestTimeTooSkewed|InvalidToken|ExpiredToken|AccountProblem|AllAccessDisabled|InvalidObjectState|NotSignedUp|InvalidSecurity|RequestExpired|Forbidden|Unauthorized)/,
    'host_refused',
  ],
  [/^(?:SlowDown|ServiceUnavailable|InternalError|RequestTimeout|BadDigest)/, 'host_unreachable'],
];

interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly statusCode?: number };
}

/** HTTP status of what the SDK threw; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata, $response } = error as Thrown;
  return $metadata?.httpStatusCode ?? $response?.statusCode;
}

/** An AppError passes unchanged. */
export function s3Error(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name = '', Code, code, message = '', $metadata } = error as Thrown;
  const status = statusOf(error);
  const rawCode = Code ?? (status === undefined ? (code ?? name) : name);
  const detail: ErrorDetail = {
    ...(status === undefined ? {} : { status }),
    ...(rawCode === '' ? {} : { rawCode }),
    ...(message === '' ? {} : { rawMessage: message.slice(0, 500) }),
    ...($metadata?.requestId === undefined ? {} : { requestId: $metadata.requestId }),
  };
  const known = BY_NAME.find(([pattern]) => pattern.test(rawCode))?.[1];
  const meaning = status === undefined ? 'host_unreachable' : (known ?? codeForStatus(status));
  // Not as its cause: the SDK's error holds the whole request.
  return new AppError(meaning, `${status ?? 'no answer'} ${rawCode}`, detail);
}

function codeForStatus(status: number): ErrorCode {
  if (status === 301 || status === 307 || status === 404) return 'host_bucket_missing';
  // What is no answer of a store at all: a web page, or a server in trouble.
  if (status < 400 || status >= 500 || status === 408 || status === 429) return 'host_unreachable';
  return 'host_refused';
}
