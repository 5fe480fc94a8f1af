// What end-to-end specs start and drop with; the same code drives the demo's tour.
export { dropFiles, launch } from '../../scripts/launchApp.mjs';
export type { Launched, LaunchOptions } from '../../scripts/launchApp.mjs';
