// The calendar day on the person's wall. Time zones move, so the offset is asked for each moment.

/** Minutes that local time is ahead of UTC at a moment (milliseconds since 1970). */
export type OffsetAt = (time: number) => number;

export const systemOffset: OffsetAt = (time) => -new Date(time).getTimezoneOffset();

/** `2026-11-22`, the local day of a moment. */
export function localDay(time: number, offsetAt: OffsetAt = systemOffset): string {
  return new Date(time + offsetAt(time) * 60_000).toISOString().slice(0, 10);
}
