// The window's own session: no permissions, and no network but our scheme.
import { app, session, type Session } from 'electron';
import { isAllowedRequest } from './allowedRequest';
import { isTrustedUrl } from './trustedSender';

/** Apart from the default session, so that main's own requests are not caught by what holds the page back. */
const PARTITION = 'persist:window';

/** After ready, before the first window. */
export function setupSessions(devOrigin: string | null): Session {
  denyPermissions(session.defaultSession, devOrigin);
  app.on('session-created', (created) => denyPermissions(created, devOrigin));
  const windowSession = session.fromPartition(PARTITION);
  denyPermissions(windowSession, devOrigin);
  windowSession.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isAllowedRequest(details.url, devOrigin) });
  });
  windowSession.on('will-download', (event) => event.preventDefault());
  windowSession.setSpellCheckerEnabled(false);
  return windowSession;
}

/** Writes what the page stored to the disk; by itself Chromium takes its time. */
export function flushPageStorage(): void {
  session.fromPartition(PARTITION).flushStorageData();
}

function denyPermissions(target: Session, devOrigin: string | null): void {
  const allowed = (permission: string, from: string): boolean =>
    permission === 'clipboard-sanitized-write' && isTrustedUrl(from, devOrigin);
  target.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(allowed(permission, details.requestingUrl)),
  );
  // Both: a page may also ask whether it would be allowed, and act on that alone.
  target.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  target.setDevicePermissionHandler(() => false);
}
