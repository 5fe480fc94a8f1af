// The app's window: locked down, remembered, shown when it has something to show.
import { app, BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import type { Language, Theme } from '@shared/domain/settings';
import type { Store } from '../settings/store';
import { START_PAGE } from './appScheme';
import { boundsOnScreen, MINIMUM_SIZE, readWindowPlace } from './windowBounds';
import { setupRecovery } from './windowRecovery';

/** The deepest surface of each theme (`--surface-0`), so that nothing flashes before the first paint. */
const BACKGROUND: Record<Theme, string> = { dark: '#121110', light: '#e8e6e2' };

export interface WindowOptions {
  readonly session: Session;
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Remembers size and place. */
  readonly place: Store;
  readonly devUrl: string | null;
  /** Asked each time, since the person can change it. */
  readonly language: () => Language;
  /** The window has its first picture. */
  readonly shown: () => void;
  /** The window came to the front, also by being opened. */
  readonly focused: () => void;
  readonly log: { warn(text: string): void; error(text: string, ...details: unknown[]): void };
}

export interface AppWindow {
  /** Opens the window, or brings the open one to the front. */
  open(): void;
  /** Follows the setting; `system` follows the computer. */
  setTheme(theme: Theme | 'system'): void;
}

/** After ready. The theme has to be set before the first `open`. */
export function setupWindow(options: WindowOptions): AppWindow {
  let window: BrowserWindow | null = null;
  const background = (): string => BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
  nativeTheme.on('updated', () => window?.setBackgroundColor(background()));

  const open = (): void => {
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    window = createWindow(options, background());
    window.on('closed', () => (window = null));
  };
  return { open, setTheme: (theme) => (nativeTheme.themeSource = theme) };
}

function createWindow(options: WindowOptions, backgroundColor: string): BrowserWindow {
  const { place, session, preload, devUrl, log } = options;
  const stored = readWindowPlace(place.read());
  const first = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
  const window = new BrowserWindow({
    ...boundsOnScreen(
      stored,
      [first, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Dailies',
    show: false,
    backgroundColor,
    autoHideMenuBar: true,
    titleBarStyle: process.platform === 'darwin' ? 'hiddenInset' : 'default',
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (stored?.maximized) window.maximize();
    window.show();
    options.shown();
  });
  window.on('focus', options.focused);
  rememberPlace(window, place);
  setupRecovery(window, options);
  window.loadURL(devUrl ?? START_PAGE).catch((error: unknown) => log.error('The page did not load', error));
  return window;
}

function rememberPlace(window: BrowserWindow, place: Store): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isFullScreen()) return;
    place.write({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', save);
}
