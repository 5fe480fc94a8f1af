// The entry of main: opens the window, and has the services built while the window's process starts.
import { join } from 'node:path';
import { languageFor, type Language } from '@shared/domain/settings';
import { boot } from './electron/boot';
import { appFacts, quit, startFailed, whenReady } from './electron/appFacts';
import { setupRequests } from './electron/ipcTransport';
import { setupTextMenu } from './electron/menu';
import { setupNavigation } from './electron/navigation';
import { serveScheme } from './electron/protocol';
import { setupSessions } from './electron/session';
import { openSettingsStores } from './electron/settingsStore';
import { setupWindow } from './electron/window';
import { openLog } from './log/fileLog';
import { logUnexpectedErrors } from './log/unexpected';
import type { Services } from './services';
import { SettingsService } from './settings/SettingsService';

const booted = boot();
// Not awaited: Electron becomes ready only after this module has ended.
if (booted.alone) start().catch(startFailed);
else quit();

async function start(): Promise<void> {
  const { userData, devOrigin, devUrl } = booted;
  const here = import.meta.dirname;
  const log = openLog(join(userData, 'logs'), { terminal: appFacts.dev });
  logUnexpectedErrors(log);
  const stores = openSettingsStores(userData, (keptAt) => log.warn(`Broken settings kept at ${keptAt}`));
  const settings = new SettingsService(stores.settings);
  await whenReady();
  const language = (): Language => languageFor(settings.get().language, appFacts.systemLocale());

  // Before the window: these watch for it.
  setupNavigation(devOrigin);
  setupTextMenu(language);
  const session = setupSessions(devOrigin);
  // What the page asks for before the services are there waits for them.
  serveScheme(session, {
    pageFolder: join(here, '../renderer'),
    findMedia: async (kind, id) => (await services).findMedia(kind, id),
    devOrigin,
  });
  setupRequests(async (...request) => (await services).route(...request), devOrigin, log);
  const window = setupWindow({
    session,
    preload: join(here, '../preload/index.cjs'),
    place: stores.windowPlace,
    devUrl,
    shown: () => void services.then(({ goOn }) => goOn()),
    focused: () => void services.then(({ look }) => look()),
    log,
  });
  window.setTheme(settings.get().theme);
  window.open();
  // The larger half of main is loaded only now: the window's process starts meanwhile.
  const services: Promise<Services> = import('./services').then(({ startServices }) =>
    startServices({ booted, here, log, stores, settings, language, window }),
  );
  await services;
}
