// Mirror of the connections, without keys: a key passes through to main and is kept nowhere here.
import { create } from 'zustand';
import type { RequestInput, TestResult } from '@shared/contract/requests';
import type { Connection } from '@shared/domain/connection';
import { ask, listen } from '../client/client';

interface ConnectionsState {
  readonly connections: readonly Connection[];
  readonly loaded: boolean;
  connect(): () => void;
  load(): Promise<void>;
  add(input: RequestInput<'connections.add'>): Promise<Connection>;
  update(input: RequestInput<'connections.update'>): Promise<Connection>;
  remove(id: string): Promise<void>;
  choose(id: string): Promise<void>;
  setKey(id: string, key: string): Promise<void>;
  clearKey(id: string): Promise<void>;
  test(id: string): Promise<TestResult>;
  setPrice(input: RequestInput<'connections.setPrice'>): Promise<void>;
}

export const useConnections = create<ConnectionsState>()((set, get) => {
  const put = (connection: Connection): Connection => {
    const { connections } = get();
    const known = connections.some((item) => item.id === connection.id);
    set({
      connections: known
        ? connections.map((item) => (item.id === connection.id ? connection : item))
        : [...connections, connection],
    });
    return connection;
  };
  return {
    connections: [],
    loaded: false,
    connect: () => listen('connections.changed', ({ connections }) => set({ connections, loaded: true })),
    load: async () => {
      const before = get().connections;
      const connections = await ask('connections.list', {});
      if (get().connections === before) set({ connections });
      set({ loaded: true });
    },
    add: async (input) => put(await ask('connections.add', input)),
    update: async (input) => put(await ask('connections.update', input)),
    remove: async (id) => void (await ask('connections.remove', { id })),
    choose: async (id) => void (await ask('connections.use', { id })),
    setKey: async (id, key) => void put(await ask('connections.setKey', { id, key })),
    clearKey: async (id) => void put(await ask('connections.clearKey', { id })),
    test: (id) => ask('connections.test', { id }),
    setPrice: async (input) => void put(await ask('connections.setPrice', input)),
  };
});
