// When the services cannot be built: the window says why, and nothing on disk is touched.
import { setupLife } from './electron/boot';
import { createMenu } from './electron/menu';
import { createRouter } from './ipc/router';
import { programHandlers } from './ipc/handlers/app';
import { safeHandlers } from './ipc/safeHandlers';
import type { Early, Services } from './services';
import { startTroubleOf } from './startTrouble';

type SafeEarly = Pick<Early, 'log' | 'settings' | 'language' | 'window' | 'program' | 'dev'>;

/** After ready. Answers in place of the services, with the reason for everything that needs them. */
export function startSafeMode(error: unknown, early: SafeEarly): Services {
  const { log, settings, language, window, program, dev } = early;
  const trouble = startTroubleOf(error);
  log.error(`Dailies did not start: ${trouble.code}`, error);
  createMenu({ language: language(), dev, run: () => window.open() });
  setupLife({ openWindow: () => window.open(), stop: () => Promise.resolve() });
  const handlers = safeHandlers(
    {
      ...programHandlers(program),
      'settings.get': () => settings.get(),
    },
    trouble,
  );
  return {
    route: createRouter(handlers, log),
    findMedia: () => Promise.resolve(null),
    goOn: () => undefined,
    look: () => undefined,
  };
}
