// Whether takes can be joined as they are, or why not. Pure.
import {
  commonRate,
  commonSize,
  framesOfSpan,
  type StitchChoice,
  type StitchPiece,
  type StitchPlan,
  type StitchReason,
} from '@shared/domain/stitch';
import type { Span } from '@shared/domain/repair';

/** What has to be known of a take. Sizes as shown, in pixels. */
export interface StitchFacts {
  /** `mp4`, `mov`, `webm`, … as sniffed. */
  readonly format: string;
  readonly codec: string;
  /** The same for two takes whose pictures one decoder reads without being set up anew; null: nobody knows. */
  readonly setup: string | null;
  /** The same for two takes whose numbers mean the same colours. */
  readonly colours: string;
  readonly width: number;
  readonly height: number;
  readonly turned: boolean;
  /** Exact: 23.976 is 24000/1001. */
  readonly fps: number;
  /** Frames are all one frame apart, from 0 on. */
  readonly even: boolean;
  readonly frames: number;
  readonly hasSound: boolean;
  /** Numbers of the frames before which a copy may begin or end, with 0 and `frames`. */
  readonly cuts: readonly number[];
}

export interface PlanItem {
  readonly facts: StitchFacts;
  readonly span?: Span;
}

/** Containers whose packets go into an MP4 unchanged, and codecs that players expect in one. */
const COPIED_FORMATS = ['mp4', 'mov'];
const COPIED_CODECS = ['h264', 'hevc'];

/** Says for each take and each join whether a copy is enough. `tried`: a copy of these takes did not come out whole. */
export function planStitch(
  items: readonly PlanItem[],
  choice: StitchChoice = {},
  tried: 'not_yet' | 'copy_failed' = 'not_yet',
): StitchPlan {
  const parts = items.map(({ facts, span }) => {
    const used = framesOfSpan(span, facts);
    return { facts, ...used, seconds: used.frames / facts.fps };
  });
  const shown = parts.map(({ facts, seconds }) => ({ ...facts, seconds }));
  const size = choice.size ?? commonSize(shown);
  const fps = choice.fps ?? commonRate(shown);
  const hasSound = parts.some(({ facts }) => facts.hasSound);
  const ownReasons = parts.map(({ facts, firstFrame, frames }) => [
    ...reasonsOf(facts),
    ...chosenReasons(facts, choice),
    ...(isClean(facts, firstFrame) && isClean(facts, firstFrame + frames) ? [] : (['cut'] as const)),
  ]);
  const joins = parts.slice(1).map((part, index) => {
    const before = parts[index] ?? part;
    const reasons: StitchReason[] = differences(before.facts, part.facts);
    const endsClean = isClean(before.facts, before.firstFrame + before.frames);
    if (!endsClean || !isClean(part.facts, part.firstFrame)) reasons.push('cut');
    return { copy: reasons.length === 0, reasons };
  });
  const reasons: StitchReason[] = tried === 'copy_failed' ? ['copy_failed'] : [];
  const copies =
    reasons.length === 0 && ownReasons.every((list) => list.length === 0) && joins.every(({ copy }) => copy);
  let time = 0;
  let frames = 0;
  const pieces = parts.map((part, index): StitchPiece => {
    // Rounded together: what one take loses of a frame, the next gains.
    const first = frames;
    time += part.seconds;
    frames = Math.max(first + 1, Math.round(time * fps));
    return {
      firstFrame: part.firstFrame,
      frames: part.frames,
      from: first / fps,
      seconds: (frames - first) / fps,
      reasons: ownReasons[index] ?? [],
      silent: hasSound && !part.facts.hasSound,
    };
  });
  return {
    mode: copies ? 'copy' : 'encode',
    items: pieces,
    joins,
    reasons,
    size,
    fps,
    frames,
    seconds: frames / fps,
    sound: hasSound ? 'encoded' : 'none',
  };
}

function reasonsOf({ format, codec, turned, even }: StitchFacts): StitchReason[] {
  return [
    ...(COPIED_FORMATS.includes(format) ? [] : (['container'] as const)),
    ...(COPIED_CODECS.includes(codec) ? [] : (['codec'] as const)),
    ...(turned ? (['turned'] as const) : []),
    ...(even ? [] : (['uneven'] as const)),
  ];
}

function chosenReasons({ width, height, fps }: StitchFacts, choice: StitchChoice): StitchReason[] {
  const { size } = choice;
  return [
    ...(size === undefined || (size.width === width && size.height === height)
      ? []
      : (['chosen_size'] as const)),
    ...(choice.fps === undefined || sameRate(choice.fps, fps) ? [] : (['chosen_rate'] as const)),
  ];
}

function differences(a: StitchFacts, b: StitchFacts): StitchReason[] {
  const found: StitchReason[] = [];
  if (a.codec !== b.codec) found.push('codec');
  if (a.width !== b.width || a.height !== b.height) found.push('size');
  if (!sameRate(a.fps, b.fps)) found.push('rate');
  if (a.colours !== b.colours) found.push('colours');
  // Where something above differs, the settings differ because of it.
  if (found.length === 0 && (a.setup === null || a.setup !== b.setup)) found.push('settings');
  return found;
}

function isClean({ cuts }: StitchFacts, frame: number): boolean {
  return cuts.includes(frame);
}

function sameRate(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}
