import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '@shared/contract/errors';
import type { Clip } from '@shared/domain/clip';
import type { Connection } from '@shared/domain/connection';
import { LIST_PRICES } from '@shared/domain/cost';
import { defaultParameters, type Draft, type DraftReference } from '@shared/domain/draft';
import { isEnded, type Generation, type GenerationState, type StrangerTask } from '@shared/domain/generation';
import { findModel, type ModelSpec } from '@shared/domain/models';
import type { FaultRuleInput } from '../../gateway/faults';
import { noHosting } from '../../../tests/fakes/hosting';
import { createGateway, type Gateway } from '../../gateway/server';
import { ArkClient } from '../ark/client';
import { openDatabase, type Database } from '../database/open';
import { GenerationService } from './GenerationService';
import { GenerationStore } from './generationStore';
import { JobFiles } from './JobFiles';
import type { AdoptRequest } from './ports';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const draft = (rest: Partial<Draft> = {}): Draft => ({
  prompt: 'a jetty at dawn',
  references: [],
  model: model.id,
  parameters: { ...defaultParameters(model), resolution: '480p', duration: 4 },
  ...rest,
});

let folder: string;
let gateway: Gateway;
let database: Database;
let adopted: AdoptRequest[];
let announced: Generation[];
let adoptFails: ErrorCode[];
let service: GenerationService;
let keyed: boolean;
let sendsByItself: boolean;
let overBudget: boolean;
let strangers: StrangerTask[];
/** The endpoint says that it is https; its videos are not. */
let overHttps: boolean;
let plainHttpAccepted: boolean;
/** Null: the real one. */
let time: number | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-generations-'));
  gateway = await startGateway();
  database = openDatabase(join(folder, 'dailies.db'));
  adopted = [];
  announced = [];
  adoptFails = [];
  keyed = true;
  sendsByItself = true;
  overBudget = false;
  strangers = [];
  overHttps = false;
  plainHttpAccepted = false;
  time = null;
  service = createService();
});

