import { expect, test } from 'vitest';
import { localDay, type OffsetAt } from '@shared/domain/localDay';
import { dayBeside, startOfDay } from './localDays';

/** The real rules of a place, from the data in Node. */
const offsetIn = (timeZone: string): OffsetAt => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (time) => {
    const part = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - time) / 60_000);
  };
};

const iso = (day: string, zone: string): string => new Date(startOfDay(day, offsetIn(zone))).toISOString();

// Bug: midnight taken in UTC, or with the offset that holds on the other side of a change of clocks.
test.each([
  ['2026-11-22', 'Asia/Shanghai', '2026-11-21T16:00:00.000Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
  // Midnight itself is skipped, and happens twice.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
])('%s in %s begins at %s', (day, zone, start) => expect(iso(day, zone)).toBe(start));

// Bug: a day skipped or counted twice where the clocks change.
test.each(['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe'])(
  'in %s every day ends where the next one begins',
  (zone) => {
    const offsetAt = offsetIn(zone);
    let day = '2018-01-01';
    for (let count = 0; count < 365; count += 1) {
      const next = dayBeside(day, 1);
      const end = startOfDay(next, offsetAt);
      expect(localDay(startOfDay(day, offsetAt), offsetAt)).toBe(day);
      expect(localDay(end - 1, offsetAt)).toBe(day);
      day = next;
    }
    expect(day).toBe('2019-01-01');
  },
);
