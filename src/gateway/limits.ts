// Request limits per account, as sliding windows over the last second or minute.
import { ApiError } from './apiError';
import type { GatewayLimits } from './settings';

export type Operation = 'create' | 'get' | 'list' | 'delete';

const WINDOW_MS: Record<Operation, number> = { create: 60_000, get: 1000, list: 1000, delete: 1000 };
const LIMIT: Record<Operation, keyof GatewayLimits> = {
  create: 'createPerMinute',
  get: 'getPerSecond',
  list: 'listPerSecond',
  delete: 'deletePerSecond',
};

/** Counts requests and refuses those above the limit, with the vendor's codes. */
export class RateLimiter {
  private readonly times: Record<Operation, number[]> = { create: [], get: [], list: [], delete: [] };

  /** Counts one request at `now` (ms). Throws a 429 ApiError when the window is full; that one is not counted. */
  admit(operation: Operation, limits: GatewayLimits, now: number): void {
    const start = now - WINDOW_MS[operation];
    const recent = this.times[operation].filter((time) => time > start && time <= now);
    this.times[operation] = recent;
    const limit = limits[LIMIT[operation]];
    if (recent.length >= limit) {
      throw operation === 'create'
        ? new ApiError(
            429,
            'ModelAccountRpmRateLimitExceeded',
            `The requests per minute (RPM) limit of ${limit} of the associated model for your account has been exceeded.`,
          )
        : new ApiError(
            429,
            'AccountRateLimitExceeded',
            `The rate limit of ${limit} requests per second for this account has been exceeded.`,
          );
    }
    recent.push(now);
  }
}
