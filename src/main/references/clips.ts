// A clip of the library as a reference: its frames as they are, and its parts exactly.
import { AppError } from '@shared/contract/errors';
import type { ClipOrigin, Reference } from '@shared/domain/reference';
import type { Span } from '@shared/domain/repair';
import type { MediaInput } from '../ffmpeg/args';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { frameArgs, lastFrameArgs } from '../ffmpeg/transform';

export interface ClipSource {
  readonly path: string;
  readonly title: string;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** What the library knows, as far as references need it. */
export interface ClipPort {
  find(id: string): ClipSource | null;
  /** The last frame as the provider gave it, saved beside the clip; null where it was not asked for. */
  lastFrameOf(id: string): Promise<string | null>;
  /** The provider's own copy, as long as it has one. */
  resultOf(id: string): ClipOrigin['result'] | null;
}

export interface ClipPart {
  /** Seconds from the start. */
  readonly moment?: number | 'last';
  readonly span?: Span;
}

/** Pictures at the end that are looked at for the last one: a sound may go on for longer than they do. */
const TAIL_SECONDS = 1;

/** @throws AppError `not_found` */
export function requireClip(clips: ClipPort, id: string): ClipSource {
  const clip = clips.find(id);
  if (clip === null) throw new AppError('not_found', 'unknown clip');
  return clip;
}

/**
 * The part of a clip that is meant: inside it, and a frame at the time of a real one.
 * @throws AppError `repair_impossible` for a range outside the clip
 */
export function originOf(id: string, clip: ClipSource, { moment, span }: ClipPart): ClipOrigin {
  if (moment !== undefined) {
    const last = Math.max(0, Math.round(clip.seconds * clip.fps) - 1);
    const index = moment === 'last' ? last : Math.min(last, Math.floor(moment * clip.fps + 1e-6));
    return { id, moment: rounded(index / clip.fps) };
  }
  if (span === undefined) return { id };
  const to = rounded(Math.min(span.to, clip.seconds));
  if (to <= span.from) throw new AppError('repair_impossible', 'nothing in that range');
  return { id, span: { from: rounded(span.from), to } };
}

/** `A walk 2.4 s.png`, `A walk 1.0–4.5 s.mp4`. */
export function partName({ title }: ClipSource, { moment, span }: ClipOrigin): string {
  if (moment !== undefined) return `${title} ${moment.toFixed(1)} s.png`;
  if (span === undefined) return `${title}.mp4`;
  return `${title} ${span.from.toFixed(1)}–${span.to.toFixed(1)} s.mp4`;
}

/** Writes the frame shown at this moment as PNG. @throws as `Ffmpeg.produce` does */
export async function takeFrame(
  clip: ClipSource,
  input: MediaInput,
  moment: number,
  output: string,
  ffmpeg: Ffmpeg,
): Promise<void> {
  // Half a frame before it: the next picture from there on is the one that is meant.
  const at = Math.max(0, moment - 0.5 / clip.fps);
  const limits = { limitMs: timeLimit({ ...clip, seconds: Math.max(clip.seconds, 15) }) };
  try {
    await ffmpeg.produce(output, (to) => frameArgs(input, at, to), limits);
  } catch (error) {
    if (!isFailure(error)) throw error;
    await takeLastFrame(clip, input, output, ffmpeg);
  }
}

/** Writes the last picture that can be decoded as PNG. @throws as `Ffmpeg.produce` does */
export async function takeLastFrame(
  clip: ClipSource,
  input: MediaInput,
  output: string,
  ffmpeg: Ffmpeg,
): Promise<void> {
  const limits = { limitMs: timeLimit({ ...clip, seconds: Math.max(clip.seconds, 15) }) };
  const from = Math.max(0, clip.seconds - TAIL_SECONDS);
  try {
    await ffmpeg.produce(output, (to) => lastFrameArgs(input, from, to), limits);
  } catch (error) {
    if (!isFailure(error) || from === 0) throw error;
    await ffmpeg.produce(output, (to) => lastFrameArgs(input, 0, to), limits);
  }
}

/** The clip as the parent of a part that is cut out of it. */
export function clipAsParent({ title: name, seconds, width, height, fps }: ClipSource): Reference {
  const blank = { id: '', kind: 'video', source: 'clip', format: 'mp4', bytes: 0, hasThumb: false } as const;
  return { ...blank, name, seconds, width, height, fps };
}

function isFailure(error: unknown): boolean {
  return error instanceof AppError && error.code === 'ffmpeg_failed';
}

/** To the millisecond: a number to show and to compare. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
