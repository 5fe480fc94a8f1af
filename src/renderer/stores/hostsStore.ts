// Mirror of the file hosts, without their secrets: a secret passes through to main and is kept nowhere here.
import { create } from 'zustand';
import type { HostTest, RequestInput } from '@shared/contract/requests';
import type { Host, Hosts } from '@shared/domain/host';
import { ask, listen } from '../client/client';

interface HostsState {
  /** Null until main has told. */
  readonly hosts: Hosts | null;
  connect(): () => void;
  load(): Promise<void>;
  save(input: RequestInput<'hosts.save'>): Promise<Host>;
  remove(id: string): Promise<void>;
  /** Null: none. */
  use(id: string | null): Promise<void>;
  setSecret(id: string, secret: string): Promise<void>;
  clearSecret(id: string): Promise<void>;
  test(id: string): Promise<HostTest>;
}

export const useHosts = create<HostsState>()((set, get) => {
  const put = (host: Host): Host => {
    const { hosts } = get();
    if (hosts === null) return host;
    const known = hosts.hosts.some((item) => item.id === host.id);
    set({
      hosts: {
        ...hosts,
        hosts: known
          ? hosts.hosts.map((item) => (item.id === host.id ? host : item))
          : [...hosts.hosts, host],
      },
    });
    return host;
  };
  return {
    hosts: null,
    connect: () => listen('hosts.changed', (hosts) => set({ hosts })),
    load: async () => {
      const before = get().hosts;
      const hosts = await ask('hosts.get', {});
      if (get().hosts === before) set({ hosts });
    },
    save: async (input) => put(await ask('hosts.save', input)),
    remove: async (id) => set({ hosts: await ask('hosts.remove', { id }) }),
    use: async (id) => set({ hosts: await ask('hosts.use', { id }) }),
    setSecret: async (id, secret) => void put(await ask('hosts.setSecret', { id, secret })),
    clearSecret: async (id) => void put(await ask('hosts.clearSecret', { id })),
    test: (id) => ask('hosts.test', { id }),
  };
});
