// Builds the services and ties them together. A table of contents: what things do stands elsewhere.
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SetAside } from '@shared/contract/requests';
import { PRESETS } from '@shared/domain/connection';
import type { Language } from '@shared/domain/settings';
import { ArkClient } from './ark/client';
import { writeCompiled } from './compileCache';
import { ConnectionService, PRACTICE_ID } from './connections/ConnectionService';
import { openOrSetAside } from './database/open';
import { isWhole } from './database/whole';
import { DiagnosticsService } from './diagnostics/DiagnosticsService';
import { appFacts, onWake } from './electron/appFacts';
import type { FindMedia } from './electron/appScheme';
import { setupLife, type Booted } from './electron/boot';
import { spawnGatewayWith } from './electron/gatewayProcess';
import { createAnnounce } from './electron/ipcTransport';
import { mediaFinder } from './electron/mediaFinder';
import { aboutFacts } from './about/aboutFacts';
import { createMenu } from './electron/menu';
import { setupNetwork } from './electron/network';
import { setupNotify } from './electron/notify';
import { setupQuitWarning } from './electron/quitWarning';
import type { SettingsStores } from './electron/settingsStore';
import { createSystem } from './electron/system';
import { setupTaskProgress } from './electron/taskProgress';
import type { AppWindow } from './electron/window';
import { createBinaryFinder } from './ffmpeg/binary';
import { FfmpegChoice } from './ffmpeg/FfmpegChoice';
import { createFfmpeg } from './ffmpeg/run';
import { GenerationService } from './generations/GenerationService';
import { GenerationStore } from './generations/generationStore';
import { JobFiles } from './generations/JobFiles';
import { findCloudflared } from './hosting/cloudflared';
import { HostService } from './hosting/HostService';
import { PracticeHost } from './hosting/practiceHost';
import { createHandlers } from './ipc/handlers';
import type { Program } from './ipc/handlers/app';
import { createRouter, type Route } from './ipc/router';
import { chooseSecretStore } from './keychain/chooseSecretStore';
import { KeptSecrets } from './keychain/KeptSecrets';
import { LibraryFiles } from './library/LibraryFiles';
import { LibraryOutput } from './library/LibraryOutput';
import { LibraryService } from './library/LibraryService';
import { isNetworkPath } from './library/networkPath';
import { readLibraryRoot, writeLibraryRoot } from './library/rootRecord';
import { Works } from './library/Works';
import { PracticeGateway } from './practice/PracticeGateway';
import { heicDecoder } from './references/heic';
import { ReferenceService } from './references/ReferenceService';
import type { Logger } from './log/logger';
import type { SettingsService } from './settings/SettingsService';
import { SpendService } from './spend/SpendService';

const STRANGERS_AFTER_MS = 5000;
/** By then the grid is painted. */
const LOOK_THROUGH_AFTER_MS = 1500;
/** A window that shows nothing by then holds nothing back. */
const SHOWN_WITHIN_MS = 3000;

export interface Early {
  readonly booted: Booted;
  /** The folder of the built main. */
  readonly here: string;
  readonly dev: boolean;
  readonly program: Program;
  /** Filled with what had to be put aside. */
  readonly setAside: SetAside;
  readonly log: Logger;
  readonly stores: SettingsStores;
  readonly settings: SettingsService;
  readonly language: () => Language;
  readonly window: AppWindow;
}

/** What the window is answered by. */
export interface Services {
  readonly route: Route;
  readonly findMedia: FindMedia;
  /** Goes on with what was begun last time; once, however often it is called. */
  goOn(): void;
  /** The window came to the front. */
  look(): void;
}

