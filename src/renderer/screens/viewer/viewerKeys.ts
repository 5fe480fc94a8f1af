// What a key does in the viewer. Pure.

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export type ViewerCommand =
  | { readonly do: 'rate'; readonly rating: number }
  /** Frames. */
  | { readonly do: 'step'; readonly by: number }
  /** Seconds. */
  | { readonly do: 'seek'; readonly by: number }
  | { readonly do: 'clip'; readonly by: 1 | -1 }
  | { readonly do: 'shuttle'; readonly direction: 1 | -1 }
  | { readonly do: 'speed'; readonly direction: 1 | -1 }
  | { readonly do: Plain };

type Plain =
  | 'toggle'
  | 'first'
  | 'last'
  | 'markIn'
  | 'markOut'
  | 'clearMarks'
  | 'loop'
  | 'mute'
  | 'keep'
  | 'reject'
  | 'trash'
  | 'undo'
  | 'redo'
  | 'saveFrame'
  | 'reuse'
  | 'compare';

/** Where the film stands. */
export interface Standing {
  readonly playing: boolean;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

const NAMED: Record<string, ViewerCommand> = {
  ' ': { do: 'toggle' },
  ',': { do: 'step', by: -1 },
  '.': { do: 'step', by: 1 },
  '<': { do: 'speed', direction: -1 },
  '>': { do: 'speed', direction: 1 },
  j: { do: 'shuttle', direction: -1 },
  l: { do: 'shuttle', direction: 1 },
  i: { do: 'markIn' },
  o: { do: 'markOut' },
  r: { do: 'loop' },
  m: { do: 'mute' },
  k: { do: 'keep' },
  x: { do: 'reject' },
  z: { do: 'undo' },
  s: { do: 'saveFrame' },
  c: { do: 'compare' },
  Enter: { do: 'reuse' },
  Delete: { do: 'trash' },
  Backspace: { do: 'trash' },
  Home: { do: 'first' },
  End: { do: 'last' },
  PageUp: { do: 'clip', by: -1 },
  PageDown: { do: 'clip', by: 1 },
};

/** Null: not a key of the viewer's. K keeps, as it does in the grid; space stops, where editors have K. */
export function viewerCommand(pressed: Key, standing: Standing): ViewerCommand | null {
  const { shiftKey, altKey } = pressed;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key === 'y') return { do: 'redo' };
    return key === 'z' ? { do: shiftKey ? 'redo' : 'undo' } : null;
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return arrow(key === 'ArrowRight' ? 1 : -1, altKey, standing);
  if (altKey) return null;
  if (/^[0-5]$/.test(key)) return { do: 'rate', rating: Number(key) };
  if (shiftKey && key === 'z') return { do: 'redo' };
  if (shiftKey && (key === 'i' || key === 'o')) return { do: 'clearMarks' };
  return NAMED[key] ?? null;
}

/** A second along; standing at an end, on to the next clip. */
function arrow(direction: 1 | -1, alt: boolean, { playing, atStart, atEnd }: Standing): ViewerCommand {
  if (alt) return { do: 'step', by: direction };
  if (!playing && (direction === 1 ? atEnd : atStart)) return { do: 'clip', by: direction };
  return { do: 'seek', by: direction };
}
