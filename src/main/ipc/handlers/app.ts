// app.*: what the window may know of the program and the computer.
import type { AboutFacts, AppInfo, AppTools, OpenedFiles, SetAside } from '@shared/contract/requests';
import type { MenuState } from '@shared/domain/commands';
import type { Caller, Handlers, HandlersOf } from '../handler';

/** Answers also when nothing else could be started. */
export interface Program {
  readonly info: AppInfo;
  takeOpened(): OpenedFiles;
  /** The window's first list is painted. */
  painted(): void;
  /** Writes what the page keeps itself to the disk. */
  keepDraft(): void;
  takeSetAside(): SetAside;
  relaunch(): void;
  quit(): void;
  /** Opens the folder of the app's own records in the file manager. */
  showData(): void;
}

export interface FfmpegAccess {
  /** @throws AppError `ffmpeg_not_one`, `ffmpeg_incomplete` */
  choose(path: string): Promise<void>;
  clear(): void;
  lookAgain(): Promise<boolean>;
}

export interface ProgramDialog {
  /** Null when the person closed the dialog. */
  chooseProgram(caller: Caller): Promise<string | null>;
}

export interface AppFacts extends Program {
  readonly ffmpeg: FfmpegAccess;
  readonly dialogs: ProgramDialog;
  ffmpegVersion(): Promise<AppTools['ffmpegVersion']>;
  keyStorage(): Promise<AppTools['keyStorage']>;
  about(): Promise<AboutFacts>;
  /** The native menu follows. */
  showMenu(state: MenuState): void;
}

type ProgramRoute =
  | 'app.info'
  | 'app.takeOpened'
  | 'app.painted'
  | 'app.keepDraft'
  | 'app.takeSetAside'
  | 'app.relaunch'
  | 'app.quit'
  | 'app.showData';

export function programHandlers(program: Program): Pick<Handlers, ProgramRoute> {
  return {
    // Answers at once: the first picture of the window waits for it.
    'app.info': () => program.info,
    'app.takeOpened': () => program.takeOpened(),
    'app.painted': () => done(() => program.painted()),
    'app.keepDraft': () => done(() => program.keepDraft()),
    'app.takeSetAside': () => program.takeSetAside(),
    'app.relaunch': () => done(() => program.relaunch()),
    'app.quit': () => done(() => program.quit()),
    'app.showData': () => done(() => program.showData()),
  };
}

export function appHandlers(facts: AppFacts): HandlersOf<'app'> {
  const tools = async (): Promise<AppTools> => {
    const [ffmpegVersion, keyStorage] = await Promise.all([facts.ffmpegVersion(), facts.keyStorage()]);
    return { ffmpegVersion, keyStorage };
  };
  return {
    ...programHandlers(facts),
    'app.tools': tools,
    'app.chooseFfmpeg': async (_input, caller) => {
      const path = await facts.dialogs.chooseProgram(caller);
      if (path === null) return null;
      await facts.ffmpeg.choose(path);
      return tools();
    },
    'app.clearFfmpeg': () => {
      facts.ffmpeg.clear();
      return tools();
    },
    'app.findFfmpeg': async () => {
      await facts.ffmpeg.lookAgain();
      return tools();
    },
    'app.about': () => facts.about(),
    'app.menu': (state) => {
      facts.showMenu(state);
      return null;
    },
  };
}

function done(action: () => void): null {
  action();
  return null;
}
