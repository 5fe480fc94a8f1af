// What a trial of ffmpeg asks for: one short file of each kind that Dailies makes, and reading it back. Pure.
import { fileUrl } from './args';

export interface Trial {
  /** As people write it. */
  readonly name: string;
  readonly extension: string;
  make(output: string): string[];
  read(path: string): string[];
}

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=8:duration=0.5'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=duration=0.5'];

export const TRIALS: readonly Trial[] = [
  trial('H.264', 'mp4', 'mov', [...PICTURE, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'mp4']),
  trial('AAC', 'm4a', 'mov', [...SOUND, '-c:a', 'aac', '-f', 'mp4']),
  trial('WebP', 'webp', 'webp_pipe', [...PICTURE, '-frames:v', '1', '-c:v', 'libwebp', '-f', 'webp']),
  trial('JPEG', 'jpg', 'jpeg_pipe', [
    ...[...PICTURE, '-frames:v', '1', '-pix_fmt', 'yuvj420p', '-c:v', 'mjpeg', '-f', 'mjpeg'],
  ]),
];

function trial(name: string, extension: string, reader: string, making: readonly string[]): Trial {
  return {
    name,
    extension,
    make: (output) => [...making, fileUrl(output)],
    // `-xerror`: a frame that does not decode is a failure, not a remark.
    read: (path) => ['-xerror', '-f', reader, '-i', fileUrl(path), '-f', 'null', '-'],
  };
}
