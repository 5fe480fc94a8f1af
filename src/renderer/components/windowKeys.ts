// When a key that works in the whole window stands back: for text being written, and for what lies over the window.

/** The key belongs to what is being written or chosen there. */
export function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type="range"]), textarea, select');
}

/** A sheet, the viewer or compare has the keys. */
export function isSheetOpen(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"]') !== null;
}
