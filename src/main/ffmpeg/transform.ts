// Argument lists that make a new file out of a reference: cut, looped, cropped, scaled, in another format. Pure.
import type { PixelSize } from '@shared/domain/models';
import type { RepairFormat, Span } from '@shared/domain/repair';
import { fileUrl, PROGRESS_ARGS, reading, type MediaInput } from './args';

/** Everything the new file is made by. Pixels are those shown: rotated, and square. */
export interface Change {
  readonly input: MediaInput;
  readonly format: RepairFormat;
  /** The most that one picture has, before or after; 0 for a sound. */
  readonly pixels: number;
  /** The part that is used, in seconds; null: all of it. */
  readonly span: Span | null;
  /** Seconds of that part. */
  readonly seconds: number;
  /** Seconds of the new file; longer than `seconds`: the part is played again and again. */
  readonly total: number;
  /** Null where nothing is cut off. */
  readonly crop: (PixelSize & { readonly x: number; readonly y: number }) | null;
  /** The exact size of the new picture; null for a sound. */
  readonly size: PixelSize | null;
  readonly pad: boolean;
  /** Constant frames per second of a new video. */
  readonly fps: number;
  readonly hasSound: boolean;
  /** Of the sound. */
  readonly channels: number;
  /** Brighter than screens show: has to be mapped down. */
  readonly hdr: boolean;
  /** The start or the end of the part is not that of the file, so that a sound would click there. */
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
}

/** More inputs than this are opened for no loop: a piece of 40 ms played for 2 s needs 50. */
export const MOST_LOOPS = 64;
/** Long enough that no click is heard, and too short to be heard itself. */
const FADE_SECONDS = 0.01;
/** A size limit nobody asked for: 15 s stay under 40 MB, which every source of the API's limits allows. */
const MOST_VIDEO_BITS = 20_000_000;
const SOUND_BITS = 192_000;
/** What a container adds. */
const CONTAINER_SHARE = 0.02;
/** Bit rates of MP3 from the best that is of use to the least that is bearable. */
export const MP3_KILOBITS = [192, 160, 128, 96, 64, 48, 32] as const;
/** JPEG scales of ffmpeg, best first. 2 cannot be told from the original. */
export const JPEG_SCALES = [2, 4, 8, 14, 22, 31] as const;

/** Frame rates that are fractions in truth and rounded when they are measured. */
const EXACT_RATES: readonly (readonly [number, string])[] = [
  [24000 / 1001, '24000/1001'],
  [30000 / 1001, '30000/1001'],
  [60000 / 1001, '60000/1001'],
];

/** A rate as ffmpeg takes it: 23.976 is 24000/1001. A measured 29.98 or 24.02 is meant to be what it is next to. */
export function rateText(fps: number): string {
  const exact = EXACT_RATES.find(([rate]) => Math.abs(rate - fps) < 0.008);
  if (exact !== undefined) return exact[1];
  const whole = Math.round(fps);
  return Math.abs(whole - fps) < 0.05 ? String(whole) : fps.toFixed(3);
}

/**
 * H.264 and AAC that play everywhere: 8 bits, even sides, square pixels, a constant rate, upright, stereo. Nothing of
 * the original's metadata goes along: it may say where it was filmed. `maxBits`: bits per second, picture and sound.
 */
export function videoArgs(change: Change, maxBits: number | null, output: string): string[] {
  const { inputs, graph, sound } = parts(change, true);
  const picture = [...shape(change), ...(change.hdr ? TONE_MAPPED : []), 'format=yuv420p', 'setsar=1'];
  graph.push(`[picture]${picture.join(',')}[v]`);
  const most =
    maxBits === null ? MOST_VIDEO_BITS : Math.min(MOST_VIDEO_BITS, maxBits - (sound ? SOUND_BITS : 0));
  const rate = String(Math.max(50_000, Math.floor(most * (1 - CONTAINER_SHARE))));
  const encoder = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '18',
    '-maxrate',
    rate,
    '-bufsize',
    rate,
  ];
  const audio = sound ? ['-map', '[a]', '-c:a', 'aac', '-b:a', String(SOUND_BITS)] : [];
  return [
    ...[...PROGRESS_ARGS, ...inputs, '-filter_complex', graph.join(';'), '-map', '[v]', ...encoder, ...audio],
    ...['-t', change.total.toFixed(6), ...BARE, '-movflags', '+faststart', '-f', 'mp4', fileUrl(output)],
  ];
}

