// What the app tells Electron before any page runs: each protection once with a fake Electron that only records.
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/media';
import { boot } from './boot';
import { menuTemplate } from './menu';
import { setupNavigation } from './navigation';
import { setupSessions } from './session';
import { createSystem } from './system';
import { setupWindow } from './window';

interface FakeSession extends EventEmitter {
  handlers: Record<string, (...args: never[]) => unknown>;
}

const electron = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { isPackaged: boolean; sandboxed: boolean },
  defaultSession: null as unknown as FakeSession,
  windowSession: null as unknown as FakeSession,
  opened: [] as string[],
  windows: [] as { webPreferences: Record<string, unknown> }[],
  privileges: [] as unknown[],
}));

vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  session: {
    get defaultSession() {
      return electron.defaultSession;
    },
    fromPartition: () => electron.windowSession,
  },
  Menu: { setApplicationMenu: () => undefined },
  protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => electron.privileges.push(...schemes) },
  shell: { openExternal: async (address: string) => void electron.opened.push(address) },
  BrowserWindow: class extends EventEmitter {
    readonly webContents = new EventEmitter();
    constructor(options: { webPreferences: Record<string, unknown> }) {
      super();
      electron.windows.push(options);
    }
    loadURL(): Promise<void> {
      return Promise.resolve();
    }
  },
  nativeTheme: Object.assign(new EventEmitter(), { shouldUseDarkColors: true }),
  screen: {
    getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1600, height: 1000 } }),
    getAllDisplays: () => [],
  },
  dialog: {},
  nativeImage: {},
}));

function fakeSession(): FakeSession {
  const handlers: FakeSession['handlers'] = {};
  const keep =
    (name: string) =>
    (handler: (...args: never[]) => unknown): void =>
      void (handlers[name] = handler);
  return Object.assign(new EventEmitter(), {
    handlers,
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: () => undefined,
    webRequest: { onBeforeRequest: keep('network') },
  });
}

beforeEach(() => {
  electron.app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    sandboxed: false,
    enableSandbox: () => void (electron.app.sandboxed = true),
    setName: () => undefined,
    setPath: () => undefined,
    getPath: () => temporaryFolder('app-data'),
    requestSingleInstanceLock: () => true,
  });
  electron.defaultSession = fakeSession();
  electron.windowSession = fakeSession();
  electron.opened.length = 0;
  electron.windows.length = 0;
  electron.privileges.length = 0;
});

describe('at the start', () => {
  // Bug: one window without a sandbox is enough.
  test('every window is sandboxed, and the scheme may neither pass the policy nor register workers', () => {
    boot({});
    expect(electron.app.sandboxed).toBe(true);
    const [scheme] = electron.privileges as { privileges: Record<string, unknown> }[];
    expect(scheme?.privileges).not.toHaveProperty('bypassCSP');
    expect(scheme?.privileges).not.toHaveProperty('allowServiceWorkers');
    expect(scheme?.privileges).toMatchObject({ standard: true, secure: true, corsEnabled: false });
  });

  // Bug: whoever sets a variable makes the packaged app show another page, with the bridge to main in it.
  test('a packaged app takes no page from a dev server', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173/' };
    expect(boot(env)).toMatchObject({ devUrl: null, devOrigin: null });
    electron.app.isPackaged = false;
    expect(boot(env)).toMatchObject({ devOrigin: 'http://localhost:5173' });
  });

  // Bug: a variable that somebody set for another program lets every server pretend to be the endpoint.
  test('certificates are checked, whatever the environment says', () => {
    const env: NodeJS.ProcessEnv = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    boot(env);
    expect(env).not.toHaveProperty('NODE_TLS_REJECT_UNAUTHORIZED');
  });
});

