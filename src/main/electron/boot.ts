// Everything that has to happen before Electron is ready, and the life of the app around its window.
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, Menu } from 'electron';
import { AppError } from '@shared/contract/errors';
import { Opened, pathsFrom, pathsOnCommandLine } from './openedFiles';
import { registerScheme } from './protocol';

export interface Booted {
  /** False: another copy is running on the same data and has been brought to the front. Quit. */
  readonly alone: boolean;
  readonly userData: string;
  /** The folder above cannot be used: nothing but the window can be opened. */
  readonly trouble: AppError | null;
  /** Where the log is written. */
  readonly logFolder: string;
  /** Files given on the command line, by a second start, or on the icon. */
  readonly opened: Opened;
  /** Origin of the dev server; null in every packaged or built app. */
  readonly devOrigin: string | null;
  /** Address of the dev server's page, where there is one. */
  readonly devUrl: string | null;
}

/** First statement of main, before ready. */
export function boot(env: NodeJS.ProcessEnv = process.env): Booted {
  app.enableSandbox();
  // Set for another program, it would let every server pretend to be the endpoint and read the key.
  delete env.NODE_TLS_REJECT_UNAUTHORIZED;
  app.setName('Dailies');
  // The lock below lies in this folder: set it first. One folder per copy of the data.
  const userData = env.DAILIES_USER_DATA || join(app.getPath('appData'), 'Dailies');
  const trouble = troubleWith(userData);
  const profile = trouble === null ? userData : temporaryProfile();
  app.setPath('userData', profile);
  const devUrl = app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null);
  registerScheme({ dev: devUrl !== null });
  // Building the default menu costs start-up time; ours comes with the first window.
  Menu.setApplicationMenu(null);
  const opened = new Opened();
  const { argv } = process;
  const paths = pathsOnCommandLine({ argv, packaged: app.isPackaged, workingFolder: process.cwd() });
  // Resolved here: the copy that is running already stands in another folder.
  const alone = app.requestSingleInstanceLock({ paths });
  opened.add(paths);
  app.on('second-instance', (_event, _argv, _folder, sent) => opened.add(pathsFrom(sent)));
  // macOS: also before ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opened.add([path]);
  });
  return {
    alone,
    userData,
    trouble,
    logFolder: join(profile, 'logs'),
    opened,
    devUrl,
    devOrigin: devUrl === null ? null : new URL(devUrl).origin,
  };
}

function troubleWith(folder: string): AppError | null {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return new AppError('data_not_writable', String(error), {}, { cause: error });
  }
}

/** Chromium does not start without a folder it may write to. */
function temporaryProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-'));
  app.on('quit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
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
