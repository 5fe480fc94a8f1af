// app.*: what the window may know of the program and the computer.
import type { AppInfo, AppTools } from '@shared/contract/requests';
import type { HandlersOf } from '../handler';

export interface AppFacts {
  readonly info: AppInfo;
  ffmpegVersion(): Promise<AppTools['ffmpegVersion']>;
  keyStorage(): Promise<AppTools['keyStorage']>;
}

export function appHandlers(facts: AppFacts): HandlersOf<'app'> {
  return {
    // Answers at once: the first picture of the window waits for it.
    'app.info': () => facts.info,
    'app.tools': async () => {
      const [ffmpegVersion, keyStorage] = await Promise.all([facts.ffmpegVersion(), facts.keyStorage()]);
      return { ffmpegVersion, keyStorage };
    },
  };
}
