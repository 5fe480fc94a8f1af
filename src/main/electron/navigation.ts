// Nothing of ours ever goes to another page, opens a window or embeds a guest: for every web contents.
import { app } from 'electron';
import { isTrustedUrl } from './trustedSender';

/** Before the first window. In development the dev server may reload its own page. */
export function setupNavigation(devOrigin: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      const devReload = devOrigin !== null && isTrustedUrl(event.url, devOrigin);
      if (!devReload) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
