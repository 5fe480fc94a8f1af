import { describe, expect, it, vi } from 'vitest';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '@shared/contract/events';
import { createAnnounce, setupRequests } from './ipcTransport';

type Listener = (event: unknown, name: unknown, input: unknown) => Promise<unknown>;

interface FakeWindow {
  isDestroyed: () => boolean;
  webContents: { getURL: () => string; send: (...args: unknown[]) => void };
}

const electron = vi.hoisted(() => ({ handled: new Map<string, unknown>(), windows: [] as unknown[] }));

vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => electron.handled.set(channel, listener) },
  BrowserWindow: { fromWebContents: () => ({ id: 5 }), getAllWindows: () => electron.windows },
}));

const LOG = { warn: () => undefined, error: () => undefined };
const OURS = { url: 'app://dailies/index.html', parent: null };

function setup() {
  const routed: unknown[] = [];
  setupRequests(
    (caller, name, input) => {
      routed.push([caller, name, input]);
      return Promise.resolve({ ok: true, value: null });
    },
    null,
    LOG,
  );
  const ask = electron.handled.get(REQUEST_CHANNEL) as Listener;
  return { routed, ask: (senderFrame: unknown) => ask({ senderFrame, sender: {} }, 'app.info', {}) };
}

describe('requests', () => {
  it('come through one channel, with the window that asks', async () => {
    const { ask, routed } = setup();
    expect(await ask(OURS)).toEqual({ ok: true, value: null });
    expect(routed).toEqual([[{ windowId: 5 }, 'app.info', {}]]);
    expect([...electron.handled.keys()]).toEqual([REQUEST_CHANNEL]);
  });

  it.each([null, { url: 'https://evil.example/', parent: null }, { ...OURS, parent: {} }])(
    'from anybody else never reach the router: %o',
    async (frame) => {
      const { ask, routed } = setup();
      expect(await ask(frame)).toMatchObject({ ok: false, error: { code: 'untrusted_sender' } });
      expect(routed).toEqual([]);
    },
  );
});

describe('events', () => {
  it('go to our page alone, and a window that is closing keeps them from no other', () => {
    const sent: unknown[][] = [];
    const windowAt = (url: string, send: (...args: unknown[]) => void): FakeWindow => ({
      isDestroyed: () => false,
      webContents: { getURL: () => url, send },
    });
    electron.windows = [
      windowAt(OURS.url, () => {
        throw new Error('Object has been destroyed');
      }),
      windowAt('https://evil.example/', (...args) => sent.push(args)),
      windowAt(OURS.url, (...args) => sent.push(args)),
    ];
    createAnnounce(null, LOG)('clip.removed', { id: 'x' });
    expect(sent).toEqual([[EVENT_CHANNEL, 'clip.removed', { id: 'x' }]]);
  });
});
