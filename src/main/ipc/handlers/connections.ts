// connections.*: endpoints and their keys. A key goes in here and never comes out.
import type { ParsedInput, TestResult } from '@shared/contract/requests';
import type { Connection } from '@shared/domain/connection';
import type { Resolution } from '@shared/domain/models';
import type { HandlersOf } from '../handler';
import type { SettingsAccess } from './settings';

/** Every method that takes an id throws `not_found` for an unknown one. */
export interface ConnectionAccess {
  list(): Connection[];
  add(facts: ParsedInput<'connections.add'>): Promise<Connection>;
  update(facts: ParsedInput<'connections.update'>): Promise<Connection>;
  remove(id: string): Promise<void>;
  /** Makes sure that it can be talked to: starts the practice gateway. */
  prepare(id: string): Promise<void>;
  setKey(id: string, key: string): Promise<Connection>;
  clearKey(id: string): Promise<Connection>;
  test(id: string): Promise<TestResult>;
  /** Null: back to the vendor's list. */
  setPrice(
    id: string,
    model: string,
    resolution: Resolution,
    price: ParsedInput<'connections.setPrice'>['price'],
  ): Promise<Connection>;
}

export function connectionHandlers(
  connections: ConnectionAccess,
  settings: SettingsAccess,
): HandlersOf<'connections'> {
  return {
    'connections.list': () => connections.list(),
    'connections.add': (facts) => connections.add(facts),
    'connections.update': (facts) => connections.update(facts),
    'connections.remove': async ({ id }) => {
      await connections.remove(id);
      if (settings.get().activeConnectionId === id) settings.update({ activeConnectionId: null });
      return null;
    },
    'connections.use': async ({ id }) => {
      await connections.prepare(id);
      return settings.update({ activeConnectionId: id });
    },
    'connections.setKey': ({ id, key }) => connections.setKey(id, key),
    'connections.clearKey': ({ id }) => connections.clearKey(id),
    'connections.test': ({ id }) => connections.test(id),
    'connections.setPrice': ({ id, model, resolution, price }) =>
      connections.setPrice(id, model, resolution, price),
  };
}
