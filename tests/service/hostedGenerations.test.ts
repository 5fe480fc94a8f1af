// Generations whose files have to be put somewhere: from the button to the end, through a real bucket and gateway.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import type { Connection } from '@shared/domain/connection';
import { defaultParameters, type Draft, type DraftReference } from '@shared/domain/draft';
import { isEnded, type Generation, type GenerationProgress } from '@shared/domain/generation';
import { findModel, type ModelSpec } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { createGateway } from '../../src/gateway/server';
import { GenerationService } from '../../src/main/generations/GenerationService';
import { GenerationStore } from '../../src/main/generations/generationStore';
import { startLine, startStore } from '../fakes/s3';
import { makeVideo, temporaryFolder } from '../fixtures/media';
import { bucketAt, chooseBucket, SECRET, setupHosts } from './hosts';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const LIMITS = { createPerMinute: 1e6, getPerSecond: 1e6, listPerSecond: 1e6, deletePerSecond: 1e6 };
const KEY = 'sk-hosted';
const media = temporaryFolder('hosted');
let video: Buffer;
/** Noise that cannot be packed: large enough to be stopped on its way. */
let large: Buffer;

beforeAll(() => {
  const shape = { size: '864x496', seconds: 2 };
  video = readFileSync(makeVideo(join(media, 'small.mp4'), shape));
  const extra = ['-vf', 'noise=alls=100:allf=t', '-b:v', '12M'];
  large = readFileSync(makeVideo(join(media, 'large.mp4'), { ...shape, seconds: 3, extra }));
});

async function setup({ removeAfter = true, chosen = true } = {}) {
  const store = await startStore(temporaryFolder('bucket'));
  const line = await startLine(store.port);
  const hosts = setupHosts();
  if (chosen) await chooseBucket(hosts, bucketAt(line.origin), { removeAfter });
  const settings = { queuedMs: 30, runningMs: 30, requireKey: KEY, limits: LIMITS };
  const gateway = await createGateway({ dataDir: temporaryFolder('gateway'), settings });
  const announced: Generation[] = [];
  const progress: GenerationProgress[] = [];
  const library = temporaryFolder('library');
  const start = (): GenerationService => {
    const service = new GenerationService({
      store: new GenerationStore(hosts.database, {
        announce: (generation) => void announced.push(generation),
        mask: hosts.log.mask,
      }),
      connections: {
        find: () => connectionTo(gateway.baseUrl, hosts.service.usable()),
        endpoint: () => Promise.resolve({ baseUrl: gateway.baseUrl, key: KEY }),
      },
      references: { fileOf: (id) => hosts.pathOf(id) },
      hosting: {
        place: (request) => hosts.service.place(request),
        release: (id) => hosts.service.release(id),
        users: () => hosts.service.users(),
      },
      library: {
        partPathFor: async ({ id }) => {
          await mkdir(library, { recursive: true });
          return join(library, `${id}.mp4.part`);
        },
        adopt: ({ id }) => Promise.resolve({ id } as Clip),
      },
      log: hosts.log,
      announceProgress: (each) => void progress.push(each),
      announceRemoved: () => undefined,
      announceStrangers: () => undefined,
      budget: { exceeds: () => null },
      outboxSendsByItself: () => true,
    });
    all.service = service;
    return service;
  };
  const all = { store, line, hosts, gateway, announced, progress, start } as {
    store: typeof store;
    line: typeof line;
    hosts: typeof hosts;
    gateway: typeof gateway;
    announced: Generation[];
    progress: GenerationProgress[];
    start: () => GenerationService;
    service: GenerationService;
  };
  start();
  onTestFinished(async () => {
    await all.service.stop(1000);
    await gateway.close();
  });
  return all;
}
type Setup = Awaited<ReturnType<typeof setup>>;

function connectionTo(baseUrl: string, canHostVideo: boolean): Connection {
  return {
    id: 'c1',
    preset: 'custom',
    label: 'Test',
    baseUrl,
    currency: null,
    prices: [],
    key: 'keychain',
    plainHttpAccepted: true,
    canHostVideo,
  };
}

function videoReference({ hosts }: Setup, content: Buffer, more: Partial<Reference> = {}): DraftReference {
  const reference: Reference = {
    id: hosts.keep(content),
    kind: 'video',
    source: 'file',
    name: 'take 1.mp4',
    format: 'mp4',
    codec: 'h264',
    bytes: content.length,
    width: 864,
    height: 496,
    seconds: 2,
    fps: 24,
    hasThumb: true,
    ...more,
  };
  return { key: 'v', role: 'reference_video', reference };
}

const draftWith = (...references: DraftReference[]): Draft => ({
  prompt: 'like @{v}',
  references,
  model: model.id,
  parameters: { ...defaultParameters(model), resolution: '480p', ratio: '16:9', duration: 4 },
});

/** The record once it is as wanted. Hurries every wait on the way. */
async function until(
  all: Setup,
  id: string,
  wanted: (generation: Generation) => boolean,
): Promise<Generation> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const generation = new GenerationStore(all.hosts.database).find(id)?.generation;
    if (generation !== undefined && wanted(generation)) return generation;
    if (Date.now() > deadline || (generation !== undefined && isEnded(generation.state)))
      throw new Error(`is ${generation?.state} ${generation?.hold}: ${JSON.stringify(generation?.error)}`);
    all.service.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const done = ({ state }: Generation): boolean => state === 'done';
const steps = (all: Setup, id: string): string[] => all.service.journal(id).map(({ step }) => step);
const inBucket = async (all: Setup, { reference }: DraftReference): Promise<boolean> => {
  const path = `${all.line.origin}/dailies-test/dailies/${reference.id}.mp4`;
  return (await fetch(path, { method: 'HEAD' })).status === 200;
};

