// The ffmpeg that the person chose: taken only when it answers as ffmpeg and makes all that Dailies needs.
import { AppError } from '@shared/contract/errors';
import { binaryAt, type BinaryFinder } from './binary';
import { createFfmpeg, type FfmpegLog } from './run';
import { lackingIn } from './trials';

export interface FfmpegChoiceOptions {
  readonly binaries: BinaryFinder;
  /** Remembers the path; null: none is chosen. */
  readonly keep: (path: string | null) => void;
  /** Another program may answer now: what waited for one goes on. */
  readonly changed: () => void;
  readonly log: FfmpegLog;
}

export class FfmpegChoice {
  constructor(private readonly options: FfmpegChoiceOptions) {}

  /**
   * Tries the program and takes it.
   * @throws AppError `ffmpeg_not_one`, `ffmpeg_incomplete` (`values.list`: what it lacks); nothing is changed then
   */
  async choose(path: string): Promise<void> {
    const binary = await binaryAt(path);
    if (binary === null) throw new AppError('ffmpeg_not_one', `no ffmpeg: ${path}`);
    const finder: BinaryFinder = { find: () => Promise.resolve(binary), forget: () => undefined };
    const lacking = await lackingIn(createFfmpeg({ finder, log: this.options.log }));
    if (lacking.length > 0) {
      const list = lacking.join(', ');
      throw new AppError('ffmpeg_incomplete', `${path} lacks ${list}`, { values: { list } });
    }
    this.keep(path);
  }

  /** Back to the one that came with the app, or the system's. */
  clear(): void {
    this.keep(null);
  }

  /** Looks anew: one may have been installed. Answers whether there is one now. */
  async lookAgain(): Promise<boolean> {
    const { binaries, changed } = this.options;
    binaries.forget();
    const found = await binaries.find().then(
      () => true,
      () => false,
    );
    if (found) changed();
    return found;
  }

  private keep(path: string | null): void {
    const { binaries, keep, changed } = this.options;
    keep(path);
    binaries.forget();
    changed();
  }
}