describe('the window', () => {
  function preferences(): Record<string, unknown> {
    const nothing = (): void => undefined;
    setupWindow({
      ...{ session: {} as never, preload: '/preload.js', devUrl: null },
      place: { read: () => undefined, write: nothing },
      ...{ language: () => 'en', shown: nothing, focused: nothing, log: { warn: nothing, error: nothing } },
    }).open();
    return electron.windows.at(-1)?.webPreferences ?? {};
  }

  // Bug: one option that was changed to try something gives the page Node, other files or other origins.
  test('has nothing but a sandboxed page behind one preload', () => {
    expect(preferences()).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    });
    for (const option of ['experimentalFeatures', 'enableBlinkFeatures', 'additionalArguments'])
      expect(preferences()).not.toHaveProperty(option);
  });

  // Bug: somebody is told on the phone to open the console of the packaged app and paste a line into it.
  test('has developer tools only where it is being built', () => {
    expect(preferences()).toMatchObject({ devTools: false });
    const menu = (dev: boolean): string =>
      JSON.stringify(menuTemplate({ language: 'en', dev, run: () => undefined }, false));
    expect(menu(false)).not.toMatch(/"(?:toggleDevTools|reload|forceReload)"/);
    expect(menu(true)).toContain('"toggleDevTools"');
    electron.app.isPackaged = false;
    expect(preferences()).toMatchObject({ devTools: true });
  });
});

describe('a page', () => {
  function page() {
    setupNavigation(null);
    let opens: unknown;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: (details: unknown) => unknown) =>
        void (opens = handler({ url: 'https://a.b/' })),
    });
    electron.app.emit('web-contents-created', {}, contents);
    return { contents, opens: () => opens };
  }

  // Bug: a link or a dropped file takes the window elsewhere, where it keeps the bridge to main.
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s goes nowhere',
    (event) => {
      const { contents } = page();
      for (const url of ['https://a.b/', 'file:///etc/passwd', 'app://dailies/other.html', 'javascript:0']) {
        const preventDefault = vi.fn();
        contents.emit(event, { url, preventDefault });
        expect(preventDefault).toHaveBeenCalledOnce();
      }
    },
  );

  test('opens no window', () => {
    expect(page().opens()).toEqual({ action: 'deny' });
  });

  // Bug: one of the two permission handlers is missing, and a page asks the other way.
  test('gets no permission but to write plain text to the clipboard, in any session', () => {
    setupSessions(null);
    const later = fakeSession();
    electron.app.emit('session-created', later);
    const OURS = 'app://dailies/index.html';
    for (const { handlers } of [electron.defaultSession, electron.windowSession, later]) {
      const asked = (permission: string, requestingUrl: string): unknown => {
        const answer = vi.fn();
        handlers['request']?.(...([{}, permission, answer, { requestingUrl }] as never[]));
        return answer.mock.calls[0]?.[0];
      };
      const checked = (permission: string, from: string): unknown =>
        handlers['check']?.(...([{}, permission, from] as never[]));
      for (const permission of [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'openExternal',
        'usb',
      ])
        expect([asked(permission, OURS), checked(permission, OURS)]).toEqual([false, false]);
      expect(asked('clipboard-sanitized-write', OURS)).toBe(true);
      expect(asked('clipboard-sanitized-write', 'https://a.b/')).toBe(false);
      expect(handlers['device']?.()).toBe(false);
    }
  });

  // Bug: a page saves what it likes into the downloads folder, or talks to the network behind main's back.
  test('downloads nothing and reaches no network', () => {
    setupSessions(null);
    const preventDefault = vi.fn();
    electron.windowSession.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    const cancelled = (url: string): unknown => {
      const answer = vi.fn();
      electron.windowSession.handlers['network']?.(...([{ url }, answer] as never[]));
      return answer.mock.calls[0]?.[0];
    };
    for (const url of [
      'https://a.b/',
      'http://127.0.0.1/',
      'ws://a.b/',
      'file:///etc/passwd',
      'ftp://a.b/',
      'app://other/',
    ])
      expect(cancelled(url)).toEqual({ cancel: true });
    expect(cancelled('app://dailies/index.html')).toEqual({ cancel: false });
  });
});

// Bug: the page decides what the system opens: a program, a share of another computer, a link of its own.
test('only links that are known by name are opened, and only over https', async () => {
  const system = createSystem(() => 'en');
  await system.openLink('apiReference');
  expect(electron.opened).toEqual([expect.stringMatching(/^https:\/\//)]);
  for (const name of ['https://a.b/', 'file:///bin/sh', '__proto__', 'constructor', 'toString'])
    await expect(system.openLink(name as 'apiReference')).rejects.toMatchObject({ code: 'not_found' });
  expect(electron.opened).toHaveLength(1);
});
