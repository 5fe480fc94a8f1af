// Notifications of the system, when a generation ends and nobody is looking.
import { BrowserWindow, Notification } from 'electron';
import type { Generation } from '@shared/domain/generation';
import type { Language } from '@shared/domain/settings';
import { EndNotices } from './endNotices';
import type { NoticeText } from './noticeWords';

export interface NotifyOptions {
  readonly language: () => Language;
  /** The person's setting. */
  readonly enabled: () => boolean;
  /** The connection that costs nothing. */
  readonly practiceId: string;
  /** Brings the window to the front. */
  readonly openWindow: () => void;
}

export interface Notify {
  changed(generation: Generation): void;
  stop(): void;
}

/** After ready. */
export function setupNotify({ language, enabled, practiceId, openWindow }: NotifyOptions): Notify {
  // Without a reference a notification is collected, and its click with it.
  const shown = new Set<Notification>();
  const show = ({ title, body }: NoticeText): void => {
    const notification = new Notification({ title, body });
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => {
      forget();
      openWindow();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    shown.add(notification);
    notification.show();
  };
  return new EndNotices({
    enabled: () => enabled() && Notification.isSupported(),
    watched: () => BrowserWindow.getFocusedWindow()?.isVisible() ?? false,
    words: () => ({ language: language(), practiceId }),
    show,
  });
}
