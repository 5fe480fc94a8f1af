import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { DraftInput } from '@shared/contract/requests';
import type { Reference } from '@shared/domain/reference';
import { DEFAULT_SETTINGS, type Settings } from '@shared/domain/settings';
import { clipHandlers } from './clips';
import { connectionHandlers, type ConnectionAccess } from './connections';
import { joinDraft } from './generations';
import { libraryHandlers } from './library';
import { referenceHandlers } from './references';
import type { SettingsAccess } from './settings';

const CALLER = { windowId: 3 };

const REFERENCE: Reference = {
  id: 'a'.repeat(64),
  kind: 'image',
  source: 'file',
  name: 'puppy.png',
  format: 'png',
  bytes: 10,
  hasThumb: true,
};

function draftWith(references: DraftInput['references']): DraftInput {
  return {
    prompt: 'a puppy',
    references,
    model: 'doubao-seedance-2-0-260128',
    parameters: {
      resolution: '720p',
      ratio: '16:9',
      duration: 5,
      generateAudio: true,
      watermark: false,
      returnLastFrame: false,
      cameraFixed: false,
      seed: null,
      executionExpiresAfter: null,
    },
  };
}

function memorySettings(initial: Partial<Settings> = {}): SettingsAccess {
  let settings: Settings = { ...DEFAULT_SETTINGS, ...initial };
  return {
    get: () => settings,
    update: (change) => (settings = { ...settings, ...change }),
  };
}

const noConnection = (): never => {
  throw new AppError('no_connection');
};

describe('joinDraft', () => {
  it('takes what main knows of a reference, the same file twice if asked', () => {
    const draft = joinDraft(
      draftWith([
        { key: 'one', referenceId: REFERENCE.id, role: 'first_frame' },
        { key: 'two', referenceId: REFERENCE.id, role: 'last_frame' },
      ]),
      { get: (ids) => (ids.includes(REFERENCE.id) ? [REFERENCE] : []) },
    );
    expect(draft.references.map(({ key, reference, role }) => [key, reference.name, role])).toEqual([
      ['one', 'puppy.png', 'first_frame'],
      ['two', 'puppy.png', 'last_frame'],
    ]);
  });

  it('refuses an unknown reference instead of sending the draft without it', () => {
    const draft = draftWith([{ key: 'one', referenceId: 'gone', role: 'first_frame' }]);
    expect(() => joinDraft(draft, { get: () => [] })).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('refuses two references under one key: a chip could mean either', () => {
    const item = { key: 'one', referenceId: REFERENCE.id, role: 'reference_image' } as const;
    expect(() => joinDraft(draftWith([item, item]), { get: () => [REFERENCE] })).toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    );
  });
});

describe('connections', () => {
  const access = (over: Partial<ConnectionAccess>): ConnectionAccess => ({
    list: () => [],
    add: noConnection,
    update: noConnection,
    remove: () => Promise.resolve(),
    prepare: () => Promise.resolve(),
    setKey: noConnection,
    clearKey: noConnection,
    test: noConnection,
    setPrice: noConnection,
    ...over,
  });

  it('a connection that cannot be prepared does not become the active one', async () => {
    const settings = memorySettings({ activeConnectionId: 'old' });
    const prepare = (): Promise<void> => Promise.reject(new AppError('practice_unavailable'));
    const handlers = connectionHandlers(access({ prepare }), settings);
    await expect(handlers['connections.use']({ id: 'practice' }, CALLER)).rejects.toMatchObject({
      code: 'practice_unavailable',
    });
    expect(settings.get().activeConnectionId).toBe('old');
  });

  it('the active connection is forgotten when it is removed, another one is not', async () => {
    const settings = memorySettings({ activeConnectionId: 'mine' });
    const handlers = connectionHandlers(access({}), settings);
    await handlers['connections.remove']({ id: 'other' }, CALLER);
    expect(settings.get().activeConnectionId).toBe('mine');
    await handlers['connections.remove']({ id: 'mine' }, CALLER);
    expect(settings.get().activeConnectionId).toBeNull();
  });
});

describe('dialogs', () => {
  it('a closed file dialog adds nothing and is no error', async () => {
    const handlers = referenceHandlers(
      {
        add: noConnection,
        paste: noConnection,
        addUrl: noConnection,
        get: noConnection,
        fromClip: noConnection,
        repair: noConnection,
        cancelRepair: noConnection,
        preview: noConnection,
      },
      { uploads: () => [] },
      { pickFiles: () => Promise.resolve([]) },
    );
    expect(await handlers['references.pick']({}, CALLER)).toEqual({ added: [], refused: [] });
  });

  it('a closed folder dialog leaves the library where it is', async () => {
    const moves: string[] = [];
    const location = { path: '/films', clips: 0, bytes: 0, freeBytes: null };
    const library = {
      location: () => Promise.resolve(location),
      setRoot: (path: string) => Promise.resolve(void moves.push(path)),
    };
    let chosen: string | null = null;
    const never = {} as never;
    const dialogs = {
      chooseFolder: () => Promise.resolve(chosen),
      chooseFile: noConnection,
      saveAs: noConnection,
      startDrag: noConnection,
      showInFolder: noConnection,
    };
    const handlers = libraryHandlers(library as never, never, never, never, dialogs);
    expect(await handlers['library.chooseFolder']({}, CALLER)).toEqual(location);
    expect(moves).toEqual([]);
    chosen = '/other';
    await handlers['library.chooseFolder']({}, CALLER);
    expect(moves).toEqual(['/other']);
  });

  it('shows only the path that the library knows for an id', () => {
    const shown: string[] = [];
    const handlers = clipHandlers(
      { list: noConnection, get: noConnection, pathOf: (id) => (id === 'clip' ? '/films/a.mp4' : null) },
      { showInFolder: (path) => shown.push(path) },
    );
    expect(() => handlers['clips.showInFolder']({ id: '/etc/passwd' }, CALLER)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
    expect(handlers['clips.showInFolder']({ id: 'clip' }, CALLER)).toBeNull();
    expect(shown).toEqual(['/films/a.mp4']);
  });
});
