// Argument lists for ffmpeg. Pure: no file is touched here.
import type { SpriteSheet } from '@shared/domain/clip';
import type { PixelSize } from '@shared/domain/models';
import type { FilmFormat, MediaFormat } from './sniff';

export interface MediaInput {
  /** Absolute. */
  readonly path: string;
  readonly format: MediaFormat | FilmFormat;
}

/**
 * The reader for each format, named so that ffmpeg never guesses: a playlist posing as a picture is not followed,
 * and a `%d` in a picture's path is no pattern (the `_pipe` readers know none).
 */
const DEMUXERS: Readonly<Record<MediaInput['format'], string>> = {
  jpeg: 'jpeg_pipe',
  png: 'png_pipe',
  webp: 'webp_pipe',
  bmp: 'bmp_pipe',
  tiff: 'tiff_pipe',
  gif: 'gif',
  heic: 'mov',
  heif: 'mov',
  avif: 'mov',
  mp4: 'mov',
  mov: 'mov',
  m4a: 'mov',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
  mpegts: 'mpegts',
  mpeg: 'mpeg',
  flv: 'flv',
  asf: 'asf',
  mp3: 'mp3',
  wav: 'wav',
  flac: 'flac',
  ogg: 'ogg',
};

/** A path as ffmpeg takes it: never an option, never another protocol, whatever its characters. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}

/**
 * What every run has: no questions, no banner, and before each input the list of allowed protocols, so that
 * nothing inside a file can make ffmpeg reach for the network.
 */
export function guarded(args: readonly string[]): string[] {
  const safe = ['-nostdin', '-hide_banner', '-y'];
  for (const arg of args) {
    if (arg === '-i') safe.push('-protocol_whitelist', 'file,pipe');
    safe.push(arg);
  }
  return safe;
}

/** Reports progress on standard output, as `progress.ts` reads it. */
export const PROGRESS_ARGS = ['-progress', 'pipe:1', '-nostats'] as const;

/**
 * Pictures beyond this are not decoded. The largest cameras make 150 million; a small file that claims more is made
 * to eat the memory.
 */
export const MOST_PIXELS = 200_000_000;

/** How an input is opened; `seek` are options such as `-ss` and `-t`. */
export function reading({ path, format }: MediaInput, seek: readonly string[] = []): string[] {
  return ['-max_pixels', String(MOST_PIXELS), ...seek, '-f', DEMUXERS[format], '-i', fileUrl(path)];
}

/** One picture as WebP. `-f webp` writes one file and reads no pattern in its name. */
function toWebp(output: string, quality: readonly string[]): string[] {
  return ['-frames:v', '1', '-c:v', 'libwebp', ...quality, '-f', 'webp', fileUrl(output)];
}

/** Level 2 of 6 costs a tenth more bytes than the default 4 and half its time (own measurement). */
const PHOTO = ['-quality', '80', '-compression_level', '2'] as const;

/** Frames that no other is built on need no decoding where any picture near will do: a third of common files. */
const SKIPPING = ['-skip_frame', 'noref'] as const;

/** The largest size of the same shape whose longer side is at most `side` pixels; never larger than it is. */
export function fitWithin({ width, height }: PixelSize, side: number): PixelSize {
  const factor = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** Seconds into a video where its still is taken: the first frames are often black. Short ones have no others. */
export function posterMoment(seconds: number): number {
  return seconds < 1 ? 0 : seconds * 0.1;
}

/** A still of a video at `at` seconds, or of a picture, in exactly `size`. Seeks before it decodes. */
export function posterArgs(input: MediaInput, at: number, size: PixelSize, output: string): string[] {
  const seek = at > 0 ? [...SKIPPING, '-ss', at.toFixed(3)] : [];
  const filters = `scale=${size.width}:${size.height},setsar=1`;
  return [...seek, ...reading(input), '-map', '0:v:0', '-vf', filters, ...toWebp(output, PHOTO)];
}

/** The loudness of a sound over time, white on transparent, `width × height` pixels: a mask to be coloured. */
export function waveformArgs(input: MediaInput, width: number, height: number, output: string): string[] {
  const picture = `showwavespic=s=${width}x${height}:colors=white:scale=sqrt`;
  const graph = `[0:a:0]aformat=channel_layouts=mono,${picture},format=bgra[wave]`;
  const lossless = ['-lossless', '1', '-compression_level', '1'];
  return [...reading(input), '-filter_complex', graph, '-map', '[wave]', ...toWebp(output, lossless)];
}

/**
 * All cells of a sprite from one decode. Each is the first frame at or after the middle of its share of the
 * length: exactly `count` of them, where the `fps` filter's rounding gives one more or less.
 */
export function spriteArgs(input: MediaInput, sheet: SpriteSheet, seconds: number, output: string): string[] {
  const step = (seconds / sheet.count).toFixed(6);
  // The only frame of a single cell may be at 0.
  const middle = sheet.count === 1 ? 0 : 0.5;
  const filters = [
    `select='lt(selected_n,${sheet.count})*gte(t-start_t,(selected_n+${middle})*${step})'`,
    `scale=${sheet.cellWidth}:${sheet.cellHeight}`,
    'setsar=1',
    // A track shorter than its header says would leave black cells: the last picture stands in.
    `tpad=stop_mode=clone:stop=${sheet.columns * sheet.rows}`,
    `tile=${sheet.columns}x${sheet.rows}`,
  ].join(',');
  // Frames that no other frame is built on need no decoding: a third of them in common files.
  return [
    '-skip_frame',
    'noref',
    ...reading(input),
    '-map',
    '0:v:0',
    '-vf',
    filters,
    ...toWebp(output, PHOTO),
  ];
}

/** Decodes every frame of the first video and throws them away: does it really play? */
export function decodeCheckArgs(input: MediaInput): string[] {
  return [...PROGRESS_ARGS, ...reading(input), '-map', '0:v:0', '-f', 'null', '-'];
}

/** Reads the header only; what ffmpeg found is in its messages. */
export function describeArgs(input: MediaInput): string[] {
  return [...reading(input), '-map', '0', '-c', 'copy', '-t', '0', '-f', 'null', '-'];
}
