// Builds the one ffmpeg command that turns a task into its video: what goes in, which filters, what comes out. Pure.
import { OUTPUT_FPS } from '../shared/domain/models';
import { showable, wrapText } from './captions';
import type { PictureFont } from './fonts';
import { plateSize } from './plate';
import { RESULT_LAST_FRAME, RESULT_VIDEO, type StoredReference, type Task } from './tasks';

/** A command to run inside the task's render folder, and the small files it reads there. */
export interface RenderPlan {
  readonly args: readonly string[];
  /** Name and content of the files to write first: words, and the shade behind them. */
  readonly files: readonly { readonly name: string; readonly content: string | Buffer }[];
  /** Frames of the painted plate to write as `plate.rgb`; 0: none is needed. */
  readonly plateFrames: number;
  readonly outputs: readonly string[];
  /** How long the run may take, milliseconds. */
  readonly timeLimitMs: number;
}

export const PLATE_FILE = 'plate.rgb';
const SHADE_FILE = 'shade.rgba';
const SHADE_ROWS = 128;
/** Where the references lie, seen from the render folder. */
const REFERENCES = '..';

interface Segment {
  readonly source: 'plate' | 'image' | 'video';
  readonly file: string;
  readonly format: string;
  readonly move: 'none' | 'push-in' | 'pull-out' | 'pan';
  readonly label: string | null;
}

/**
 * Plans the render. Without a font (or an ffmpeg that can draw words) the picture has none. `skip` names formats
 * this ffmpeg could not decode: such an image is shown as a plate with its label.
 */
export function planRender(task: Task, font: PictureFont | null, skip: readonly string[] = []): RenderPlan {
  const { width, height, totalFrames } = task;
  const segments = segmentsOf(task, skip);
  const fade = fadeFrames(task.mode, segments.length, totalFrames);
  const lengths = shareFrames(totalFrames, segments.length, fade);

  const args: string[] = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y'];
  const graph: string[] = [];
  const files: { name: string; content: string | Buffer }[] = [];
  let inputs = 0;
  const input = (...options: string[]): number => {
    args.push('-protocol_whitelist', 'file,pipe', ...options);
    inputs += 1;
    return inputs - 1;
  };

  segments.forEach((segment, index) => {
    const frames = lengths[index] ?? totalFrames;
    const from =
      segment.source === 'plate'
        ? input(...plateInput(width, height))
        : segment.source === 'video'
          ? input('-t', (frames / OUTPUT_FPS + 1).toFixed(3), '-f', 'mov', '-i', segment.file)
          : input('-i', segment.file);
    graph.push(`[${from}:v:0]${segmentFilters(segment, frames, width, height)}[s${index}]`);
  });

  let picture = 's0';
  let start = lengths[0] ?? totalFrames;
  for (let index = 1; index < segments.length; index += 1) {
    const offset = (start - fade) / OUTPUT_FPS;
    const joined = `x${index}`;
    graph.push(
      fade > 0
        ? `[${picture}][s${index}]xfade=transition=fade:duration=${(fade / OUTPUT_FPS).toFixed(6)}:offset=${offset.toFixed(6)}[${joined}]`
        : `[${picture}][s${index}]concat=n=2:v=1:a=0[${joined}]`,
    );
    picture = joined;
    start += (lengths[index] ?? 0) - fade;
  }

  // Rounding in the crossfades must never cost a frame: the last picture is held, then cut to the count.
  const finish = [`tpad=stop_mode=clone:stop=${OUTPUT_FPS}`, `trim=end_frame=${totalFrames}`];
  finish.push(`settb=1/${OUTPUT_FPS}`, 'setpts=N');
  if (segments.every(({ source }) => source === 'plate')) finish.push('noise=alls=3:allf=t');
  graph.push(`[${picture}]${finish.join(',')}[whole]`);
  picture = 'whole';

  const outputs = [RESULT_VIDEO];
  // Taken before the words are drawn: a next take that starts from it is then not written on twice.
  if (task.returnLastFrame) {
    outputs.push(RESULT_LAST_FRAME);
    graph.push(
      `[${picture}]split=2[clean][tail]`,
      `[tail]trim=start_frame=${totalFrames - 1},setpts=PTS-STARTPTS,format=rgb24[last]`,
    );
    picture = 'clean';
  }

  if (font !== null) {
    files.push({ name: SHADE_FILE, content: shade() });
    const from = input(
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-video_size',
      `2x${SHADE_ROWS}`,
      '-i',
      SHADE_FILE,
    );
    const rows = Math.round(height * 0.5);
    graph.push(
      `[${from}:v:0]scale=${width}:${rows}:flags=bilinear,format=yuva420p[shade]`,
      `[${picture}][shade]overlay=0:H-h:eof_action=repeat,${wordFilters(task, segments, lengths, fade, font, files).join(',')}[worded]`,
    );
    picture = 'worded';
  }
  const mark = task.watermark && font !== null ? `${watermark(task, font, files)},` : '';
  graph.push(`[${picture}]${mark}format=yuv420p[picture]`);

  const seconds = totalFrames / OUTPUT_FPS;
  if (task.generateAudio) {
    const sounds = task.references.filter(({ kind }) => kind === 'audio');
    const from = sounds.map(({ file, format }) => input('-f', format, '-i', `${REFERENCES}/${file}`));
    graph.push(...soundFilters(from, seconds, task.seed));
  }

  const fast = width * height > 2_500_000 ? 'ultrafast' : 'veryfast';
  args.push('-filter_complex', graph.join(';'), '-map', '[picture]');
  if (task.generateAudio) args.push('-map', '[sound]', '-c:a', 'aac', '-b:a', '96k', '-ac', '1');
  args.push('-c:v', 'libx264', '-preset', fast, '-crf', '21', '-pix_fmt', 'yuv420p', '-g', '48');
  // No `-frames:v`: on reaching it ffmpeg 5 also ends the sound of the same file. The graph counts the frames.
  args.push('-r', String(OUTPUT_FPS), '-map_metadata', '-1');
  args.push('-metadata', 'comment=Practice render, not a generated video', '-movflags', '+faststart');
  args.push('-f', 'mp4', RESULT_VIDEO);
  if (task.returnLastFrame) args.push('-map', '[last]', '-update', '1', '-f', 'image2', RESULT_LAST_FRAME);

  return {
    args,
    files,
    plateFrames: segments.some(({ source }) => source === 'plate') ? totalFrames : 0,
    outputs,
    timeLimitMs: 60_000 + Math.round((width * height * totalFrames) / 25_000),
  };
}

