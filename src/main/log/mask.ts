// Takes keys, signatures and file contents out of a text before it is written or shown. Pure.

const HIDDEN = '***';

/** Names of query parameters that make an address a pass: whoever has it may fetch the file. */
const PASS_PARAMETER = new RegExp(
  '(?:[?&;]|%3f|%26|\\\\u0026|&amp;)(?:' +
    [
      'x-(?:tos|amz|oss|cos|goog|obs)-[\\w-]+',
      'sign(?:ature)?',
      'sig',
      'expires?',
      'policy',
      'credential',
      'key(?:-pair-id)?',
      'auth_?key',
      'api_?key',
      '(?:oss|aws)?access_?key_?(?:id)?',
      '(?:security|access|session|auth)?[-_]?token',
      'secret',
      'password',
    ].join('|') +
    ')(?:=|%3d)',
  'i',
);

const SECRET_FIELD =
  /((?:proxy-)?authorization|x-api-key|api[-_]?key|(?:secret|access)[-_]?(?:access[-_]?)?key|password|(?:set-)?cookie)(\\?["']?\s*[:=]\s*)(?:\\?"[^"\r\n]*"?|'[^'\r\n]*'?|[^\r\n,;}]+)/gi;

/**
 * The text without authorization headers, bearer tokens, `sk-` keys, passwords in addresses, the query of signed
 * addresses, the bytes of data URLs, and the secrets given. Masking twice changes nothing more.
 */
export function mask(text: string, secrets: Iterable<string> = []): string {
  let result = text;
  // The longest first: one secret may begin with another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length))
    result = result.replaceAll(secret, HIDDEN);
  return result
    .replace(/\bdata:([\w.+/-]*(?:;[\w.=+-]+)*),([\w+/=%-]{24,})/gi, (_all, type: string, bytes: string) => {
      return `data:${type},[${bytes.length} characters]`;
    })
    .replace(SECRET_FIELD, (_all, name: string, between: string) => `${name}${between}${HIDDEN}`)
    .replace(/\b(bearer)\s+[^\s"',;)}\]\\]+/gi, `$1 ${HIDDEN}`)
    .replace(/\b(sk|ark|ak)-[\w-]{6,}/gi, `$1-${HIDDEN}`)
    .replace(/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>]+/gi, maskAddress);
}

function maskAddress(address: string): string {
  const open = address.replace(/^([^/]+:\/\/)[^/?#@]*@/, `$1${HIDDEN}@`);
  const pass = PASS_PARAMETER.exec(open);
  if (pass === null) return open;
  // All of the query: what lies beside a signature says nothing that a log needs.
  const query = open.indexOf('?');
  const end = query === -1 ? pass.index : query;
  return `${open.slice(0, end)}?${HIDDEN}`;
}

/** A secret as it may appear in a text: as it is, in an address, in JSON, in base64. */
export function shapesOf(secret: string): string[] {
  const shapes = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret, 'utf8').toString('base64'),
  ];
  return [...new Set(shapes)];
}
