// Clips dragged with the mouse: inside the window as data for its own targets, beyond its edge as files.
//
// A drag that Chromium runs itself cannot be ended or changed by the page, and `webContents.startDrag` cannot begin
// while one runs. So Chromium's drag is refused (`preventDefault`), and the pointer followed here: targets in the window
// get the drag events they know, with their DataTransfer. Where the pointer leaves the window with the button down, the
// system's drag of the real files begins: as many as there are, under one picture, to any program. With Alt it
// begins at once, for a window that fills the screen. Files let go over our own window come back as dropped files.
import type { DragEvent as ReactDragEvent } from 'react';
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { CLIP_DRAG_TYPE } from '../../stores/intakeStore';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { CLIPS_DRAG_TYPE } from '../../stores/selectionStore';
import styles from './Export.module.css';

/** For the `dragstart` of a tile: `clip` is under the pointer, `ids` go along. */
export function beginDragOut(event: ReactDragEvent, clip: Clip, ids: readonly string[]): void {
  event.preventDefault();
  if (event.altKey) giveToSystem(clip, ids);
  else follow(event.currentTarget, clip, ids);
}

function giveToSystem(clip: Clip, ids: readonly string[]): void {
  void attempt(() => useLibrary.getState().startDrag(ids), clip.title);
}

function follow(source: EventTarget, clip: Clip, ids: readonly string[]): void {
  const data = new DataTransfer();
  data.setData(CLIP_DRAG_TYPE, clip.id);
  data.setData(CLIPS_DRAG_TYPE, JSON.stringify(ids));
  data.effectAllowed = 'copy';
  const ghost = ghostOf(clip, ids.length);
  const stop = new AbortController();
  let over: Element | null = null;
  let accepted = false;

  const tell = (type: string, target: EventTarget | null, { clientX, clientY }: Point): boolean => {
    if (target === null) return false;
    const at = { bubbles: true, cancelable: true, composed: true, clientX, clientY };
    return !target.dispatchEvent(new DragEvent(type, { ...at, dataTransfer: data }));
  };
  const leave = (at: Point): void => {
    tell('dragleave', over, at);
    over = null;
    accepted = false;
  };
  const end = (at: Point): void => {
    stop.abort();
    ghost.remove();
    leave(at);
    tell('dragend', source, at);
  };
  const look = (at: Point): void => {
    const target = document.elementFromPoint(at.clientX, at.clientY);
    if (target !== over) {
      // In the order of the standard: the new one is entered before the old one is left.
      tell('dragenter', target, at);
      tell('dragleave', over, at);
      over = target;
    }
    accepted = tell('dragover', target, at);
  };
  const move = (at: PointerEvent): void => {
    // Let go where the window did not see it.
    if (at.buttons === 0) return end(at);
    if (isOutside(at)) {
      end(at);
      return giveToSystem(clip, ids);
    }
    ghost.style.transform = `translate(${at.clientX + 12}px, ${at.clientY + 12}px)`;
    look(at);
  };
  const drop = (at: PointerEvent): void => {
    // A quick hand lets go before it was seen over the target.
    look(at);
    // A drop stands for the leaving.
    if (accepted && tell('drop', over, at)) over = null;
    end(at);
    // The click that would follow is no choice of what lies under the pointer.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
  };
  const { signal } = stop;
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', drop, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('blur', () => end({ clientX: 0, clientY: 0 }), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end({ clientX: 0, clientY: 0 });
    },
    { signal, capture: true },
  );
}

interface Point {
  readonly clientX: number;
  readonly clientY: number;
}

/** The last row of pixels counts as outside: in a window that fills the screen the pointer gets no further. */
export function isOutside(
  { clientX, clientY }: Point,
  { innerWidth, innerHeight }: { innerWidth: number; innerHeight: number } = window,
): boolean {
  return clientX <= 0 || clientY <= 0 || clientX >= innerWidth - 1 || clientY >= innerHeight - 1;
}

function ghostOf({ id, hasPoster, width, height }: Clip, count: number): HTMLElement {
  const ghost = document.createElement('div');
  ghost.className = styles.ghost ?? '';
  ghost.ariaHidden = 'true';
  // Out of sight until the pointer moves.
  ghost.style.transform = 'translate(-1000px, 0)';
  ghost.style.width = `${Math.round(Math.min(128, (80 * width) / Math.max(1, height)))}px`;
  if (hasPoster) ghost.style.backgroundImage = `url("${mediaUrl('poster', id)}")`;
  if (count > 1) ghost.dataset.count = String(count);
  document.body.append(ghost);
  return ghost;
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
