// Answers of servers that were never meant to be read by anybody.
import fc from 'fast-check';
import { expect } from 'vitest';
import { ERROR_CODES } from '@shared/contract/errors';
import { fuzz } from '../../../tests/fixtures/fuzz';
import { readRawError, retryAfterSeconds, toAppError } from './errors';
import { readCreatedId, readTask, readTaskList } from './wire';

const KEYS = [
  ...[
    'id',
    'task_id',
    'status',
    'content',
    'video_url',
    'last_frame_url',
    'usage',
    'completion_tokens',
    'model',
  ],
  ...['seed', 'duration', 'frames', 'framespersecond', 'execution_expires_after', 'created_at', 'updated_at'],
  ...[
    'error',
    'code',
    'message',
    'msg',
    'type',
    'param',
    'data',
    'items',
    'total',
    'fail_reason',
    'result_url',
  ],
  ...['ResponseMetadata', 'Error', 'Code', 'Message', '__proto__', 'constructor', 'toString', 'valueOf'],
];
const WORDS = ['queued', 'succeeded', 'failed', 'QuotaExceeded', 'InvalidParameter', 'content[99].image_url'];
const ODD = [null, true, false, 0, -1, 24, 1e13, 1e300, -1e300, '', ' ', '7', '1e999', 'NaN', '0x10', 'é'];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(...ODD, ...WORDS),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.nat(6).map((power) => 'InvalidParameter'.repeat(10 ** (power % 4))),
);
const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 10 }),
    // An error inside the text of an error, as gateways pass it on.
    tie('node').map((inner) => JSON.stringify(inner)),
  ),
}));
const task = fc.dictionary(fc.constantFrom(...KEYS), node, { minKeys: 3, maxKeys: 16 });
const answer = fc.oneof(
  task.map((value) => JSON.stringify({ status: 'succeeded', ...value })),
  node.map((value) => JSON.stringify(value)),
  fc.array(task, { maxLength: 4 }).map((items) => JSON.stringify({ items, total: items.length })),
  fc.tuple(task, fc.nat(200)).map(([value, at]) => JSON.stringify(value).slice(0, at)),
  fc.nat(3000).map((depth) => `${'{"data":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.nat(3000).map((depth) => `{"status":"failed","error":${'['.repeat(depth)}`),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

function expectSane(text: string): void {
  const list = readTaskList(text)?.tasks ?? [];
  for (const each of [readTask(text), ...list]) {
    if (each === null) continue;
    const { tokens, seconds, expiresAfter, createdAt, updatedAt } = each;
    for (const amount of [tokens, seconds, expiresAfter, createdAt, updatedAt])
      if (amount !== null) expect(amount).toSatisfy((n: number) => Number.isFinite(n) && n >= 0);
    for (const time of [createdAt, updatedAt])
      if (time !== null) expect(new Date(time * 1000).toISOString()).toMatch(/^\d{4}-/);
    // The bound counts whole characters, and some are two units long.
    for (const words of [each.id, each.model, each.resolution, each.ratio, each.videoUrl, each.lastFrameUrl])
      expect(words?.length ?? 0).toBeLessThanOrEqual(2 * 16_384);
    expect(each.status.length).toBeLessThanOrEqual(60);
  }
  expect(readCreatedId(text)?.length ?? 0).toBeLessThanOrEqual(500);
}

// Bug: one strange number in a record throws where the record is read, and a paid video is never fetched.
fuzz('the record of a task', fc.property(answer, expectSane), 4000);

// Bug: an error answer that throws, or that fills the log and the window with a megabyte of it.
fuzz(
  'an error answer',
  fc.property(answer, fc.integer({ min: 0, max: 999 }), (text, status) => {
    const error = toAppError(status, readRawError(text), {}, text);
    expect(ERROR_CODES).toContain(error.code);
    expect(JSON.stringify(error.detail).length).toBeLessThanOrEqual(20_000);
    expect(error.detail.rawMessage?.length ?? 0).toBeLessThanOrEqual(2000);
    expect(error.detail.rawCode?.length ?? 0).toBeLessThanOrEqual(200);
    expect(error.message.length).toBeLessThanOrEqual(300);
  }),
  4000,
);

// Bug: a job that waits until the year 9999 because a header says so, or not at all because it is no number.
fuzz(
  'Retry-After',
  fc.property(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.constantFrom('Fri, 31 Dec 9999 23:59:59 GMT', '999999', '-1', '1e9', ' 5 '),
    ),
    (header) => {
      const seconds = retryAfterSeconds(header, 1_795_000_000_000);
      if (seconds !== null) expect(seconds).toSatisfy((n: number) => n >= 0 && n <= 86_400);
    },
  ),
);
