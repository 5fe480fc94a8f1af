// A window without a page: the fake bridge where the stores look for it, with answers that can be kept back.
import type { RequestName } from '../../src/shared/contract/requests';
import { fakeBridge, type FakeBridge, type FakeBridgeOptions } from './fakeBridge';

export interface WindowBridge extends FakeBridge {
  /** The next answer to this request is made at once, but only arrives when `release` is called. */
  hold(name: RequestName): { readonly release: () => void };
  /** How often it was asked. */
  timesAsked(name: RequestName): number;
}

/** Stores are imported after this: they ask `window.dailies`. */
export function windowBridge(options: FakeBridgeOptions = {}): WindowBridge {
  const fake = fakeBridge(options);
  const held = new Map<RequestName, Promise<void>[]>();
  const request: FakeBridge['request'] = async (name, input) => {
    const wait = held.get(name)?.shift();
    const answer = await fake.request(name, input);
    await wait;
    return answer;
  };
  const bridge: WindowBridge = {
    ...fake,
    request,
    hold: (name) => {
      const { promise, resolve } = withResolvers();
      held.set(name, [...(held.get(name) ?? []), promise]);
      return { release: resolve };
    },
    timesAsked: (name) => fake.asked.filter((asked) => asked.name === name).length,
  };
  Object.assign(globalThis, { window: { dailies: bridge, localStorage: memoryStorage() } });
  return bridge;
}

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** `Promise.withResolvers` came after Node 20. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

interface Readable<S> {
  getState(): S;
  subscribe(listener: (state: S) => void): () => void;
}

/** Waits until a store's state fits. */
export function until<S>(store: Readable<S>, fits: (state: S) => boolean): Promise<S> {
  return new Promise((resolve) => {
    if (fits(store.getState())) return resolve(store.getState());
    const stop = store.subscribe((state) => {
      if (!fits(state)) return;
      stop();
      resolve(state);
    });
  });
}
