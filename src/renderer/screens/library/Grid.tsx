// The grid: justified rows of which only those in sight exist, one tile in the Tab order, keys and lasso to choose.
import { memo, useEffect, useMemo, useRef, useState, type MouseEvent, type Ref, type RefObject } from 'react';
import type { Clip } from '@shared/domain/clip';
import type { Generation } from '@shared/domain/generation';
import { clipAtPlace, type ClipPages } from '../../stores/clipPages';
import { useLibrary, type ShownOrder } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { useSelection } from '../../stores/selectionStore';
import { useView, type List } from '../../stores/viewStore';
import { ClipTile } from './ClipTile';
import { useClipWords, type ClipWords } from './clipWords';
import { DayHeading } from './DayHeading';
import { FrameTile } from './FrameTile';
import { gridLayout, heightOfRow, isHeading, rowOfIndex, type GridLayout } from './gridLayout';
import { liveAtIndex, placeAt, type GridSequence } from './gridSequence';
import { LiveTile } from './LiveTile';
import { useGridFocus } from './useGridFocus';
import { openViewer, useGridKeyboard } from './useGridKeyboard';
import { useGridView } from './useGridView';
import { useLasso } from './useLasso';
import styles from './Grid.module.css';

interface GridProps {
  readonly label: string;
  readonly list: List;
  readonly sequence: GridSequence;
  readonly live: readonly Generation[];
  /** Null where the grid shows generations alone. */
  readonly order: ShownOrder | null;
  /** Height of a row's pictures. */
  readonly target: number;
}

/** The margins of the grid inside its scroller; the scroll bar has its own place. */
const SIDES = 22;
const LEAST_WIDTH = 160;

export function Grid({ label, list, sequence, live, order, target }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const width = Math.max(size.width - SIDES, LEAST_WIDTH);
  const layout = useMemo(() => gridLayout(sequence, width, target), [sequence, width, target]);
  const { from, to, filled, onScroll, scrollTo } = useGridView(scroller, {
    layout,
    sequence,
    order,
    height: size.height,
  });
  const { gridRef, activeRef, moveNext } = useGridFocus();
  const keyboard = useGridKeyboard(scroller, {
    list,
    layout,
    sequence,
    live,
    scrollTo,
    moveFocus: moveNext,
  });
  const words = useClipWords();
  const lasso = useLasso(scroller, gridRef, { layout, sequence });

  const activeRow = rowOfIndex(layout, keyboard.active);
  const activeShown = activeRow >= from && activeRow < to;
  const indexOf = (event: MouseEvent): number | null => {
    const tile = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    return tile === null ? null : Number(tile.dataset.index);
  };
  const onClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index === null) return;
    keyboard.choose(index, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
  };
  /** What the menu that opens is about. */
  const onContextMenu = (event: MouseEvent): void => {
    const index = indexOf(event);
    const place = index === null ? null : placeAt(sequence, index);
    const clip = place === null ? undefined : clipAtPlace(useLibrary.getState().pages, place);
    if (index === null || clip === undefined || useSelection.getState().chosen.has(clip.id)) return;
    keyboard.choose(index, { extend: false, toggle: false });
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index !== null && placeAt(sequence, index) !== null) void attempt(() => openViewer([]));
  };
  const rows: number[] = [];
  for (let row = from; row < to; row += 1) rows.push(row);
  return (
    <div ref={scroller} className={styles.scroller} onScroll={onScroll} onPointerDown={lasso.onPointerDown}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={layout.rows}
        aria-multiselectable
        ref={gridRef}
        className={styles.grid}
        // While the active tile is scrolled out of sight, the grid itself stands in for it.
        tabIndex={activeShown ? -1 : 0}
        style={{ height: layout.tops[layout.rows] ?? 0 }}
        onKeyDown={keyboard.onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
      >
        {size.width === 0
          ? null
          : rows.map((row) => (
              <Row
                key={keyOfRow(layout, row)}
                layout={layout}
                sequence={sequence}
                live={live}
                row={row}
                filled={row === activeRow || (row >= filled.from && row < filled.to)}
                active={row === activeRow ? keyboard.active : -1}
                activeRef={activeRef}
                words={words}
              />
            ))}
        {lasso.box === null ? null : (
          <div
            className={styles.lasso}
            style={{
              left: lasso.box.left,
              top: lasso.box.top,
              width: lasso.box.right - lasso.box.left,
              height: lasso.box.bottom - lasso.box.top,
            }}
          />
        )}
      </div>
    </div>
  );
}

