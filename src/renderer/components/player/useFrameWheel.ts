// The wheel over a film goes through its frames.
import { useEffect, useRef, type RefObject } from 'react';

/** Pixels of a wheel for one frame: a notch is 100 or more, a trackpad gives many small ones. */
const PER_FRAME = 40;

/** @param onStep by frames; down and to the right go on. */
export function useFrameWheel(element: RefObject<HTMLElement | null>, onStep: (by: number) => void): void {
  const latest = useRef(onStep);
  useEffect(() => {
    latest.current = onStep;
  });
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let rest = 0;
    const onWheel = ({ deltaX, deltaY, deltaMode, ctrlKey }: WheelEvent): void => {
      if (ctrlKey) return;
      const turned = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY;
      // A notch is one frame, whatever the system makes of it.
      const frames =
        deltaMode !== WheelEvent.DOM_DELTA_PIXEL || Math.abs(turned) >= PER_FRAME * 2
          ? Math.sign(turned)
          : (rest + turned) / PER_FRAME;
      const by = Math.trunc(frames);
      rest = (frames - by) * PER_FRAME;
      if (by !== 0) latest.current(by);
    };
    target.addEventListener('wheel', onWheel, { passive: true });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element]);
}
