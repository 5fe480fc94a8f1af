// Registers the app's one scheme with Electron: its privileges before ready, its answers after.
import { protocol, type Session } from 'electron';
import { APP_SCHEME, createAppScheme, type AppSchemeOptions } from './appScheme';

/** Before ready, and once in the whole app: a second call would replace the first. */
export function registerScheme({ dev }: { readonly dev: boolean }): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
        // The dev server's page is another origin; a packaged page never is.
        corsEnabled: dev,
      },
    },
  ]);
}

/** Answers `app://dailies/…` in the window's session. */
export function serveScheme(session: Session, options: AppSchemeOptions): void {
  session.protocol.handle(APP_SCHEME, createAppScheme(options));
}
