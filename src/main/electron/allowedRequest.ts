// Which addresses the window may load at all. Electron-free.
import { APP_HOST, APP_SCHEME } from './appScheme';

/**
 * Our scheme, pictures made in the page, the developer tools, and in development the dev server with its
 * socket. Everything else is the network, which belongs to main.
 */
export function isAllowedRequest(address: string, devOrigin: string | null): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  switch (url.protocol) {
    case `${APP_SCHEME}:`:
      return url.host === APP_HOST;
    case 'data:':
    case 'blob:':
    case 'devtools:':
      return true;
    case 'http:':
    case 'https:':
      return devOrigin !== null && url.origin === devOrigin;
    case 'ws:':
    case 'wss:':
      return devOrigin !== null && url.host === new URL(devOrigin).host;
    default:
      return false;
  }
}