// Bug: a local video reaches no endpoint, stays in the bucket for ever, or leaves its signed address behind.
test('a local video goes through the bucket to the endpoint and is taken away again', async () => {
  const all = await setup();
  const item = videoReference(all, video);
  const { id } = all.service.create(draftWith(item), 'c1');
  await until(all, id, done);
  expect((await all.gateway.ledger())[0]).toMatchObject({ mode: 'r2v', references: { video: 1 } });
  const last = all.progress.filter(({ step }) => step === 'uploading').at(-1);
  expect(last).toMatchObject({ id, total: video.length });
  await expect.poll(() => steps(all, id)).toContain('upload_removed');
  expect(steps(all, id).slice(0, 4)).toEqual(['written', 'uploaded', 'prepared', 'sending']);
  expect(await inBucket(all, item)).toBe(false);
  expect([all.hosts.service.uploads(), all.hosts.service.users()]).toEqual([[], []]);
  const written = JSON.stringify([
    all.announced,
    all.service.journal(id),
    ...readdirSync(all.hosts.folder).map((name) => readFileSync(join(all.hosts.folder, name), 'latin1')),
  ]);
  for (const secret of ['X-Amz-Signature', SECRET]) expect(written).not.toContain(secret);
});

// Bug: a host that is away ends the generation, or is never asked again; nobody says why it waits.
test('a host that is away is waited for, and one that refuses says so until it is put right', async () => {
  const all = await setup({ removeAfter: false });
  all.line.down = true;
  const item = videoReference(all, video);
  const { id } = all.service.create(draftWith(item), 'c1');
  const held = await until(all, id, ({ hold }) => hold === 'host');
  expect(held).toMatchObject({
    state: 'preparing',
    error: { code: 'host_unreachable', detail: { referenceId: 'v', values: { name: 'take 1.mp4' } } },
  });
  all.line.down = false;
  const { hosts } = await all.hosts.service.list();
  await all.hosts.service.clearSecret(hosts[0]?.id ?? '');
  await until(all, id, ({ error }) => error?.code === 'host_secret_missing');
  await all.hosts.service.use(null);
  await until(all, id, ({ error }) => error?.code === 'video_needs_host');
  expect(await all.gateway.ledger()).toEqual([]);
  await all.hosts.service.use(hosts[0]?.id ?? '');
  await all.hosts.service.setSecret(hosts[0]?.id ?? '', SECRET);
  expect(await until(all, id, done)).toMatchObject({ hold: null, error: null });
  expect(await inBucket(all, item)).toBe(true);
});

// Bug: without a host a video is put somewhere by default.
test('without a host a video is not begun', async () => {
  const all = await setup({ chosen: false });
  expect(() => all.service.create(draftWith(videoReference(all, video)), 'c1')).toThrow(
    expect.objectContaining({ code: 'draft_has_problems', message: 'video_needs_host' }) as Error,
  );
});

// Bug: cancel waits for the upload, or the half of it stays at the host.
test('cancel stops an upload at once, and nothing is sent or left', async () => {
  const all = await setup();
  all.line.delayMs = 100;
  const item = videoReference(all, large, { seconds: 3 });
  const { id } = all.service.create(draftWith(item), 'c1');
  await expect
    .poll(() => all.progress.some(({ step }) => step === 'uploading'), { timeout: 10_000 })
    .toBe(true);
  expect((await all.service.cancel(id)).state).toBe('cancelled');
  all.line.delayMs = 0;
  await expect.poll(() => all.hosts.service.users(), { timeout: 10_000 }).toEqual([]);
  expect(await inBucket(all, item)).toBe(false);
  expect(await all.gateway.ledger()).toEqual([]);
  expect(steps(all, id)).not.toContain('uploaded');
});

// Bug: a file in the bucket is forgotten when the app is closed between sending and the end.
test('what could not be taken away is taken away after the next start', async () => {
  const all = await setup();
  all.gateway.changeSettings({ queuedMs: 1000 });
  const item = videoReference(all, video);
  const { id } = all.service.create(draftWith(item), 'c1');
  await until(all, id, ({ state }) => state === 'queued');
  await all.service.stop(0);
  all.hosts.restart();
  all.line.down = true;
  all.start().resume();
  await until(all, id, done);
  const log = join(all.hosts.folder, 'log');
  await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toContain('could not be removed');
  all.line.down = false;
  expect(await inBucket(all, item)).toBe(true);
  await all.service.stop(1000);
  all.hosts.restart();
  all.start().resume();
  await expect.poll(() => steps(all, id)).toContain('upload_removed');
  expect(await inBucket(all, item)).toBe(false);
});

// Bug: the endpoint's own clip is uploaded to it again; or its dead address is sent and the generation fails.
test("the endpoint's own result is sent as its own address while it lives, and hosted when it has died", async () => {
  const all = await setup();
  const first = all.service.create({ ...draftWith(), prompt: 'a jetty' }, 'c1');
  await until(all, first.id, done);
  const result = all.service.resultOf(first.id);
  if (result === null) throw new Error('no result');
  const clip = { id: first.id, result };
  const item = videoReference(all, video, { source: 'clip', clip });
  const second = all.service.create(draftWith(item), 'c1');
  await until(all, second.id, done);
  expect(all.store.requests).toEqual([]);
  all.hosts.database.run("UPDATE generations SET task = json_set(task, '$.videoUrl', NULL)");
  const third = all.service.create(draftWith(item), 'c1', { confirmed: ['duplicate'] });
  await until(all, third.id, done);
  expect(all.store.requests.filter((each) => each.startsWith('PUT'))).toHaveLength(1);
  expect((await all.gateway.ledger()).map(({ references }) => references.video)).toEqual([0, 1, 1]);
});
