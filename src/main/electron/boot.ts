// Everything that has to happen before Electron is ready, and the life of the app around its window.
import { join } from 'node:path';
import { app, Menu } from 'electron';
import { registerScheme } from './protocol';

export interface Booted {
  /** False: another copy is running on the same data and has been brought to the front. Quit. */
  readonly alone: boolean;
  readonly userData: string;
  /** Origin of the dev server; null in every packaged or built app. */
  readonly devOrigin: string | null;
  /** Address of the dev server's page, where there is one. */
  readonly devUrl: string | null;
}

/** First statement of main, before ready. */
export function boot(env: NodeJS.ProcessEnv = process.env): Booted {
  app.enableSandbox();
  app.setName('Dailies');
  // The lock below lies in this folder: set it first. One folder per copy of the data.
  const userData = env.DAILIES_USER_DATA || join(app.getPath('appData'), 'Dailies');
  app.setPath('userData', userData);
  const devUrl = app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null);
  registerScheme({ dev: devUrl !== null });
  // Building the default menu costs start-up time; ours comes with the first window.
  Menu.setApplicationMenu(null);
  return {
    alone: app.requestSingleInstanceLock(),
    userData,
    devUrl,
    devOrigin: devUrl === null ? null : new URL(devUrl).origin,
  };
}

export interface Life {
  /** Opens the window, or brings it to the front. */
  readonly openWindow: () => void;
  /** Called once on the way out; quitting waits for it, but no longer than `stopLimitMs`. */
  readonly stop: () => Promise<void>;
  readonly stopLimitMs?: number;
}

/** After ready: second copies, the dock, the last window, and an orderly end. */
export function setupLife({ openWindow, stop, stopLimitMs = 8000 }: Life): void {
  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, stopLimitMs));
    // Not at once: a quit that is asked for while this one is still being refused is passed over.
    void Promise.race([stop().catch(() => undefined), limit]).then(() => setImmediate(() => app.quit()));
  });
}
