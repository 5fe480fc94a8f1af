// What ffmpeg is asked for to join takes: as they are, or through one filter graph. Pure.
import type { PixelSize } from '@shared/domain/models';
import { fileUrl, PROGRESS_ARGS, reading, type MediaInput } from '../../ffmpeg/args';
import { rateText } from '../../ffmpeg/transform';

/** One take of a film, as it is used. */
export interface Take {
  readonly input: MediaInput;
  /** Seconds in the clip. */
  readonly from: number;
  readonly seconds: number;
  /** It begins or ends elsewhere than its clip. */
  readonly trimmed: boolean;
  readonly hasSound: boolean;
  /** In the film. */
  readonly frames: number;
}

/** What all takes of a film are brought to. */
export interface Film {
  readonly size: PixelSize;
  readonly fps: number;
  readonly hasSound: boolean;
  /** `last`: as people get it; `between`: to be joined once more, its sound not compressed yet. */
  readonly stage: 'last' | 'between';
}

const SAMPLE_RATE = 48_000;
/** Long enough that no click is heard, and too short to be heard itself. */
const FADE_SAMPLES = 480;
/** Opened this much before the frame: rounded times must not lose it. The fps filter puts it back into its place. */
const EARLY_SECONDS = 0.001;
/** Read beyond the last frame, so that a rounded length does not lose it. */
const BEYOND_SECONDS = 0.2;
const BARE = ['-map_metadata', '-1', '-map_chapters', '-1'] as const;

/** Joined packet by packet: `list` is the file that `concatList` made. Sound is joined sample by sample. */
export function copyArgs(
  list: string,
  takes: readonly Take[],
  film: Film,
  codec: string,
  output: string,
): string[] {
  // Parameter sets are the same in all of them and stay in the header: packets are passed on as they are.
  const pictures = ['-f', 'concat', '-safe', '0', '-auto_convert', '0', '-i', fileUrl(list)];
  // Otherwise ffmpeg moves the pictures by what the first file's sound begins before 0.
  const times = '-copyts';
  const sounds = film.hasSound ? takes.flatMap(soundInput) : [];
  const graph = film.hasSound ? ['-filter_complex', soundGraph(takes, film, 1)] : [];
  const tag = codec === 'hevc' ? ['-tag:v', 'hvc1'] : [];
  const copied = ['-map', '0:v:0', '-c:v', 'copy', ...tag];
  return [...PROGRESS_ARGS, times, ...pictures, ...sounds, ...graph, ...copied, ...ending(film, output)];
}

/** The frames of a clip between two cuts as a file of its own, packet by packet, without sound. */
export function pieceArgs({ input, from }: Take, frames: number, output: string): string[] {
  const copied = ['-map', '0:v:0', '-c:v', 'copy', '-copypriorss', '1', '-frames:v', String(frames)];
  const seek = from > 0 ? ['-ss', from.toFixed(6)] : [];
  return [...reading(input, seek), ...copied, ...BARE, '-f', 'mp4', fileUrl(output)];
}

/** Every frame anew: H.264 and AAC that play everywhere. */
export function encodeArgs(takes: readonly Take[], film: Film, output: string): string[] {
  const inputs = takes.flatMap(takeInput);
  const graph = [
    ...takes.map((take, index) => `[${index}:v:0]${pictureFilters(take, film)}[v${index}]`),
    `${takes.map((_, index) => `[v${index}]`).join('')}concat=n=${takes.length}:v=1:a=0[v]`,
    ...(film.hasSound ? [soundGraph(takes, film, 0)] : []),
  ].join(';');
  const encoder = ['-map', '[v]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'];
  return [
    ...[...PROGRESS_ARGS, ...inputs, '-filter_complex', graph, ...encoder],
    ...['-r', rateText(film.fps), ...ending(film, output)],
  ];
}

/**
 * A file for ffmpeg's `concat` reader: addresses without line ends. Lengths are those of the pictures: sound that is a little longer would move all
 * takes behind it. https://ffmpeg.org/ffmpeg-formats.html#concat-1
 */