afterEach(async () => {
  await service.stop(100);
  database.close();
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

function startGateway(port = 0): Promise<Gateway> {
  const limits = { createPerMinute: 1e6, getPerSecond: 1e6, listPerSecond: 1e6, deletePerSecond: 1e6 };
  const settings = { queuedMs: 30, runningMs: 30, requireKey: 'sk-right', limits };
  return createGateway({ dataDir: join(folder, 'gateway'), port, settings });
}

function createService(): GenerationService {
  const baseUrl = (): string => (overHttps ? gateway.baseUrl.replace('http:', 'https:') : gateway.baseUrl);
  const connection = (): Connection => ({
    id: 'c1',
    preset: 'custom',
    label: 'Test',
    baseUrl: baseUrl(),
    currency: 'CNY',
    prices: LIST_PRICES.CNY,
    key: 'keychain',
    plainHttpAccepted,
    canHostVideo: false,
  });
  return new GenerationService({
    store: new GenerationStore(database, {
      announce: (generation) => void announced.push(generation),
      jobs: new JobFiles(join(folder, 'jobs')),
    }),
    connections: {
      find: connection,
      endpoint: () => Promise.resolve({ baseUrl: baseUrl(), key: keyed ? 'sk-right' : 'sk-wrong' }),
    },
    clientFor: ({ key }) => new ArkClient({ baseUrl: gateway.baseUrl, key }),
    references: {
      fileOf: (id) => (id === 'lost' ? null : join(folder, id)),
    },
    hosting: noHosting,
    library: {
      partPathFor: ({ id }) => {
        mkdirSync(join(folder, 'library'), { recursive: true });
        return Promise.resolve(join(folder, 'library', `${id}.mp4.part`));
      },
      adopt: (request) => {
        const failure = adoptFails.shift();
        if (failure !== undefined) return Promise.reject(new AppError(failure));
        adopted.push(request);
        if (existsSync(request.partPath))
          copyFileSync(request.partPath, request.partPath.replace('.part', ''));
        return Promise.resolve({ id: request.id } as Clip);
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    announceProgress: () => undefined,
    announceRemoved: () => undefined,
    announceStrangers: (found) => void (strangers = found),
    budget: { exceeds: () => (overBudget ? { spent: 399, budget: 400, currency: 'CNY' } : null) },
    outboxSendsByItself: () => sendsByItself,
    now: () => time ?? Date.now(),
  });
}

/** The record once it is in one of the states. Hurries every wait on the way. */
async function reach(id: string, ...states: GenerationState[]): Promise<Generation> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const generation = new GenerationStore(database).find(id)?.generation;
    if (generation !== undefined && states.includes(generation.state)) return generation;
    if (generation !== undefined && isEnded(generation.state))
      throw new Error(`ended as ${generation.state}: ${JSON.stringify(generation.error)}`);
    if (Date.now() > deadline) throw new Error(`still ${generation?.state}, hold ${generation?.hold}`);
    service.wake();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

const creates = async (): Promise<number> => (await gateway.ledger()).length;

// Bug: a take that is sent before the old ones go on is called unconfirmed, and looked for, while its answer comes.
test('what was sent before the rest goes on is not taken for a lost answer', async () => {
  gateway.setFaults([{ kind: 'delay', on: 'create', ms: 800 }]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'submitting');
  service.resume();
  await reach(id, 'done');
  expect(announced.map(({ state }) => state)).not.toContain('unconfirmed');
  expect(await creates()).toBe(1);
});

// Bug: any step between the button and the file.
test('takes a draft to a verified download, paid once', async () => {
  const { id } = service.create(
    draft({ parameters: { ...draft().parameters, returnLastFrame: true } }),
    'c1',
  );
  const done = await reach(id, 'done');
  expect(await creates()).toBe(1);
  expect(done).toMatchObject({ clipId: id, tokens: 40_594, error: null, hold: null });
  expect(adopted[0]).toMatchObject({ tokens: 40_594, price: { currency: 'CNY' }, practice: false });
  expect(statSync(adopted[0]?.partPath ?? '').size).toBeGreaterThan(1000);
  expect(
    readFileSync(adopted[0]?.lastFramePartPath ?? '')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect([...new Set(announced.map((generation) => generation.state))]).toEqual([
    'preparing',
    'submitting',
    'queued',
    'running',
    'downloading',
    'finishing',
    'done',
  ]);
});

// Bug: a record that is announced before it is on disk, or with a number that does not grow.
test('every announced revision is one more than the last', async () => {
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(announced.map((generation) => generation.revision)).toEqual(announced.map((_, index) => index + 1));
});

// Bug: a signed address reaches the window or stays on disk after it has died; or a living result is given away.
test('a result address is in no announced record, lives for its own endpoint, and is wiped when it has died', async () => {
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(JSON.stringify(announced)).not.toContain('signature=');
  const { linkExpiresAt } = announced.at(-1) as Generation;
  expect(service.resultOf(id)).toEqual({ baseUrl: gateway.baseUrl, until: linkExpiresAt });
  expect(service.resultOf('another')).toBeNull();
  await service.stop(0);
  time = Date.parse(linkExpiresAt ?? '') + 1;
  service = createService();
  expect(service.resultOf(id)).toBeNull();
  service.resume();
  expect(JSON.stringify(database.all('SELECT * FROM generations'))).not.toContain('signature=');
});

// Bug: a video of an encrypted endpoint comes in the open and nobody was asked; or a paid one can never be had.
test('a video over plain http from an https endpoint waits for consent', async () => {
  overHttps = true;
  const { id } = service.create(draft(), 'c1');
  await expect
    .poll(() => new GenerationStore(database).find(id)?.generation, { timeout: 20_000 })
    .toMatchObject({ state: 'downloading', error: { code: 'plain_http_not_accepted' } });
  plainHttpAccepted = true;
  await reach(id, 'done');
});

// Bug: an image is sent under another type than its content, or its bytes are mangled on the way.
test('inline references arrive whole', async () => {
  const bytes = readFileSync(new URL('../../../resources/icon.png', import.meta.url));
  writeFileSync(join(folder, 'picture'), bytes);
  const reference: DraftReference = {
    key: 'k',
    role: 'first_frame',
    reference: {
      id: 'picture',
      kind: 'image',
      source: 'file',
      name: 'p.png',
      format: 'png',
      bytes: bytes.length,
      width: 1024,
      height: 1024,
      hasThumb: true,
    },
  };
  const { id } = service.create(
    draft({ references: [reference], parameters: { ...draft().parameters, ratio: '1:1' } }),
    'c1',
  );
  await reach(id, 'done');
  expect((await gateway.ledger())[0]).toMatchObject({ mode: 'i2v', references: { image: 1 } });
});

// Bug: a kept file that vanished is found out after paying, or takes the whole program down.
test('a lost reference fails before anything is sent', async () => {
  const reference: DraftReference = {
    key: 'k',
    role: 'first_frame',
    reference: {
      id: 'lost',
      kind: 'image',
      source: 'file',
      name: 'p.png',
      format: 'png',
      bytes: 9,
      width: 800,
      height: 800,
      hasThumb: true,
    },
  };
  const { id } = service.create(draft({ references: [reference] }), 'c1');
  expect((await reach(id, 'failed')).error?.code).toBe('file_unreadable');
  expect(await creates()).toBe(0);
});

// Bug: a request with a known problem is sent anyway.
test('a draft with problems is not begun', () => {
  expect(() => service.create(draft({ prompt: ' ' }), 'c1')).toThrow(AppError);
  expect(service.list()).toEqual([]);
});

// Bug: the job is forgotten, started anew or billed again when the program is closed in any state.
test.each<GenerationState>(['queued', 'running', 'downloading'])(
  'goes on after a restart while %s',
  async (state) => {
    gateway.changeSettings(state === 'queued' ? { queuedMs: 1500 } : { runningMs: 1500 });
    if (state === 'downloading')
      gateway.setFaults([{ kind: 'reset_at', on: 'download', bytes: 5000, times: 2 }]);
    const { id } = service.create(draft(), 'c1');
    await reach(id, state);
    await service.stop(0);
    gateway.changeSettings({ queuedMs: 30, runningMs: 30 });
    service = createService();
    service.resume();
    await reach(id, 'done');
    expect(await creates()).toBe(1);
  },
);

// Bug: a program that dies between sending and the answer sends again at the next start.
test('a death while sending is looked for, not sent again', async () => {
  gateway.setFaults([{ kind: 'delay', on: 'create', ms: 800 }]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'submitting');
  await service.stop(0);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // As the disk was at the moment of death: the answer never came.
  const row = database.get<{ record: string }>('SELECT record FROM generations WHERE id = ?', id);
  const dead = { ...(JSON.parse(row?.record ?? '{}') as Generation), state: 'submitting', taskId: null };
  database.run(
    "UPDATE generations SET state = 'submitting', task_id = NULL, record = ? WHERE id = ?",
    JSON.stringify(dead),
    id,
  );
  service = createService();
  service.resume();
  await reach(id, 'done');
  expect(await creates()).toBe(1);
});

// Bug: an answer lost on the way back is answered by paying again.
test('a lost answer becomes unconfirmed, is found in the list and adopted', async () => {
  gateway.setFaults([{ kind: 'answer_lost', on: 'create' }]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(announced.map((generation) => generation.state)).toContain('unconfirmed');
  expect(await creates()).toBe(1);
});

// Bug: one hiccup of the list, and a paid task is not looked for again until the next start.
test('a look that fails or comes too early is followed by another', async () => {
  gateway.setFaults([
    { kind: 'answer_lost', on: 'create' },
    { kind: 'server_error', on: 'list' },
    { kind: 'rate_limited', on: 'list', retryAfterSeconds: 0 },
  ]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(await creates()).toBe(1);
});

// Bug: of two in doubt at once, the one that never arrived takes the other's video.
test('two in doubt, one task: neither takes it by itself', async () => {
  gateway.setFaults([
    { kind: 'answer_lost', on: 'create' },
    { kind: 'bad_gateway', on: 'create' },
  ]);
  const first = service.create(draft({ prompt: 'one' }), 'c1');
  const second = service.create(draft({ prompt: 'two' }), 'c1');
  await reach(first.id, 'unconfirmed');
  await reach(second.id, 'unconfirmed');
  for (const { id } of [first, second]) {
    const looked = await service.lookFor(id);
    expect(looked).toMatchObject({ state: 'unconfirmed', error: { detail: { values: { found: 1 } } } });
  }
  expect(await creates()).toBe(1);
});

// Bug: without a list the program gives up or guesses instead of asking the person.
test('a lost answer without a list stays unconfirmed and says so', async () => {
  gateway.setFaults([
    { kind: 'answer_lost', on: 'create' },
    { kind: 'html_page', on: 'list', times: 99 },
  ]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'unconfirmed');
  const looked = await service.lookFor(id);
  expect(looked).toMatchObject({
    state: 'unconfirmed',
    error: { code: 'send_unconfirmed', detail: { values: { listed: 0 } } },
  });
  expect(await creates()).toBe(1);
});

// Bug: two of the same, one of them unanswered, and the answered one's task is adopted twice.
test('a task that belongs to another generation is not adopted', async () => {
  const first = service.create(draft(), 'c1');
  await reach(first.id, 'queued', 'running', 'downloading', 'finishing', 'done');
  gateway.setFaults([{ kind: 'bad_gateway', on: 'create' }]);
  const second = service.create(draft(), 'c1', { confirmed: ['duplicate'] });
  await reach(second.id, 'unconfirmed');
  expect((await service.lookFor(second.id)).error?.detail.values).toEqual({ listed: 1, found: 0 });
  expect(await creates()).toBe(1);
});

// Bug: a fault of the line or the server costs the job, or pays twice.
test.each<[string, FaultRuleInput[]]>([
  ['the API is busy', [{ kind: 'rate_limited', on: 'create', retryAfterSeconds: 0 }]],
  ['the API stumbles', [{ kind: 'server_error', on: 'create' }]],
  ['polling is refused for a while', [{ kind: 'rate_limited', on: 'get', retryAfterSeconds: 0, times: 3 }]],
  ['polling meets a proxy', [{ kind: 'bad_gateway', on: 'get', times: 3 }]],
  ['polling loses its answers', [{ kind: 'answer_lost', on: 'get', times: 3 }]],
  ['polling meets a web page', [{ kind: 'html_page', on: 'get', times: 2 }]],
  ['the record is unknown for a moment', [{ kind: 'not_found', on: 'get', times: 2 }]],
  ['the word is unknown', [{ kind: 'status_word', word: 'post_processing', times: 2 }]],
  ['the answer is wrapped', [{ kind: 'wrapped', on: 'get', shape: 'new-api-query', times: 99 }]],
  ['the submit answer is wrapped', [{ kind: 'wrapped', on: 'create', shape: 'new-api-submit' }]],
  ['the transfer is cut', [{ kind: 'reset_at', on: 'download', bytes: 4096 }]],
  ['the transfer is short', [{ kind: 'truncated', on: 'download', bytes: 4096 }]],
  ['the file is a web page', [{ kind: 'mislabelled', on: 'download' }]],
  ['the length is a lie', [{ kind: 'wrong_length', on: 'download', contentLength: 100 }]],
  ['the link is refused once', [{ kind: 'expired_url', on: 'download' }]],
])('%s: it still ends done, paid once', async (_, faults) => {
  gateway.setFaults(faults);
  adoptFails = faults[0]?.kind === 'mislabelled' ? ['not_a_video'] : [];
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(await creates()).toBe(1);
});

// Bug: a definite no is shown without its reason, or marks the wrong picture.
test('a refusal names the reference, keeps the raw answer, and costs nothing', async () => {
  const bytes = readFileSync(new URL('../../../resources/icon.png', import.meta.url));
  writeFileSync(join(folder, 'picture'), bytes);
  const reference: DraftReference = {
    key: 'k',
    role: 'first_frame',
    reference: {
      id: 'picture',
      kind: 'image',
      source: 'file',
      name: 'p.png',
      format: 'png',
      bytes: bytes.length,
      width: 1024,
      height: 1024,
      hasThumb: true,
    },
  };
  gateway.setFaults([{ kind: 'refuse_submit' }]);
  const { id } = service.create(draft({ references: [reference] }), 'c1');
  const refused = await reach(id, 'rejected');
  expect(refused.error).toMatchObject({
    code: 'real_person',
    detail: {
      contentIndex: 1,
      referenceId: 'k',
      rawCode: 'InputImageSensitiveContentDetected.PrivacyInformation',
    },
  });
  expect(await creates()).toBe(0);
});

test('a result that did not pass the check ends failed with its reason', async () => {
  gateway.setFaults([{ kind: 'fail_output' }]);
  const { id } = service.create(draft(), 'c1');
  expect((await reach(id, 'failed')).error?.code).toBe('output_refused');
});

// Bug: a refused key ends a paid job.
test('a refused key holds the job until the right one is there', async () => {
  gateway.changeSettings({ runningMs: 700 });
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'running');
  keyed = false;
  const deadline = Date.now() + 5000;
  while (announced.at(-1)?.hold !== 'key_refused' && Date.now() < deadline) {
    service.wake();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(announced.at(-1)).toMatchObject({ hold: 'key_refused', state: 'running' });
  keyed = true;
  await reach(id, 'done');
});

// Bug: a full or missing disk is a failure, and the paid file is gone.
test('a full disk is waited for', async () => {
  adoptFails = ['disk_full', 'no_permission', 'library_missing'];
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  expect(announced.some((generation) => generation.hold === 'disk')).toBe(true);
  expect(await creates()).toBe(1);
});

// Bug: quitting while the file is being looked at throws a finished, paid video away.
test('an interrupted look at the file keeps the file', async () => {
  adoptFails = ['internal', 'ffmpeg_failed', 'ffmpeg_missing'];
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'finishing', 'done');
  gateway.setFaults([{ kind: 'expired_url', on: 'download', times: 99 }]);
  await reach(id, 'done');
  expect(announced.filter((generation) => generation.state === 'downloading').at(-1)?.downloadAttempts).toBe(
    0,
  );
});

// Bug: no network at the moment of sending loses the recipe or sends it twice later.
test('an endpoint that is away is waited for, and sent to once', async () => {
  const { port } = gateway;
  await gateway.close();
  const { id } = service.create(draft(), 'c1');
  const deadline = Date.now() + 5000;
  while (announced.at(-1)?.hold !== 'offline' && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(announced.at(-1)).toMatchObject({ state: 'preparing', hold: 'offline' });
  gateway = await startGateway(port);
  await reach(id, 'done');
  expect(await creates()).toBe(1);
});

// Bug: cancelling marks a job as over that runs on and is billed.
test('cancel: queued is cancelled, running says that it goes on', async () => {
  gateway.changeSettings({ queuedMs: 3000 });
  const queued = service.create(draft(), 'c1');
  await reach(queued.id, 'queued');
  expect((await service.cancel(queued.id)).state).toBe('cancelled');
  gateway.changeSettings({ queuedMs: 0, runningMs: 1000 });
  const running = service.create(draft(), 'c1', { confirmed: ['duplicate'] });
  await reach(running.id, 'queued', 'running');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(service.cancel(running.id)).rejects.toMatchObject({ code: 'cannot_cancel_running' });
  await reach(running.id, 'done');
});

// Bug: a dead link is retried for ever, or believed dead after one hiccup.
test('a link that stays dead is lost, and says so', async () => {
  gateway.setFaults([{ kind: 'expired_url', on: 'download', times: 99 }]);
  const { id } = service.create(draft(), 'c1');
  expect((await reach(id, 'lost')).error?.code).toBe('link_expired');
});

test('dismissing is for what has ended', async () => {
  gateway.setFaults([{ kind: 'fail_output' }]);
  const { id } = service.create(draft(), 'c1');
  expect(() => service.dismiss(id)).toThrow(AppError);
  await reach(id, 'failed');
  service.dismiss(id);
  expect(service.list()).toEqual([]);
});

// Bug: the same click twice, or a restart and a click, pays twice for one wish.
test('the same request within ten minutes asks first, and another connection or file is not the same', async () => {
  const { id } = service.create(draft(), 'c1');
  expect(() => service.create(draft(), 'c1')).toThrow(
    expect.objectContaining({ code: 'duplicate_recent' }) as Error,
  );
  service.create(draft({ prompt: 'another' }), 'c1');
  await service.stop(0);
  service = createService();
  expect(() => service.create(draft(), 'c1')).toThrow(
    expect.objectContaining({ code: 'duplicate_recent' }) as Error,
  );
  service.create(draft(), 'c1', { confirmed: ['duplicate'] });
  service.resume();
  await reach(id, 'done');
});

// Bug: what was refused at no cost cannot be tried again without a warning about paying twice.
test('what was refused is not a duplicate', async () => {
  gateway.setFaults([{ kind: 'refuse_submit', code: 'InvalidParameter', message: 'no' }]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'rejected');
  const again = service.sendAgain(id);
  await reach(again.id, 'done');
  expect(service.list()).toEqual([]);
});

// Bug: the outbox sends by itself, sends twice, or forgets its recipes at a restart.
test('what is held stays held over a restart and goes out once, after a yes', async () => {
  const { id } = service.create(draft(), 'c1', { hold: true });
  await service.stop(0);
  service = createService();
  service.resume();
  service.wake();
  service.networkBack();
  expect(service.list()).toMatchObject([{ id, state: 'held', heldReason: 'by_hand' }]);
  expect(await creates()).toBe(0);
  service.release([id]);
  await reach(id, 'done');
  expect(service.release([id])).toEqual([]);
  expect(await creates()).toBe(1);
});

// Bug: without a network the recipe is retried for ever in silence, and goes out one night by surprise.
test('without a network it goes into the outbox, and waits for a yes when the network is back', async () => {
  sendsByItself = false;
  const { port } = gateway;
  await gateway.close();
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'held');
  gateway = await startGateway(port);
  service.networkBack();
  expect(service.list()[0]).toMatchObject({ state: 'held', heldReason: 'offline' });
  expect(await creates()).toBe(0);
  sendsByItself = true;
  service.networkBack();
  await reach(id, 'done');
  expect(await creates()).toBe(1);
});

// Bug: the hard stop lets one more through, or stops what the person said yes to.
test('the budget asks before anything is sent, also for the outbox as a whole', async () => {
  overBudget = true;
  expect(() => service.create(draft(), 'c1')).toThrow(
    expect.objectContaining({ code: 'budget_reached' }) as Error,
  );
  const { id } = service.create(draft(), 'c1', { hold: true });
  expect(() => service.release([id])).toThrow(expect.objectContaining({ code: 'budget_reached' }) as Error);
  expect(service.list()[0]?.state).toBe('held');
  service.release([id], ['budget']);
  await reach(id, 'done');
});

// Bug: support is asked "what happened" and there is no answer; or the answer shows a signed address.
test('the journal tells every step in order, without signatures', async () => {
  gateway.setFaults([
    { kind: 'bad_gateway', on: 'get', times: 3 },
    { kind: 'reset_at', on: 'download', bytes: 4096 },
  ]);
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  const steps = service.journal(id).map(({ step }) => step);
  expect(steps.filter((step, index) => steps.indexOf(step) === index)).toEqual([
    'written',
    'prepared',
    'sending',
    'accepted',
    'ask_failed',
    'status',
    'succeeded',
    'download_started',
    'download_failed',
    'downloaded',
    'secured',
  ]);
  expect(steps.filter((step) => step === 'ask_failed')).toHaveLength(1);
  expect(JSON.stringify(service.journal(id))).not.toContain('signature=');
});

// Bug: a video that was made and billed elsewhere, or by a profile that is gone, is never seen here.
test('finished tasks that are not known here are found and fetched', async () => {
  const first = service.create(draft(), 'c1');
  await reach(first.id, 'done');
  // The profile is lost; the provider remembers.
  await service.stop(0);
  database.run('DELETE FROM generations');
  service = createService();
  const connections = [{ id: 'c1', key: 'keychain', baseUrl: gateway.baseUrl, label: 'Test' } as Connection];
  const found = await service.findStrangers(connections, false);
  expect(found).toMatchObject([{ connectionId: 'c1', tokens: 40_594, resolution: '480p' }]);
  const adopted = await service.adopt('c1', found[0]?.taskId ?? '');
  expect(adopted.origin).toBe('found');
  expect(strangers).toEqual([]);
  await reach(adopted.id, 'done');
  expect(await creates()).toBe(1);
  expect(await service.findStrangers(connections, false)).toEqual([]);
});

// Bug: an endpoint without a list is asked for it at every start.
test('that an endpoint has no list is remembered, and asked again only by hand', async () => {
  gateway.setFaults([{ kind: 'html_page', on: 'list', times: 1 }]);
  const connections = [{ id: 'c1', key: 'keychain', baseUrl: gateway.baseUrl, label: 'Test' } as Connection];
  const { id } = service.create(draft(), 'c1');
  await reach(id, 'done');
  database.run('DELETE FROM generations');
  expect(await service.findStrangers(connections, false)).toEqual([]);
  expect(await service.findStrangers(connections, false)).toEqual([]);
  expect(await service.findStrangers(connections, true)).toHaveLength(1);
});

// Bug: one refused key is asked with again and again by every job of the connection.
test('a refused key holds all jobs of the connection at once', async () => {
  gateway.changeSettings({ queuedMs: 0, runningMs: 1500 });
  const ids = ['a', 'b', 'c'].map((prompt) => service.create(draft({ prompt }), 'c1').id);
  for (const id of ids) await reach(id, 'running');
  keyed = false;
  service.wake();
  await expect
    .poll(() => service.list().filter(({ hold }) => hold === 'key_refused').length, { timeout: 5000 })
    .toBe(3);
  keyed = true;
  for (const id of ids) await reach(id, 'done');
  expect(await creates()).toBe(3);
});

// Bug: the database is deleted or damaged, and paid jobs in work are gone with it.
test.each<GenerationState>(['queued', 'running', 'downloading'])(
  'a job that is %s survives the loss of the database',
  async (state) => {
    gateway.changeSettings(state === 'queued' ? { queuedMs: 1500 } : { runningMs: 1500 });
    if (state === 'downloading')
      gateway.setFaults([{ kind: 'reset_at', on: 'download', bytes: 5000, times: 3 }]);
    const { id } = service.create(draft(), 'c1');
    await reach(id, state);
    await service.stop(0);
    database.close();
    rmSync(join(folder, 'dailies.db'));
    rmSync(join(folder, 'dailies.db-wal'), { force: true });
    database = openDatabase(join(folder, 'dailies.db'));
    gateway.changeSettings({ queuedMs: 30, runningMs: 30 });
    service = createService();
    service.resume();
    await reach(id, 'done');
    expect(await creates()).toBe(1);
    expect(readdirSync(join(folder, 'jobs'))).toEqual([]);
  },
);
