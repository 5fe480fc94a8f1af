import { describe, expect, it } from 'vitest';
import { dayKey, formatBytes, formatClock, formatMoney, formatMoneyRange, formatRelative } from './format';

describe('formatClock', () => {
  // Bug: a job of an hour shows 0:02 or 60:02, or a clock ahead of the server's shows -1:-3.
  it('carries hours and never goes below zero', () => {
    expect([formatClock(151), formatClock(3602), formatClock(-3), formatClock(14.9)]).toEqual([
      '2:31',
      '1:00:02',
      '0:00',
      '0:14',
    ]);
  });
});

describe('formatMoney', () => {
  // Bug: `CN¥5.01` in English or `US$0.76` in Chinese, too wide for a tile's caption.
  it('uses the short sign in both languages', () => {
    expect(formatMoney('en', 5.0094, 'CNY')).toBe('¥5.01');
    expect(formatMoney('zh-CN', 5.0094, 'CNY')).toBe('¥5.01');
    expect(formatMoney('zh-CN', 0.7623, 'USD')).toBe('$0.76');
  });

  // Bug: a certain price is shown as a range of itself.
  it('shows one figure where both ends read the same', () => {
    expect(formatMoneyRange('en', { min: 5.011, max: 5.014 }, 'CNY')).toBe('¥5.01');
    expect(formatMoneyRange('en', { min: 4.01, max: 15.02 }, 'CNY')).toBe('¥4.01–¥15.02');
  });
});

describe('formatBytes', () => {
  // Bug: the limit of 30 × 1024² bytes reads 31.5 MB beside a file of 31 MB that is refused.
  it('counts as the limits do', () => {
    expect(formatBytes('en', 30 * 1024 * 1024)).toBe('30 MB');
    expect(formatBytes('en', 260_787)).toBe('0.2 MB');
    expect(formatBytes('en', 900)).toBe('1 kB');
  });
});

describe('formatRelative', () => {
  // Bug: rounding up says `in 1 minute` or `2 hours ago` for 90 minutes.
  it('cuts instead of rounding', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(formatRelative('en', '2026-11-22T10:30:00Z', now)).toBe('1 hour ago');
    expect(formatRelative('en', '2026-11-22T11:59:40Z', now)).toBe('now');
  });
});

describe('dayKey', () => {
  // Bug: clips of one evening are split over two headings because the month is not padded for sorting.
  it('pads', () => {
    expect(dayKey('2026-01-05T12:00:00Z')).toBe('2026-01-05');
  });
});