/** MP3 of a constant bit rate, or 16-bit WAV. At most stereo and 48 kHz. */
export function soundArgs(change: Change, kilobits: number, output: string): string[] {
  const { inputs, graph } = parts(change, false);
  const encoder =
    change.format === 'wav' ? ['-c:a', 'pcm_s16le'] : ['-c:a', 'libmp3lame', '-b:a', `${kilobits}k`];
  const muxer = change.format === 'wav' ? 'wav' : 'mp3';
  return [
    ...[...PROGRESS_ARGS, ...inputs, '-filter_complex', graph.join(';'), '-map', '[a]', ...encoder],
    ...['-t', change.total.toFixed(6), ...BARE, '-f', muxer, fileUrl(output)],
  ];
}

/** A still of 8 bits in sRGB, upright. What is transparent becomes white in a JPEG. */
export function pictureArgs(change: Change, scale: number, output: string): string[] {
  const first = ['trim=end_frame=1', ...shape(change), 'setsar=1'].join(',');
  const png = change.format === 'png';
  const opaque = ['jpeg', 'bmp'].includes(change.input.format);
  const jpeg = 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj444p';
  const graph = png
    ? `[0:v:0]${first},format=rgba|rgb24[v]`
    : opaque
      ? `[0:v:0]${first},${jpeg}[v]`
      : [
          `[0:v:0]${first},format=rgba,split[p][q]`,
          '[q]lutrgb=r=255:g=255:b=255:a=255[w]',
          `[w][p]overlay=format=rgb,${jpeg}[v]`,
        ].join(';');
  const encoder = png ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', String(scale), '-huffman', 'optimal'];
  return [
    ...[...reading(change.input), '-filter_complex', graph, '-map', '[v]', '-frames:v', '1', ...encoder],
    ...[...BARE, '-f', 'image2pipe', fileUrl(output)],
  ];
}

/** The picture that is shown at `at` seconds, as PNG in its full size. */
export function frameArgs(input: MediaInput, at: number, output: string): string[] {
  const seek = at > 0 ? ['-ss', at.toFixed(6)] : [];
  return [
    ...[...reading(input, seek), '-map', '0:v:0', '-vf', `${SQUARE},format=rgb24`, '-frames:v', '1'],
    ...['-c:v', 'png', ...BARE, '-f', 'image2pipe', fileUrl(output)],
  ];
}

/** The last picture there is from `from` seconds on: each replaces the one before. */
export function lastFrameArgs(input: MediaInput, from: number, output: string): string[] {
  const seek = from > 0 ? ['-ss', from.toFixed(6)] : [];
  return [
    ...[...reading(input, seek), '-map', '0:v:0', '-vf', `${SQUARE},format=rgb24`, '-c:v', 'png'],
    ...['-compression_level', '1', ...BARE, '-f', 'image2', '-update', '1', fileUrl(output)],
  ];
}

/** A small copy that the window can play: of a video in `size`, of a sound without one. Made to be quick. */
export function proxyArgs(
  input: MediaInput,
  facts: { readonly hasSound: boolean; readonly hdr: boolean },
  size: PixelSize | null,
  output: string,
): string[] {
  const filters = [
    `scale=${size?.width}:${size?.height}`,
    ...(facts.hdr ? TONE_MAPPED : []),
    'format=yuv420p',
  ];
  const picture =
    size === null
      ? []
      : ['-map', '0:v:0', '-vf', `${filters.join(',')},setsar=1`, '-c:v', 'libx264', '-preset', 'ultrafast'];
  const sound = facts.hasSound ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '96k', '-ac', '2'] : [];
  // A key picture every second: the window jumps about in it.
  const keys = size === null ? [] : ['-crf', '26', '-force_key_frames', 'expr:gte(t,n_forced)'];
  return [
    ...[...PROGRESS_ARGS, ...reading(input), ...picture, ...keys, ...sound],
    ...[...BARE, '-movflags', '+faststart', '-f', 'mp4', fileUrl(output)],
  ];
}

