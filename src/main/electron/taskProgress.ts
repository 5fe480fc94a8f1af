// Progress on the dock icon or the taskbar button.
import { app, BrowserWindow } from 'electron';
import type { Generation, GenerationProgress } from '@shared/domain/generation';
import { NO_BAR, WorkBar } from './workBar';

export interface TaskProgress {
  changed(generation: Generation): void;
  progress(progress: GenerationProgress): void;
}

/** Before the first window: a window that opens later gets the bar too. */
export function setupTaskProgress(): TaskProgress {
  const bar = new WorkBar();
  let shown = NO_BAR;
  const show = (): void => {
    const value = bar.value();
    if (value === shown) return;
    shown = value;
    for (const window of BrowserWindow.getAllWindows())
      if (!window.isDestroyed()) window.setProgressBar(value);
  };
  app.on('browser-window-created', (_event, window) => {
    if (shown !== NO_BAR) window.setProgressBar(shown);
  });
  return {
    changed: (generation) => {
      bar.changed(generation);
      show();
    },
    progress: (progress) => {
      bar.progress(progress);
      show();
    },
  };
}
