import { expect, it } from 'vitest';
import { spendCsv } from './spendCsv';

const row = (connectionLabel: string) => ({
  day: '2026-11-22',
  connectionId: 'c',
  connectionLabel,
  currency: 'CNY' as const,
  amount: 5.0094,
  tokens: 108_900,
  generations: 1,
  unknown: 0,
});

// Bug: a comma in a connection's name shifts every column, or a name that begins with = runs as a formula.
it('keeps every name in its own cell and runs nothing', () => {
  const lines = spendCsv([row('Ark, "main"'), row('=HYPERLINK(1)')]).split('\r\n');
  expect(lines[1]).toBe('2026-11-22,"Ark, ""main""",CNY,5.01,108900,1,0');
  expect(lines[2]).toContain("'=HYPERLINK(1)");
});
