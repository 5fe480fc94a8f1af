// What the window can play, and the smaller copy of a film that it cannot.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fitWithin, type MediaInput } from '../ffmpeg/args';
import { probe, type MediaFacts } from '../ffmpeg/probe';
import { timeLimit, type Ffmpeg } from '../ffmpeg/run';
import { proxyArgs } from '../ffmpeg/transform';
import { exists } from '../files/durableFile';

/** The longer side of a copy in pixels: 720p. */
const PROXY_SIDE = 1280;

/** What Chromium 130 has decoders for on every system, in Electron's build: no HEVC, no ProRes, no AC-3. */
const PLAYABLE_FORMATS: readonly string[] = ['mp4', 'mov', 'webm'];
const PLAYABLE_CODECS: readonly string[] = ['h264', 'vp8', 'vp9', 'av1'];
const PLAYABLE_SOUNDS: readonly string[] = ['aac', 'mp3', 'opus', 'vorbis', 'flac'];

/** Whether the window can play the file itself, its sound included. */
export function isPlayable(
  format: MediaInput['format'],
  { codec, hasSound, soundCodec }: MediaFacts,
): boolean {
  if (!PLAYABLE_FORMATS.includes(format) || codec === undefined || !PLAYABLE_CODECS.includes(codec))
    return false;
  return hasSound !== true || (soundCodec !== undefined && PLAYABLE_SOUNDS.includes(soundCodec));
}

/**
 * Makes the copy unless it is there. `patience`: how many times the usual time limit it may take.
 * @throws as `probe`, `Ffmpeg.produce` and the file system do
 */
export async function makeProxy(
  input: MediaInput,
  output: string,
  ffmpeg: Ffmpeg,
  patience = 1,
): Promise<void> {
  if (await exists(output)) return;
  await mkdir(dirname(output), { recursive: true });
  const facts = await probe(input, ffmpeg);
  const { width = PROXY_SIDE, height = PROXY_SIDE } = facts;
  const fit = fitWithin({ width, height }, PROXY_SIDE);
  const even = { width: evenAbove(fit.width), height: evenAbove(fit.height) };
  const sounds = { hasSound: facts.hasSound === true, hdr: facts.hdr === true };
  // Encoding comes on top of decoding.
  const limitMs = 2 * patience * timeLimit(facts);
  await ffmpeg.produce(output, (to) => proxyArgs(input, sounds, even, to), { limitMs });
}

function evenAbove(side: number): number {
  return Math.max(2, Math.ceil(side / 2) * 2);
}
