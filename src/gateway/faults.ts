// Faults that a test can switch on: which request goes wrong, how, and how often.
import { z } from 'zod';

export const OPERATIONS = ['create', 'get', 'list', 'delete', 'download'] as const;
export type FaultOperation = (typeof OPERATIONS)[number];

export const WRAP_SHAPES = ['new-api-submit', 'new-api-query', 'openai', 'reseller', 'task-id'] as const;
export type WrapShape = (typeof WRAP_SHAPES)[number];

export const ERROR_SHAPES = [
  'error-string',
  'nested-json-string',
  'flat',
  'new-api-error',
  'openai-error',
] as const;
export type ErrorShape = (typeof ERROR_SHAPES)[number];

const when = {
  /** How many matching requests go wrong. */
  times: z.number().int().min(1).max(1_000_000).default(1),
  /** How many matching requests pass first. */
  after: z.number().int().min(0).max(1_000_000).default(0),
};
const words = z.string().max(2000);
const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const rule = <K extends string, O extends z.ZodType, S extends z.ZodRawShape>(kind: K, on: O, options: S) =>
  z.strictObject({ kind: z.literal(kind), on, ...when, ...options });
const anywhere = z.enum(OPERATIONS);
const creating = z.literal('create').default('create');
const reading = z.enum(['get', 'list']).default('get');
const downloading = z.literal('download').default('download');

const faultRule = z.discriminatedUnion('kind', [
  // The connection.
  rule('reset_before', anywhere, {}),
  rule('answer_lost', anywhere, {}),
  rule('hang', anywhere, {}),
  rule('delay', anywhere, { ms: z.number().int().min(0).max(600_000) }),
  // Refusals.
  rule('unauthorized', anywhere, {}),
  rule('rate_limited', anywhere, {
    retryAfterSeconds: z.number().int().min(0).max(86_400).default(1),
    code: words.optional(),
  }),
  rule('server_error', anywhere, { status: z.number().int().min(500).max(599).default(500) }),
  rule('bad_gateway', anywhere, { status: z.number().int().min(500).max(599).default(502) }),
  rule('not_found', anywhere, {}),
  rule('refuse_submit', creating, {
    status: z.number().int().min(400).max(499).default(400),
    code: words.default('InputImageSensitiveContentDetected.PrivacyInformation'),
    /** `{i}` stands for `contentIndex`. */
    message: words.default(
      "The request failed because the input image 'content[{i}]' may contain real person.",
    ),
    contentIndex: z.number().int().min(0).max(100).default(1),
  }),
  rule('error_shape', anywhere, {
    shape: z.enum(ERROR_SHAPES),
    status: z.number().int().min(200).max(599).default(400),
    code: words.default('InvalidParameter'),
    message: words.default('The parameter `content` specified in the request is not valid.'),
  }),
  // The task.
  rule('fail_output', creating, {
    code: words.default('OutputVideoSensitiveContentDetected'),
    message: words.default('The request failed because the output video may contain sensitive information.'),
  }),
  rule('status_word', reading, { word: words.default('analysing') }),
  rule('result_url', reading, { url: words }),
  // The answer.
  rule('wrapped', anywhere, { shape: z.enum(WRAP_SHAPES) }),
  rule('html_page', anywhere, {}),
  rule('gzip_garbage', anywhere, {}),
  rule('endless_body', anywhere, {}),
  rule('deep_json', anywhere, { depth: z.number().int().min(1).max(20_000_000).default(1_000_000) }),
  rule('redirect', anywhere, { location: words, status: z.number().int().min(300).max(399).default(302) }),
  // The file.
  rule('slow', downloading, { bytesPerSecond: bytes.min(1) }),
  rule('truncated', downloading, { bytes }),
  rule('reset_at', downloading, { bytes }),
  rule('wrong_length', downloading, { contentLength: bytes }),
  rule('mislabelled', downloading, {}),
  rule('expired_url', downloading, {}),
  rule('ignores_range', downloading, {}),
  rule('new_etag', downloading, {}),
]);

export type FaultRule = z.infer<typeof faultRule>;
export type FaultRuleInput = z.input<typeof faultRule>;
export type FaultKind = FaultRule['kind'];

/** Parses a list of rules from an untrusted body. Throws a ZodError. */
export const faultList = z.array(faultRule).max(1000);

/** The rules in force. Every request takes the first rule for its operation that is due. */
export class Faults {
  private rules: FaultRule[] = [];

  /** Replaces all rules. Throws a ZodError when one is not valid. */
  set(rules: readonly FaultRuleInput[]): void {
    this.rules = faultList.parse(rules);
  }

  /** What is left of the rules. */
  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** The fault of one request of this operation, used up by one; null: all goes well. */
  take(operation: FaultOperation): FaultRule | null {
    const rule = this.rules.find(({ on }) => on === operation);
    if (rule === undefined) return null;
    if (rule.after > 0) {
      rule.after -= 1;
      return null;
    }
    rule.times -= 1;
    if (rule.times === 0) this.rules = this.rules.filter((other) => other !== rule);
    return rule;
  }
}
