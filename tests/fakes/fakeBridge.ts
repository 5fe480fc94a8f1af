// The bridge without main: one in-memory studio that answers every request and announces what changes.
import type { Bridge } from '../../src/shared/contract/bridge';
import { AppError, type ErrorRecord } from '../../src/shared/contract/errors';
import type { EventName, Events } from '../../src/shared/contract/events';
import type {
  AppInfo,
  AppTools,
  DraftInput,
  LibraryLocation,
  Outputs,
  RequestInput,
  RequestName,
} from '../../src/shared/contract/requests';
import type { ClipDetail } from '../../src/shared/domain/clip';
import { compilePrompt } from '../../src/shared/domain/compile';
import { PRESETS, pricingOf, readBaseUrl, type Connection } from '../../src/shared/domain/connection';
import { estimateCost, LIST_PRICES, type Currency } from '../../src/shared/domain/cost';
import { freezeRecipe, type Draft } from '../../src/shared/domain/draft';
import { isEnded, titleOf, type Generation, type StrangerTask } from '../../src/shared/domain/generation';
import type { Host, HostFacts, Hosts } from '../../src/shared/domain/host';
import type { Reference } from '../../src/shared/domain/reference';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/domain/settings';
import type { MonthSpend, Spend } from '../../src/shared/domain/spend';
import { fakeLibrary } from './fakeLibrary';
import {
  clipOf,
  ODD_REFERENCES,
  sampleCheck,
  SAMPLE_REFERENCES,
  sampleClips,
  sampleConnections,
  sampleGenerations,
  sampleHeld,
  sampleHosts,
  sampleJournal,
  sampleSpend,
  sampleStrangers,
  sampleUploads,
} from './sampleData';

export interface FakeBridgeOptions {
  readonly settings?: Partial<Settings>;
  readonly info?: Partial<AppInfo>;
  readonly tools?: Partial<AppTools>;
  readonly clips?: number;
  readonly generations?: 'every' | 'few' | 'none';
  /** Something in the outbox, some unknown videos, some money spent. */
  readonly held?: boolean;
  readonly strangers?: boolean;
  /** File hosts of every kind, and files that lie at them. */
  readonly hosts?: boolean;
  readonly spent?: boolean;
  /** Work in the background, of every kind. */
  readonly works?: boolean;
  readonly online?: boolean;
  /** Milliseconds between the steps of a new generation; 0: it stays where it was put. */
  readonly pace?: number;
  readonly now?: number;
}

export interface FakeBridge extends Bridge {
  /** Every request as it came in, for tests that look at what the window asked. */
  readonly asked: { name: RequestName; input: unknown }[];
  emit<N extends EventName>(name: N, payload: Events[N]): void;
  /** Whether this computer has a network. */
  setOnline(online: boolean): void;
  /** The next request of this name fails so. */
  failNext(name: RequestName, error: ErrorRecord): void;
}

type Handlers = { [N in RequestName]: (input: RequestInput<N>) => Outputs[N] | Promise<Outputs[N]> };

