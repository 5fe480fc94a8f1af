// Puts a generation's references at the host, one after the other, and says how far that is.
import { AppError } from '@shared/contract/errors';
import type { DraftReference } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import { asAppError, type GenerationContext } from './GenerationContext';
import { throttled } from './throttled';

const PROGRESS_EVERY_MS = 250;

export class Uploads {
  constructor(
    private readonly context: GenerationContext,
    private readonly generation: Generation,
    private readonly signal: AbortSignal,
  ) {}

  /** The address of each, by key. @throws what `HostingPort.place` throws, naming the file */
  async put(items: readonly DraftReference[]): Promise<Map<string, string>> {
    const { id, connection } = this.generation;
    const total = items.reduce((sum, { reference }) => sum + reference.bytes, 0);
    const announce = throttled(PROGRESS_EVERY_MS, (done: number) =>
      this.context.options.announceProgress({ id, step: 'uploading', done, total }),
    );
    const urls = new Map<string, string>();
    let before = 0;
    for (const { key, reference } of items) {
      const placed = await this.context.options.hosting
        .place({
          generationId: id,
          connectionId: connection.id,
          referenceId: reference.id,
          signal: this.signal,
          onProgress: (done) => announce(before + done),
        })
        .catch((error: unknown) => this.rethrow(error, key, reference.name));
      before += reference.bytes;
      announce(before);
      urls.set(key, placed.url);
      const what = placed.reused ? 'was there' : `${reference.bytes} bytes`;
      this.context.record(id, 'uploaded', `${placed.hostLabel}, ${what}`);
    }
    return urls;
  }

  /** Which of them it was, for the tile. */
  private rethrow(error: unknown, key: string, name: string): never {
    if (this.signal.aborted) throw error;
    const { code, message, detail } = asAppError(error);
    throw new AppError(
      code,
      message,
      { ...detail, referenceId: key, values: { ...detail.values, name } },
      { cause: error },
    );
  }
}
