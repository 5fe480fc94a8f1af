// app.*: what the window may know of the program and the computer.
import type { AppInfo } from '@shared/contract/requests';
import type { HandlersOf } from '../handler';

export interface AppFacts {
  readonly version: string;
  readonly electron: string;
  readonly platform: AppInfo['platform'];
  readonly systemLocale: string;
  ffmpegVersion(): Promise<string | null>;
  keyStorage(): Promise<AppInfo['keyStorage']>;
}

export function appHandlers(facts: AppFacts): HandlersOf<'app'> {
  return {
    'app.info': async () => {
      const [ffmpegVersion, keyStorage] = await Promise.all([facts.ffmpegVersion(), facts.keyStorage()]);
      const { version, electron, platform, systemLocale } = facts;
      return { version, electron, platform, systemLocale, ffmpegVersion, keyStorage };
    },
  };
}
