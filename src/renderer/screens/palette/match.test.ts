import { describe, expect, it } from 'vitest';
import { rankOf } from './match';

describe('rankOf', () => {
  // Bug: a search for "out" puts what only contains it above what begins with it.
  it('puts beginnings first', () => {
    const ranks = ['Outbox', 'Put out', 'About'].map((text) => rankOf('out', [text]));
    expect(ranks).toEqual([0, 1, 2]);
    expect(rankOf('', ['anything'])).toBe(0);
    expect(rankOf('xyz', ['Outbox'])).toBeNull();
  });

  // Bug: with Chinese shown, somebody who knows the English name finds nothing.
  it('finds by any of the names, and by more than one word in any order', () => {
    expect(rankOf('网格', ['在网格中', 'In the grid'])).not.toBeNull();
    expect(rankOf('grid', ['在网格中', 'In the grid'])).not.toBeNull();
    expect(rankOf('folder import', ['Import folder…'])).not.toBeNull();
    expect(rankOf('folder trash', ['Import folder…'])).toBeNull();
  });

  // Bug: initials do not find, or any letters in any place do.
  it('finds by initials', () => {
    expect(rankOf('if', ['Import folder…'])).toBe(3);
    expect(rankOf('slf', ['Show library folder'])).toBe(3);
    expect(rankOf('odr', ['Import folder…'])).toBeNull();
  });
});
