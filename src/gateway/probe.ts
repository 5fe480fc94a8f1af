// Measures a media file: pixel size, length, codecs and frame rate.
import { open, readFile } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { sniff, type SniffedFormat } from './sniff';

const PROBE_LIMIT_MS = 10_000;

/** What is known of a media file; a field is null where the kind has none or it could not be read. */
export interface MediaFacts extends SniffedFormat {
  readonly bytes: number;
  /** Pixels as shown, rotation applied. */
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
  readonly fps: number | null;
  readonly frames: number | null;
}

/** Reads a file's facts; null when its content is no known media or it is too broken to measure. */
export async function probe(path: string): Promise<MediaFacts | null> {
  const handle = await open(path, 'r');
  let format: SniffedFormat | null;
  let bytes: number;
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    format = sniff(head.subarray(0, bytesRead));
    bytes = (await handle.stat()).size;
  } finally {
    await handle.close();
  }
  if (format === null) return null;
  const blank: MediaFacts = {
    ...format,
    bytes,
    width: null,
    height: null,
    seconds: null,
    videoCodec: null,
    audioCodec: null,
    fps: null,
    frames: null,
  };
  try {
    return await withinLimit(format.kind === 'image' ? probeImage(path, blank) : probeTimed(path, blank));
  } catch {
    return null;
  }
}

/** A file made to be slow to read counts as unreadable. */
async function withinLimit(measuring: Promise<MediaFacts>): Promise<MediaFacts> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('measuring took too long')), PROBE_LIMIT_MS);
  });
  try {
    return await Promise.race([measuring, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

async function probeImage(path: string, blank: MediaFacts): Promise<MediaFacts> {
  const { orientation, images, ...first } = imageSize(await readFile(path));
  // A HEIC lists the tiles it is laid out of, and the whole among them; a JPEG's previews are smaller too.
  const sizes = [first, ...(images ?? [])].sort((a, b) => b.width * b.height - a.width * a.height);
  const { width, height } = sizes[0] ?? first;
  const turned = (orientation ?? 1) >= 5;
  return { ...blank, width: turned ? height : width, height: turned ? width : height };
}

async function probeTimed(path: string, blank: MediaFacts): Promise<MediaFacts> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    const stats = video === null ? null : await video.computePacketStats();
    return {
      ...blank,
      width: video === null ? null : await video.getDisplayWidth(),
      height: video === null ? null : await video.getDisplayHeight(),
      seconds: await input.computeDuration(),
      videoCodec: video === null ? null : await video.getCodec(),
      audioCodec: audio === null ? null : await audio.getCodec(),
      fps: stats?.averagePacketRate ?? null,
      frames: stats?.packetCount ?? null,
    };
  } finally {
    input.dispose();
  }
}
