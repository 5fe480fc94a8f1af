// How other gateways dress the same answers and errors. Pure.
import type { ErrorShape, WrapShape } from './faults';

type Json = Record<string, unknown>;

const NEW_API_WORDS: Record<string, string> = {
  queued: 'QUEUED',
  running: 'IN_PROGRESS',
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
};
const OPENAI_WORDS: Record<string, string> = {
  queued: 'queued',
  running: 'in_progress',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
};

/** A successful answer (`{id}` or a task record) as another gateway would give it. */
export function wrapAnswer(shape: WrapShape, body: unknown, now: number): unknown {
  const raw: Json = typeof body === 'object' && body !== null ? (body as Json) : {};
  const id = raw.id;
  const status = typeof raw.status === 'string' ? raw.status : 'queued';
  const content = (raw.content ?? {}) as Json;
  const error = raw.error as Json | null | undefined;
  switch (shape) {
    case 'task-id':
      return { task_id: id };
    case 'reseller':
      return { code: 0, msg: 'success', data: raw };
    case 'new-api-submit':
    case 'openai':
      return {
        id,
        task_id: id,
        object: 'video',
        model: raw.model ?? '',
        status: OPENAI_WORDS[status] ?? status,
        progress: status === 'succeeded' ? 100 : status === 'running' ? 30 : 0,
        created_at: raw.created_at ?? Math.floor(now / 1000),
        ...(content.video_url === undefined ? {} : { metadata: { url: content.video_url } }),
        ...(error ? { error } : {}),
      };
    case 'new-api-query':
      return {
        code: 'success',
        message: '',
        data: {
          task_id: id,
          status: NEW_API_WORDS[status] ?? 'IN_PROGRESS',
          fail_reason: error ? String(error.message) : '',
          progress: status === 'succeeded' ? '100%' : '50%',
          result_url: content.video_url ?? '',
          data: raw,
        },
      };
  }
}

/** An error as another gateway would give it. */
export function wrapError(shape: ErrorShape, code: string, message: string): unknown {
  switch (shape) {
    case 'error-string':
      return { error: message };
    case 'nested-json-string':
      return { message: JSON.stringify({ error: { code, message } }), data: { code: 400 } };
    case 'flat':
      return { code, message };
    case 'new-api-error':
      return { code, message, data: null };
    case 'openai-error':
      return { error: { message, type: 'new_api_error', code } };
  }
}

/** The page a proxy answers when what stands behind it is gone. */
export function htmlPage(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>\n`;
}
