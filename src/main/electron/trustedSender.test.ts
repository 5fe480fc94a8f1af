import { describe, expect, it } from 'vitest';
import { isAllowedRequest } from './allowedRequest';
import { isTrustedSender } from './trustedSender';

const DEV = 'http://localhost:5173';

describe('isTrustedSender', () => {
  it('trusts the top frame of our page, and of the dev server in development alone', () => {
    expect(isTrustedSender({ url: 'app://dailies/index.html#/library', parent: null }, null)).toBe(true);
    expect(isTrustedSender({ url: `${DEV}/`, parent: null }, DEV)).toBe(true);
    expect(isTrustedSender({ url: `${DEV}/`, parent: null }, null)).toBe(false);
  });

  it.each([null, undefined])('trusts no frame that is gone: %s', (frame) => {
    expect(isTrustedSender(frame, DEV)).toBe(false);
  });

  it('trusts no frame inside our page', () => {
    expect(isTrustedSender({ url: 'app://dailies/index.html', parent: {} }, null)).toBe(false);
  });

  it('trusts no frame that throws when it is read', () => {
    const gone = {
      parent: null,
      get url(): string {
        throw new Error('Render frame was disposed');
      },
    };
    expect(isTrustedSender(gone, null)).toBe(false);
  });

  it.each([
    'app://dailies.evil/index.html',
    'app://evil/dailies',
    'app://dailies@evil/',
    'app://user@dailies/',
    'app://dailies:8080/',
    'app:dailies/index.html',
    'https://dailies/',
    'file:///dailies/index.html',
    'http://localhost:5174/',
    'http://localhost:5173.evil/',
    'https://localhost:5173/',
    'http://localhost:5173@evil/',
    'about:blank',
    'data:text/html,x',
    'blob:app://dailies/1',
    '',
    'not an address',
  ])('trusts nothing that only looks like us: %s', (url) => {
    expect(isTrustedSender({ url, parent: null }, DEV)).toBe(false);
  });

  it('an empty dev origin opens no door', () => {
    expect(isTrustedSender({ url: 'about:blank', parent: null }, '')).toBe(false);
    expect(isTrustedSender({ url: 'file:///x', parent: null }, 'null')).toBe(false);
  });
});

describe('isAllowedRequest', () => {
  it.each([
    'app://dailies/media/clip/1',
    'data:image/png;base64,AA',
    'blob:app://dailies/1',
    'devtools://devtools/x',
  ])('lets the page load %s', (address) => expect(isAllowedRequest(address, null)).toBe(true));

  it.each([
    'https://example.com/',
    'http://127.0.0.1:80/',
    'ws://localhost:5173/',
    'http://localhost:5173/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'app://evil/',
    'chrome://version',
    'no address',
  ])('keeps a packaged page from %s', (address) => expect(isAllowedRequest(address, null)).toBe(false));

  it('lets the dev server and its socket through in development, no other port', () => {
    expect(isAllowedRequest(`${DEV}/@vite/client`, DEV)).toBe(true);
    expect(isAllowedRequest('ws://localhost:5173/?token=1', DEV)).toBe(true);
    expect(isAllowedRequest('ws://localhost:5174/', DEV)).toBe(false);
    expect(isAllowedRequest('https://example.com/', DEV)).toBe(false);
  });
});