/** Which pictures are shown one after another, in content order. */
function segmentsOf(task: Task, skip: readonly string[]): Segment[] {
  const plate: Segment = { source: 'plate', file: PLATE_FILE, format: 'rgb', move: 'none', label: null };
  const counts = { image: 0, video: 0, audio: 0 };
  const found: Segment[] = [];
  for (const reference of orderedReferences(task)) {
    counts[reference.kind] += 1;
    if (reference.kind === 'audio') continue;
    const label = labelOf(reference, counts[reference.kind]);
    if (skip.includes(reference.format)) {
      found.push({ ...plate, label });
      continue;
    }
    const { kind: source, format } = reference;
    found.push({
      source,
      file: `${REFERENCES}/${reference.file}`,
      format,
      move: moveOf(reference, task),
      label,
    });
  }
  return found.length === 0 ? [plate] : found;
}

/** The first frame comes first whatever the order in `content`. */
function orderedReferences(task: Task): StoredReference[] {
  return [...task.references].sort(
    (a, b) => Number(a.role === 'last_frame') - Number(b.role === 'last_frame'),
  );
}

function moveOf(reference: StoredReference, task: Task): Segment['move'] {
  if (reference.role === 'first_frame') return 'push-in';
  if (reference.role === 'last_frame') return 'pull-out';
  if (reference.kind === 'video' || !reference.width || !reference.height) return 'none';
  // A picture of another shape is panned so that all of it is seen; one of the same shape is moved into.
  const difference = reference.width / reference.height / (task.width / task.height);
  return difference > 1.12 || difference < 1 / 1.12 ? 'pan' : 'push-in';
}

function labelOf(reference: StoredReference, position: number): string {
  if (reference.role === 'first_frame') return 'First frame';
  if (reference.role === 'last_frame') return 'Last frame';
  return `${reference.kind === 'video' ? 'Video' : 'Image'} ${position}`;
}

/** First and last frame melt over most of the length; references follow each other with a short fade. */
function fadeFrames(mode: Task['mode'], count: number, totalFrames: number): number {
  if (count < 2) return 0;
  return mode === 'flf2v' ? Math.round(totalFrames * 0.6) : Math.min(12, Math.floor(totalFrames / count / 3));
}