/** After ready. @throws DatabaseTooNew, and what the file system throws */
export function startServices(early: Early): Services {
  const { booted, here, dev, program, setAside, log, stores, settings, language, window } = early;
  const { userData, devOrigin } = booted;

  // ── facts ──
  const database = openOrSetAside(join(userData, 'dailies.db'), (keptAt) => {
    log.error(`Damaged database kept at ${keptAt}`);
    setAside.database = basename(keptAt);
  });
  const binaries = createBinaryFinder({ chosen: () => settings.get().ffmpegPath });
  const ffmpeg = createFfmpeg({ finder: binaries, log });
  const derivedFolder = join(userData, 'derived');
  const secrets = chooseSecretStore();
  void secrets.then(({ trouble }) => trouble && log.warn('No keychain answers', trouble));
  // The demo's throw-away profile skips the first question.
  if (process.env['DAILIES_PRACTICE'] === '1' && settings.get().activeConnectionId === null)
    settings.update({ activeConnectionId: PRACTICE_ID });

  // ── services ──
  const announce = createAnnounce(devOrigin, log);
  const system = createSystem(language);
  const network = setupNetwork();
  const practice = new PracticeGateway({
    spawn: spawnGatewayWith(join(here, 'gateway.js')),
    folder: join(userData, 'practice'),
    ffmpegPath: () =>
      binaries.find().then(
        ({ path }) => path,
        () => null,
      ),
    log,
  });
  const registerSecret = (secret: string): void => log.registerSecret(secret);
  const keptSecrets = new KeptSecrets({ secrets, registerSecret, log });
  const hosts: HostService = new HostService({
    store: stores.hosts,
    database,
    secrets: keptSecrets,
    registerSecret,
    mask: log.mask,
    fileOf: (id) => references.fileOf(id),
    practice: {
      connectionId: PRACTICE_ID,
      label: PRESETS.practice.label,
      host: new PracticeHost(() => originOf(practice.lastKnownUrl())),
    },
    findCloudflared: () => findCloudflared(),
    log,
    announceHosts: (changed) => announce('hosts.changed', changed),
    announceUploads: (uploads) => announce('uploads.changed', { uploads }),
  });
  const connections = new ConnectionService({
    store: stores.connections,
    secrets: keptSecrets,
    practice,
    probe: (baseUrl, key) => new ArkClient({ baseUrl, key }).test(),
    registerSecret,
    canHostVideo: (preset) => preset === 'practice' || hosts.usable(),
  });
  const works = new Works({ announce: (list) => announce('work.changed', { works: list }) });
  const library = new LibraryService({
    database,
    root:
      readLibraryRoot(stores.library) ??
      process.env['DAILIES_LIBRARY'] ??
      join(appFacts.videosFolder(), 'Dailies'),
    derivedFolder,
    ffmpeg,
    log,
    announce,
    nameTemplate: () => settings.get().nameTemplate,
    reference: (id) => references.get([id])[0] ?? null,
    trashItem: (path) => system.trashItem(path),
    works,
    rootChanged: (root) => {
      writeLibraryRoot(stores.library, root);
      void files.moved();
    },
  });
  const files: LibraryFiles = new LibraryFiles({
    ...{ database, ffmpeg, works, log },
    clips: library,
    isBusy: () => library.isAdopting,
    folderChanged: () => {
      announce('library.folderChanged', null);
      void library.rebuildLost();
    },
  });
  const references: ReferenceService = new ReferenceService({
    database,
    referencesFolder: () => join(library.root, '.references'),
    derivedFolder,
    ffmpeg,
    decodeHeic: heicDecoder(join(here, 'heicWorker.js')),
    clips: {
      find: (id) => {
        const path = library.pathOf(id);
        return path === null ? null : { ...library.get(id), path };
      },
      lastFrameOf: (id) => library.lastFrameOf(id),
      resultOf: (id) => generations.resultOf(id),
    },
    log,
    announceProgress: (id, done) => announce('reference.progress', { id, done }),
  });
  const output = new LibraryOutput({
    clips: (ids) => library.details(ids),
    posterOf: (id) => library.posterOf(id),
    library: { root: () => library.root, add: (path) => library.adoptFound(path) },
    references: {
      folder: () => join(library.root, '.references'),
      kept: (hash) => references.keptOf(hash),
      ofAddress: (address, kind) => references.addUrl(address, kind),
      saveFrame: (clipId, moment, to) => references.saveFrame(clipId, moment, to),
    },
    ...{ works, ffmpeg, log },
  });
  const spend = new SpendService({
    database,
    settings,
    connections,
    announce: (changed) => announce('spend.changed', changed),
  });
  const taskProgress = setupTaskProgress();
  const notify = setupNotify({
    language,
    enabled: () => settings.get().notifications,
    practiceId: PRACTICE_ID,
    openWindow: () => window.open(),
  });
  const generations: GenerationService = new GenerationService({
    store: new GenerationStore(database, {
      announce: (generation) => {
        announce('generation.changed', generation);
        taskProgress.changed(generation);
        notify.changed(generation);
        spend.changed();
      },
      mask: log.mask,
      jobs: new JobFiles(join(userData, 'jobs')),
    }),
    connections,
    references,
    hosting: hosts,
    library,
    log,
    announceProgress: (progress) => {
      announce('generation.progress', progress);
      taskProgress.progress(progress);
    },
    announceRemoved: (id) => {
      announce('generation.removed', { id });
      spend.changed();
    },
    budget: spend,
    announceStrangers: (strangers) => announce('strangers.changed', { strangers }),
    outboxSendsByItself: () => settings.get().outboxSendsByItself,
  });

  const ffmpegChoice = new FfmpegChoice({
    ...{ binaries, log },
    keep: (path) => void settings.update({ ffmpegPath: path }),
    changed: () => {
      practice.renew();
      generations.wake();
      library.resumeDerived().catch((error: unknown) => log.error('Making pictures failed', error));
    },
  });
  const diagnostics = new DiagnosticsService({
    app: program.info,
    library: { root: () => library.root, isEmpty: () => library.counts().all === 0, isNetworkPath },
    probeKeychain: async () => {
      // Asked anew: it may have been installed or unlocked since the start.
      const { kind, store, trouble } = await chooseSecretStore();
      if (kind === 'keychain') keptSecrets.found(store);
      return trouble?.trouble ?? null;
    },
    isDatabaseWhole: (signal) => isWhole(join(here, 'wholeWorker.js'), join(userData, 'dailies.db'), signal),
    ...{ userData, binaries, ffmpeg, database, settings, connections, hosts, generations, mask: log.mask },
  });

  // ── announcements between services ──
  settings.onChange((changed) => {
    announce('settings.changed', changed);
    window.setTheme(changed.theme);
    menu.setLanguage(language());
    spend.changed();
  });
  connections.onChange((list) => {
    announce('connections.changed', { connections: list });
    // A new key or address may be what held generations wait for.
    generations.wake();
    spend.changed();
  });
  practice.onAddress(() => connections.announce());
  hosts.onChange((usableChanged) => {
    if (usableChanged) connections.announce();
    // Another host or secret may be what held generations wait for.
    else generations.wake();
  });
  onWake(() => {
    generations.wake();
    // The day or the month may be another one.
    spend.changed();
  });
  network.onChange((online) => {
    announce('network.changed', { online });
    if (online) generations.networkBack();
  });

  // ── what the window may ask ──
  const menu = createMenu({
    language: language(),
    dev,
    run: (id) => {
      window.open();
      announce('app.command', { id });
    },
  });
  const findMedia = mediaFinder({ library, references, derivedFolder });
  const route = createRouter(
    createHandlers({
      app: {
        ...program,
        about: () => aboutFacts(join(here, 'licences.json'), database),
        showMenu: (state) => menu.show(state),
        ffmpeg: ffmpegChoice,
        dialogs: system,
        ffmpegVersion: () => ffmpeg.version(),
        // The window does not wait for a keychain that is still asking for its password.
        keyStorage: () => Promise.race([keptSecrets.kind(), soon('keychain' as const)]),
      },
      settings,
      connections,
      references,
      hosts,
      generations,
      library,
      files,
      output,
      works,
      spend,
      network,
      diagnostics,
      system,
    }),
    log,
  );
  booted.opened.onAdded(() => announce('app.opened', null));
  setupQuitWarning({ generations: () => generations.list(), language });
  setupLife({
    openWindow: () => window.open(),
    stop: async () => {
      await Promise.all([generations.stop(), ffmpeg.stopAll()]);
      spend.stop();
      notify.stop();
      await hosts.stop();
      await practice.stop();
      works.close();
      await Promise.all([files.close(), output.settled()]);
      await library.close();
      database.close();
    },
  });

  // ── what goes on from last time, once there is something to see ──
  let goesOn = false;
  function goOn(): void {
    if (goesOn) return;
    goesOn = true;
    generations.resume();
    writeCompiled();
    // Not at once: what is known to be unfinished has the line first.
    setTimeout(() => void generations.findStrangers(connections.list(), false), STRANGERS_AFTER_MS);
    library
      .resume(delay(LOOK_THROUGH_AFTER_MS))
      .then(() => files.start())
      .catch((error: unknown) => log.error('Looking through the library failed', error));
  }
  for (const generation of generations.list()) taskProgress.changed(generation);
  setTimeout(goOn, SHOWN_WITHIN_MS);
  // The window's process is still starting: what it will ask for first is found meanwhile.
  setImmediate(() => library.query('', settings.get().sort));
  return { route, findMedia, goOn, look: () => files.look() };
}

/** The value, a moment later. */
function soon<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), 2000).unref());
}

function originOf(url: string | null): string | null {
  return url === null ? null : new URL(url).origin;
}
