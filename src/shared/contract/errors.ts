// Every way something can go wrong, as a code, and the envelope that carries it to the window.

export const ERROR_CODES = [
  // asking
  'bad_request',
  'untrusted_sender',
  'not_found',
  'internal',
  'draft_has_problems',
  // connections and keys
  'no_connection',
  'key_missing',
  'key_refused',
  'plain_http_not_accepted',
  'url_invalid',
  'practice_unavailable',
  // the line
  'offline',
  'tls_failed',
  'timeout',
  'not_an_api',
  'rate_limited',
  'server_error',
  'bad_gateway',
  // the account
  'account_overdue',
  'quota_exhausted',
  'access_denied',
  'model_unavailable',
  // refusals before anything is made
  'parameter_refused',
  'text_refused',
  'image_refused',
  'video_refused',
  'audio_refused',
  'real_person',
  'copyright_input',
  'reference_unreachable',
  'reference_format_refused',
  'request_too_large',
  'refused',
  // endings at the provider
  'output_refused',
  'output_copyright',
  'task_failed',
  'task_expired',
  'task_cancelled',
  'record_gone',
  'cannot_cancel_running',
  'send_unconfirmed',
  'duplicate_recent',
  'budget_reached',
  // securing the file
  'link_expired',
  'download_interrupted',
  'download_mismatch',
  'not_a_video',
  'file_too_large',
  'disk_full',
  'no_permission',
  'library_missing',
  'library_not_empty',
  'library_has_clips',
  'clip_missing',
  'name_taken',
  'collection_in_itself',
  'film_over_take',
  'folder_missing',
  // a start that went wrong; nothing was changed
  'database_too_new',
  'settings_too_new',
  'data_locked',
  'data_unreadable',
  'data_not_writable',
  'data_disk_full',
  'module_missing',
  // local files
  'file_unreadable',
  'file_empty',
  'file_not_a_video',
  'folder_without_media',
  'folder_without_videos',
  'folder_too_full',
  'format_unsupported',
  'kind_unknown',
  'video_needs_host',
  'repair_impossible',
  'cancelled',
  // hosts
  'host_secret_missing',
  'host_refused',
  'host_bucket_missing',
  'host_unreachable',
  'host_answer_unreadable',
  'host_not_public',
  'tunnel_missing',
  'tunnel_failed',
  'ffmpeg_missing',
  'ffmpeg_not_one',
  'ffmpeg_incomplete',
  'ffmpeg_failed',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What stands under "Details". Everything here is already masked: no key, no signed URL. */
export interface ErrorDetail {
  /** HTTP status of the answer, if there was one. */
  status?: number;
  rawCode?: string;
  rawMessage?: string;
  requestId?: string;
  /** Index into the request's `content`, where the message named `content[i]`. */
  contentIndex?: number;
  /** The draft's reference that `contentIndex` is, where it is known. */
  referenceId?: string;
  /** Seconds the server asked us to wait. */
  retryAfterSeconds?: number;
  /** Values for the sentence in the person's language. */
  values?: Record<string, string | number>;
}

export interface ErrorRecord {
  code: ErrorCode;
  message: string;
  detail: ErrorDetail;
}

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: ErrorRecord };

/** The one error that crosses from main to the window. `message` is for logs, never for a person. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string = code, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, detail: this.detail };
  }

  static from(record: ErrorRecord): AppError {
    return new AppError(record.code, record.message, record.detail);
  }
}
