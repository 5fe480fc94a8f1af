// The grid: virtual justified rows under day headings, one tile in the Tab order, arrows to move.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type Ref, type RefObject } from 'react';
import { useView } from '../../stores/viewStore';
import { ClipTile } from './ClipTile';
import { DayHeading } from './DayHeading';
import {
  CAPTION,
  isSelected,
  layOut,
  rowSize,
  verticalNeighbour,
  type GridItem,
  type GridRow,
} from './gridItems';
import { LiveTile } from './LiveTile';
import { useGridFocus } from './useGridFocus';
import styles from './Grid.module.css';

interface GridProps {
  readonly label: string;
  readonly items: readonly GridItem[];
  readonly target: number;
  readonly ended: boolean;
  readonly onNearEnd: () => void;
  readonly onOpen: (item: GridItem) => void;
}

/** The margins of the grid inside its scroller; the scroll bar has its own place. */
const SIDES = 22;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 12;

export function Grid({ label, items, target, ended, onNearEnd, onOpen }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller) - SIDES;
  const rows = useMemo(
    () => layOut(items, Math.max(width, 160), target, ended),
    [items, width, target, ended],
  );
  const virtualizer = useVirtualizer({
    count: width > 0 ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeAt(rows, index),
    overscan: 6,
  });
  useEffect(() => virtualizer.measure(), [rows, virtualizer]);

  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!ended && last >= rows.length - AHEAD) onNearEnd();
  }, [ended, last, rows.length, onNearEnd]);

  const keyboard = useGridKeys(items, rows, (index) => virtualizer.scrollToIndex(rowOf(rows, index)), onOpen);
  const activeRow = rowOf(rows, keyboard.active);
  const activeShown = shown.some(({ index }) => index === activeRow);
  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        ref={keyboard.gridRef}
        className={styles.grid}
        // While the active tile is scrolled out of sight, the grid itself stands in for it.
        tabIndex={activeShown ? -1 : 0}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={keyboard.onKeyDown}
      >
        {shown.map((virtual) => {
          const row = rows[virtual.index];
          if (row === undefined) return null;
          return (
            <div
              key={row.type === 'day' ? row.day : `${row.first}-${row.items[0]?.id ?? ''}`}
              role="row"
              aria-rowindex={virtual.index + 1}
              className={row.type === 'day' ? styles.day : styles.row}
              style={{ transform: `translateY(${virtual.start}px)`, height: virtual.size }}
            >
              {row.type === 'day' ? (
                <DayHeading row={row} />
              ) : (
                <Tiles row={row} active={keyboard.active} activeRef={keyboard.activeRef} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface TilesProps {
  readonly row: Extract<GridRow, { type: 'tiles' }>;
  readonly active: number;
  readonly activeRef: Ref<HTMLDivElement>;
}

function Tiles({ row, active, activeRef }: TilesProps) {
  const selection = useView((state) => state.selection);
  const height = Math.round(row.height);
  return row.items.map((item, place) => {
    const index = row.first + place;
    const cell = {
      width: item.ratio * row.height,
      height,
      selected: isSelected(item, selection),
      reachable: index === active,
      column: place + 1,
      cellRef: index === active ? activeRef : null,
      onSelect: () => useView.getState().select({ type: item.type, id: item.id }),
    };
    return item.type === 'clip' ? (
      <ClipTile key={item.id} clip={item.clip} {...cell} />
    ) : (
      <LiveTile key={item.id} generation={item.generation} {...cell} />
    );
  });
}

function useGridKeys(
  items: readonly GridItem[],
  rows: readonly GridRow[],
  scrollTo: (index: number) => void,
  onOpen: (item: GridItem) => void,
) {
  const selection = useView((state) => state.selection);
  const active = Math.max(
    0,
    items.findIndex((item) => isSelected(item, selection)),
  );
  const focus = useGridFocus();
  const go = (index: number): void => {
    const item = items[index];
    if (item === undefined) return;
    focus.moveNext();
    useView.getState().select({ type: item.type, id: item.id });
    scrollTo(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys pressed on a button inside a tile are the button's.
    const role = (event.target as HTMLElement).getAttribute('role');
    if (role !== 'gridcell' && role !== 'grid') return;
    const item = items[active];
    const to = target(event.key, active, items.length, rows);
    if (to !== null) go(to);
    else if (event.key === 'Enter' && item !== undefined) onOpen(item);
    else if (event.key === ' ') useView.getState().togglePlay();
    else return;
    event.preventDefault();
  };
  return { active, onKeyDown, gridRef: focus.gridRef, activeRef: focus.activeRef };
}

function target(key: string, active: number, count: number, rows: readonly GridRow[]): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, active - 1);
    case 'ArrowRight':
      return Math.min(count - 1, active + 1);
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = verticalNeighbour(rows, active, key === 'ArrowDown' ? 1 : -1);
      return next < 0 ? active : next;
    }
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function sizeAt(rows: readonly GridRow[], index: number): number {
  const row = rows[index];
  return row === undefined ? CAPTION : rowSize(row);
}

function rowOf(rows: readonly GridRow[], index: number): number {
  return Math.max(
    0,
    rows.findIndex(
      (row) => row.type === 'tiles' && index >= row.first && index < row.first + row.items.length,
    ),
  );
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
