// Whether a page that crashed is shown again by itself: not in circles.

/** More crashes than these within the time are not answered by one more try. */
const MOST_CRASHES = 3;
const WITHIN_MS = 60_000;

export class CrashLimit {
  private crashes: readonly number[] = [];

  /** Counts a crash at `now` (milliseconds). True: one more try. */
  mayTryAgain(now: number): boolean {
    this.crashes = [...this.crashes.filter((time) => now - time < WITHIN_MS), now];
    return this.crashes.length <= MOST_CRASHES;
  }

  /** The person asked for one more try. */
  forget(): void {
    this.crashes = [];
  }
}
