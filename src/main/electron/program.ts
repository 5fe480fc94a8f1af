// What the window may ask of the program itself, also when nothing else could be started.
import { app, shell } from 'electron';
import type { SetAside } from '@shared/contract/requests';
import type { Program } from '../ipc/handlers/app';
import { appFacts } from './appFacts';
import type { Booted } from './boot';
import { flushPageStorage } from './session';

export interface ProgramOptions {
  readonly booted: Booted;
  /** Filled while the services are built, and told once. */
  readonly setAside: SetAside;
  /** The window's first list is painted. */
  readonly painted: () => void;
}

/** After ready. */
export function createProgram({ booted, setAside, painted }: ProgramOptions): Program {
  const { userData, opened } = booted;
  return {
    painted,
    keepDraft: flushPageStorage,
    info: {
      version: appFacts.version,
      electron: appFacts.electron,
      platform: appFacts.platform,
      systemLocale: appFacts.systemLocale(),
    },
    takeOpened: () => opened.take(),
    takeSetAside() {
      const told = { ...setAside };
      setAside.settings = null;
      setAside.database = null;
      return told;
    },
    relaunch() {
      app.relaunch();
      app.quit();
    },
    quit: () => app.quit(),
    showData: () => shell.showItemInFolder(userData),
  };
}
