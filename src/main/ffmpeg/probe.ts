// Measures a media file: size as shown, length, frame rate, codec, sound.
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { imageSizeFromFile } from 'image-size/fromFile';
import { AppError } from '@shared/contract/errors';
import { describeArgs, type MediaInput } from './args';
import { factsFromMessages } from './describe';
import type { Ffmpeg } from './run';
import { kindOf, OTHER_FILM_FORMATS } from './sniff';

/** Pixels after rotation and with square pixels; seconds; frames per second. Absent where the kind has none. */
export interface MediaFacts {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  /** Of the picture alone: the sound may be longer. */
  readonly pictureSeconds?: number;
  readonly fps?: number;
  /** `h264`, `hevc`, `vp9`, … of the picture. */
  readonly codec?: string;
  readonly hasSound?: boolean;
  /** Of the sound. */
  readonly channels?: number;
  /** Of the sound; absent where the reader knows no name for it. */
  readonly soundCodec?: string;
  /** Brighter than ordinary screens show (PQ or HLG). */
  readonly hdr?: boolean;
}

/** A reader that works on a broken file for longer than this is given up. Whole files took 1 to 37 ms. */
const LIMIT_MS = 10_000;

/**
 * The facts of a file whose format has been sniffed. What the readers in JavaScript do not know goes through ffmpeg.
 * A video's container without a picture has no width: it is a sound.
 * @throws AppError `file_unreadable` when neither can measure it (damaged); `ffmpeg_missing` when only ffmpeg could.
 */
export async function probe(input: MediaInput, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  const kind = kindOf(input.format);
  const read = kind === 'image' ? readImage : readTimed;
  const facts = await withinLimit(read(input)).catch(() => null);
  // Where this reader finds no picture, there may be one whose codec it does not know.
  const certain = facts !== null && (kind !== 'video' || facts.width !== undefined);
  if (certain && isComplete(kind, facts)) return facts;
  const described = await describe(input, ffmpeg);
  if (described === null || !isComplete(kind, described))
    throw new AppError('file_unreadable', `a damaged ${input.format}`, { values: { reason: 'damaged' } });
  return described;
}

function isComplete(kind: ReturnType<typeof kindOf>, facts: MediaFacts): boolean {
  const positive = (value: number | undefined): boolean =>
    value !== undefined && Number.isFinite(value) && value > 0;
  const sized = positive(facts.width) && positive(facts.height);
  if (kind === 'image') return sized;
  const sounds = positive(facts.seconds) && facts.hasSound === true;
  if (kind === 'audio') return sounds;
  if (facts.width === undefined && facts.codec === undefined) return sounds;
  return sized && positive(facts.seconds) && positive(facts.fps) && facts.codec !== undefined;
}

async function readImage({ path, format }: MediaInput): Promise<MediaFacts | null> {
  const { width, height, orientation, images } = await imageSizeFromFile(path);
  // HEIF and AVIF list the tiles that a large picture is laid out of, and the whole among them.
  const largest = images?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (largest !== undefined && format !== 'jpeg') return { width: largest.width, height: largest.height };
  // EXIF 5 to 8 are turned by a quarter. HEIF files carry the turn in their own boxes as well.
  const turned = (orientation ?? 1) >= 5 && format !== 'heic' && format !== 'heif' && format !== 'avif';
  return turned ? { width: height, height: width } : { width, height };
}

async function readTimed({ path, format }: MediaInput): Promise<MediaFacts | null> {
  // Not known to this reader.
  if (format === 'avi' || (OTHER_FILM_FORMATS as readonly string[]).includes(format)) return null;
  const source = new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ formats: ALL_FORMATS, source });
  try {
    const video = kindOf(format) === 'audio' ? null : await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    const seconds = await input.computeDuration();
    const sound = {
      hasSound: audio !== null,
      channels: await audio?.getNumberOfChannels(),
      soundCodec: (await audio?.getCodec()) ?? undefined,
    };
    if (video === null) return { seconds, ...sound };
    const codec = await video.getCodec();
    return {
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      seconds,
      pictureSeconds: await video.computeDuration(),
      fps: (await video.computePacketStats()).averagePacketRate,
      codec: codec === 'avc' ? 'h264' : (codec ?? undefined),
      hdr: await video.hasHighDynamicRange(),
      ...sound,
    };
  } finally {
    input.dispose();
  }
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function describe(input: MediaInput, ffmpeg: Ffmpeg): Promise<MediaFacts | null> {
  try {
    return factsFromMessages(await ffmpeg.run(describeArgs(input), { limitMs: LIMIT_MS }));
  } catch (error) {
    if (error instanceof AppError && error.code === 'ffmpeg_failed') return null;
    throw error;
  }
}
