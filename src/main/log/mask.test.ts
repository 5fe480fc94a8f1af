import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Logger } from './logger';
import { mask } from './mask';

const SECRET = 'a1B2c3D4-e5F6.g7H8_i9';

/** Distinctive enough not to stand in the words around it. */
const secret = fc
  .string({ unit: fc.constantFrom(...'abcdefXYZ0123456789-_'), minLength: 12, maxLength: 60 })
  .map((text) => `q7${text}`);

describe('mask', () => {
  it.each([
    `Authorization: Bearer ${SECRET}`,
    `authorization: ${SECRET}`,
    `{"Authorization":"Bearer ${SECRET}","accept":"*/*"}`,
    `{ authorization: 'Bearer ${SECRET}' }`,
    `{\\"authorization\\":\\"Bearer ${SECRET}\\"}`,
    `curl -H "Authorization: Bearer ${SECRET}" https://example.com`,
    `sent bearer ${SECRET}.`,
    `Proxy-Authorization: Basic ${SECRET}`,
    `x-api-key: ${SECRET}`,
    `apiKey=${SECRET}`,
    `"secretAccessKey": "${SECRET}"`,
    `Incorrect API key provided: sk-${SECRET}`,
    `ark-${SECRET}`,
    `https://user:${SECRET}@example.com/a`,
    `https://tos.example.com/v.mp4?X-Tos-Algorithm=TOS4&X-Tos-Signature=${SECRET}`,
    `https://tos.example.com/v.mp4?a=${SECRET}&X-Tos-Signature=1`,
    `"https://tos.example.com/v.mp4?x\\u0026X-Tos-Signature=${SECRET}"`,
    `https://s3.example.com/v.mp4?X-Amz-Credential=${SECRET}&X-Amz-Expires=60`,
    `https://oss.example.com/v.mp4?OSSAccessKeyId=${SECRET}&Expires=1&Signature=x`,
    `http://127.0.0.1:4010/media/t/v.mp4?expires=1&signature=${SECRET}`,
    `https://cdn.example.com/v.mp4?Policy=${SECRET}&Key-Pair-Id=K`,
    `https://x.example.com/fetch?url=https%3A%2F%2Fs3%2Fv%3FX-Amz-Signature%3D${SECRET}`,
    `https://x.example.com/?token=${SECRET}`,
  ])('leaves nothing of the secret in: %s', (text) => {
    expect(mask(text)).not.toContain(SECRET);
    expect(mask(text)).not.toContain(SECRET.slice(3));
  });

  it.each([
    'The parameter `duration` is not valid. Request id: 021758000000abcdef',
    'GET https://example.com/api/v3/contents/generations/tasks?page_num=1&page_size=10 200',
    'cgt-20261122-abcdef task-20261122 risk-assessment',
    'app://dailies/media/clip/0198c2',
    'Die Signatur fehlt; tokens: 108900',
    '/home/me/Films/2026-11-22 a bearer of news.mp4'.replace('bearer of', 'carrier of'),
  ])('leaves an honest text as it is: %s', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('keeps host and path of a signed address: they tell where the trouble is', () => {
    expect(mask('https://tos.example.com/a/v.mp4?X-Tos-Signature=1 failed')).toBe(
      'https://tos.example.com/a/v.mp4?*** failed',
    );
  });

  it('shortens data URLs to their type and length', () => {
    const picture = Buffer.alloc(3000, 7).toString('base64');
    expect(mask(`{"url":"data:image/png;base64,${picture}"}`)).toBe(
      '{"url":"data:image/png;base64,[4000 characters]"}',
    );
  });

  it('finds any secret in any header or address, whatever stands around', () => {
    const frame = fc.constantFrom(
      (text: string) => `Authorization: Bearer ${text}`,
      (text: string) => `{"authorization":"Bearer ${text}"}`,
      (text: string) => `https://host/v?X-Amz-Signature=${text}`,
      (text: string) => `sk-${text}`,
    );
    fc.assert(
      fc.property(secret, frame, fc.string(), fc.string(), (value, wrap, before, after) => {
        expect(mask(`${before} ${wrap(value)} ${after}`)).not.toContain(value);
      }),
    );
  });

  it('masking twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(mask(mask(text))).toBe(mask(text));
      }),
    );
  });

  it.each([
    'a'.repeat(2_000_000),
    'https://'.repeat(100_000),
    'https://a?b&'.repeat(100_000),
    'authorization:'.repeat(100_000),
    'data:image/png;'.repeat(100_000),
    'bearer '.repeat(200_000),
    '&x-tos-'.repeat(200_000),
    `"password": "${'\\"'.repeat(300_000)}`,
  ])('ends on a giant: case %#', { timeout: 5000 }, (text) => {
    expect(typeof mask(text)).toBe('string');
  });
});

describe('Logger', () => {
  function setup() {
    const lines: string[] = [];
    const log = new Logger((level, line) => lines.push(`${level} ${line}`));
    return { log, lines };
  }

  it('prints a registered secret in no shape: plain, in an address, in JSON, in base64, in an object', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8),
        (text) => {
          const value = `k3y${text.trim()}`;
          const { log, lines } = setup();
          log.registerSecret(value);
          log.error(`${value} ${encodeURIComponent(value)} ${JSON.stringify({ value })}`);
          log.error(Buffer.from(value, 'utf8').toString('base64'));
          const all = lines.join('\n');
          expect(all).not.toContain(value);
          expect(all).not.toContain(JSON.stringify(value).slice(1, -1));
          expect(all).not.toContain(Buffer.from(value, 'utf8').toString('base64'));
        },
      ),
    );
  });

  it('prints no secret from inside an error, its cause or an object', () => {
    const { log, lines } = setup();
    log.registerSecret(SECRET);
    const cause = Object.assign(new Error(`refused ${SECRET}`), { headers: { authorization: SECRET } });
    log.error('failed', new Error('outer', { cause }), { deep: { deeper: SECRET } });
    expect(lines.join('\n')).toContain('outer');
    expect(lines.join('\n')).not.toContain(SECRET);
  });

  it('does not cut a secret in half where it cuts a long line', () => {
    const { log, lines } = setup();
    log.registerSecret(SECRET);
    log.info(`${'x'.repeat(7990)}${SECRET}`);
    expect(lines[0]).not.toContain(SECRET.slice(0, 8));
    expect(lines[0]?.length).toBeLessThan(8100);
  });

  it('does not blank out ordinary words for a very short secret', () => {
    const { log, lines } = setup();
    log.registerSecret('a');
    log.registerSecret('');
    log.info('an apple');
    expect(lines).toEqual(['info an apple']);
  });

  it('takes nobody down: neither a hostile object nor a full disk', () => {
    const hostile = {
      get [Symbol.toStringTag](): string {
        throw new Error('no');
      },
    };
    expect(() => setup().log.error('x', hostile)).not.toThrow();
    const full = new Logger(() => {
      throw new Error('ENOSPC');
    });
    expect(() => full.error('x')).not.toThrow();
  });
});
