// network.*: whether this computer has a network at all.
import type { HandlersOf } from '../handler';

export interface NetworkAccess {
  online(): boolean;
}

export function networkHandlers(network: NetworkAccess): HandlersOf<'network'> {
  return { 'network.get': () => ({ online: network.online() }) };
}
