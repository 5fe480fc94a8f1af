// Places in a film: the frame that is shown, the moment to seek to for a frame, and how a moment is written. Pure.

/** Frames a second; 24, as every result has, where the file does not say. */
export function fpsOf({ fps }: { readonly fps: number }): number {
  return fps > 0 ? fps : 24;
}

/** How many frames a film has; at least one. `seconds` of length. */
export function frameCount(seconds: number, fps: number): number {
  return Math.max(1, Math.round(seconds * fps));
}

/** The frame, from 0, whose picture carries this time: `mediaTime` of a video frame, in seconds. */
export function frameAt(mediaTime: number, fps: number): number {
  return Math.max(0, Math.round(mediaTime * fps));
}

/** The frame that covers this moment, in seconds: where a pointer on the bar or a clock stands. */
export function frameCovering(seconds: number, fps: number): number {
  // A moment computed from a frame must not fall into the one before.
  return Math.max(0, Math.floor(seconds * fps + 1e-4));
}

/** Seconds in the middle of a frame: a seek to its edge may show its neighbour. */
export function middleOf(frame: number, fps: number): number {
  return (frame + 0.5) / fps;
}

/** `0:02.08`, `1:00:02.08`: to a hundredth of a second, hours only where there are some. */
export function timecode(seconds: number): string {
  const hundredths = Math.max(0, Math.floor(seconds * 100 + 1e-6));
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.floor(hundredths / 100);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const clock = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  return `${clock}.${two(hundredths % 100)}`;
}
