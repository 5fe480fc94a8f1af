import { expect, test } from 'vitest';
import { addressReference } from './address';

// Bug: an address whose kind is plain is asked for; a query or capital letters hide the extension.
test.each([
  ['https://example.com/a.PNG', 'image'],
  ['http://example.com/a.mp4?x-signature=a.png', 'video'],
  [' https://例子.com/路径/声音.mp3#t=1 ', 'audio'],
])('%s is of kind %s', (url, kind) => {
  expect(addressReference(url)).toMatchObject({ kind, source: 'url', hasThumb: false, bytes: 0 });
});

// Bug: the app is made to read local files, or a password ends up in records and at the provider.
test.each([
  'file:///etc/passwd.png',
  'ftp://example.com/a.png',
  'data:image/png;base64,AAAA',
  'javascript:alert(1).png',
  'https://user:password@example.com/a.png',
  'asset://../../x.png',
  'asset://',
  'example.com/a.png',
  '',
])('%j is refused', (url) => {
  expect(() => addressReference(url, 'image')).toThrow(
    expect.objectContaining({ code: 'url_invalid' }) as Error,
  );
});

// Bug: a kind is guessed, so that the request is refused for a reason nobody understands.
test('asks where nothing tells the kind', () => {
  const unknown = expect.objectContaining({ code: 'kind_unknown' }) as Error;
  expect(() => addressReference('https://example.com/constructor')).toThrow(unknown);
  expect(() => addressReference('https://example.com/file.constructor')).toThrow(unknown);
  expect(() => addressReference('asset://asset-2026-abc')).toThrow(unknown);
  expect(addressReference('asset://asset-2026-abc', 'image').url).toBe('asset://asset-2026-abc');
  expect(addressReference('https://example.com/x', 'video').kind).toBe('video');
});

// Bug: the same address twice is two references.
test('the id follows from the address', () => {
  const first = addressReference('https://example.com/a.png');
  expect(addressReference(' https://example.com/a.png ').id).toBe(first.id);
  expect(first.id).toMatch(/^url-[0-9a-f]{64}$/);
});
