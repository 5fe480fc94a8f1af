// The entry of main: opens the window, and has the services built while the window's process starts.
import { basename, join } from 'node:path';
import type { SetAside } from '@shared/contract/requests';
import { languageFor, type Language } from '@shared/domain/settings';
import { keepCompiled } from './compileCache';
import { boot } from './electron/boot';
import { appFacts, quit, startFailed, whenReady } from './electron/appFacts';
import { setupRequests } from './electron/ipcTransport';
import { setupTextMenu } from './electron/menu';
import { setupNavigation } from './electron/navigation';
import { createProgram } from './electron/program';
import { serveScheme } from './electron/protocol';
import { setupSessions } from './electron/session';
import { forgetfulStores, openSettingsStores, type SettingsStores } from './electron/settingsStore';
import { setupWindow } from './electron/window';
import { openLog } from './log/fileLog';
import { StartMarks } from './log/startMarks';
import { logUnexpectedErrors } from './log/unexpected';
import type { Services } from './services';
import { SettingsService } from './settings/SettingsService';

const marks = new StartMarks();
marks.mark('entry');
const booted = boot();
// Not awaited: Electron becomes ready only after this module has ended.
if (booted.alone) start().catch(startFailed);
else quit();

async function start(): Promise<void> {
  const { devOrigin, devUrl } = booted;
  const { dev } = appFacts;
  if (booted.trouble === null) keepCompiled(booted.userData);
  const here = import.meta.dirname;
  const log = openLog(booted.logFolder, { terminal: dev });
  logUnexpectedErrors(log);
  const setAside: SetAside = { settings: null, database: null };
  const { stores, trouble } = openStores((keptAt) => {
    log.warn(`Broken settings kept at ${keptAt}`);
    setAside.settings = basename(keptAt);
  });
  const settings = new SettingsService(stores.settings);
  await whenReady();
  marks.mark('ready');
  const language = (): Language => languageFor(settings.get().language, appFacts.systemLocale());

  // Before the window: these watch for it.
  setupNavigation(devOrigin);
  setupTextMenu(language);
  const session = setupSessions(devOrigin);
  // What the page asks for before the services are there waits for them.
  serveScheme(session, {
    language,
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
    language,
    shown: () => marks.mark('shown'),
    focused: () => void services.then(({ look }) => look()),
    log,
  });
  window.setTheme(settings.get().theme);
  window.open();
  marks.mark('window');
  const program = createProgram({
    ...{ booted, setAside },
    painted: () => {
      if (marks.mark('painted')) log.info(`Start: ${String(marks)}`);
      void services.then(({ goOn }) => goOn());
    },
  });
  const early = { booted, here, dev, program, setAside, log, stores, settings, language, window };
  // The larger half of main is loaded only now: the window's process starts meanwhile.
  const services: Promise<Services> = (
    trouble === null
      ? import('./services').then(({ startServices }) => startServices(early))
      : Promise.reject(trouble)
  ).catch((error: unknown) => import('./safeMode').then((safe) => safe.startSafeMode(error, early)));
  await services;
  marks.mark('services');
}

/** With trouble, nothing was read, and nothing will be written. */
function openStores(broken: (keptAt: string) => void): { stores: SettingsStores; trouble: Error | null } {
  if (booted.trouble !== null) return { stores: forgetfulStores(), trouble: booted.trouble };
  try {
    return { stores: openSettingsStores(booted.userData, broken), trouble: null };
  } catch (error) {
    return { stores: forgetfulStores(), trouble: error instanceof Error ? error : new Error(String(error)) };
  }
}
