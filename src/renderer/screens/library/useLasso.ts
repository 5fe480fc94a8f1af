// A rectangle drawn over empty space chooses the tiles that it touches.
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Clip } from '@shared/domain/clip';
import { clipAtPlace } from '../../stores/clipPages';
import { useLibrary } from '../../stores/libraryStore';
import { useSelection, type Chosen } from '../../stores/selectionStore';
import { useView } from '../../stores/viewStore';
import { tilesInBox, type Box, type GridLayout } from './gridLayout';
import { placeAt, type GridSequence } from './gridSequence';

/** Pixels that a click may move. */
const SLACK = 4;
/** So near to an edge the grid scrolls, by so much each frame. */
const EDGE = 32;
const STEP = 14;

interface LassoInput {
  readonly layout: GridLayout;
  readonly sequence: GridSequence;
}

interface Drag {
  /** Where it began, in the grid's content. */
  readonly left: number;
  readonly top: number;
  readonly before: Chosen;
  readonly met: Map<number, Clip>;
  clientX: number;
  clientY: number;
  moved: boolean;
}

export function useLasso(
  scroller: RefObject<HTMLDivElement | null>,
  grid: RefObject<HTMLDivElement | null>,
  { layout, sequence }: LassoInput,
): {
  readonly box: Box | null;
  readonly onPointerDown: (event: PointerEvent) => void;
} {
  const [box, setBox] = useState<Box | null>(null);
  const drag = useRef<Drag | null>(null);
  const latest = useRef({ layout, sequence });
  useEffect(() => {
    latest.current = { layout, sequence };
  });

  const draw = (): void => {
    const [current, content] = [drag.current, grid.current?.getBoundingClientRect()];
    if (current === null || content === undefined) return;
    const [x, y] = [current.clientX - content.left, current.clientY - content.top];
    if (!current.moved && Math.hypot(x - current.left, y - current.top) < SLACK) return;
    current.moved = true;
    const next: Box = {
      left: Math.max(0, Math.min(x, current.left)),
      top: Math.max(0, Math.min(y, current.top)),
      right: Math.min(content.width, Math.max(x, current.left)),
      bottom: Math.min(content.height, Math.max(y, current.top)),
    };
    setBox(next);
    const found = new Map(current.before);
    const { pages } = useLibrary.getState();
    for (const index of tilesInBox(latest.current.layout, latest.current.sequence.ratios, next)) {
      const place = placeAt(latest.current.sequence, index);
      if (place === null) continue;
      // What was met and has scrolled far away is remembered.
      const clip = clipAtPlace(pages, place) ?? current.met.get(place);
      if (clip === undefined) continue;
      current.met.set(place, clip);
      found.set(clip.id, clip);
    }
    useSelection.getState().choose(found);
  };

  const onPointerDown = (event: PointerEvent): void => {
    const target = event.target as HTMLElement;
    const content = grid.current?.getBoundingClientRect();
    const onScrollBar =
      event.clientX >
      (scroller.current?.getBoundingClientRect().left ?? 0) + (scroller.current?.clientWidth ?? 0);
    if (event.button !== 0 || content === undefined || onScrollBar) return;
    if (target.closest('[data-index], button, [role="dialog"]') !== null) return;
    const add = event.ctrlKey || event.metaKey || event.shiftKey;
    drag.current = {
      left: event.clientX - content.left,
      top: event.clientY - content.top,
      before: add ? useSelection.getState().chosen : new Map(),
      met: new Map(),
      clientX: event.clientX,
      clientY: event.clientY,
      moved: false,
    };
    const stop = new AbortController();
    const onMove = (move: globalThis.PointerEvent): void => {
      if (drag.current === null) return;
      drag.current.clientX = move.clientX;
      drag.current.clientY = move.clientY;
      draw();
    };
    let frame = requestAnimationFrame(function scrollAtEdges() {
      const area = scroller.current?.getBoundingClientRect();
      const current = drag.current;
      if (area !== undefined && current?.moved === true) {
        const by =
          current.clientY < area.top + EDGE ? -STEP : current.clientY > area.bottom - EDGE ? STEP : 0;
        if (by !== 0) {
          scroller.current?.scrollBy(0, by);
          draw();
        }
      }
      frame = requestAnimationFrame(scrollAtEdges);
    });
    const onEnd = (): void => {
      cancelAnimationFrame(frame);
      stop.abort();
      const moved = drag.current?.moved === true;
      drag.current = null;
      setBox(null);
      if (moved) lookAtOne();
      else if (!add) useSelection.getState().clear();
    };
    const { signal } = stop;
    window.addEventListener('pointermove', onMove, { signal });
    window.addEventListener('pointerup', onEnd, { signal });
    window.addEventListener('pointercancel', onEnd, { signal });
  };
  return { box, onPointerDown };
}

/** The clip in the inspector is one of the chosen ones. */
function lookAtOne(): void {
  const { chosen } = useSelection.getState();
  const { selection, select } = useView.getState();
  const [first] = chosen.keys();
  if (first !== undefined && (selection?.type !== 'clip' || !chosen.has(selection.id)))
    select({ type: 'clip', id: first });
}
