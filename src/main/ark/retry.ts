// How long to wait before the next try: growing, with jitter, and never less than the server asked. Pure.

export interface Backoff {
  readonly firstMs: number;
  readonly factor: number;
  readonly mostMs: number;
}

/** Polling: a task takes minutes, official samples ask every 10 to 30 s. */
export const POLL_BACKOFF: Backoff = { firstMs: 2000, factor: 1.35, mostMs: 15_000 };
/** A line or a disk that may come back any moment. */
export const LINE_BACKOFF: Backoff = { firstMs: 1000, factor: 2, mostMs: 60_000 };

/**
 * Milliseconds before try number `attempt` (0 is the first wait). `random` in [0, 1) spreads it over ±20 %.
 * `atLeastSeconds` is the server's `Retry-After`.
 */
export function delayMs(
  backoff: Backoff,
  attempt: number,
  random: () => number = Math.random,
  atLeastSeconds: number | null = null,
): number {
  const grown = Math.min(backoff.mostMs, backoff.firstMs * backoff.factor ** Math.min(attempt, 64));
  const spread = grown * (0.8 + 0.4 * random());
  return Math.round(Math.max(spread, (atLeastSeconds ?? 0) * 1000));
}
