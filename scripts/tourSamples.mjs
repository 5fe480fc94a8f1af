// Makes the tour's own references: a picture, a clip and a sound that nobody has rights to.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import bundled from 'ffmpeg-static';
import { run } from './child.mjs';

const COLOURS = 'c0=0x26334a:c1=0xd98c4a:c2=0xf2d0a0:c3=0x5a3a4e';

/** @param {string} folder made when missing @returns {Promise<string[]>} paths of the three files */
export async function makeSamples(folder) {
  await mkdir(folder, { recursive: true });
  const program = existsSync(bundled ?? '') ? String(bundled) : 'ffmpeg';
  const ffmpeg = async (/** @type {string} */ name, /** @type {string[]} */ args) => {
    const path = join(folder, name);
    const { code, output } = await run(program, ['-nostdin', '-v', 'error', '-y', ...args, path]);
    if (code !== 0) throw new Error(`ffmpeg could not make ${name}: ${output}`);
    return path;
  };
  const source = (/** @type {string} */ input) => ['-f', 'lavfi', '-i', input];
  return [
    await ffmpeg('dusk.jpg', [
      ...source(`gradients=s=1280x800:n=4:${COLOURS}:x0=0:y0=0:x1=400:y1=800:d=1`),
      ...['-frames:v', '1', '-update', '1'],
    ]),
    await ffmpeg('drift.mp4', [
      ...source(`gradients=s=960x540:r=24:n=4:${COLOURS}:speed=0.02:d=4`),
      ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
    ]),
    await ffmpeg('chord.mp3', [
      ...source('sine=f=220:d=4'),
      ...source('sine=f=277:d=4'),
      ...source('sine=f=330:d=4'),
      ...['-filter_complex', 'amix=inputs=3,afade=t=in:d=0.3,afade=t=out:st=3:d=1'],
    ]),
  ];
}
