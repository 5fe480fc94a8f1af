// What servers send, read leniently: every field may be missing, and gateways wrap the task in their own object.
import { z } from 'zod';
import { meaningOfStatus } from '@shared/domain/generation';
import { isRecord, parseJson, findRawError, type RawError } from './errors';

/** A task as the provider reports it. Absent facts are null. Times are Unix seconds. */
export interface Task {
  readonly id: string | null;
  readonly model: string | null;
  readonly status: string;
  readonly meaning: ReturnType<typeof meaningOfStatus>;
  readonly error: RawError | null;
  /** Signed: a secret, never logged, never shown. */
  readonly videoUrl: string | null;
  readonly lastFrameUrl: string | null;
  readonly tokens: number | null;
  readonly seed: number | null;
  readonly resolution: string | null;
  readonly ratio: string | null;
  readonly seconds: number | null;
  /** Seconds after which the provider gives the task up; as sent, else its default. */
  readonly expiresAfter: number | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

/** A signed address is 3 kB long; what is longer than this is no fact about a task. */
const MOST_TEXT = 16 * 1024;
/** The last second of the year 9999. Neither a time nor an amount is more, and dates end soon after. */
const MOST_AMOUNT = 253_402_300_799;

const optionalText = z.string().max(MOST_TEXT).nullish().catch(null);
const number = z.union([z.number(), z.string().trim().min(1).pipe(z.coerce.number())]);
const optionalNumber = number.nullish().catch(null);
/** Unix seconds, seconds, frames or tokens: below zero means "not known" to those who write it. */
const optionalAmount = number.pipe(z.number().min(0).max(MOST_AMOUNT)).nullish().catch(null);

const taskBody = z.object({
  id: optionalText,
  task_id: optionalText,
  model: optionalText,
  status: z.string(),
  content: z.object({ video_url: optionalText, last_frame_url: optionalText }).nullish().catch(null),
  usage: z.object({ completion_tokens: optionalAmount, total_tokens: optionalAmount }).nullish().catch(null),
  seed: optionalNumber,
  resolution: optionalText,
  ratio: optionalText,
  duration: optionalAmount,
  frames: optionalAmount,
  framespersecond: number.pipe(z.number().min(1).max(1000)).nullish().catch(null),
  execution_expires_after: optionalAmount,
  created_at: optionalAmount,
  updated_at: optionalAmount,
  // How other gateways say the same.
  result_url: optionalText,
  video_url: optionalText,
  fail_reason: optionalText,
});

/** The task in an answer's text, whatever wraps it, or null when there is none. */
export function readTask(text: string): Task | null {
  return findTask(parseJson(text), 0);
}

/** The tasks of a list answer, or null when this is no list (a web page, another object). */
export function readTaskList(text: string): { tasks: Task[]; total: number | null } | null {
  const json = parseJson(text);
  const holder = isRecord(json) && isRecord(json['data']) && !('items' in json) ? json['data'] : json;
  if (!isRecord(holder) || !Array.isArray(holder['items'])) return null;
  const tasks = holder['items'].map((item) => findTask(item, 0)).filter((task) => task !== null);
  return { tasks, total: typeof holder['total'] === 'number' ? holder['total'] : null };
}

/** The id of a task just made: `id`, else `task_id`, wrapped or not. Null when there is none. */
export function readCreatedId(text: string): string | null {
  let value = parseJson(text);
  for (let depth = 0; depth < 3 && isRecord(value); depth += 1) {
    for (const name of ['id', 'task_id']) {
      const id = value[name];
      if (typeof id === 'string' && id !== '' && id.length <= 500) return id;
    }
    const { data } = value;
    // `{"code":"success","data":"<id>"}` is how one family of gateways answers.
    if (typeof data === 'string' && data !== '' && data.length <= 500) return data;
    value = data;
  }
  return null;
}

function findTask(value: unknown, depth: number): Task | null {
  if (!isRecord(value) || depth > 3) return null;
  const parsed = taskBody.safeParse(value);
  if (!parsed.success) return findTask(value['data'], depth + 1);
  const body = parsed.data;
  const inner = findTask(value['data'], depth + 1);
  const meaning = meaningOfStatus(body.status);
  const frames = body.frames ?? null;
  return {
    id: body.id ?? body.task_id ?? inner?.id ?? null,
    model: body.model ?? inner?.model ?? null,
    status: body.status.slice(0, 60),
    meaning,
    error: meaning === 'failed' ? (findRawError(value) ?? inner?.error ?? unnamed(body.fail_reason)) : null,
    videoUrl: body.content?.video_url ?? body.video_url ?? inner?.videoUrl ?? body.result_url ?? null,
    lastFrameUrl: body.content?.last_frame_url ?? inner?.lastFrameUrl ?? null,
    tokens: body.usage?.completion_tokens ?? body.usage?.total_tokens ?? inner?.tokens ?? null,
    seed: body.seed ?? inner?.seed ?? null,
    resolution: body.resolution ?? inner?.resolution ?? null,
    ratio: body.ratio ?? inner?.ratio ?? null,
    seconds:
      body.duration ??
      (frames === null ? null : frames / (body.framespersecond ?? 24)) ??
      inner?.seconds ??
      null,
    expiresAfter: body.execution_expires_after ?? inner?.expiresAfter ?? null,
    createdAt: body.created_at ?? inner?.createdAt ?? null,
    updatedAt: body.updated_at ?? inner?.updatedAt ?? null,
  };
}

/** A failure for which nobody gave a code. */
function unnamed(reason: string | null | undefined): RawError {
  return { code: null, message: reason ?? null, inOwnShape: false };
}
