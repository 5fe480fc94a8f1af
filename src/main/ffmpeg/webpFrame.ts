// The first frame of an animated WebP as a WebP of its own, because ffmpeg before 8 reads no animated ones. Pure.
// The container: https://developers.google.com/speed/webp/docs/riff_container

export interface WebpFrame {
  /** A still WebP. */
  readonly bytes: Buffer;
  /** Where it stands on the canvas, and how large that is, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const HAS_ALPHA = 0x10;
/** Position, size, duration and flags of a frame, before its own chunks. */
const FRAME_HEADER = 16;

/** Null where there is no frame that is whole. */
export function firstWebpFrame(file: Buffer): WebpFrame | null {
  const [canvas, frame] = ['VP8X', 'ANMF'].map((name) =>
    chunks(file, 12).find((chunk) => chunk.name === name),
  );
  if (canvas === undefined || frame === undefined) return null;
  if (canvas.data.length < 10 || frame.data.length < FRAME_HEADER) return null;
  const inner = chunks(frame.data, FRAME_HEADER);
  const picture = inner.find(({ name }) => name === 'VP8 ' || name === 'VP8L');
  const alpha = inner.find(({ name }) => name === 'ALPH');
  if (picture === undefined) return null;
  const extended = Buffer.alloc(10);
  extended[0] = HAS_ALPHA;
  frame.data.copy(extended, 4, 6, 12);
  const body =
    alpha === undefined
      ? chunk(picture.name, picture.data)
      : Buffer.concat([
          chunk('VP8X', extended),
          chunk('ALPH', alpha.data),
          chunk(picture.name, picture.data),
        ]);
  return {
    bytes: chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), body])),
    x: frame.data.readUIntLE(0, 3) * 2,
    y: frame.data.readUIntLE(3, 3) * 2,
    width: canvas.data.readUIntLE(4, 3) + 1,
    height: canvas.data.readUIntLE(7, 3) + 1,
  };
}

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
}

/** The whole chunks from `at` on. */
function chunks(file: Buffer, at: number): Chunk[] {
  const found: Chunk[] = [];
  while (at + 8 <= file.length) {
    const size = file.readUInt32LE(at + 4);
    if (at + 8 + size > file.length) break;
    found.push({ name: file.toString('latin1', at, at + 4), data: file.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return found;
}

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8, name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
