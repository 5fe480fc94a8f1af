// Whether a message comes from our own page. Electron-free: it sees only what it needs of a frame.
import { APP_ORIGIN } from './appScheme';

/** What `senderFrame` is, as far as it matters here. */
export interface SenderFrame {
  readonly url: string;
  /** Null for a top frame. */
  readonly parent: object | null;
}

/**
 * True for a top frame whose address has our origin (or, in development, the dev server's). `frame` is null
 * when the page went elsewhere between asking and this check: not ours any more.
 */
export function isTrustedSender(frame: SenderFrame | null | undefined, devOrigin: string | null): boolean {
  try {
    if (!frame || frame.parent !== null) return false;
    return isTrustedUrl(frame.url, devOrigin);
  } catch {
    // A frame that is gone throws when it is read.
    return false;
  }
}

/** Compares parsed parts: `app://dailies.evil/` and `app://dailies@evil/` begin like ours. */
export function isTrustedUrl(address: string, devOrigin: string | null): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.username !== '' || url.password !== '') return false;
  if (`${url.protocol}//${url.host}` === APP_ORIGIN) return true;
  // Opaque origins are all called 'null': only the web's own are compared.
  return /^https?:$/.test(url.protocol) && url.origin === devOrigin;
}
