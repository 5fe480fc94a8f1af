import { describe, expect, it } from 'vitest';
import { viewerCommand, type Key, type Standing } from './viewerKeys';

const pressed = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});
const middle: Standing = { playing: false, atStart: false, atEnd: false };

describe('viewerCommand', () => {
  // Bug: K stops the film as in an editor, and a cull by keyboard keeps nothing.
  it('keeps with K, as the grid does', () => {
    expect(viewerCommand(pressed('k'), middle)).toEqual({ do: 'keep' });
    expect(viewerCommand(pressed('K', { shiftKey: true }), middle)).toEqual({ do: 'keep' });
  });

  // Bug: the right arrow jumps to the next clip while the film plays through its end.
  it('goes to the next clip only where the film stands at its end', () => {
    const end = { ...middle, atEnd: true };
    expect(viewerCommand(pressed('ArrowRight'), end)).toEqual({ do: 'clip', by: 1 });
    expect(viewerCommand(pressed('ArrowLeft'), end)).toEqual({ do: 'seek', by: -1 });
    expect(viewerCommand(pressed('ArrowRight'), { ...end, playing: true })).toEqual({ do: 'seek', by: 1 });
    expect(viewerCommand(pressed('ArrowRight', { altKey: true }), end)).toEqual({ do: 'step', by: 1 });
  });

  // Bug: the system's own combinations rate, save or trash.
  it('leaves combinations to the system, but undo and redo', () => {
    expect(viewerCommand(pressed('s', { ctrlKey: true }), middle)).toBeNull();
    expect(viewerCommand(pressed('3', { metaKey: true }), middle)).toBeNull();
    expect(viewerCommand(pressed('Z', { ctrlKey: true, shiftKey: true }), middle)).toEqual({ do: 'redo' });
    expect(viewerCommand(pressed('z', { metaKey: true }), middle)).toEqual({ do: 'undo' });
  });

  // Bug: 6 gives a rating that the database refuses.
  it('rates from 0 to 5', () => {
    expect(viewerCommand(pressed('0'), middle)).toEqual({ do: 'rate', rating: 0 });
    expect(viewerCommand(pressed('6'), middle)).toBeNull();
  });
});
