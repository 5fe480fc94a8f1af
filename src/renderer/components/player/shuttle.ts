// How fast a film runs: the speeds to choose from, and J and L, which each press makes faster. Pure.

export const SPEEDS = [0.25, 0.5, 1, 2] as const;
const FASTEST = 8;

/** The rate after J or L; negative runs backwards, 0 stands. `speed`: what the first press gives. */
export function shuttled(rate: number, direction: 1 | -1, speed: number): number {
  const running = rate * direction;
  if (running <= 0) return speed * direction;
  return Math.min(running * 2, FASTEST) * direction;
}

/** The next slower or faster speed; the same at the end. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const at = SPEEDS.findIndex((candidate) => candidate === speed);
  return SPEEDS[Math.max(0, Math.min(at + direction, SPEEDS.length - 1))] ?? 1;
}
