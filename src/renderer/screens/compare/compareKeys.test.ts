import { describe, expect, it } from 'vitest';
import { compareCommand, type CompareKey } from './compareKeys';

const pressed = (key: string, code: string, more: Partial<CompareKey> = {}): CompareKey => ({
  key,
  code,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});

describe('compareCommand', () => {
  // Bug: shift and 1 is a `!`, a `+` or a `1` by the keyboard's language, and rejects nothing.
  it('rejects by the place of the key', () => {
    for (const sign of ['!', '+', '1', '&'])
      expect(compareCommand(pressed(sign, 'Digit1', { shiftKey: true }), 2, 1)).toEqual({
        do: 'reject',
        take: 0,
      });
    expect(compareCommand(pressed('2', 'Numpad2'), 2, 0)).toEqual({ do: 'keep', take: 1 });
  });

  // Bug: 3 with two takes on the screen keeps a clip that nobody sees, or throws.
  it('has no key for a take that is not there', () => {
    expect(compareCommand(pressed('3', 'Digit3'), 2, 0)).toBeNull();
    expect(compareCommand(pressed('1', 'Digit1', { ctrlKey: true }), 2, 0)).toBeNull();
  });

  // Bug: K and X go to the first take whatever is chosen.
  it('keeps and rejects the chosen one', () => {
    expect(compareCommand(pressed('k', 'KeyK'), 4, 2)).toEqual({ do: 'keep', take: 2 });
    expect(compareCommand(pressed('X', 'KeyX', { shiftKey: true }), 4, 3)).toEqual({ do: 'reject', take: 3 });
  });
});
