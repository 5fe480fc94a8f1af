// The cell of the grid around every tile: place, selection, focus.
import type { DragEvent, ReactNode, Ref } from 'react';
import styles from './Tile.module.css';

export interface CellProps {
  /** Pixels; its height is the row's. */
  readonly width: number;
  readonly selected: boolean;
  /** The one cell that the Tab key reaches. */
  readonly reachable: boolean;
  readonly column: number;
  /** Its number in the grid, which reads the pointer for all tiles. */
  readonly index: number;
  readonly cellRef: Ref<HTMLDivElement>;
}

interface TileFrameProps extends CellProps {
  readonly name: string;
  readonly kind: 'clip' | 'frame' | 'live' | 'ended';
  readonly picture: ReactNode;
  readonly caption: ReactNode;
  readonly rejected?: boolean;
  /** Makes the tile draggable; says what it carries. */
  readonly onDragStart?: (event: DragEvent) => void;
}

export function TileFrame(props: TileFrameProps) {
  const { name, kind, picture, caption, width, selected, reachable, column, index, cellRef } = props;
  const { rejected = false, onDragStart } = props;
  return (
    <div
      ref={cellRef}
      role="gridcell"
      aria-label={name}
      aria-selected={selected}
      aria-colindex={column}
      aria-busy={kind === 'frame' || undefined}
      tabIndex={reachable ? 0 : -1}
      className={styles.tile}
      data-index={index}
      data-kind={kind}
      data-selected={selected || undefined}
      data-rejected={rejected || undefined}
      style={{ width }}
      draggable={onDragStart !== undefined}
      onDragStart={onDragStart}
    >
      <div className={styles.picture}>{picture}</div>
      <div className={styles.caption}>{caption}</div>
    </div>
  );
}
