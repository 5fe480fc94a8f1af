// What the window can play or show of a reference: the kept file, or a smaller copy made once.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { fitWithin, posterArgs, type MediaInput } from '../ffmpeg/args';
import { probe, type MediaFacts } from '../ffmpeg/probe';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { proxyArgs } from '../ffmpeg/transform';
import { exists } from '../files/durableFile';

/** The longer side of a copy in pixels. A picture is looked at in the cropping frame, a film in a small player. */
const PICTURE_SIDE = 1280;
const VIDEO_SIDE = 640;

/** What Chromium 130 has decoders for, in Electron's build: no HEVC, no ProRes, no ALAC. */
const PLAYABLE: Readonly<Record<ReferenceKind, readonly string[]>> = {
  image: ['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif'],
  video: ['mp4', 'mov', 'webm'],
  audio: ['mp3', 'wav', 'm4a', 'flac', 'ogg', 'mp4', 'mov', 'webm'],
};
const PLAYABLE_CODECS = ['h264', 'vp8', 'vp9', 'av1'];
const PLAYABLE_SOUNDS = ['aac', 'mp3', 'opus', 'vorbis', 'flac'];

/** Where the copy lies. */
export function previewPath(derivedFolder: string, { id, kind }: Pick<Reference, 'id' | 'kind'>): string {
  return join(derivedFolder, id, kind === 'image' ? 'preview.webp' : 'preview.mp4');
}

/** Whether the window can show the kept file itself. A sound is looked into: its container tells too little. */
export async function isPlayable(reference: Reference, input: MediaInput, ffmpeg: Ffmpeg): Promise<boolean> {
  const { kind, format, codec } = reference;
  if (!PLAYABLE[kind].includes(format)) return false;
  if (kind === 'video') return codec !== undefined && PLAYABLE_CODECS.includes(codec);
  if (kind === 'image' || format === 'mp3') return true;
  const { soundCodec = '' } = await probe(input, ffmpeg);
  return PLAYABLE_SOUNDS.includes(soundCodec) || (format === 'wav' && soundCodec.startsWith('pcm-'));
}

/**
 * Makes the copy unless it is there. `onProgress`: 0 to 1.
 * @throws as `Ffmpeg.produce`, `probe` and the file system do
 */
export async function makePreview(
  reference: Reference,
  input: MediaInput,
  output: string,
  ffmpeg: Ffmpeg,
  onProgress: (done: number) => void,
): Promise<void> {
  if (await exists(output)) return;
  await mkdir(join(output, '..'), { recursive: true });
  const { kind, width = VIDEO_SIDE, height = VIDEO_SIDE, seconds = 1 } = reference;
  const limits = { limitMs: timeLimit({ width, height, seconds }) };
  if (kind === 'image') {
    const size = fitWithin({ width, height }, PICTURE_SIDE);
    await ffmpeg.produce(output, (to) => posterArgs(input, 0, size, to), limits);
    return;
  }
  const facts: MediaFacts = await probe(input, ffmpeg);
  const small = fitWithin({ width, height }, VIDEO_SIDE);
  const even = { width: evenAbove(small.width), height: evenAbove(small.height) };
  const sounds = { hasSound: facts.hasSound === true, hdr: facts.hdr === true };
  await ffmpeg.produce(output, (to) => proxyArgs(input, sounds, kind === 'video' ? even : null, to), {
    ...limits,
    onProgress: (progress) => {
      if (progress.seconds !== null) onProgress(Math.min(1, progress.seconds / seconds));
    },
  });
}

function evenAbove(side: number): number {
  return Math.max(2, Math.ceil(side / 2) * 2);
}
