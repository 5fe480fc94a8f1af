// What is stored of a host: checked facts. Never the secret: only whether there is one in the keychain.
import { createHash } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { AppError } from '@shared/contract/errors';
import { isLoopback, readBaseUrl } from '@shared/domain/connection';
import {
  DEFAULT_LIFE,
  LIFE_RANGE,
  type HostFacts,
  type S3Facts,
  type UploaderFacts,
} from '@shared/domain/host';

const facts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('s3'),
    endpoint: z.string(),
    region: z.string(),
    bucket: z.string(),
    prefix: z.string(),
    pathStyle: z.boolean(),
    accessKeyId: z.string(),
  }),
  z.object({
    kind: z.literal('uploader'),
    url: z.string(),
    method: z.enum(['POST', 'PUT']),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    field: z.string(),
    answerPath: z.string(),
  }),
  z.object({ kind: z.literal('tunnel') }),
]);

const hostRecord = z.object({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(80),
  // Again here: the settings file is no proof that the facts were checked.
  facts: facts.transform((value, context): HostFacts => {
    try {
      return checkedFacts(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'not a host' });
      return z.NEVER;
    }
  }),
  lifeSeconds: z.int().min(LIFE_RANGE[0]).max(LIFE_RANGE[1]).catch(DEFAULT_LIFE),
  removeAfter: z.boolean().catch(true),
  /** A secret for these very facts lies in the keychain. */
  secretInKeychain: z.boolean().catch(false),
});
export type HostRecord = z.infer<typeof hostRecord>;

export interface HostRecords {
  readonly records: readonly HostRecord[];
  readonly activeId: string | null;
}

/** Reads what was stored, whatever it is: records that make no sense are left out, the others stay. */
export function readHostRecords(stored: unknown): HostRecords {
  const outer = z
    .object({ records: z.array(z.unknown()), activeId: z.string().nullable().catch(null) })
    .safeParse(stored);
  if (!outer.success) return { records: [], activeId: null };
  const records = new Map<string, HostRecord>();
  for (const item of outer.data.records) {
    const parsed = hostRecord.safeParse(item);
    if (parsed.success && !records.has(parsed.data.id)) records.set(parsed.data.id, parsed.data);
  }
  const { activeId } = outer.data;
  return { records: [...records.values()], activeId: records.has(activeId ?? '') ? activeId : null };
}

export function writeHostRecords({ records, activeId }: HostRecords): unknown {
  return { version: 1, activeId, records };
}

/**
 * The facts in their one spelling.
 * @throws AppError `url_invalid`; `plain_http_not_accepted` for plain http off this computer where a bucket or a
 * secret is concerned; `bad_request` for what no store and no header takes
 */
export function checkedFacts(value: HostFacts): HostFacts {
  if (value.kind === 's3') return checkedBucket(value);
  return value.kind === 'uploader' ? checkedUploader(value) : { kind: 'tunnel' };
}

function checkedBucket(value: S3Facts): S3Facts {
  const typed = value.endpoint.trim();
  const verdict = readBaseUrl(typed.includes('://') ? typed : `https://${typed}`);
  if (!verdict.ok) throw new AppError('url_invalid', 'not an http or https address');
  if (verdict.plainHttp) throw new AppError('plain_http_not_accepted');
  const bucket = value.bucket.trim();
  const accessKeyId = value.accessKeyId.trim();
  const prefix = value.prefix.trim().replace(/^\/+|\/+$/g, '');
  const region = value.region.trim();
  const sound =
    /^[\w][\w.-]{1,254}$/.test(bucket) &&
    /^[\x21-\x7e]{1,200}$/.test(accessKeyId) &&
    /^[\w-]{0,60}$/.test(region) &&
    // Control characters, and what a URL would resolve away before it is signed.
    !/[\p{Cc}\\]|(?:^|\/)\.{0,2}(?:\/|$)/u.test(prefix === '' ? 'top' : prefix);
  if (!sound) throw new AppError('bad_request', 'not a bucket, region, prefix or access key');
  return {
    kind: 's3',
    endpoint: verdict.url,
    region,
    bucket,
    prefix,
    pathStyle: value.pathStyle,
    accessKeyId,
  };
}

/** Set by the request itself: another value would break it. */
const OWN_HEADERS =
  /^(?:host|content-length|transfer-encoding|connection|expect|upgrade|te|trailer|keep-alive)$/i;

function checkedUploader(value: UploaderFacts): UploaderFacts {
  const url = URL.canParse(value.url.trim()) ? new URL(value.url.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('url_invalid', 'not an http or https address');
  url.hash = '';
  const headers = value.headers.map(({ name, value: text }) => ({ name: name.trim(), value: text.trim() }));
  for (const { name, value: text } of headers) {
    // The form's own boundary stands in its content type.
    const own = OWN_HEADERS.test(name) || (value.field !== '' && /^content-type$/i.test(name));
    if (own || !isHeader(name, text)) throw new AppError('bad_request', 'not a header that can be set');
  }
  const checked: UploaderFacts = {
    kind: 'uploader',
    url: url.href,
    method: value.method,
    headers,
    field: value.field.trim(),
    answerPath: value.answerPath.trim(),
  };
  if (needsSecret(checked) && url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new AppError('plain_http_not_accepted');
  return checked;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

export function needsSecret(value: HostFacts): boolean {
  if (value.kind === 'uploader') return value.headers.some((header) => header.value.includes('{secret}'));
  return value.kind === 's3';
}

/**
 * The name of the secret's entry. It contains what the secret was given for, so that it can never be found for
 * anything else, whatever happens to the settings file.
 */
export function secretAccount(id: string, value: HostFacts): string {
  const scope =
    value.kind === 's3'
      ? [value.endpoint, value.bucket, value.accessKeyId]
      : value.kind === 'uploader'
        ? [value.url]
        : [];
  const hash = createHash('sha256').update(JSON.stringify(scope)).digest('hex').slice(0, 16);
  return `host:${id}:${hash}`;
}

/** Equal as long as what was put there is found there again. */
export function placeOf(value: HostFacts): string {
  if (value.kind === 's3') return JSON.stringify([value.endpoint, value.bucket, value.prefix]);
  return value.kind === 'uploader' ? value.url : '';
}
