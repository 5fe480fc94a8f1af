// One generation through the real services and a gateway that does one thing wrong at one point of its life.
import { cpSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from '@shared/domain/connection';
import { defaultParameters, type Draft } from '@shared/domain/draft';
import { isEnded, type Generation, type GenerationState } from '@shared/domain/generation';
import { findModel, type ModelSpec } from '@shared/domain/models';
import type { FaultRuleInput } from '../../src/gateway/faults';
import { createGateway, type Gateway } from '../../src/gateway/server';
import { ArkClient } from '../../src/main/ark/client';
import { sendHttp } from '../../src/main/ark/http';
import { openDatabase } from '../../src/main/database/open';
import { GenerationService } from '../../src/main/generations/GenerationService';
import { GenerationStore } from '../../src/main/generations/generationStore';
import { JobFiles } from '../../src/main/generations/JobFiles';
import { LibraryService } from '../../src/main/library/LibraryService';
import { Works } from '../../src/main/library/Works';
import { noHosting } from '../fakes/hosting';
import { collectingLog, ffmpegRunner } from '../fixtures/ffmpegRunner';

export const MOMENTS = ['submitting', 'queued', 'running', 'unconfirmed', 'downloading'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface FaultCell {
  /** The state in which the fault is met. */
  readonly moment: Moment;
  readonly rules: readonly FaultRuleInput[];
  /** Where the generation comes to rest. */
  readonly state: GenerationState;
  readonly creates: number;
  /** Holds and error codes that its record has shown on the way, in order. */
  readonly told: readonly string[];
}

export type Outcome = Pick<FaultCell, 'state' | 'creates' | 'told'>;

const KEY = 'sk-faults';
const LIMITS = { createPerMinute: 1e6, getPerSecond: 1e6, listPerSecond: 1e6, deletePerSecond: 1e6 };
/** Instead of the half minute to two minutes after which silence is given up, where a server is to be silent. */
const SILENCE_MS = 400;
const HURRY_MS = 50;
const PATIENCE_MS = 45_000;
/** How long a resting generation is watched for anything more. */
const REST_MS = 500;
const MODEL = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const DRAFT: Draft = {
  prompt: 'a jetty at dawn',
  references: [],
  model: MODEL.id,
  parameters: { ...defaultParameters(MODEL), resolution: '480p', duration: 4 },
};

function startGateway(folder: string, moment: Moment): Promise<Gateway> {
  const settings = {
    queuedMs: moment === 'queued' ? 500 : 0,
    runningMs: moment === 'running' ? 800 : 0,
    renderReuse: true,
    requireKey: KEY,
    limits: LIMITS,
  };
  return createGateway({ dataDir: folder, settings });
}

/** Renders the one video that every run copies. */
export async function prepareRender(folder: string): Promise<void> {
  await runFault(folder, null, { moment: 'submitting', rules: [], state: 'done' });
}

/** `folder` is the run's own; `prepared` is one that `prepareRender` has filled. */
export async function runFault(
  folder: string,
  prepared: string | null,
  { moment, rules, state: expected }: Pick<FaultCell, 'moment' | 'rules' | 'state'>,
): Promise<Outcome> {
  const data = join(folder, 'gateway');
  mkdirSync(data, { recursive: true });
  if (prepared !== null)
    cpSync(join(prepared, 'gateway', 'renders'), join(data, 'renders'), { recursive: true });
  const gateway = await startGateway(data, moment);
  const database = openDatabase(join(folder, 'dailies.db'));
  const ffmpeg = ffmpegRunner();
  const log = collectingLog();
  const library = new LibraryService({
    ...{ database, ffmpeg, log },
    root: join(folder, 'library'),
    derivedFolder: join(folder, 'derived'),
    works: new Works({ announce: () => undefined }),
    announce: () => undefined,
  });
  const silent = rules.some(({ kind }) => kind === 'hang') && (moment === 'submitting' ? 'POST' : 'GET');
  const seen: Generation[] = [];
  const store = new GenerationStore(database, {
    announce: (generation) => void seen.push(generation),
    jobs: new JobFiles(join(folder, 'jobs')),
  });
  const service = new GenerationService({
    store,
    connections: {
      find: () => connectionTo(gateway),
      endpoint: () => Promise.resolve({ baseUrl: gateway.baseUrl, key: KEY }),
    },
    references: { fileOf: () => null },
    hosting: noHosting,
    library,
    log,
    announceProgress: () => undefined,
    announceRemoved: () => undefined,
    announceStrangers: () => undefined,
    budget: { exceeds: () => null },
    outboxSendsByItself: () => false,
    recordGoneMs: 300,
    clientFor: (endpoint) =>
      new ArkClient(endpoint, (request) =>
        sendHttp(request.method === silent ? { ...request, timeoutMs: SILENCE_MS } : request),
      ),
  });
  try {
    // A lost answer is how a generation gets to be looked for.
    const first: FaultRuleInput[] = moment === 'unconfirmed' ? [{ kind: 'answer_lost', on: 'create' }] : [];
    if (moment !== 'running') gateway.setFaults([...first, ...rules]);
    const { id } = service.create(DRAFT, 'c1');
    const current = (): Generation => store.find(id)?.generation as Generation;
    const deadline = Date.now() + PATIENCE_MS;
    let restedSince: number | null = null;
    let faulty = moment !== 'running';
    while (Date.now() < deadline && (restedSince === null || Date.now() - restedSince < REST_MS)) {
      await wait(HURRY_MS);
      const { state } = current();
      if (!faulty && state === 'running') {
        gateway.setFaults(rules);
        faulty = true;
      }
      if (state !== expected) restedSince = null;
      else if (isEnded(state)) break;
      else restedSince ??= Date.now();
      service.wake();
      if (state === 'unconfirmed') await service.lookFor(id).catch(() => undefined);
    }
    return { state: current().state, creates: (await gateway.ledger()).length, told: toldBy(seen) };
  } finally {
    await service.stop(200);
    await ffmpeg.stopAll();
    await library.close();
    database.close();
    await gateway.close();
    if (prepared !== null) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toldBy(seen: readonly Generation[]): string[] {
  const told = seen.flatMap(({ hold, error }) => [
    ...(hold === null ? [] : [`hold ${hold}`]),
    ...(error === null ? [] : [error.code]),
  ]);
  return [...new Set(told)];
}

function connectionTo(gateway: Gateway): Connection {
  return {
    id: 'c1',
    preset: 'custom',
    label: 'Faults',
    baseUrl: gateway.baseUrl,
    currency: null,
    prices: [],
    key: 'keychain',
    plainHttpAccepted: true,
    canHostVideo: false,
  };
}