interface DayProps {
  readonly layout: GridLayout;
  readonly sequence: GridSequence;
  readonly row: number;
}

interface RowProps extends DayProps {
  readonly live: readonly Generation[];
  /** False: it flies by, and is drawn as frames alone. */
  readonly filled: boolean;
  /** The tile that the keyboard stands at; -1: in another row. */
  readonly active: number;
  readonly activeRef: Ref<HTMLDivElement>;
  readonly words: ClipWords;
}

const Row = memo(function Row(props: RowProps) {
  const { layout, sequence, row } = props;
  const heading = isHeading(layout, row);
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className={heading ? styles.day : styles.row}
      style={{ top: layout.tops[row] ?? 0, height: heightOfRow(layout, row) }}
    >
      {heading ? <Day layout={layout} sequence={sequence} row={row} /> : <Tiles {...props} />}
    </div>
  );
});

const Day = memo(function Day({ layout, sequence, row }: DayProps) {
  const pages = useLibrary((state) => state.pages);
  const [first, end] = [layout.first[row] ?? 0, layout.end[row] ?? 0];
  const clips = useMemo(() => clipsBetween(sequence, pages, first, end), [sequence, pages, first, end]);
  return (
    <DayHeading time={sequence.dayTimes[layout.dayOf[row] ?? 0] ?? 0} takes={end - first} clips={clips} />
  );
});

/** Null where one of them is not here yet. */
function clipsBetween(
  sequence: GridSequence,
  pages: ClipPages,
  first: number,
  end: number,
): readonly Clip[] | null {
  const clips: Clip[] = [];
  for (let index = first; index < end; index += 1) {
    const place = placeAt(sequence, index);
    if (place === null) continue;
    const clip = clipAtPlace(pages, place);
    if (clip === undefined) return null;
    clips.push(clip);
  }
  return clips;
}

const NO_PAGES: ClipPages = new Map();

function Tiles({ layout, sequence, live, row, filled, active, activeRef, words }: RowProps) {
  const pages = useLibrary((state) => (filled ? state.pages : NO_PAGES));
  const chosen = useSelection((state) => state.chosen);
  const selection = useView((state) => state.selection);
  const [first, end, pictures] = [layout.first[row] ?? 0, layout.end[row] ?? 0, layout.pictures[row] ?? 0];
  const tiles = [];
  for (let index = first; index < end; index += 1) {
    const cell = {
      width: (sequence.ratios[index] ?? 1) * pictures,
      reachable: index === active,
      column: index - first + 1,
      index,
      cellRef: index === active ? activeRef : null,
    };
    const at = liveAtIndex(sequence, index);
    const generation = at === null ? undefined : live[at];
    const place = placeAt(sequence, index);
    const clip = place === null ? undefined : clipAtPlace(pages, place);
    if (generation !== undefined)
      tiles.push(
        <LiveTile
          key={generation.id}
          generation={generation}
          selected={selection?.type === 'generation' && selection.id === generation.id}
          {...cell}
        />,
      );
    else if (clip === undefined)
      tiles.push(<FrameTile key={`place-${index}`} name={words.notYet} selected={false} {...cell} />);
    else
      tiles.push(
        <ClipTile key={clip.id} clip={clip} words={words} selected={chosen.has(clip.id)} {...cell} />,
      );
  }
  return tiles;
}

function keyOfRow(layout: GridLayout, row: number): string {
  return `${isHeading(layout, row) ? 'day' : 'row'}-${layout.first[row] ?? 0}`;
}

function useSize(element: RefObject<HTMLElement | null>): {
  readonly width: number;
  readonly height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setSize({ width: entry?.contentRect.width ?? 0, height: entry?.contentRect.height ?? 0 }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
