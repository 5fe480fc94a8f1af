// What a key means in the grid: moving, marking, opening. Pure, so that the rules can be read and tested.
export type Move = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'pageUp' | 'pageDown';

export type GridCommand =
  | { readonly type: 'move'; readonly move: Move; readonly extend: boolean }
  | { readonly type: 'rate'; readonly rating: number }
  | { readonly type: 'keep' | 'reject' }
  | {
      readonly type:
        | 'view'
        | 'reuse'
        | 'trash'
        | 'deleteFiles'
        | 'undo'
        | 'redo'
        | 'tags'
        | 'compare'
        | 'selectAll'
        | 'clear';
    };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};
const LETTERS: Readonly<Record<string, 'keep' | 'reject' | 'undo' | 'tags' | 'compare'>> = {
  k: 'keep',
  x: 'reject',
  z: 'undo',
  t: 'tags',
  c: 'compare',
};

/** Null: the key is not the grid's. */
export function gridCommand(pressed: PressedKey, { trash }: { readonly trash: boolean }): GridCommand | null {
  const { key, shiftKey: shift, altKey } = pressed;
  const command = pressed.ctrlKey || pressed.metaKey;
  if (altKey) return null;
  const move = MOVES[key];
  if (move !== undefined) return { type: 'move', move, extend: shift };
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (command) {
    if (letter === 'a' && !shift) return { type: 'selectAll' };
    if (letter === 'z') return { type: shift ? 'redo' : 'undo' };
    return letter === 'y' && !shift ? { type: 'redo' } : null;
  }
  if (key === 'Delete' || key === 'Backspace') {
    if (trash) return { type: 'deleteFiles' };
    return shift ? null : { type: 'trash' };
  }
  if (letter === 'z') return { type: shift ? 'redo' : 'undo' };
  // Some keyboards write digits with Shift.
  if (/^[0-5]$/.test(key)) return { type: 'rate', rating: Number(key) };
  if (shift) return null;
  if (key === ' ') return { type: 'view' };
  if (key === 'Enter') return { type: 'reuse' };
  if (key === 'Escape') return { type: 'clear' };
  const named = LETTERS[letter];
  return named === undefined ? null : { type: named };
}