/** Lengths that, with their overlaps, add up to the whole. */
function shareFrames(totalFrames: number, count: number, fade: number): number[] {
  const sum = totalFrames + (count - 1) * fade;
  const each = Math.floor(sum / count);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? sum - each * (count - 1) : each));
}

function plateInput(width: number, height: number): string[] {
  const size = plateSize(width, height);
  const sizeText = `${size.width}x${size.height}`;
  return [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb48le',
    '-video_size',
    sizeText,
    '-framerate',
    '24',
    '-i',
    PLATE_FILE,
  ];
}

function segmentFilters({ source, move }: Segment, frames: number, width: number, height: number): string {
  const cover = (w: number, h: number): string =>
    `scale=${w}:${h}:force_original_aspect_ratio=increase:flags=bicubic,crop=${w}:${h},setsar=1`;
  const last = Math.max(1, frames - 1);
  const cut = `trim=end_frame=${frames},setpts=N/${OUTPUT_FPS}/TB,fps=${OUTPUT_FPS},format=yuv420p`;
  if (source === 'plate') return `scale=${width}:${height}:flags=bicubic,setsar=1,${cut}`;
  if (source === 'video') {
    return `setpts=PTS-STARTPTS,fps=${OUTPUT_FPS},${cover(width, height)},tpad=stop_mode=clone:stop=${frames},${cut}`;
  }
  if (move === 'pan') {
    return [
      `trim=end_frame=1,scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bicubic,setsar=1`,
      `format=yuv444p,loop=loop=${frames}:size=1:start=0,setpts=N/${OUTPUT_FPS}/TB`,
      `crop=${width}:${height}:x='(iw-ow)*${eased(last, 'n')}':y='(ih-oh)*${eased(last, 'n')}'`,
      cut,
    ].join(',');
  }
  // Twice the size first: zoompan moves by whole pixels, and halves of them look smooth.
  const zoom = move === 'pull-out' ? `1.1-0.1*on/${last}` : `1+0.1*on/${last}`;
  return [
    `trim=end_frame=1,${cover(width * 2, height * 2)},format=yuv420p`,
    `zoompan=z='${zoom}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${frames}:s=${width}x${height}:fps=${OUTPUT_FPS}`,
    `setsar=1,${cut}`,
  ].join(',');
}

/** 0 to 1 over the frames, slow at both ends. */
function eased(last: number, variable: string): string {
  return `(0.5-0.5*cos(PI*min(1,${variable}/${last})))`;
}

type Files = { name: string; content: string | Buffer }[];

function wordFilters(
  task: Task,
  segments: readonly Segment[],
  lengths: readonly number[],
  fade: number,
  font: PictureFont,
  files: Files,
): string[] {
  const { width, height } = task;
  const unit = Math.min(width, height);
  const margin = Math.round(unit * 0.055);
  const small = Math.max(11, Math.round(unit * 0.024));
  const large = Math.round(unit * (task.mode === 't2v' ? 0.046 : 0.034));
  const box = `box=1:boxcolor=black@0.42:boxborderw=${Math.round(small * 0.55)}`;
  const filters: string[] = [];
  const draw = (name: string, words: string, ...options: string[]): void => {
    if (words === '') return;
    files.push({ name, content: words });
    filters.push(
      [`drawtext=fontfile=${escapeValue(font.path)}`, `textfile=${name}`, 'expansion=none', ...options].join(
        ':',
      ),
    );
  };

  draw(
    'slate.txt',
    'P R A C T I C E',
    `fontsize=${small}`,
    'fontcolor=white@0.86',
    `x=${margin}`,
    `y=${margin}`,
    box,
  );

  let shown = 0;
  segments.forEach(({ label }, index) => {
    const frames = lengths[index] ?? 0;
    const from = shown + (index === 0 ? 0 : Math.round(fade / 2));
    const until = shown + frames - (index === segments.length - 1 ? 0 : Math.round(fade / 2)) - 1;
    shown += frames - fade;
    if (label === null) return;
    const at = [`x=w-tw-${margin}`, `y=${margin}`, `enable='between(n,${from},${until})'`];
    draw(`label-${index}.txt`, label, `fontsize=${small}`, 'fontcolor=white@0.92', box, ...at);
  });
  const sounds = task.references.filter(({ kind }) => kind === 'audio').length;
  if (sounds > 0) {
    const words = Array.from({ length: sounds }, (_, index) => `Audio ${index + 1}`).join('  ·  ');
    const y = `y=${margin + Math.round(small * 2.5)}`;
    draw('sounds.txt', words, `fontsize=${small}`, 'fontcolor=white@0.92', box, `x=w-tw-${margin}`, y);
  }

  const facts = [
    task.modelLabel,
    task.resolution,
    task.ratio,
    task.frames === null ? `${task.duration} s` : `${task.frames} frames`,
    `seed ${task.seed}`,
  ];
  const factsY = height - margin - small;
  draw(
    'facts.txt',
    facts.join('   '),
    `fontsize=${small}`,
    'fontcolor=white@0.62',
    `x=${margin}`,
    `y=${factsY}`,
    'shadowcolor=black@0.4:shadowx=1:shadowy=1',
  );
  const lines = wrapText(showable(task.prompt), (width - 2 * margin) / large, task.mode === 't2v' ? 7 : 3);
  // One filter per line: line heights then do not depend on the ffmpeg version.
  lines.forEach((line, index) => {
    const y = factsY - Math.round(small * 1.3) - Math.round((lines.length - index) * large * 1.42);
    draw(
      `prompt-${index}.txt`,
      line,
      `fontsize=${large}`,
      'fontcolor=white@0.95',
      `x=${margin}`,
      `y=${y}+${large}*1.1-ascent`,
      `alpha='min(1,0.15+t/0.7)'`,
      'shadowcolor=black@0.45:shadowx=1:shadowy=1',
    );
  });
  return filters;
}

