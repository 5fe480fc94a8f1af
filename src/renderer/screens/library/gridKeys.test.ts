import { describe, expect, it } from 'vitest';
import { gridCommand, type PressedKey } from './gridKeys';

const press = (key: string, held: Partial<PressedKey> = {}): PressedKey => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const inList = { trash: false };

describe('gridCommand', () => {
  // Bug: copying with Ctrl+C opens the comparison, or Ctrl+X rejects a clip.
  it('leaves the shortcuts of the system alone', () => {
    for (const key of ['c', 'x', 'k', 't', '5'])
      expect(gridCommand(press(key, { ctrlKey: true }), inList)).toBeNull();
    expect(gridCommand(press('k', { altKey: true }), inList)).toBeNull();
  });

  // Bug: on a keyboard that writes digits with Shift no rating can be given.
  it('rates with digits, with and without Shift', () => {
    expect(gridCommand(press('4'), inList)).toEqual({ type: 'rate', rating: 4 });
    expect(gridCommand(press('4', { shiftKey: true }), inList)).toEqual({ type: 'rate', rating: 4 });
    expect(gridCommand(press('6'), inList)).toBeNull();
  });

  // Bug: with Caps Lock on, K and Z do nothing.
  it('reads letters whatever their case', () => {
    expect(gridCommand(press('K'), inList)).toEqual({ type: 'keep' });
    expect(gridCommand(press('Z', { shiftKey: true }), inList)).toEqual({ type: 'redo' });
    expect(gridCommand(press('z', { metaKey: true }), inList)).toEqual({ type: 'undo' });
    expect(gridCommand(press('Z', { ctrlKey: true, shiftKey: true }), inList)).toEqual({ type: 'redo' });
  });

  // Bug: Delete in a list asks to delete files, or in the trash does so without a question.
  it('trashes in lists and asks in the trash', () => {
    expect(gridCommand(press('Delete'), inList)).toEqual({ type: 'trash' });
    expect(gridCommand(press('Delete', { shiftKey: true }), inList)).toBeNull();
    expect(gridCommand(press('Delete', { shiftKey: true }), { trash: true })).toEqual({
      type: 'deleteFiles',
    });
  });

  // Bug: Shift with an arrow moves without choosing.
  it('extends with Shift', () => {
    expect(gridCommand(press('ArrowDown', { shiftKey: true }), inList)).toEqual({
      type: 'move',
      move: 'down',
      extend: true,
    });
  });
});
