// The bridge without main: one in-memory studio that answers every request and announces what changes.
import type { Bridge } from '../../src/shared/contract/bridge';
import { AppError, type ErrorRecord } from '../../src/shared/contract/errors';
import type { EventName, Events } from '../../src/shared/contract/events';
import type {
  AppInfo,
  DraftInput,
  Outputs,
  RequestInput,
  RequestName,
} from '../../src/shared/contract/requests';
import type { ClipDetail } from '../../src/shared/domain/clip';
import { compilePrompt } from '../../src/shared/domain/compile';
import { PRESETS, readBaseUrl, type Connection } from '../../src/shared/domain/connection';
import { estimateCost } from '../../src/shared/domain/cost';
import { freezeRecipe, type Draft } from '../../src/shared/domain/draft';
import { titleOf, type Generation } from '../../src/shared/domain/generation';
import type { Reference } from '../../src/shared/domain/reference';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/domain/settings';
import { clipOf, SAMPLE_REFERENCES, sampleClips, sampleConnections, sampleGenerations } from './sampleData';

export interface FakeBridgeOptions {
  readonly settings?: Partial<Settings>;
  readonly info?: Partial<AppInfo>;
  readonly clips?: number;
  readonly generations?: 'every' | 'few' | 'none';
  /** Milliseconds between the steps of a new generation; 0: it stays where it was put. */
  readonly pace?: number;
  readonly now?: number;
}

export interface FakeBridge extends Bridge {
  /** Every request as it came in, for tests that look at what the window asked. */
  readonly asked: { name: RequestName; input: unknown }[];
  emit<N extends EventName>(name: N, payload: Events[N]): void;
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
    Object.values(SAMPLE_REFERENCES).map((reference) => [reference.id, reference]),
  );
  let connections: Connection[] = sampleConnections();
  let settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  let counter = 0;

  const emit: FakeBridge['emit'] = (name, payload) => {
    for (const listener of listeners.get(name) ?? []) (listener as (value: typeof payload) => void)(payload);
  };
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
  const changeSettings = (change: Partial<Settings>): Settings => {
    settings = { ...settings, ...change };
    emit('settings.changed', settings);
    return settings;
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
      changeGeneration(id, { state: 'done', clipId: clip.id });
      generations.delete(id);
    }, pace * 6);
  };

  /** Progress of the seeded downloads, as main would repeat it. */
  const announceProgress = (): void => {
    for (const { id, state, title } of generations.values()) {
      if (state !== 'downloading') continue;
      const done = title.includes('third') ? 956_000 : 5_138_022;
      setTimeout(() => emit('generation.progress', { id, step: 'downloading', done, total: 7_969_177 }));
    }
  };

  const handlers: Handlers = {
    'app.info': () => ({
      version: '0.1.0',
      electron: '45.4.1',
      platform: 'linux',
      systemLocale: 'en-GB',
      ffmpegVersion: '7.0',
      keyStorage: 'keychain',
      ...options.info,
    }),
    'settings.get': () => settings,
    'settings.update': changeSettings,
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
      changeConnection(id, { key: options.info?.keyStorage === 'memory' ? 'memory' : 'keychain' }),
    'connections.clearKey': ({ id }) => changeConnection(id, { key: 'none' }),
    'connections.test': ({ id }) => {
      const connection = connections.find((candidate) => candidate.id === id);
      if (connection?.key === 'none') throw new AppError('key_missing');
      return { verdict: 'ok', milliseconds: 148 };
    },
    'references.add': ({ paths }) => {
      const added: Reference[] = [];
      const refused: { name: string; error: ErrorRecord }[] = [];
      for (const path of paths) {
        const name = path.split('/').at(-1) ?? path;
        const known = Object.values(SAMPLE_REFERENCES).find((reference) => reference.name === name);
        if (known === undefined) refused.push({ name, error: new AppError('format_unsupported').toRecord() });
        else added.push(known);
      }
      return { added, refused };
    },
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
    'generations.create': ({ draft: input, connectionId }) => {
      const connection = connections.find((candidate) => candidate.id === connectionId);
      if (connection === undefined) throw new AppError('no_connection');
      const draft = draftOf(input);
      const generation: Generation = {
        id: `made-${++counter}`,
        revision: 1,
        state: 'preparing',
        recipe: freezeRecipe(draft),
        title: titleOf(compilePrompt(draft)),
        connection: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl },
        estimate: estimateCost(draft, connection.currency),
        createdAt: new Date().toISOString(),
        submittedAt: null,
        runningAt: null,
        succeededAt: null,
        endedAt: null,
        taskId: null,
        unknownStatus: null,
        hold: null,
        heldSince: null,
        downloadAttempts: 0,
        linkExpiresAt: null,
        error: null,
        tokens: null,
        clipId: null,
      };
      generations.set(generation.id, generation);
      emit('generation.changed', generation);
      run(generation.id);
      return generation;
    },
    'generations.list': () => {
      announceProgress();
      return [...generations.values()];
    },
    'generations.cancel': ({ id }) => {
      if (found(generations, id).state !== 'queued') throw new AppError('cannot_cancel_running');
      return changeGeneration(id, { state: 'cancelled' });
    },
    'generations.dismiss': ({ id }) => {
      generations.delete(id);
      emit('generation.removed', { id });
      return null;
    },
    'generations.lookFor': ({ id }) => changeGeneration(id, { state: 'queued', error: null }),
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
    'library.location': () => ({
      path: '/home/mei/Videos/Dailies',
      clips: clips.size,
      bytes: 41_016_000_000,
      freeBytes: 442_381_000_000,
    }),
    'library.chooseFolder': () => ({
      path: '/home/mei/Videos/Harbour',
      clips: 0,
      bytes: 0,
      freeBytes: 442_381_000_000,
    }),
    'system.openLink': () => null,
  };

  return {
    asked,
    emit,
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
