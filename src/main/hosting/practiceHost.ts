// Puts a kept video on the practice gateway, which runs on this computer and fetches it from itself.
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '@shared/contract/errors';
import { sendFile } from './sendFile';

/** The gateway is on loopback: silence for this long means that it is gone. */
const SILENCE_MS = 30_000;

const answer = z.object({ url: z.url({ protocol: /^https?$/ }) });

export class PracticeHost {
  /** `origin` answers `http://127.0.0.1:<port>`, or null while no gateway runs. */
  constructor(private readonly origin: () => string | null) {}

  /**
   * Sends `file` under `name` (`<sha256>.<extension>`) and answers with the address it can be fetched from.
   * @throws AppError `practice_unavailable`; `file_unreadable` when the kept file is gone; the signal's reason
   */
  async put(file: string, name: string, signal: AbortSignal): Promise<string> {
    const origin = this.origin();
    if (origin === null) throw new AppError('practice_unavailable', 'no gateway runs');
    if (!/^[0-9a-f]{64}\.[a-z0-9]{1,5}$/.test(name)) throw new AppError('internal', 'not a kept name');
    const facts = await stat(file).catch(() => null);
    if (facts === null) throw new AppError('file_unreadable', 'the kept file is gone');
    try {
      const { status, text } = await sendFile({
        url: new URL(`/host/${name}`, origin),
        method: 'PUT',
        headers: { 'Content-Type': 'application/octet-stream' },
        file,
        bytes: facts.size,
        signal,
        silenceMs: SILENCE_MS,
      });
      if (status !== 200 && status !== 201)
        throw new AppError('practice_unavailable', 'the gateway refused a file', { status });
      return answer.parse(JSON.parse(text)).url;
    } catch (error) {
      if (signal.aborted || error instanceof AppError) throw error;
      throw new AppError('practice_unavailable', 'the gateway took no file', {}, { cause: error });
    }
  }
}
