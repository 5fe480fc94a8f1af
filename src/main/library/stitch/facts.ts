// Measures a take for joining: where its frames stand, where it may be cut, and how its decoder is set up.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { EncodedPacketSink, FilePathSource, Input, ALL_FORMATS, type InputVideoTrack } from 'mediabunny';
import { AppError } from '@shared/contract/errors';
import { MOST_STRIP_ITEMS } from '@shared/domain/stitch';
import { PROGRESS_ARGS, reading, type MediaInput } from '../../ffmpeg/args';
import { probe } from '../../ffmpeg/probe';
import type { Ffmpeg } from '../../ffmpeg/run';
import { sniff, SNIFF_BYTES } from '../../ffmpeg/sniff';
import { rateText } from '../../ffmpeg/transform';
import { headOf } from '../../files/durableFile';
import type { StitchFacts } from './plan';

/** A frame that stands this much of its length beside its place is not where it should be. */
const MOST_OFF = 0.25;
/** Reading a large file through from a slow share. */
const COUNTING_MS = 120_000;

/** As many as two full strips. */
const MOST_KEPT = 2 * MOST_STRIP_ITEMS;

export interface MeasuredTake {
  readonly input: MediaInput;
  readonly facts: StitchFacts;
}

/** Takes that were measured, until their file changes: a strip is planned anew with every change of it. */
export class TakeFacts {
  private readonly known = new Map<string, { readonly state: string; readonly take: MeasuredTake }>();

  constructor(private readonly ffmpeg: Ffmpeg) {}

  /** @throws as `stitchFacts`; AppError `file_unreadable` also for what is no video */
  async of(path: string): Promise<MeasuredTake> {
    const { size, mtimeMs, ino } = await stat(path);
    const state = `${size} ${mtimeMs} ${ino}`;
    const known = this.known.get(path);
    if (known?.state === state) return known.take;
    const sniffed = sniff(await headOf(path, SNIFF_BYTES));
    if (sniffed?.kind !== 'video') throw new AppError('file_unreadable', 'no video');
    const input: MediaInput = { path, format: sniffed.format };
    const take = { input, facts: await stitchFacts(input, this.ffmpeg) };
    this.known.delete(path);
    this.known.set(path, { state, take });
    if (this.known.size > MOST_KEPT) this.known.delete([...this.known.keys()][0] ?? '');
    return take;
  }
}

/**
 * The facts of a take whose format has been sniffed. Reads its index, not its pictures.
 * @throws AppError `file_unreadable` (damaged, or no picture in it), `ffmpeg_missing`; what the file system throws
 */
export async function stitchFacts(input: MediaInput, ffmpeg: Ffmpeg): Promise<StitchFacts> {
  const read = await readIndex(input).catch(() => null);
  if (read !== null) return read;
  const { width, height, fps, codec, hasSound } = await probe(input, ffmpeg);
  if (width === undefined || height === undefined || fps === undefined)
    throw new AppError('file_unreadable', 'no picture', { values: { reason: 'damaged' } });
  const frames = await countFrames(input, ffmpeg);
  return {
    format: input.format,
    codec: codec ?? 'unknown',
    setup: null,
    colours: '',
    width,
    height,
    turned: false,
    fps: exactRate(fps),
    even: false,
    frames,
    hasSound: hasSound === true,
    cuts: [0, frames],
  };
}

/** Counted, not decoded: the length that such a file names may be that of its sound. */
async function countFrames(input: MediaInput, ffmpeg: Ffmpeg): Promise<number> {
  let frames = 1;
  const args = [...PROGRESS_ARGS, ...reading(input), '-map', '0:v:0', '-c', 'copy', '-f', 'null', '-'];
  await ffmpeg.run(args, {
    limitMs: COUNTING_MS,
    onProgress: (progress) => void (frames = Math.max(frames, progress.frames)),
  });
  return frames;
}

async function readIndex({ path, format }: MediaInput): Promise<StitchFacts | null> {
  if (format === 'avi') return null;
  const source = new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ formats: ALL_FORMATS, source });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (video === null) return null;
    const moments: number[] = [];
    const keys: boolean[] = [];
    let end = 0;
    for await (const packet of new EncodedPacketSink(video).packets(undefined, undefined, {
      metadataOnly: true,
    })) {
      moments.push(packet.timestamp);
      keys.push(packet.type === 'key');
      end = Math.max(end, packet.timestamp + packet.duration);
    }
    if (moments.length === 0) return null;
    const shown = moments.toSorted((a, b) => a - b);
    const [first = 0] = shown;
    if (!(end > first)) return null;
    const fps = exactRate(moments.length / (end - first));
    const even = shown.every((moment, index) => Math.abs(moment * fps - index) < MOST_OFF);
    const codec = await video.getCodec();
    return {
      format,
      codec: codec === 'avc' ? 'h264' : (codec ?? 'unknown'),
      setup: await setupOf(video),
      colours: JSON.stringify(await video.getColorSpace()),
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      turned: (await video.getRotation()) !== 0,
      fps,
      even,
      // Gaps count as time: the film shows the frame before for as long.
      frames: even ? moments.length : Math.max(1, Math.round(end * fps)),
      hasSound: (await input.getPrimaryAudioTrack()) !== null,
      cuts: even ? cutsOf(moments, keys) : [],
    };
  } finally {
    input.dispose();
  }
}

/**
 * Frames before which the file falls apart into two that need nothing of each other: a key frame that everything stored
 * before it is shown before, and everything after it after. Moments are in the order of storing.
 */
export function cutsOf(moments: readonly number[], keys: readonly boolean[]): number[] {
  const laterFrom = moments.slice();
  for (let at = moments.length - 2; at >= 0; at -= 1)
    laterFrom[at] = Math.min(laterFrom[at] ?? 0, laterFrom[at + 1] ?? 0);
  const cuts: number[] = [];
  let latest = -Infinity;
  for (const [index, moment] of moments.entries()) {
    if (keys[index] === true && latest < moment && (laterFrom[index] ?? 0) >= moment) cuts.push(index);
    latest = Math.max(latest, moment);
  }
  return [...cuts, moments.length];
}

function exactRate(fps: number): number {
  const [above = '24', below = '1'] = rateText(fps).split('/');
  return Number(above) / Number(below);
}

/** What the decoder is given before the first picture, and the stored size. */
async function setupOf(video: InputVideoTrack): Promise<string | null> {
  const config = await video.getDecoderConfig();
  const description: unknown = config?.description;
  if (config === null || !(description instanceof Uint8Array)) return null;
  const { codec, codedWidth, codedHeight } = config;
  const hash = createHash('sha256').update(`${codec} ${codedWidth}x${codedHeight} `);
  return hash.update(description).digest('hex');
}
