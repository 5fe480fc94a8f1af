// hosts.*: where local files are put so that an endpoint can fetch them. Secrets go in, never out.
import type { HostTest } from '@shared/contract/requests';
import type { Host, HostFacts, Hosts } from '@shared/domain/host';
import type { HandlersOf } from '../handler';

export interface HostInput {
  readonly id: string | null;
  readonly label: string;
  readonly facts: HostFacts;
  readonly lifeSeconds: number;
  readonly removeAfter: boolean;
}

export interface HostAccess {
  list(): Promise<Hosts>;
  save(input: HostInput): Promise<Host>;
  remove(id: string): Promise<Hosts>;
  use(id: string | null): Promise<Hosts>;
  setSecret(id: string, secret: string): Promise<Host>;
  clearSecret(id: string): Promise<Host>;
  test(id: string): Promise<HostTest>;
}

export function hostHandlers(hosts: HostAccess): HandlersOf<'hosts'> {
  return {
    'hosts.get': () => hosts.list(),
    'hosts.save': (input) => hosts.save(input),
    'hosts.remove': ({ id }) => hosts.remove(id),
    'hosts.use': ({ id }) => hosts.use(id),
    'hosts.setSecret': ({ id, secret }) => hosts.setSecret(id, secret),
    'hosts.clearSecret': ({ id }) => hosts.clearSecret(id),
    'hosts.test': ({ id }) => hosts.test(id),
  };
}
