// Which rows of the grid are in sight, and that what is looked at stays where it is when the grid changes.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';
import { isSame, useLibrary, type ShownOrder } from '../../stores/libraryStore';
import { rowAtHeight, rowOfIndex, isHeading, type GridLayout } from './gridLayout';
import { firstNotBelow, indexOfPlace, placeAt, type GridSequence } from './gridSequence';

/** Pixels above and below that are drawn too. */
const OVERSCAN = 480;
/** Faster than a wheel turns, as when the scroll bar is pulled: nothing can be made out. Pixels per millisecond. */
const FLYING = 6;
/** After so long without a scroll event it has come to rest. Milliseconds. */
const REST = 100;
/** So long after the event before, it is a single jump and no flight. Milliseconds. */
const JUMP = 400;
/** At the very top what is new comes into sight by itself. */
const AT_TOP = 8;

interface GridViewInput {
  readonly layout: GridLayout;
  readonly sequence: GridSequence;
  /** Null where the grid shows generations alone. */
  readonly order: ShownOrder | null;
  readonly height: number;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

export interface GridView {
  /** Rows, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** Those of them that are drawn whole; the others fly by. */
  readonly filled: Rows;
  readonly onScroll: (event: UIEvent) => void;
  scrollTo(index: number): void;
}

export function useGridView(
  scroller: RefObject<HTMLDivElement | null>,
  { layout, sequence, order, height }: GridViewInput,
): GridView {
  const [{ range, filled }, setShown] = useState({ range: NO_ROWS, filled: NO_ROWS });
  /** A place, and how far under the upper edge its row begins. */
  const anchor = useRef<{ readonly place: number; readonly offset: number } | null>(null);
  const shown = useRef(order);
  const last = useRef({ top: 0, time: -Infinity });
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);

  const look = (flying = false): void => {
    const { current } = scroller;
    if (current === null || layout.rows === 0)
      return setShown((known) => (known.range.to === 0 ? known : { range: NO_ROWS, filled: NO_ROWS }));
    const top = current.scrollTop;
    const next = {
      from: rowAtHeight(layout, top - OVERSCAN),
      to: rowAtHeight(layout, top + height + OVERSCAN) + 1,
    };
    setShown((known) => {
      const whole = flying ? known.filled : next;
      return isSameRows(known.range, next) && isSameRows(known.filled, whole)
        ? known
        : { range: next, filled: whole };
    });
    const first = firstWhole(layout, top);
    const firstPlace = first < 0 ? null : placeAt(sequence, layout.first[first] ?? 0);
    anchor.current =
      top < AT_TOP || firstPlace === null
        ? null
        : { place: firstPlace, offset: (layout.tops[first] ?? 0) - top };
    // What flies by is not asked for.
    if (order === null || flying) return;
    const upper = layout.first[rowAtHeight(layout, top)] ?? 0;
    const lower = layout.end[rowAtHeight(layout, top + height)] ?? 0;
    useLibrary.getState().see(
      {
        from: upper - firstNotBelow(sequence.live, upper),
        to: lower - firstNotBelow(sequence.live, lower),
      },
      anchor.current?.place ?? null,
    );
  };

  const latest = useRef(look);
  useLayoutEffect(() => {
    latest.current = look;
  });
  useEffect(() => () => clearTimeout(rest.current), []);

  const onScroll = ({ timeStamp }: UIEvent): void => {
    const top = scroller.current?.scrollTop ?? 0;
    const [moved, passed] = [Math.abs(top - last.current.top), timeStamp - last.current.time];
    last.current = { top, time: timeStamp };
    const flying = passed < JUMP && moved > passed * FLYING;
    clearTimeout(rest.current);
    if (flying) rest.current = setTimeout(() => latest.current(), REST);
    look(flying);
  };

  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const before = shown.current;
    shown.current = order;
    const known = anchor.current;
    if (
      before?.question !== order?.question &&
      before !== null &&
      (order === null || !isSame(before.question, order.question))
    ) {
      current.scrollTo({ top: 0 });
    } else if (known !== null && layout.rows > 0) {
      const moved = before !== order && order?.anchor?.from === known.place ? order.anchor.to : known.place;
      const row = rowOfIndex(layout, indexOfPlace(sequence, moved));
      if (row >= 0) current.scrollTo({ top: (layout.tops[row] ?? 0) - known.offset });
    }
    // What is in sight is only known once the new grid has its height.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    look();
    // `look` reads what is listed here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [layout, sequence, order, height]);

  return {
    from: Math.min(range.from, layout.rows),
    to: Math.min(range.to, layout.rows),
    filled,
    onScroll,
    scrollTo: (index) => {
      const { current } = scroller;
      const row = rowOfIndex(layout, index);
      if (current === null || row < 0) return;
      // The heading of a day comes into sight with its first row.
      const top = layout.tops[row > 0 && isHeading(layout, row - 1) ? row - 1 : row] ?? 0;
      const bottom = (layout.tops[row + 1] ?? 0) + MARGIN;
      if (top < current.scrollTop) current.scrollTo({ top: Math.max(0, top - MARGIN) });
      else if (bottom > current.scrollTop + height) current.scrollTo({ top: bottom - height });
    },
  };
}

const NO_ROWS: Rows = { from: 0, to: 0 };
const MARGIN = 6;

function isSameRows(a: Rows, b: Rows): boolean {
  return a.from === b.from && a.to === b.to;
}

function firstWhole(layout: GridLayout, top: number): number {
  let row = rowAtHeight(layout, top);
  while (row < layout.rows && (isHeading(layout, row) || (layout.tops[row] ?? 0) < top)) row += 1;
  return row < layout.rows ? row : -1;
}
