// What a key does in compare. Pure.
import type { Key } from '../viewer/viewerKeys';

export interface CompareKey extends Key {
  /** The key's place on the keyboard: with shift the figures are other signs. */
  readonly code: string;
}

export type CompareCommand =
  /** The take at this place, from 0. */
  | { readonly do: 'keep' | 'reject'; readonly take: number }
  | { readonly do: 'choose'; readonly by: 1 | -1 }
  | { readonly do: 'step'; readonly by: number }
  /** Seconds. */
  | { readonly do: 'seek'; readonly by: number }
  | { readonly do: 'speed'; readonly direction: 1 | -1 }
  | { readonly do: 'toggle' | 'first' | 'last' | 'loop' | 'mute' | 'wipe' | 'undo' | 'redo' };

const NAMED: Record<string, CompareCommand> = {
  ' ': { do: 'toggle' },
  ',': { do: 'step', by: -1 },
  '.': { do: 'step', by: 1 },
  '<': { do: 'speed', direction: -1 },
  '>': { do: 'speed', direction: 1 },
  ArrowUp: { do: 'choose', by: -1 },
  ArrowDown: { do: 'choose', by: 1 },
  ArrowLeft: { do: 'seek', by: -1 },
  ArrowRight: { do: 'seek', by: 1 },
  Home: { do: 'first' },
  End: { do: 'last' },
  r: { do: 'loop' },
  m: { do: 'mute' },
  w: { do: 'wipe' },
  z: { do: 'undo' },
};

/** Null: not a key of compare's. @param chosen the take that K and X are for. */
export function compareCommand(pressed: CompareKey, takes: number, chosen: number): CompareCommand | null {
  const { shiftKey, altKey } = pressed;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key === 'y') return { do: 'redo' };
    return key === 'z' ? { do: shiftKey ? 'redo' : 'undo' } : null;
  }
  if (altKey) {
    if (key === 'ArrowLeft') return { do: 'step', by: -1 };
    return key === 'ArrowRight' ? { do: 'step', by: 1 } : null;
  }
  const figure = /^(?:Digit|Numpad)([1-4])$/.exec(pressed.code)?.[1];
  if (figure !== undefined) {
    const take = Number(figure) - 1;
    return take < takes ? { do: shiftKey ? 'reject' : 'keep', take } : null;
  }
  if (key === 'k') return { do: 'keep', take: chosen };
  if (key === 'x') return { do: 'reject', take: chosen };
  if (shiftKey && key === 'z') return { do: 'redo' };
  return NAMED[key] ?? null;
}