export function fakeBridge(options: FakeBridgeOptions = {}): FakeBridge {
  const now = options.now ?? Date.now();
  const pace = options.pace ?? 0;
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const asked: FakeBridge['asked'] = [];
  const failures = new Map<RequestName, ErrorRecord>();
  const clips = new Map<string, ClipDetail>(
    sampleClips(options.clips ?? 60, now).map((clip) => [clip.id, clip]),
  );
  const generations = new Map<string, Generation>(
    sampleGenerations(now, options.generations).map((generation) => [generation.id, generation]),
  );
  const references = new Map<string, Reference>(
    [...Object.values(SAMPLE_REFERENCES), ...ODD_REFERENCES].map((reference) => [reference.id, reference]),
  );
  if (options.held === true)
    for (const generation of sampleHeld(now)) generations.set(generation.id, generation);
  let strangers: StrangerTask[] = options.strangers === true ? sampleStrangers(now) : [];
  let online = options.online ?? true;
  let connections: Connection[] = sampleConnections();
  let settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  let counter = 0;

  const emit: FakeBridge['emit'] = (name, payload) => {
    for (const listener of listeners.get(name) ?? []) (listener as (value: typeof payload) => void)(payload);
  };
  const library = fakeLibrary(clips, { now, works: options.works === true }, emit);
  const found = <T>(map: ReadonlyMap<string, T>, id: string): T => {
    const value = map.get(id);
    if (value === undefined) throw new AppError('not_found');
    return value;
  };
  const changeGeneration = (id: string, change: Partial<Generation>): Generation => {
    const known = found(generations, id);
    const next: Generation = { ...known, ...change, revision: known.revision + 1 };
    generations.set(id, next);
    emit('generation.changed', next);
    return next;
  };
  const changeConnections = (next: Connection[]): void => {
    connections = next;
    emit('connections.changed', { connections });
  };
  const changeConnection = (id: string, change: Partial<Connection>): Connection => {
    const known = connections.find((connection) => connection.id === id);
    if (known === undefined) throw new AppError('not_found');
    const next = { ...known, ...change };
    changeConnections(connections.map((connection) => (connection.id === id ? next : connection)));
    return next;
  };
  let hosts: Hosts =
    options.hosts === true ? sampleHosts() : { hosts: [], activeId: null, cloudflared: '2026.10.0' };
  /** A host in use takes local videos for every endpoint; practice has its own. */
  const withHosting = (connection: Connection): Connection => ({
    ...connection,
    canHostVideo: connection.preset === 'practice' || hosts.activeId !== null,
  });
  const changeHosts = (change: Partial<Hosts>): Hosts => {
    hosts = { ...hosts, ...change };
    emit('hosts.changed', hosts);
    changeConnections(connections.map(withHosting));
    return hosts;
  };
  const changeHost = (id: string, change: Partial<Host>): Host => {
    const known = hosts.hosts.find((host) => host.id === id);
    if (known === undefined) throw new AppError('not_found');
    const next = { ...known, ...change };
    changeHosts({ hosts: hosts.hosts.map((host) => (host === known ? next : host)) });
    return next;
  };
  connections = connections.map(withHosting);
  const changeSettings = (change: Partial<Settings>): Settings => {
    settings = { ...settings, ...change };
    emit('settings.changed', settings);
    return settings;
  };
  const priceOf = ({ estimate }: Generation): number | null => estimate?.price?.max ?? null;
  const sumOf = (currency: Currency, which: (generation: Generation) => boolean): number | null => {
    const found = [...generations.values()].filter(
      (generation) => which(generation) && currencyOf(generation) === currency,
    );
    const prices = found.map(priceOf);
    return prices.includes(null) ? null : prices.reduce<number>((sum, price) => sum + (price ?? 0), 0);
  };
  const currencyOf = ({ connection }: Generation): Currency | null =>
    connections.find(({ id }) => id === connection.id)?.currency ?? null;
  const spend = (): Spend => {
    const rows = options.spent === true ? sampleSpend(now) : [];
    const month = new Date(now).toISOString().slice(0, 7);
    const months = (['CNY', 'USD'] as const).map((currency): MonthSpend => {
      const own = rows.filter((row) => row.currency === currency && row.day.startsWith(month));
      return {
        currency,
        spent: own.reduce((sum, row) => sum + row.amount, 0),
        unknown: own.reduce((sum, row) => sum + row.unknown, 0),
        inWork: sumOf(currency, ({ state }) => state !== 'held' && !isEnded(state)),
        waiting: sumOf(currency, ({ state }) => state === 'held'),
        budget: settings.budget[currency],
      };
    });
    return { month, months, rows };
  };
  /** Refuses what would pass the budget, as main does, unless the person said yes. */
  const checkBudget = (
    cost: number | null,
    currency: Currency | null,
    confirmed: readonly string[],
  ): void => {
    const month = spend().months.find((candidate) => candidate.currency === currency);
    if (month?.budget == null || settings.atBudget === 'warn' || confirmed.includes('budget')) return;
    const spent = month.spent + (month.inWork ?? 0);
    if (spent + (cost ?? 0) <= month.budget) return;
    const values = { spent, budget: month.budget, currency: month.currency };
    throw new AppError('budget_reached', 'budget_reached', { values });
  };
  const keep = (reference: Reference): Reference => {
    references.set(reference.id, reference);
    return reference;
  };
  const draftOf = (input: DraftInput): Draft => ({
    ...input,
    references: input.references.map(({ key, referenceId, role }) => ({
      key,
      role,
      reference: found(references, referenceId),
    })),
  });
  const run = (id: string): void => {
    emit('spend.changed', spend());
    if (pace === 0) return;
    const steps: [Partial<Generation>, (() => void)?][] = [
      [{ state: 'submitting', submittedAt: new Date().toISOString() }],
      [{ state: 'queued', taskId: `cgt-${id}` }],
      [{ state: 'running', runningAt: new Date().toISOString() }],
      [{ state: 'downloading', succeededAt: new Date().toISOString(), downloadAttempts: 1 }],
      [{ state: 'finishing' }],
    ];
    steps.forEach(([change], index) => setTimeout(() => changeGeneration(id, change), pace * (index + 1)));
    for (let part = 1; part <= 4; part += 1)
      setTimeout(
        () =>
          emit('generation.progress', { id, step: 'downloading', done: part * 1_900_000, total: 7_600_000 }),
        pace * 4 + (pace / 5) * part,
      );
    setTimeout(() => {
      const sample = sampleClips(1, Date.now())[0];
      if (sample === undefined) return;
      const generation = found(generations, id);
      const clip: ClipDetail = {
        ...sample,
        id: `boats-b.${id}`,
        generationId: id,
        title: generation.title,
        createdAt: generation.createdAt,
        recipe: generation.recipe,
      };
      clips.set(clip.id, clip);
      emit('clip.changed', clipOf(clip));
      library.changed();
      changeGeneration(id, { state: 'done', clipId: clip.id });
      generations.delete(id);
    }, pace * 6);
  };

  /** Progress of the seeded downloads, as main would repeat it. */
  const announceProgress = (): void => {
    for (const { id, state, title } of generations.values()) {
      if (title.includes('uploading'))
        setTimeout(() =>
          emit('generation.progress', { id, step: 'uploading', done: 3_250_586, total: 9_856_614 }),
        );
      if (state !== 'downloading') continue;
      const done = title.includes('third') ? 956_000 : 5_138_022;
      setTimeout(() => emit('generation.progress', { id, step: 'downloading', done, total: 7_969_177 }));
    }
  };

  const location = (): LibraryLocation => ({
    path: '/home/mei/Videos/Dailies',
    trouble: null,
    clips: clips.size,
    bytes: 41_016_000_000,
    freeBytes: 442_381_000_000,
  });

  const handlers: Handlers = {
    ...library.handlers,
    'app.info': () => ({
      version: '0.1.0',
      electron: '45.4.1',
      platform: 'linux',
      systemLocale: 'en-GB',
      ...options.info,
    }),
    'app.takeOpened': () => ({ videos: [], others: [], missing: [] }),
    'app.painted': () => null,
    'app.keepDraft': () => null,
    'app.takeSetAside': () => ({ settings: null, database: null }),
    'app.relaunch': () => null,
    'app.quit': () => null,
    'app.showData': () => null,
    'app.tools': () => ({ ffmpegVersion: '7.0', keyStorage: 'keychain', ...options.tools }),
    'app.chooseFfmpeg': () => null,
    'app.clearFfmpeg': () => ({ ffmpegVersion: '7.0', keyStorage: 'keychain' }),
    'app.findFfmpeg': () => ({ ffmpegVersion: '7.0', keyStorage: 'keychain' }),
    'app.about': () => ({ chromium: '130.0', node: '20.18.1', sqlite: '3.46.0', licences: [] }),
    'app.menu': () => null,
    'settings.get': () => settings,
    'settings.update': (change) => {
      const next = changeSettings(change);
      emit('spend.changed', spend());
      return next;
    },
    'connections.list': () => connections,
    'connections.add': ({ preset, label, baseUrl, plainHttpAccepted }) => {
      const verdict = readBaseUrl(baseUrl);
      if (!verdict.ok) throw new AppError('url_invalid');
      if (verdict.plainHttp && !plainHttpAccepted) throw new AppError('plain_http_not_accepted');
      const connection: Connection = {
        id: `connection-${++counter}`,
        preset,
        label,
        baseUrl: verdict.url,
        currency: PRESETS[preset].currency,
        prices: LIST_PRICES[PRESETS[preset].currency ?? 'CNY'],
        key: 'none',
        plainHttpAccepted,
        canHostVideo: false,
      };
      changeConnections([...connections, connection]);
      return connection;
    },
    'connections.update': ({ id, label, baseUrl, plainHttpAccepted }) => {
      const verdict = readBaseUrl(baseUrl);
      if (!verdict.ok) throw new AppError('url_invalid');
      const known = connections.find((connection) => connection.id === id);
      const moved = known !== undefined && known.baseUrl !== verdict.url;
      return changeConnection(id, {
        label,
        baseUrl: verdict.url,
        plainHttpAccepted,
        ...(moved && known.key !== 'not_needed' ? { key: 'none' as const } : {}),
      });
    },
    'connections.remove': ({ id }) => {
      changeConnections(connections.filter((connection) => connection.id !== id));
      if (settings.activeConnectionId === id) changeSettings({ activeConnectionId: null });
      return null;
    },
    'connections.use': ({ id }) => changeSettings({ activeConnectionId: id }),
    'connections.setKey': ({ id }) =>
      changeConnection(id, { key: options.tools?.keyStorage === 'memory' ? 'memory' : 'keychain' }),
    'connections.clearKey': ({ id }) => changeConnection(id, { key: 'none' }),
    'connections.test': ({ id }) => {
      const connection = connections.find((candidate) => candidate.id === id);
      if (connection?.key === 'none') throw new AppError('key_missing');
      return { verdict: 'ok', milliseconds: 148 };
    },
    'connections.setPrice': ({ id, model, resolution, price }) => {
      const known = connections.find((connection) => connection.id === id);
      if (known === undefined) throw new AppError('not_found');
      const list = LIST_PRICES[known.currency ?? 'CNY'];
      const date = new Date(now).toISOString().slice(0, 10);
      const isIt = (row: { model: string; resolutions: readonly string[] }): boolean =>
        row.model === model && row.resolutions.includes(resolution);
      const row = known.prices.find(isIt);
      const listed = list.find(isIt);
      const next = known.prices.filter((candidate) => candidate !== row);
      if (price !== null)
        next.push({ model, resolutions: row?.resolutions ?? [resolution], ...price, source: 'own', date });
      else if (listed !== undefined) next.push(listed);
      return changeConnection(id, { prices: next });
    },
    'references.add': ({ paths }) => {
      const added: Reference[] = [];
      const refused: { name: string; error: ErrorRecord }[] = [];
      for (const path of paths) {
        const name = path.split('/').at(-1) ?? path;
        const known = [...references.values()].find((reference) => reference.name === name);
        if (known === undefined) refused.push({ name, error: new AppError('format_unsupported').toRecord() });
        else added.push(known);
      }
      return { added, refused };
    },
    'references.get': ({ ids }) => ids.map((id) => references.get(id)).filter(isKnown),
    'references.fromClip': ({ clipId, moment, span }) => {
      const clip = found(clips, clipId);
      const base = {
        bytes: 900_000,
        width: clip.width,
        height: clip.height,
        hasThumb: true,
        name: clip.title,
      };
      const at = moment === 'last' ? clip.seconds : moment;
      return keep(
        at === undefined
          ? {
              ...base,
              id: `clip-${clipId}-${span?.from ?? 'all'}`,
              kind: 'video',
              source: 'clip',
              format: 'mp4',
              seconds: span === undefined ? clip.seconds : span.to - span.from,
              fps: clip.fps,
              codec: 'h264',
              clip: { id: clipId, ...(span === undefined ? {} : { span }) },
            }
          : {
              ...base,
              id: `frame-${clipId}-${at}`,
              kind: 'image',
              source: 'clip',
              format: 'png',
              clip: { id: clipId, moment: at },
            },
      );
    },
    'references.repair': ({ id, repair }) => {
      const parent = found(references, id);
      return keep({
        ...parent,
        id: `${id}-${++counter}`,
        source: 'derived',
        ...(repair.format === undefined ? {} : { format: repair.format }),
        ...(repair.size === undefined ? {} : repair.size),
        ...(repair.span === undefined ? {} : { seconds: repair.span.to - repair.span.from }),
        ...(repair.fps === undefined ? {} : { fps: repair.fps }),
        ...(repair.format === 'mp4' ? { codec: 'h264' } : {}),
        bytes: Math.min(parent.bytes, repair.maxBytes ?? parent.bytes),
        derived: { parentId: id, repair: repair },
      });
    },
    'references.cancelRepair': () => null,
    'references.preview': () => ({ kind: 'reference', proxy: false }),
    'references.uploads': () => (options.hosts === true ? sampleUploads(now) : []),
    'hosts.get': () => hosts,
    'hosts.save': ({ id, label, facts, lifeSeconds, removeAfter }) => {
      const known = hosts.hosts.find((host) => host.id === id);
      const host: Host = {
        id: known?.id ?? `host-${++counter}`,
        label,
        facts,
        lifeSeconds,
        removeAfter,
        secret: secretAfter(known, facts),
      };
      changeHosts({
        hosts:
          known === undefined
            ? [...hosts.hosts, host]
            : hosts.hosts.map((other) => (other === known ? host : other)),
      });
      return host;
    },
    'hosts.remove': ({ id }) =>
      changeHosts({
        hosts: hosts.hosts.filter((host) => host.id !== id),
        activeId: hosts.activeId === id ? null : hosts.activeId,
      }),
    'hosts.use': ({ id }) => changeHosts({ activeId: id }),
    'hosts.setSecret': ({ id }) =>
      changeHost(id, { secret: options.tools?.keyStorage === 'memory' ? 'memory' : 'keychain' }),
    'hosts.clearSecret': ({ id }) => changeHost(id, { secret: 'none' }),
    'hosts.test': () => ({ milliseconds: 312, removed: true }),
    'references.pick': () => ({
      added: [SAMPLE_REFERENCES.puppy, SAMPLE_REFERENCES.song].filter(isKnown),
      refused: [],
    }),
    'references.paste': ({ bytes, name }) =>
      keep({
        id: `pasted-${++counter}`,
        kind: 'image',
        source: 'pasted',
        name: name === '' ? 'pasted.png' : name,
        format: 'png',
        bytes: bytes.byteLength,
        width: 1280,
        height: 720,
        hasThumb: false,
      }),
    'references.addUrl': ({ url, kind }) => {
      const guessed =
        kind ?? (/\.(png|jpe?g|webp)$/i.test(url) ? 'image' : /\.(mp4|mov)$/i.test(url) ? 'video' : null);
      if (!/^https?:/.test(url)) throw new AppError('url_invalid');
      if (guessed === null) throw new AppError('kind_unknown');
      return keep({
        id: `url-${++counter}`,
        kind: guessed,
        source: 'url',
        name: url,
        url,
        format: '',
        bytes: 0,
        hasThumb: false,
      });
    },
    'generations.create': ({ draft: input, connectionId, hold = false, confirmed = [] }) => {
      const connection = connections.find((candidate) => candidate.id === connectionId);
      if (connection === undefined) throw new AppError('no_connection');
      const draft = draftOf(input);
      const estimate = estimateCost(draft, pricingOf(connection));
      if (!hold) checkBudget(estimate?.price?.max ?? null, connection.currency, confirmed);
      const held = hold || !online;
      const createdAt = new Date().toISOString();
      const generation: Generation = {
        id: `made-${++counter}`,
        revision: 1,
        state: held ? 'held' : 'preparing',
        recipe: freezeRecipe(draft),
        origin: 'sent',
        title: titleOf(compilePrompt(draft)),
        connection: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl },
        estimate,
        createdAt,
        submittedAt: null,
        runningAt: null,
        succeededAt: null,
        endedAt: null,
        taskId: null,
        unknownStatus: null,
        heldReason: held ? (hold ? 'by_hand' : 'offline') : null,
        hold: null,
        heldSince: held ? createdAt : null,
        downloadAttempts: 0,
        recordExpiresAt: null,
        linkExpiresAt: null,
        error: null,
        tokens: null,
        clipId: null,
      };
      generations.set(generation.id, generation);
      emit('generation.changed', generation);
      if (held) emit('spend.changed', spend());
      else run(generation.id);
      return generation;
    },
    'generations.release': ({ ids, confirmed = [] }) => {
      const chosen = ids.map((id) => found(generations, id));
      const cost = chosen.reduce((sum, generation) => sum + (priceOf(generation) ?? 0), 0);
      checkBudget(cost, chosen[0] === undefined ? null : currencyOf(chosen[0]), confirmed);
      return chosen.map(({ id }) => {
        const released = changeGeneration(id, { state: 'preparing', heldReason: null, heldSince: null });
        run(id);
        return released;
      });
    },
    'generations.sendAgain': ({ id }) => {
      const { recipe, title, connection, estimate } = found(generations, id);
      const [blank] = sampleHeld(Date.now());
      if (blank === undefined) throw new AppError('internal');
      const again: Generation = {
        ...blank,
        id: `again-${++counter}`,
        state: 'preparing',
        recipe,
        title,
        connection,
        estimate,
        createdAt: new Date().toISOString(),
        heldReason: null,
        heldSince: null,
      };
      generations.set(again.id, again);
      emit('generation.changed', again);
      run(again.id);
      return again;
    },
    'generations.journal': () => sampleJournal(now),
    'generations.strangers': () => strangers,
    'generations.findStrangers': () => {
      strangers = sampleStrangers(now);
      emit('strangers.changed', { strangers });
      return strangers;
    },
    'generations.adopt': ({ connectionId, taskId }) => {
      const stranger = strangers.find((candidate) => candidate.taskId === taskId);
      const connection = connections.find(({ id }) => id === connectionId);
      const [sample] = sampleGenerations(Date.now(), 'few');
      if (stranger === undefined || connection === undefined || sample === undefined)
        throw new AppError('not_found');
      const generation: Generation = {
        ...sample,
        id: `adopted-${++counter}`,
        state: 'downloading',
        origin: 'found',
        title: '',
        taskId,
        createdAt: new Date().toISOString(),
      };
      generations.set(generation.id, generation);
      emit('generation.changed', generation);
      strangers = strangers.filter((candidate) => candidate !== stranger);
      emit('strangers.changed', { strangers });
      return generation;
    },
    'generations.list': () => {
      announceProgress();
      return [...generations.values()];
    },
    'generations.cancel': ({ id }) => {
      const { state } = found(generations, id);
      if (state !== 'queued' && state !== 'held') throw new AppError('cannot_cancel_running');
      const cancelled = changeGeneration(id, { state: 'cancelled', heldReason: null });
      emit('spend.changed', spend());
      return cancelled;
    },
    'generations.dismiss': ({ id }) => {
      generations.delete(id);
      emit('generation.removed', { id });
      return null;
    },
    'generations.lookFor': ({ id }) =>
      found(generations, id).error?.detail.values === undefined
        ? changeGeneration(id, { state: 'queued', error: null, taskId: `cgt-${id}` })
        : found(generations, id),
    'clips.list': ({ after, limit }) => {
      const sorted = [...clips.values()].sort((a, b) =>
        a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
      );
      const start = after === null ? 0 : sorted.findIndex((clip) => clip.id === after.id) + 1;
      const page = sorted.slice(start, start + limit);
      const last = page.at(-1);
      return {
        clips: page.map(clipOf),
        total: clips.size,
        next:
          last === undefined || start + limit >= sorted.length
            ? null
            : { createdAt: last.createdAt, id: last.id },
      };
    },
    'clips.get': ({ id }) => found(clips, id),
    'clips.showInFolder': () => null,
    'spend.get': spend,
    'network.get': () => ({ online }),
    'library.location': location,
    'library.lookAgain': location,
    'library.chooseFolder': () => ({
      trouble: null,
      path: '/home/mei/Videos/Harbour',
      clips: 0,
      bytes: 0,
      freeBytes: 442_381_000_000,
    }),
    'diagnostics.run': ({ check }) => sampleCheck(check, options.tools),
    'diagnostics.stop': () => null,
    'diagnostics.prepareBundle': () => ({
      id: `bundle-${++counter}`,
      files: [
        { name: 'about.txt', bytes: 312 },
        { name: 'versions.json', bytes: 420 },
        { name: 'dailies.log', bytes: 48_200 },
      ],
    }),
    'diagnostics.readBundle': ({ name }) => ({ text: `The text of ${name}.\n` }),
    'diagnostics.saveBundle': () => true,
    'system.openLink': () => null,
  };

  return {
    asked,
    emit,
    setOnline: (next) => {
      online = next;
      emit('network.changed', { online });
    },
    failNext: (name, error) => void failures.set(name, error),
    request: async (name, input) => {
      asked.push({ name, input });
      const failure = failures.get(name);
      failures.delete(name);
      if (failure !== undefined) return { ok: false, error: failure };
      try {
        return { ok: true, value: structuredClone(await handlers[name](input)) };
      } catch (error) {
        const known = error instanceof AppError ? error : new AppError('internal', String(error));
        return { ok: false, error: known.toRecord() };
      }
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => void set.delete(listener);
    },
    pathForFile: (file) => (file.name.startsWith('pasted') ? '' : `/home/mei/Pictures/${file.name}`),
  };
}

function isKnown(reference: Reference | undefined): reference is Reference {
  return reference !== undefined;
}

/** A secret is bound to the place it was given to, as in main. */
function secretAfter(known: Host | undefined, facts: HostFacts): Host['secret'] {
  const placeOf = (place: HostFacts): string =>
    place.kind === 's3'
      ? `${place.endpoint} ${place.bucket} ${place.accessKeyId}`
      : place.kind === 'uploader'
        ? place.url
        : '';
  const needed =
    facts.kind === 's3' ||
    (facts.kind === 'uploader' && facts.headers.some(({ value }) => value.includes('{secret}')));
  if (!needed) return 'not_needed';
  return known !== undefined && known.secret !== 'not_needed' && placeOf(known.facts) === placeOf(facts)
    ? known.secret
    : 'none';
}
