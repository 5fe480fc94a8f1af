import { expect, test } from 'vitest';
import { base64Bytes, custodyOf, insideBytes, type CustodySurroundings } from './custody';
import type { DraftReference } from './draft';
import type { Reference } from './reference';

const MEGABYTE = 1024 * 1024;
const BASE_URL = 'https://example.com/api/v3';
const NOW = Date.parse('2026-11-22T10:00:00Z');
const surroundings: CustodySurroundings = {
  canHost: true,
  baseUrl: BASE_URL,
  now: NOW,
  maxBodyBytes: 64 * MEGABYTE,
};

function item(
  key: string,
  kind: Reference['kind'],
  bytes: number,
  more: Partial<Reference> = {},
): DraftReference {
  const reference: Reference = {
    id: key,
    kind,
    source: 'file',
    name: key,
    format: 'x',
    bytes,
    hasThumb: false,
    ...more,
  };
  return { key, role: `reference_${kind}`, reference };
}
const custody = (items: DraftReference[], more: Partial<CustodySurroundings> = {}) =>
  Object.fromEntries(custodyOf(items, { ...surroundings, ...more }));

// Bug: a video travels inside, where no endpoint takes it, or somewhere nobody chose.
test('pictures and sounds go inside, videos to a host or nowhere, addresses stay', () => {
  const items = [
    item('a', 'image', 1000),
    item('b', 'audio', 1000),
    item('c', 'video', 1000),
    item('d', 'video', 0, { source: 'url', url: 'https://example.com/d.mp4' }),
  ];
  expect(custody(items)).toEqual({ a: 'inside', b: 'inside', c: 'hosted', d: 'address' });
  expect(custody(items, { canHost: false })).toMatchObject({ c: 'nowhere', d: 'address' });
});

// Bug: a request that is too large is sent although a host could take the largest file, or all files leave.
test('only the largest leave while the body is too large, and only where there is a host', () => {
  const items = [
    item('small', 'image', MEGABYTE),
    item('huge', 'image', 29 * MEGABYTE),
    item('big', 'image', 28 * MEGABYTE),
  ];
  expect(custody(items)).toEqual({ small: 'inside', huge: 'hosted', big: 'inside' });
  const none = custodyOf(items, { ...surroundings, canHost: false });
  expect([...none.values()]).toEqual(['inside', 'inside', 'inside']);
  expect(insideBytes(items, none)).toBe(
    items.reduce((sum, { reference }) => sum + base64Bytes(reference.bytes), 0),
  );
  expect(insideBytes(items, custodyOf(items, surroundings))).toBeLessThan(64 * MEGABYTE);
});

// Bug: one endpoint's signed result is sent to another, or one that dies on the way.
test("an endpoint's own result is its own, while it lives long enough", () => {
  const withResult = (until: string): DraftReference =>
    item('a', 'video', 1000, { source: 'clip', clip: { id: 'g1', result: { baseUrl: BASE_URL, until } } });
  const living = withResult('2026-11-22T12:00:00Z');
  expect(custody([living])).toEqual({ a: 'result' });
  expect(custody([living], { canHost: false })).toEqual({ a: 'result' });
  expect(custody([living], { baseUrl: 'https://other.example' })).toEqual({ a: 'hosted' });
  expect(custody([withResult('2026-11-22T10:05:00Z')])).toEqual({ a: 'hosted' });
});

test.each([
  [0, 0],
  [1, 4],
  [3, 4],
  [4, 8],
])('%d bytes are %d characters of base64', (bytes, characters) => {
  expect(base64Bytes(bytes)).toBe(characters);
  expect(Buffer.alloc(bytes).toString('base64')).toHaveLength(characters);
});
