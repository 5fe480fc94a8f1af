import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { Bridge } from '@shared/contract/bridge';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '@shared/contract/events';
import { DEFAULT_SETTINGS } from '@shared/domain/settings';

type Receive = (event: unknown, name: string, payload: unknown) => void;

interface FakeElectron {
  exposed: Record<string, unknown>;
  receivers: Map<string, unknown>;
  invoke: Mock<(...args: unknown[]) => Promise<unknown>>;
}

const electron = vi.hoisted<FakeElectron>(() => ({ exposed: {}, receivers: new Map(), invoke: vi.fn() }));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => (electron.exposed[name] = api) },
  ipcRenderer: {
    on: (channel: string, receiver: unknown) => electron.receivers.set(channel, receiver),
    invoke: electron.invoke,
  },
  webUtils: {
    getPathForFile: (file: { path?: string }) => {
      if (file.path === undefined) throw new TypeError('not a File');
      return file.path;
    },
  },
}));

async function load() {
  await import('./index');
  const receive = electron.receivers.get(EVENT_CHANNEL) as Receive;
  return { bridge: electron.exposed.dailies as Bridge, receive };
}

describe('the bridge', () => {
  beforeEach(() => {
    vi.resetModules();
    electron.exposed = {};
    electron.receivers.clear();
    electron.invoke.mockReset();
  });

  it('gives the page three functions and nothing else', async () => {
    const { bridge } = await load();
    expect(Object.keys(electron.exposed)).toEqual(['dailies']);
    expect(Object.keys(bridge).sort()).toEqual(['on', 'pathForFile', 'request']);
    expect([...electron.receivers.keys()]).toEqual([EVENT_CHANNEL]);
  });

  it('asks on the one channel, and answers with an envelope even when Electron rejects', async () => {
    const { bridge } = await load();
    electron.invoke.mockResolvedValueOnce({ ok: true, value: DEFAULT_SETTINGS });
    expect(await bridge.request('settings.get', {})).toEqual({ ok: true, value: DEFAULT_SETTINGS });
    expect(electron.invoke).toHaveBeenCalledWith(REQUEST_CHANNEL, 'settings.get', {});
    electron.invoke.mockRejectedValueOnce(new Error('An object could not be cloned.'));
    expect(await bridge.request('settings.get', {})).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });

  it('hands on the payload alone: the Electron event carries the way to ipcRenderer', async () => {
    const { bridge, receive } = await load();
    const seen: unknown[][] = [];
    bridge.on('settings.changed', (...all: unknown[]) => seen.push(all));
    receive({ sender: 'ipcRenderer' }, 'settings.changed', DEFAULT_SETTINGS);
    receive({ sender: 'ipcRenderer' }, 'clip.removed', { id: 'x' });
    receive({ sender: 'ipcRenderer' }, '__proto__', {});
    expect(seen).toEqual([[DEFAULT_SETTINGS]]);
  });

  it('each disposer ends its own listening, also when one function listens twice', async () => {
    const { bridge, receive } = await load();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    const leave = bridge.on('settings.changed', listener);
    bridge.on('settings.changed', listener);
    leave();
    leave();
    receive({}, 'settings.changed', DEFAULT_SETTINGS);
    expect(calls).toBe(1);
  });

  it('a listener that throws does not keep the event from the next', async () => {
    const { bridge, receive } = await load();
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let reached = false;
    bridge.on('settings.changed', () => {
      throw new Error('broken');
    });
    bridge.on('settings.changed', () => void (reached = true));
    receive({}, 'settings.changed', DEFAULT_SETTINGS);
    expect([reached, complaint.mock.calls.length]).toEqual([true, 1]);
    complaint.mockRestore();
  });

  it('has no path for what is not a file', async () => {
    const { bridge } = await load();
    expect(bridge.pathForFile({ path: '/films/a.mp4' } as unknown as File)).toBe('/films/a.mp4');
    expect(bridge.pathForFile({} as File)).toBe('');
  });
});
