// Whoever asks an endpoint for its list waits for their turn: one a second is allowed per account (documented).
import { setTimeout as wait } from 'node:timers/promises';

/** A little over a second: the server's clock is not ours. */
const GAP_MS = 1100;

const freeAt = new Map<string, number>();

/** Resolves when the endpoint at `baseUrl` may be asked for its list; in the order asked. */
export async function listTurn(baseUrl: string): Promise<void> {
  const now = performance.now();
  const turn = Math.max(now, freeAt.get(baseUrl) ?? 0);
  freeAt.set(baseUrl, turn + GAP_MS);
  if (turn > now) await wait(turn - now);
}
