// All handlers in one object: a route without a handler, or a handler without a route, does not compile.
import type { Handlers } from '../handler';
import { appHandlers, type AppFacts } from './app';
import { clipHandlers, type ClipAccess, type FileBrowser } from './clips';
import { connectionHandlers, type ConnectionAccess } from './connections';
import { diagnosticsHandlers, type DiagnosticsAccess, type SaveDialog } from './diagnostics';
import { generationHandlers, type GenerationService } from './generations';
import { hostHandlers, type HostAccess } from './hosts';
import {
  libraryHandlers,
  type LibraryDialogs,
  type LibraryEditing,
  type LibraryFiles,
  type LibraryOutput,
  type LibraryPlace,
  type LibraryView,
  type Works,
} from './library';
import { networkHandlers, type NetworkAccess } from './network';
import { referenceHandlers, type FilePicker, type ReferenceService, type UploadList } from './references';
import { settingsHandlers, type SettingsAccess } from './settings';
import { spendHandlers, type SpendAccess } from './spend';
import { systemHandlers, type LinkOpener } from './system';

export interface HandlerServices {
  readonly app: AppFacts;
  readonly settings: SettingsAccess;
  readonly connections: ConnectionAccess;
  readonly references: ReferenceService;
  readonly hosts: HostAccess & UploadList;
  readonly generations: GenerationService;
  readonly library: ClipAccess & LibraryPlace & LibraryView & LibraryEditing;
  readonly files: LibraryFiles;
  readonly output: LibraryOutput;
  readonly works: Works;
  readonly spend: SpendAccess;
  readonly network: NetworkAccess;
  readonly diagnostics: DiagnosticsAccess;
  readonly system: FilePicker & LibraryDialogs & FileBrowser & LinkOpener & SaveDialog;
}

/** Every route of the contract over the services that answer it. */
export function createHandlers(services: HandlerServices): Handlers {
  const { app, settings, connections, references, hosts, generations, spend, network, system } = services;
  const { library, files, output, works } = services;
  return {
    ...appHandlers(app),
    ...settingsHandlers(settings),
    ...connectionHandlers(connections, settings),
    ...referenceHandlers(references, hosts, system),
    ...hostHandlers(hosts),
    ...generationHandlers(generations, references, connections),
    ...clipHandlers(library, system),
    ...libraryHandlers(library, files, output, works, system),
    ...spendHandlers(spend),
    ...networkHandlers(network),
    ...diagnosticsHandlers(services.diagnostics, system),
    ...systemHandlers(system),
  };
}
