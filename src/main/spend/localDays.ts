// Local days as spans of UTC, whatever the clocks do that night. Pure.
import { localDay, type OffsetAt } from '@shared/domain/localDay';

const DAY_MS = 86_400_000;

/** When a local day begins, in milliseconds since 1970. Where midnight is skipped: when the clocks jumped. */
export function startOfDay(day: string, offsetAt: OffsetAt): number {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  const starts = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => midnight - offsetAt(near) * 60_000)
    .sort((a, b) => a - b);
  const first = starts.find((start) => localDay(start, offsetAt) === day);
  return first ?? starts[1] ?? midnight;
}

/** The day after, or with a negative number before. */
export function dayBeside(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + by * DAY_MS).toISOString().slice(0, 10);
}