/** The mark that `watermark: true` puts bottom right; it is not in the last-frame picture. */
function watermark(task: Task, font: PictureFont, files: Files): string {
  files.push({ name: 'watermark.txt', content: font.hasChinese ? 'AI 生成' : 'AI' });
  const unit = Math.min(task.width, task.height);
  const margin = Math.round(unit * 0.04);
  return [
    `drawtext=fontfile=${escapeValue(font.path)}`,
    'textfile=watermark.txt',
    'expansion=none',
    `fontsize=${Math.round(unit * 0.036)}`,
    'fontcolor=white@0.8',
    'shadowcolor=black@0.5:shadowx=1:shadowy=1',
    `x=w-tw-${margin}`,
    `y=h-th-${margin}`,
  ].join(':');
}

/** Reference sounds one after another, cut or filled with silence; without any, a soft chord. */
function soundFilters(inputs: readonly number[], seconds: number, seed: number): string[] {
  const length = seconds.toFixed(6);
  const end = `apad,atrim=0:${length},afade=t=out:st=${Math.max(0, seconds - 0.4).toFixed(3)}:d=0.4[sound]`;
  const mono = 'aresample=44100,aformat=sample_fmts=fltp:channel_layouts=mono';
  if (inputs.length > 0) {
    const parts = inputs.map((index) => `[${index}:a:0]${mono},asetpts=PTS-STARTPTS[a${index}]`);
    const joined = inputs.map((index) => `[a${index}]`).join('');
    return [...parts, `${joined}concat=n=${inputs.length}:v=0:a=1,${end}`];
  }
  const root = [110, 123.47, 130.81, 146.83, 98][seed % 5] ?? 110;
  const voice = (ratio: number, level: number, pace: number): string =>
    `${level}*sin(2*PI*${(root * ratio).toFixed(2)}*t)*(0.7+0.3*sin(2*PI*${pace}*t))`;
  const chord = [voice(1, 0.09, 0.11), voice(1.5, 0.06, 0.17), voice(2, 0.05, 0.23), voice(2.5, 0.025, 0.31)];
  return [`aevalsrc='${chord.join('+')}':s=44100:d=${length},${mono},afade=t=in:d=0.8,${end}`];
}

/** A column from clear to dark that keeps words readable on any picture. */
function shade(): Buffer {
  const pixels = Buffer.alloc(2 * SHADE_ROWS * 4);
  for (let row = 0; row < SHADE_ROWS; row += 1) {
    const alpha = Math.round(255 * 0.62 * (row / (SHADE_ROWS - 1)) ** 1.5);
    for (let column = 0; column < 2; column += 1) pixels[(row * 2 + column) * 4 + 3] = alpha;
  }
  return pixels;
}

/** A value inside a filter graph: escaped once for the option list and once for the graph. */
export function escapeValue(value: string): string {
  return value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}
