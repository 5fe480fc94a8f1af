// What opens inside a page takes the focus, and gives it back when it goes.
import { useEffect, useRef, useState, type RefObject } from 'react';

const FIRST = 'input:not(:disabled), select, textarea, button:not(:disabled)';

/** For the element around what opened. A field in it that asks for the focus keeps it. */
export function useOpenedFocus<T extends HTMLElement>(): RefObject<T | null> {
  const area = useRef<T>(null);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    const opened = area.current;
    const around = opened?.parentElement;
    if (opened?.contains(document.activeElement) === false) opened.querySelector<HTMLElement>(FIRST)?.focus();
    return () => {
      const { activeElement } = document;
      // Who moved on in the meantime is left there. A sheet takes what nobody has.
      const free = activeElement === null || activeElement.contains(around ?? null);
      if (!free) return;
      // A menu's entry is gone by then: what stands beside it is near enough.
      const back =
        opener?.isConnected === true && opener !== document.body ? opener : around?.querySelector(FIRST);
      if (back instanceof HTMLElement) back.focus();
    };
  }, [opener]);
  return area;
}
