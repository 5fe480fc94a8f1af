// Puts a kept video on the practice gateway, which runs on this computer and fetches it from itself.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { request, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError } from '@shared/contract/errors';

/** The gateway is on loopback: silence for this long means that it is gone. */
const SILENCE_MS = 30_000;
const MOST_ANSWER_BYTES = 64 * 1024;

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
      const response = await send(new URL(`/host/${name}`, origin), file, facts.size, signal);
      const body = await bounded(response);
      if (response.statusCode !== 200 && response.statusCode !== 201)
        throw new AppError('practice_unavailable', 'the gateway refused a file', {
          status: response.statusCode,
        });
      return answer.parse(JSON.parse(body)).url;
    } catch (error) {
      if (signal.aborted || error instanceof AppError) throw error;
      throw new AppError('practice_unavailable', 'the gateway took no file', {}, { cause: error });
    }
  }
}

function send(url: URL, file: string, bytes: number, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'PUT',
      // The exact length: without it Node would send chunks, which many stores refuse.
      headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes },
      signal,
      timeout: SILENCE_MS,
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('silence')));
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    // A server may answer before it has read everything: its answer counts then, not the broken pipe.
    if (bytes === 0) outgoing.end();
    else pipeline(createReadStream(file, { end: bytes - 1 }), outgoing).catch(reject);
  });
}

async function bounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > MOST_ANSWER_BYTES) throw new Error('an endless answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
