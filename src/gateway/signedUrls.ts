// Result links that expire: an HMAC over task, file and expiry time, and the refusal for a dead one.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkProblem = 'expired' | 'forged';

/** Path and query of a link to a result file; it works until `expires` (Unix seconds). */
export function signedPath(secret: Buffer, taskId: string, file: string, expires: number): string {
  const signature = sign(secret, taskId, file, expires);
  return `/media/${encodeURIComponent(taskId)}/${encodeURIComponent(file)}?expires=${expires}&signature=${signature}`;
}

/** Null when the link is good at `now` (ms), else what is wrong with it. */
export function checkLink(
  secret: Buffer,
  taskId: string,
  file: string,
  query: URLSearchParams,
  now: number,
): LinkProblem | null {
  const expires = Number(query.get('expires'));
  const given = Buffer.from(query.get('signature') ?? '', 'utf8');
  const expected = Buffer.from(sign(secret, taskId, file, expires), 'utf8');
  if (
    !Number.isSafeInteger(expires) ||
    given.length !== expected.length ||
    !timingSafeEqual(given, expected)
  ) {
    return 'forged';
  }
  return now >= expires * 1000 ? 'expired' : null;
}

/** The body of the 403 that an object store answers to a dead link. */
export function accessDeniedXml(problem: LinkProblem, requestId: string): string {
  const [code, message] =
    problem === 'expired'
      ? ['AccessDenied', 'Request has expired']
      : [
          'SignatureDoesNotMatch',
          'The request signature we calculated does not match the signature you provided',
        ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`;
}

function sign(secret: Buffer, taskId: string, file: string, expires: number): string {
  return createHmac('sha256', secret).update(`${taskId}\n${file}\n${expires}`).digest('hex');
}
