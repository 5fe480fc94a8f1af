// Calls that would come many times a second, passed on a few times a second.

/** Passes a call on when the last one that was passed on is at least `everyMs` ago; the first one always. */
export function throttled<Values extends unknown[]>(
  everyMs: number,
  action: (...values: Values) => void,
): (...values: Values) => void {
  let last = 0;
  return (...values) => {
    const now = Date.now();
    if (now - last < everyMs) return;
    last = now;
    action(...values);
  };
}
