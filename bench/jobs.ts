// The app's own services for paid jobs, without a window, against a practice gateway in a process of its own.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@shared/domain/connection';
import { defaultParameters, type Draft } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import { findModel, type ModelSpec } from '@shared/domain/models';
import { GatewayProgram, KEY } from '../scripts/crashTest/gatewayProgram.mjs';
import { ArkClient } from '../src/main/ark/client';
import { sendHttp, type SendHttp } from '../src/main/ark/http';
import { openDatabase } from '../src/main/database/open';
import { createBinaryFinder } from '../src/main/ffmpeg/binary';
import { createFfmpeg } from '../src/main/ffmpeg/run';
import { GenerationService } from '../src/main/generations/GenerationService';
import { GenerationStore } from '../src/main/generations/generationStore';
import { JobFiles } from '../src/main/generations/JobFiles';
import { LibraryService } from '../src/main/library/LibraryService';
import { Works } from '../src/main/library/Works';
import { noHosting } from '../tests/fakes/hosting';

const MODEL = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Jobs {
  readonly service: GenerationService;
  readonly gateway: GatewayProgram;
  /** `<folder>/gateway/data` is the gateway's. */
  readonly folder: string;
  readonly draft: (prompt: string) => Draft;
  readonly stop: () => Promise<void>;
}

export interface JobsOptions {
  readonly gateway: Record<string, unknown>;
  readonly onRequest?: (method: string) => void;
  readonly onChange?: (generation: Generation) => void;
}

export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
  const program = join(process.cwd(), 'out', 'main', 'gateway.js');
  const gateway = new GatewayProgram(program, join(folder, 'gateway'), options.gateway);
  await gateway.start();
  const database = openDatabase(join(folder, 'dailies.db'));
  const ffmpeg = createFfmpeg({ finder: createBinaryFinder(), log: QUIET });
  const library = new LibraryService({
    ...{ database, ffmpeg, log: QUIET },
    root: join(folder, 'library'),
    derivedFolder: join(folder, 'derived'),
    works: new Works({ announce: () => undefined }),
    announce: () => undefined,
  });
  const connection: Connection = {
    id: 'bench',
    preset: 'custom',
    label: 'Bench',
    baseUrl: gateway.baseUrl,
    currency: null,
    prices: [],
    key: 'keychain',
    plainHttpAccepted: true,
    canHostVideo: false,
  };
  const send: SendHttp = (request) => {
    options.onRequest?.(request.method);
    return sendHttp(request);
  };
  const service = new GenerationService({
    store: new GenerationStore(database, {
      announce: (generation) => options.onChange?.(generation),
      jobs: new JobFiles(join(folder, 'jobs')),
    }),
    connections: {
      find: () => connection,
      endpoint: () => Promise.resolve({ baseUrl: gateway.baseUrl, key: KEY }),
    },
    references: { fileOf: () => null },
    hosting: noHosting,
    library,
    log: QUIET,
    announceProgress: () => undefined,
    announceRemoved: () => undefined,
    announceStrangers: () => undefined,
    budget: { exceeds: () => null },
    outboxSendsByItself: () => false,
    clientFor: (endpoint) => new ArkClient(endpoint, send),
  });
  return {
    service,
    gateway,
    folder,
    draft: (prompt) => ({
      prompt,
      references: [],
      model: MODEL.id,
      parameters: { ...defaultParameters(MODEL), resolution: '480p', duration: 4 },
    }),
    stop: async () => {
      await service.stop(500);
      await ffmpeg.stopAll();
      await library.close();
      database.close();
      await gateway.kill();
    },
  };
}
