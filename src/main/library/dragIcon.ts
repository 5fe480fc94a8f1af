// The small picture under the pointer while files are dragged out, made from a clip's poster.
import { dirname, join } from 'node:path';
import { fileUrl, reading, type MediaInput } from '../ffmpeg/args';
import type { Ffmpeg } from '../ffmpeg/run';
import { exists } from '../files/durableFile';

/** Its longer side in pixels. Systems show about half of that. */
const SIDE = 128;
/** The drag must begin while the button is down: a picture that takes longer is for the next time. */
const PATIENCE_MS = 300;
const LIMIT_MS = 10_000;

/**
 * The poster as a PNG beside it, as Electron reads no WebP; made once. Null where it is not there in a moment. Never
 * throws.
 */
export async function dragIcon(poster: string, ffmpeg: Ffmpeg): Promise<string | null> {
  const icon = join(dirname(poster), 'drag.png');
  const made = makeIcon({ path: poster, format: 'webp' }, icon, ffmpeg).catch(() => null);
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS).unref());
  return Promise.race([made, patience]);
}

async function makeIcon(input: MediaInput, icon: string, ffmpeg: Ffmpeg): Promise<string> {
  if (!(await exists(icon))) await ffmpeg.produce(icon, (to) => iconArgs(input, to), { limitMs: LIMIT_MS });
  return icon;
}

function iconArgs(input: MediaInput, output: string): string[] {
  const scale = `scale=${SIDE}:${SIDE}:force_original_aspect_ratio=decrease,setsar=1,format=rgb24`;
  const encoder = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'];
  return [...reading(input), '-map', '0:v:0', '-vf', scale, ...encoder, fileUrl(output)];
}
