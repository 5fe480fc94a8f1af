import { expect, test } from 'vitest';
import type { ErrorCode } from '@shared/contract/errors';
import { readRawError, retryAfterSeconds, toAppError } from './errors';

const read = (status: number, body: unknown): ReturnType<typeof toAppError> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return toAppError(status, readRawError(text), {}, text);
};

// Bug: a gateway's own way of saying no is not understood, and the person reads "unknown error".
test.each<[string, number, unknown, ErrorCode]>([
  [
    'the vendor',
    400,
    { error: { code: 'InvalidParameter', message: 'x', param: '', type: '' } },
    'parameter_refused',
  ],
  ['the vendor, key', 401, { error: { code: 'AuthenticationError', message: 'x' } }, 'key_refused'],
  ['the vendor, money', 403, { error: { code: 'AccountOverdueError', message: 'x' } }, 'account_overdue'],
  [
    'the vendor, model',
    404,
    { error: { code: 'InvalidEndpointOrModel.NotFound', message: 'x' } },
    'model_unavailable',
  ],
  ['the vendor, task gone', 404, { error: { code: 'NotFound.Task', message: 'x' } }, 'record_gone'],
  [
    'control plane',
    400,
    { ResponseMetadata: { Error: { Code: 'InvalidParameter.X', Message: 'x' } } },
    'parameter_refused',
  ],
  ['new-api', 403, { code: 'insufficient_user_quota', message: 'x', data: null }, 'account_overdue'],
  [
    'new-api query',
    200,
    {
      code: 'success',
      data: {
        status: 'FAILURE',
        data: { error: { code: 'OutputVideoSensitiveContentDetected', message: 'x' } },
      },
    },
    'output_refused',
  ],
  [
    'OpenAI style',
    401,
    { error: { message: 'bad token', type: 'new_api_error', code: 'invalid_api_key' } },
    'key_refused',
  ],
  [
    'string in string',
    451,
    {
      message: '{"error":{"code":"InputImageSensitiveContentDetected.PrivacyInformation","message":"x"}}',
      data: { code: 400 },
    },
    'real_person',
  ],
  ['flat', 409, { code: 'InvalidAction.RunningTaskDeletion', message: 'x' }, 'cannot_cancel_running'],
  ['a fork', 409, { code: 'task_not_cancellable', message: 'x', data: null }, 'cannot_cancel_running'],
  ['a reseller', 400, { code: 1002, msg: 'bad', data: null }, 'refused'],
  ['an error string', 400, { error: 'resource download failed' }, 'reference_unreachable'],
  [
    'a file that breaks a rule',
    400,
    {
      error: {
        code: 'InvalidParameter',
        message: 'The parameter `content[2].video_url.url` is not valid: the fps must be between 24 and 60.',
      },
    },
    'reference_format_refused',
  ],
  [
    'a file named beside the message',
    400,
    { error: { code: 'InvalidParameter', message: 'bad ratio', param: 'content[2].image_url.url' } },
    'reference_format_refused',
  ],
  [
    'a wrong role',
    400,
    { error: { code: 'InvalidParameter', message: 'bad role', param: 'content[2].role' } },
    'parameter_refused',
  ],
  ['a web page', 404, '<html><body>Not here</body></html>', 'not_an_api'],
  ['a proxy', 502, '<html>Bad gateway</html>', 'bad_gateway'],
  [
    'a full queue',
    429,
    { error: { code: 'QuotaExceeded', message: 'the account has exceeded the quota' } },
    'rate_limited',
  ],
  [
    'an empty trial',
    429,
    { error: { code: 'QuotaExceeded', message: 'exhausted its free trial quota' } },
    'quota_exhausted',
  ],
])('reads %s', (_, status, body, code) => {
  expect(read(status, body).code).toBe(code);
});

// Bug: the request id, which support asks for first, is lost.
test('keeps raw code, message, request id and the item it names', () => {
  const error = read(400, {
    error: {
      code: 'InputImageSensitiveContentDetected.PrivacyInformation',
      message: "the input image 'content[1]' may contain real person. Request id: 0217abcdef012345",
    },
  });
  expect(error.code).toBe('real_person');
  expect(error.detail).toMatchObject({
    status: 400,
    rawCode: 'InputImageSensitiveContentDetected.PrivacyInformation',
    requestId: '0217abcdef012345',
    contentIndex: 1,
  });
});

// Bug: the tile that is meant is not marked, because only `param` names it.
test('takes the item from the field beside the message', () => {
  const error = { code: 'InvalidParameter', message: 'bad role', param: 'content[2].role' };
  expect(read(400, { error }).detail.contentIndex).toBe(2);
});

// Bug: a normal answer taken for an error, so a paid task is thrown away.
test.each([
  [{ id: 'cgt-1' }],
  [{ code: 'success', message: '', data: 'id' }],
  [{ code: 0, data: {} }],
  [{ error: null, id: 'x' }],
])('sees no error in %j', (body) => {
  expect(readRawError(JSON.stringify(body))).toBeNull();
});

// Bug: a server that nests for ever hangs or overflows the reader.
test('gives up on endless nesting', () => {
  const deep = 100_000;
  const body = `${'{"data":'.repeat(deep)}{"error":{"code":"X"}}${'}'.repeat(deep)}`;
  expect(readRawError(body)).toBeNull();
});

test('reads Retry-After as seconds and as a date', () => {
  expect(retryAfterSeconds('7')).toBe(7);
  expect(retryAfterSeconds('Sun, 22 Nov 2026 10:00:10 GMT', Date.parse('2026-11-22T10:00:00Z'))).toBe(10);
  expect(retryAfterSeconds('soon')).toBeNull();
  expect(retryAfterSeconds(undefined)).toBeNull();
});
