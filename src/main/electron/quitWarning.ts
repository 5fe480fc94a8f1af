// Asks before quitting in the middle of something paid. Electron's side of the quit guard.
import { app, BrowserWindow, dialog, powerMonitor } from 'electron';
import type { GenerationState } from '@shared/domain/generation';
import type { Language } from '@shared/domain/settings';
import { nativeWords } from './nativeWords';
import { countAtRisk, QuitGuard, type AtRisk } from './quitGuard';

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

export interface QuitWarningOptions {
  /** Everything that is not done. */
  readonly generations: () => Iterable<{ readonly state: GenerationState }>;
  readonly language: () => Language;
  /** True: quit all the same. */
  readonly ask?: (atRisk: AtRisk) => Promise<boolean>;
}

/** After ready. */
export function setupQuitWarning({ generations, language, ask }: QuitWarningOptions): void {
  const guard = new QuitGuard({
    atRisk: () => countAtRisk(generations()),
    ask: ask ?? ((atRisk) => askByDialog(atRisk, language())),
    // Not at once: a quit that is asked for while one is still being refused is passed over.
    quit: () => setImmediate(() => app.quit()),
  });
  app.on('before-quit', (event) => {
    if (!guard.mayQuit()) event.preventDefault();
  });
  const watch = (window: BrowserWindow): void => {
    window.on('close', (event) => {
      // On a Mac the app outlives its window.
      if (process.platform !== 'darwin' && !guard.mayQuit()) event.preventDefault();
    });
    // Windows, at a shutdown or when the person logs out.
    window.on('query-session-end', () => guard.letGo());
    window.on('session-end', () => guard.letGo());
  };
  BrowserWindow.getAllWindows().forEach(watch);
  app.on('browser-window-created', (_event, window) => watch(window));
  powerMonitor.on('shutdown', () => guard.letGo());
  // How other systems end a session, and how a terminal does.
  for (const signal of SIGNALS) {
    // Listeners from before Electron was ready are deaf: Electron took the signal over. The first one after it hears,
    // and the others, of packages that clean up, do so at the orderly exit too.
    process.removeAllListeners(signal);
    process.on(signal, () => {
      guard.letGo();
      app.quit();
    });
  }
}

async function askByDialog({ sending, securing }: AtRisk, language: Language): Promise<boolean> {
  const words = nativeWords(language);
  const going = [
    ...(securing > 0 ? [words.quitSecuring(securing)] : []),
    ...(sending > 0 ? [words.quitSending(sending)] : []),
  ];
  const options = {
    type: 'warning' as const,
    message: going.join(words.gap),
    detail: words.quitGoesOn,
    buttons: [words.quitWait, words.quitNow],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const window = BrowserWindow.getAllWindows().find((each) => each.isVisible());
  const { response } =
    window === undefined
      ? await dialog.showMessageBox(options)
      : await dialog.showMessageBox(window, options);
  return response === 1;
}
