// When the page crashes or hangs: it comes back by itself, or the person is asked.
import { app, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Language } from '@shared/domain/settings';
import { CrashLimit } from './crashLimit';
import { nativeWords } from './nativeWords';

export interface RecoveryOptions {
  readonly language: () => Language;
  readonly log: { warn(text: string): void; error(text: string, ...details: unknown[]): void };
}

/** A crashed page loses nothing, main holds the facts: show it again, but not in circles. */
export function setupRecovery(window: BrowserWindow, { language, log }: RecoveryOptions): void {
  const contents = window.webContents;
  const limit = new CrashLimit();
  let question: AbortController | null = null;

  /** One question at a time; a newer one takes the place of the older. Null: nobody answered it. */
  const ask = async (options: MessageBoxOptions): Promise<number | null> => {
    question?.abort();
    const mine = new AbortController();
    question = mine;
    const asked = { ...options, cancelId: 0, noLink: true, signal: mine.signal };
    // A sheet on a window that was never shown would not be seen.
    const { response } = window.isVisible()
      ? await dialog.showMessageBox(window, asked)
      : await dialog.showMessageBox(asked);
    return mine.signal.aborted || window.isDestroyed() ? null : response;
  };

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error(`The window's process ended: ${reason} (${exitCode})`);
    if (limit.mayTryAgain(Date.now())) {
      question?.abort();
      contents.reload();
      return;
    }
    const { keepsCrashing, worksOn, reload, quitNow } = nativeWords(language());
    const buttons = [reload, quitNow];
    void ask({ type: 'error', message: keepsCrashing, detail: worksOn, buttons }).then((chosen) => {
      if (chosen === 1) app.quit();
      if (chosen !== 0) return;
      limit.forget();
      contents.reload();
    });
  });

  contents.on('unresponsive', () => {
    log.warn('The window does not answer');
    const { hangs, worksOn, quitWait, reload } = nativeWords(language());
    const buttons = [quitWait, reload];
    void ask({ type: 'warning', message: hangs, detail: worksOn, buttons }).then((chosen) => {
      // What hangs cannot be asked to reload: its process is ended, and the page comes back as after a crash.
      if (chosen === 1) contents.forcefullyCrashRenderer();
    });
  });
  contents.on('responsive', () => question?.abort());
  window.on('closed', () => question?.abort());
}
