import { describe, expect, it } from 'vitest';
import { withNewer, withSnapshot } from './newerOf';

const record = (id: string, revision: number) => ({ id, revision });

describe('withNewer', () => {
  // Bug: a late event about `queued` overwrites `running`, and the tile jumps back.
  it('drops an older revision and keeps the same map', () => {
    const known = new Map([['a', record('a', 5)]]);
    expect(withNewer(known, record('a', 4))).toBe(known);
    expect(withNewer(known, record('a', 5))).toBe(known);
    expect(withNewer(known, record('a', 6)).get('a')?.revision).toBe(6);
  });
});

describe('withSnapshot', () => {
  // Bug: an event that arrives before the first snapshot is lost when the snapshot lands on top of it.
  it('keeps what an event brought meanwhile', () => {
    const known = new Map([['a', record('a', 3)]]);
    const next = withSnapshot(known, [record('a', 2), record('b', 1)], new Set());
    expect(next.get('a')?.revision).toBe(3);
    expect(next.get('b')?.revision).toBe(1);
  });

  // Bug: a dismissed generation returns because the snapshot was read before it was dismissed.
  it('does not bring back what was removed', () => {
    expect(withSnapshot(new Map(), [record('a', 2)], new Set(['a'])).has('a')).toBe(false);
  });
});
