// The bridge on `window.dailies`: ask main, listen to it, and the path of a dropped file. Nothing else.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '@shared/contract/bridge';
import type { Envelope } from '@shared/contract/errors';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '@shared/contract/events';

type Listener = (payload: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

// One native listener for all: the Electron event, which carries the sender, stops here.
ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) {
    try {
      listener(payload);
    } catch (error) {
      // One broken listener must not keep the event from the others.
      console.error(error);
    }
  }
});

async function request(name: string, input: unknown): Promise<Envelope<unknown>> {
  try {
    return (await ipcRenderer.invoke(REQUEST_CHANNEL, name, input)) as Envelope<unknown>;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'internal', message, detail: {} } };
  }
}

function on(name: string, listener: Listener): () => void {
  // A wrapper per call: the same function may listen twice, and each disposer ends its own.
  const own: Listener = (payload) => listener(payload);
  const group = listeners.get(name) ?? new Set<Listener>();
  group.add(own);
  listeners.set(name, group);
  return () => {
    group.delete(own);
  };
}

function pathForFile(file: File): string {
  try {
    return webUtils.getPathForFile(file);
  } catch {
    return '';
  }
}

const bridge: Bridge = {
  request: request as Bridge['request'],
  on: on as Bridge['on'],
  pathForFile,
};

contextBridge.exposeInMainWorld('dailies', bridge);
