// Looks at an address the way an endpoint will: from outside, without any header of ours.
import { AppError } from '@shared/contract/errors';

const LIMIT_MS = 20_000;

/** @throws AppError `host_not_public` when it does not answer with exactly these bytes */
export async function requirePublic(url: string, expected: Buffer): Promise<void> {
  let response: Response;
  let bytes: Buffer;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError('host_not_public', 'the address does not open', { status: response.status });
    }
    bytes = await readUpTo(response, expected.length + 1);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('host_not_public', 'the address does not answer', wordsOf(error), { cause: error });
  }
  if (!bytes.equals(expected))
    throw new AppError('host_not_public', 'the address holds something else', { status: response.status });
}

/** Whether the address still answers with a file of this size, as far as its server says one. */
export async function stillAnswers(url: string, bytes: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  try {
    const head = await fetch(url, {
      method: 'HEAD',
      signal: limit,
      headers: { 'accept-encoding': 'identity' },
    });
    if (head.ok) {
      const length = head.headers.get('content-length');
      return length === null || Number(length) === bytes;
    }
    // Many servers know only GET: one byte tells as much.
    const first = await fetch(url, { signal: limit, headers: { range: 'bytes=0-0' } });
    await first.body?.cancel();
    return first.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

async function readUpTo(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    read += chunk.byteLength;
    if (read >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

/** `fetch` hides what happened in the cause. */
function wordsOf(error: unknown): { rawMessage: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return { rawMessage: code ?? (cause instanceof Error ? cause.message : String(cause)) };
}
