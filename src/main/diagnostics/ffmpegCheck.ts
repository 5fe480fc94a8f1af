// Whether there is an ffmpeg, and whether it makes and reads everything that Dailies makes.
import type { BinaryFinder } from '../ffmpeg/binary';
import type { Ffmpeg } from '../ffmpeg/run';
import { lackingIn } from '../ffmpeg/trials';
import type { Check, Found } from './check';

export interface FfmpegCheckOptions {
  readonly binaries: BinaryFinder;
  readonly ffmpeg: Pick<Ffmpeg, 'run'>;
}

/** The check throws what the file system throws. */
export function ffmpegCheck({ binaries, ffmpeg }: FfmpegCheckOptions): Check {
  return async (signal): Promise<Found> => {
    // It may have been installed, or taken away, since it was looked for.
    binaries.forget();
    const found = await binaries.find().catch(() => null);
    if (found === null) return { state: 'failed', finding: 'ffmpeg_missing' };
    const { path, version } = found;
    const lacking = await lackingIn(ffmpeg, signal);
    const facts = [
      { name: 'program', value: path },
      { name: 'version', value: version },
    ] as const;
    return lacking.length === 0
      ? { state: 'ok', finding: 'ffmpeg_ok', values: { version }, facts }
      : { state: 'failed', finding: 'ffmpeg_lacks', values: { list: lacking.join(', ') }, facts };
  };
}
