// What ffmpeg is asked and given to write words into a video's metadata without touching its streams. Pure.
import { fileUrl, reading, type MediaInput } from '../ffmpeg/args';

/**
 * The same streams in a new MP4, with the words of `metadataFile` in its metadata and all that were there before,
 * such as a provider's label. From a file, because Windows takes 32,767 characters on a command line.
 */
export function embedArgs(input: MediaInput, metadataFile: string, output: string): string[] {
  const words = ['-f', 'ffmetadata', '-i', fileUrl(metadataFile)];
  const streams = ['-map', '0:v', '-map', '0:a?', '-c', 'copy'];
  // Of two words with the same key the first counts.
  const metadata = ['-map_metadata', '1', '-map_metadata', '0', '-movflags', '+faststart+use_metadata_tags'];
  return [...reading(input), ...words, ...streams, ...metadata, '-f', 'mp4', fileUrl(output)];
}

/** A file for ffmpeg's `ffmetadata` reader: https://ffmpeg.org/ffmpeg-formats.html#Metadata-1 */
export function metadataText(words: Readonly<Record<string, string>>): string {
  const lines = Object.entries(words).map(
    ([key, value]) => `${key}=${value.replace(/[\r\0]/g, ' ').replace(/[=;#\\\n]/g, '\\$&')}\n`,
  );
  return `;FFMETADATA1\n${lines.join('')}`;
}
