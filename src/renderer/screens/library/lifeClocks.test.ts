import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Generation } from '@shared/domain/generation';
import { lifeClock, lifeText } from './lifeClocks';

const t = ((key: string, values: Record<string, unknown> = {}) =>
  [key, ...Object.values(values)].join(' ')) as unknown as TFunction;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
const generation = (change: Partial<Generation>): Generation =>
  ({
    state: 'downloading',
    hold: null,
    linkExpiresAt: '2026-11-23T09:40:00Z',
    recordExpiresAt: '2026-11-28T12:00:00Z',
    ...change,
  }) as Generation;

describe('lifeText', () => {
  // Bug: a link with 59 s left reads `1 min`, and one of 47 h 59 min reads `2 days`.
  it('never promises more than there is', () => {
    expect(lifeText(59_000, t)).toBe('units.minutes 0');
    expect(lifeText(21 * HOUR + 40 * 60_000 + 59_000, t)).toBe('units.hoursMinutes 21 40');
    expect(lifeText(48 * HOUR - 1000, t)).toBe('units.hoursMinutes 47 59');
    expect(lifeText(149.9 * HOUR, t)).toBe('units.daysHours 6 5');
  });
});

describe('lifeClock', () => {
  // Bug: a dead link still counts, as `0 min`, while the record could bring a new one.
  it('turns to the record when the link is dead', () => {
    expect(lifeClock(generation({}), NOW, t)).toBe('states.linkLives units.hoursMinutes 21 40');
    expect(lifeClock(generation({ linkExpiresAt: '2026-11-22T11:00:00Z' }), NOW, t)).toBe(
      'states.recordLives units.daysHours 6 0',
    );
  });

  // Bug: a job that waits for a key shows no clock, and is forgotten by the provider unseen.
  it('shows the record where something waits, and nothing where all goes well', () => {
    expect(lifeClock(generation({ state: 'running', hold: 'key_refused' }), NOW, t)).toContain('recordLives');
    expect(lifeClock(generation({ state: 'running' }), NOW, t)).toBeNull();
    expect(lifeClock(generation({ state: 'lost' }), NOW, t)).toBeNull();
  });
});
