// The bridge as specs see it on the page.
import type { Bridge } from '@shared/contract/bridge';

declare global {
  interface Window {
    readonly dailies: Bridge;
  }
}
