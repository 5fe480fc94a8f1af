// Electron's word on whether there is a network at all.
import { net, powerMonitor } from 'electron';
import { createNetworkWatch, type NetworkWatch } from './networkWatch';

/** After ready. `online` is false without any network but loopback: this computer's own servers still answer. */
export function setupNetwork(): NetworkWatch {
  const watch = createNetworkWatch({ isOnline: () => net.isOnline() });
  powerMonitor.on('resume', watch.check);
  return watch;
}
