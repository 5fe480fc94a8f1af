// Where the window opens: where it was, unless that place is not on any screen now. Pure.
import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const MINIMUM_SIZE = { width: 720, height: 480 } as const;
const USUAL_SIZE = { width: 1440, height: 900 } as const;
/** So much of the title bar has to stay on a screen that the window can be taken hold of. */
const GRIP = { width: 120, height: 40 } as const;

const pixel = z.int().min(-100_000).max(100_000);
const windowPlace = z.object({
  x: pixel,
  y: pixel,
  width: pixel.min(1),
  height: pixel.min(1),
  maximized: z.boolean().catch(false),
});
export type WindowPlace = z.infer<typeof windowPlace>;

/** What was remembered, if it makes sense. */
export function readWindowPlace(stored: unknown): WindowPlace | null {
  const parsed = windowPlace.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** Bounds for the window. `workAreas`: the usable parts of all screens, the first screen first. */
export function boundsOnScreen(stored: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const first = workAreas[0] ?? { x: 0, y: 0, ...USUAL_SIZE };
  const screen = stored === null ? undefined : workAreas.find((area) => canBeGrasped(stored, area));
  if (stored === null || screen === undefined) return centred(stored ?? USUAL_SIZE, first);
  return { x: stored.x, y: stored.y, ...fitted(stored, screen) };
}

function canBeGrasped(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return across >= GRIP.width && bounds.y >= area.y - 1 && bounds.y + GRIP.height <= area.y + area.height;
}

function fitted(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(MINIMUM_SIZE.width, Math.min(size.width, area.width)),
    height: Math.max(MINIMUM_SIZE.height, Math.min(size.height, area.height)),
  };
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const { width, height } = fitted(size, area);
  return {
    x: Math.max(area.x, area.x + Math.round((area.width - width) / 2)),
    y: Math.max(area.y, area.y + Math.round((area.height - height) / 2)),
    width,
    height,
  };
}