export function concatList(files: readonly { readonly address: string; readonly seconds: number }[]): string {
  let time = 0;
  let micros = 0;
  const lines = files.map(({ address, seconds }) => {
    const start = micros;
    time += seconds;
    micros = Math.round(time * 1e6);
    const length = ((micros - start) / 1e6).toFixed(6);
    // Where sound begins a little before 0, as AAC does, a file without `inpoint` would begin there.
    return `file '${address.replaceAll("'", "'\\''")}'\ninpoint 0\nduration ${length}\n`;
  });
  return `ffconcat version 1.0\n${lines.join('')}`;
}

function takeInput({ input, from, seconds }: Take): string[] {
  const start = Math.max(0, from - EARLY_SECONDS);
  const seek = start > 0 ? ['-ss', start.toFixed(6)] : [];
  return reading(input, [...seek, '-t', (seconds + BEYOND_SECONDS).toFixed(6)]);
}

function soundInput(take: Take): string[] {
  return take.hasSound ? takeInput(take) : [];
}

function pictureFilters({ frames }: Take, { size, fps }: Film): string {
  const { width, height } = size;
  return [
    `fps=${rateText(fps)}:start_time=0`,
    // A picture that ends early stands still: the next take comes when it should.
    'tpad=stop_mode=clone:stop=-1',
    `trim=end_frame=${frames}`,
    'setpts=PTS-STARTPTS',
    "scale=w='iw*sar':h=ih,setsar=1",
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=black`,
    'setsar=1',
    'format=yuv420p',
  ].join(',');
}

/** `firstInput`: the number of the first take's input, where those without sound are not opened when it is not 0. */
function soundGraph(takes: readonly Take[], film: Film, firstInput: 0 | 1): string {
  let input: number = firstInput;
  let frames = 0;
  let samples = 0;
  const chains = takes.map((take, index) => {
    const start = samples;
    frames += take.frames;
    samples = Math.round((frames / film.fps) * SAMPLE_RATE);
    const count = samples - start;
    const source = take.hasSound
      ? `[${input}:a:0]${heard(take, firstInput === 1)}`
      : `anullsrc=r=${SAMPLE_RATE}:cl=stereo`;
    if (take.hasSound || firstInput === 0) input += 1;
    const fades = take.hasSound ? fadesAt(index > 0, index < takes.length - 1, take.trimmed, count) : '';
    return `${source},${STEREO},apad,atrim=end_sample=${count},asetpts=N/SR/TB${fades}[a${index}]`;
  });
  const joined = takes.map((_, index) => `[a${index}]`).join('');
  return [...chains, `${joined}concat=n=${takes.length}:v=0:a=1[a]`].join(';');
}

const STEREO = `aformat=sample_fmts=fltp:sample_rates=${SAMPLE_RATE}:channel_layouts=stereo`;

/** From where the take begins: its moments are those of its clip (`asStored`), or begin where it was opened. */
function heard({ from }: Take, asStored: boolean): string {
  const begin = asStored ? from : Math.min(from, EARLY_SECONDS);
  const moved = begin > 0 ? `asetpts=PTS-${begin.toFixed(6)}/TB,` : '';
  // Mixing down adds channels up: the largest sum of factors is 1, so that nothing gets louder than it was.
  return `${moved}aresample=${SAMPLE_RATE}:async=1:first_pts=0:rematrix_maxval=1`;
}

/** Sound that is cut off clicks; the film's own begin and end are left as they are where nothing was cut. */
function fadesAt(hasBefore: boolean, hasAfter: boolean, trimmed: boolean, samples: number): string {
  const length = Math.min(FADE_SAMPLES, Math.floor(samples / 4));
  const into = hasBefore || trimmed ? `,afade=t=in:ns=${length}` : '';
  const out = hasAfter || trimmed ? `,afade=t=out:ss=${samples - length}:ns=${length}` : '';
  return `${into}${out}`;
}

function ending({ hasSound, stage }: Film, output: string): string[] {
  const encoder = stage === 'last' ? ['-c:a', 'aac', '-b:a', '192k'] : ['-c:a', 'pcm_s16le'];
  const sound = hasSound ? ['-map', '[a]', ...encoder] : [];
  const container = stage === 'last' ? ['-movflags', '+faststart', '-f', 'mp4'] : ['-f', 'mov'];
  return [...sound, ...BARE, ...container, fileUrl(output)];
}
