// What Electron knows of the app and the computer, for those who may not ask Electron.
import { app, dialog, powerMonitor } from 'electron';
import type { AppInfo } from '@shared/contract/requests';

export const appFacts = {
  version: app.getVersion(),
  electron: process.versions.electron,
  platform: platformName(),
  /** Not packaged: developer tools and a log in the terminal. */
  dev: !app.isPackaged,
  /** The person's first language, as `zh-Hans-CN`. After ready. */
  systemLocale: (): string => app.getPreferredSystemLanguages()[0] ?? 'en',
  videosFolder: (): string => app.getPath('videos'),
};

export function whenReady(): Promise<void> {
  return app.whenReady();
}

/** Before anything was started: nothing has to be waited for. */
export function quit(): void {
  app.quit();
}

/** Not even a window can be shown: says why in the system's own box, and ends. Nothing was changed on disk. */
export function startFailed(error: unknown): void {
  dialog.showErrorBox('Dailies', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  app.exit(1);
}

/** Calls the listener when the computer wakes up or the person comes back to the window. After ready. */
export function onWake(listener: () => void): void {
  powerMonitor.on('resume', listener);
  app.on('browser-window-focus', listener);
}

function platformName(): AppInfo['platform'] {
  const { platform } = process;
  return platform === 'darwin' || platform === 'win32' || platform === 'linux' ? platform : 'other';
}
