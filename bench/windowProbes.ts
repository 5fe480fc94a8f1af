// What runs inside the measured page: when it was painted, how even its frames are, how soon rows answer a key.

/** Milliseconds since 1970 with fractions. */
const NOW = 'performance.timeOrigin + performance.now()';

/** `__painted`: when a plain page was painted; two frames, because the first may still be the one before. */
export const PAGE_PROBE = `
globalThis.__painted = new Promise((resolve) => addEventListener('load', () => requestAnimationFrame(() =>
  requestAnimationFrame(() => resolve(${NOW})))));
`;

/**
 * `__painted`: when every tile in sight had its picture on the screen, decoded. `__frames`, `__keys`, `__timers`
 * are for later.
 */
export const GRID_PROBE = `
globalThis.__painted = new Promise((resolve) => {
  const inSight = () => {
    const grid = document.querySelector('[role="grid"]');
    if (grid === null) return [];
    const { top, bottom } = grid.parentElement.getBoundingClientRect();
    return [...grid.querySelectorAll('[role="gridcell"]')].filter((cell) => {
      const box = cell.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
  };
  const look = () => {
    const pictures = inSight().map((cell) => cell.querySelector('img'));
    if (pictures.length === 0 || !pictures.every((each) => each?.complete && each.naturalWidth > 0))
      return requestAnimationFrame(look);
    Promise.all(pictures.map((each) => each.decode())).then(() => requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        globalThis.__tiles = pictures.length;
        resolve(${NOW});
      })));
  };
  requestAnimationFrame(look);
});
globalThis.__timers = 0;
for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
  const original = globalThis[name];
  globalThis[name] = (action, ...rest) => original((...args) => { globalThis.__timers += 1; return action(...args); }, ...rest);
}
`;

/** Begins to note the time from frame to frame, and tasks over 50 ms. */
export const FRAMES_BEGIN = `
globalThis.__frames = { gaps: [], long: [], over: false };
globalThis.__longTasks = new PerformanceObserver((list) =>
  __frames.long.push(...list.getEntries().map(({ duration }) => duration)));
__longTasks.observe({ type: 'longtask' });
{
  let before = null;
  const next = (time) => {
    if (__frames.over) return;
    if (before !== null) __frames.gaps.push(time - before);
    before = time;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
`;

export const FRAMES_END = `__frames.over = true; __longTasks.disconnect(); ({ gaps: __frames.gaps, long: __frames.long })`;

/** `__answer()`: milliseconds from the last key to the frame that shows other rows; null when none change. */
export const KEYS_BEGIN = `
{
  let pressed = null;
  let tell = () => undefined;
  addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true);
  addEventListener('beforeinput', ({ timeStamp }) => (pressed ??= timeStamp), true);
  const isRows = ({ target }) => {
    const element = target instanceof Element ? target : target.parentElement;
    return element !== null && element.closest('[role="search"]') === null;
  };
  new MutationObserver((changes) => {
    if (pressed === null || !changes.some(isRows)) return;
    const from = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(performance.now() - from);
      port2.postMessage(null);
    });
  }).observe(document.querySelector('main'), {
    subtree: true, childList: true, characterData: true, attributeFilter: ['aria-rowcount', 'aria-label'],
  });
  globalThis.__expect = () => {
    pressed = null;
    globalThis.__answered = Promise.race([
      new Promise((resolve) => (tell = resolve)),
      new Promise((resolve) => setTimeout(resolve, 1500, null)),
    ]);
  };
}
`;
