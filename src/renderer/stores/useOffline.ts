// Whether the connection in use is out of reach because this computer has no network.
import { isLoopback } from '@shared/domain/connection';
import { useConnections } from './connectionsStore';
import { useNetwork } from './networkStore';
import { useSettings } from './settingsStore';

/** What runs on this computer, as the practice gateway does, needs no network. */
export function needsNetwork(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && !isLoopback(new URL(baseUrl).hostname);
}

export function useOffline(): boolean {
  const online = useNetwork((state) => state.online);
  const id = useSettings((state) => state.settings?.activeConnectionId ?? null);
  const baseUrl = useConnections((state) => state.connections.find((item) => item.id === id)?.baseUrl ?? '');
  return !online && needsNetwork(baseUrl);
}
