// What the preload adds to the window.
import type { Bridge } from '@shared/contract/bridge';

declare global {
  interface Window {
    readonly dailies: Bridge;
  }
}
