// A clock that stands still until it is moved.

export interface FakeClock {
  /** Milliseconds since 1970. An arrow: it is handed around as `now`. */
  readonly now: () => number;
  advance(milliseconds: number): void;
}

export function fakeClock(start = Date.UTC(2026, 10, 22, 9, 0, 0)): FakeClock {
  let time = start;
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}
