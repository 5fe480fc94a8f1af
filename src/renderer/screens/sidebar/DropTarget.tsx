// What takes clips dragged from the grid: shows that it would, and says which were let go over it.
import { useState, type DragEvent, type ReactNode } from 'react';
import { CLIPS_DRAG_TYPE } from '../../stores/selectionStore';
import styles from './Sidebar.module.css';

interface DropTargetProps {
  /** Null: it takes none. */
  readonly onClips: ((ids: readonly string[]) => void) | null;
  readonly children: ReactNode;
}

export function DropTarget({ onClips, children }: DropTargetProps) {
  const [over, setOver] = useState(false);
  const takes = (event: DragEvent): boolean =>
    onClips !== null && event.dataTransfer.types.includes(CLIPS_DRAG_TYPE);
  return (
    <div
      className={styles.dropTarget}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        onClips?.(idsOf(event.dataTransfer.getData(CLIPS_DRAG_TYPE)));
      }}
    >
      {children}
    </div>
  );
}

/** Only our own grid writes this type, but a page's text is never trusted blindly. */
function idsOf(text: string): string[] {
  const ids: unknown = JSON.parse(text);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}