/** Raw pixels (RGBA, as a decoder of our own left them) as JPEG that cannot be told from them. */
export function rawToJpegArgs(raw: string, size: PixelSize, output: string): string[] {
  const input = ['-f', 'rawvideo', '-pixel_format', 'rgba', '-video_size', `${size.width}x${size.height}`];
  const filters = 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj444p';
  const encoder = ['-c:v', 'mjpeg', '-q:v', '2', '-huffman', 'optimal', '-f', 'image2pipe'];
  return [...input, '-i', fileUrl(raw), '-vf', filters, '-frames:v', '1', ...encoder, fileUrl(output)];
}

/** One frame of an animation on its whole canvas, as PNG: a frame may cover a part alone. */
export function canvasArgs(
  input: MediaInput,
  canvas: PixelSize & { readonly x: number; readonly y: number },
  output: string,
): string[] {
  const pad = `pad=${canvas.width}:${canvas.height}:${canvas.x}:${canvas.y}:color=black@0`;
  const encoder = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'];
  return [...reading(input), '-map', '0:v:0', '-vf', `format=rgba,${pad}`, ...encoder, fileUrl(output)];
}

/** The name of the camera, the place and the chapters stay with the original. */
const BARE = ['-map_metadata', '-1', '-map_chapters', '-1'] as const;

const SQUARE = "scale=w='iw*sar':h=ih,setsar=1";

/** Hable's curve in linear light, the usual way with these filters. Without zscale: see `isToneMappingMissing`. */
const TONE_MAPPED = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv',
] as const;

/** Whether a run failed because this ffmpeg was built without the filters that HDR asks for. */
export function isToneMappingMissing(message: string): boolean {
  return /No such filter: '(zscale|tonemap)'/.test(message);
}

/** Inputs and graph up to `[picture]` and `[a]`: the part, as often as it is played. */
function parts(change: Change, picture: boolean): { inputs: string[]; graph: string[]; sound: boolean } {
  const { input, span, seconds, total } = change;
  const sound = change.hasSound;
  const times = Math.max(1, Math.ceil(total / seconds - 1e-6));
  const seek = span === null ? [] : ['-ss', span.from.toFixed(6), '-t', seconds.toFixed(6)];
  const loops = times > 1;
  const inputs: string[] = [];
  const graph: string[] = [];
  let joined = '';
  for (let index = 0; index < times; index += 1) {
    const [v, a] = loops ? [`v${index}`, `a${index}`] : ['picture', 'a'];
    inputs.push(...reading(input, seek));
    if (picture) graph.push(`[${index}:v:0]fps=${rateText(change.fps)}:start_time=0,${SQUARE}[${v}]`);
    if (sound) graph.push(`[${index}:a:0]${soundFilters(change, loops).join(',')}[${a}]`);
    joined += `${picture ? `[${v}]` : ''}${sound ? `[${a}]` : ''}`;
  }
  const ends = `${picture ? '[picture]' : ''}${sound ? '[a]' : ''}`;
  if (loops) graph.push(`${joined}concat=n=${times}:v=${Number(picture)}:a=${Number(sound)}${ends}`);
  return { inputs, graph, sound };
}

function soundFilters({ seconds, channels, cutStart, cutEnd }: Change, loops: boolean): string[] {
  // Mixing down adds channels up: the largest sum of factors is 1, so that nothing gets louder than it was.
  const mixed = channels > 2 ? ':ochl=stereo:rematrix_maxval=1' : '';
  const fade = Math.min(FADE_SECONDS, seconds / 4);
  const out = `afade=t=out:st=${(seconds - fade).toFixed(6)}:d=${fade.toFixed(6)}`;
  return [
    `aresample=async=1:first_pts=0${mixed}`,
    'aformat=sample_rates=44100|48000:channel_layouts=stereo|mono',
    ...(loops ? [`apad,atrim=0:${seconds.toFixed(6)}`] : []),
    ...(cutStart || loops ? [`afade=t=in:d=${fade.toFixed(6)}`] : []),
    ...(cutEnd || loops ? [out] : []),
  ];
}

function shape({ crop, size, pad, format }: Change): string[] {
  const cut = crop === null ? [] : [`crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}`];
  if (size === null) return cut;
  const { width, height } = size;
  if (!pad) return [...cut, `scale=${width}:${height}`];
  const even = format === 'mp4' ? ':force_divisible_by=2' : '';
  const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease${even}`;
  return [...cut, fitted, `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=black`];
}
