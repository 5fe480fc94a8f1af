// Keeps the focus in the grid while rows come and go under it.
import { useEffect, useRef, type RefObject } from 'react';

interface GridFocus {
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly activeRef: RefObject<HTMLDivElement | null>;
  /** The next active tile to be drawn takes the focus. */
  moveNext(): void;
}

export function useGridFocus(): GridFocus {
  const gridRef = useRef<HTMLDivElement>(null);
  const activeRef = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  /** The tile that the keyboard is leaving; `undefined`: it stays. */
  const leaving = useRef<HTMLDivElement | null>(undefined);

  useEffect(() => {
    // A removed element takes its focus along without a word, so the last place it was is remembered.
    const remember = (event: Event): void => {
      inside.current = gridRef.current?.contains(event.target as Node) === true;
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', remember);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', remember);
    };
  }, []);
  useEffect(() => {
    const lost = inside.current && document.activeElement === document.body;
    // The grid stood in for a tile that was out of sight: now it is here again.
    const standsIn = document.activeElement === gridRef.current && activeRef.current !== null;
    // An effect of an earlier picture may come only now, when another tile is not drawn yet.
    const moved = leaving.current !== undefined && activeRef.current !== leaving.current;
    if (!moved && !lost && !standsIn) return;
    if (activeRef.current !== null) {
      leaving.current = undefined;
      activeRef.current.focus({ preventScroll: true });
    } else if (lost) gridRef.current?.focus({ preventScroll: true });
  });
  return { gridRef, activeRef, moveNext: () => void (leaving.current = activeRef.current) };
}
