// The only ipcMain.handle of the app, and the way of events to the windows.
import { BrowserWindow, ipcMain } from 'electron';
import type { Envelope } from '@shared/contract/errors';
import { EVENT_CHANNEL, REQUEST_CHANNEL, type EventName, type Events } from '@shared/contract/events';
import type { Route } from '../ipc/router';
import { isTrustedSender, isTrustedUrl } from './trustedSender';

export interface TransportLog {
  warn(text: string, ...details: unknown[]): void;
  error(text: string, ...details: unknown[]): void;
}

/** Plugs the router into Electron. Who is not our page gets `untrusted_sender`, and the router never runs. */
export function setupRequests(route: Route, devOrigin: string | null, log: TransportLog): void {
  ipcMain.handle(
    REQUEST_CHANNEL,
    async (event, name: unknown, input: unknown): Promise<Envelope<unknown>> => {
      // Read at once: after the first await the frame may be gone.
      if (!isTrustedSender(event.senderFrame, devOrigin)) {
        log.warn('Request from an untrusted sender refused');
        return { ok: false, error: { code: 'untrusted_sender', message: 'untrusted sender', detail: {} } };
      }
      const windowId = BrowserWindow.fromWebContents(event.sender)?.id ?? 0;
      return route({ windowId }, name, input);
    },
  );
}

export type Announce = <N extends EventName>(name: N, payload: Events[N]) => void;

/** Announces to every window of ours that shows our page. Never throws. */
export function createAnnounce(devOrigin: string | null, log: TransportLog): Announce {
  return (name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) {
      try {
        if (window.isDestroyed() || !isTrustedUrl(window.webContents.getURL(), devOrigin)) continue;
        window.webContents.send(EVENT_CHANNEL, name, payload);
      } catch (error) {
        log.error(`Event ${name} could not be sent`, error);
      }
    }
  };
}
