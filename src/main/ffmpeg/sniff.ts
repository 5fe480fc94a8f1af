// What a file is, told by its first bytes and never by its name.
import type { ReferenceKind } from '@shared/domain/models';

export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'tiff', 'heic', 'heif', 'avif'] as const;
export const VIDEO_FORMATS = ['mp4', 'mov', 'webm', 'mkv', 'avi'] as const;
export const AUDIO_FORMATS = ['mp3', 'wav', 'm4a', 'flac', 'ogg'] as const;
export type MediaFormat =
  (typeof IMAGE_FORMATS)[number] | (typeof VIDEO_FORMATS)[number] | (typeof AUDIO_FORMATS)[number];

/** Containers that no endpoint takes as a reference, but a library does. */
export const OTHER_FILM_FORMATS = ['mpegts', 'mpeg', 'flv', 'asf'] as const;
export type FilmFormat = (typeof VIDEO_FORMATS)[number] | (typeof OTHER_FILM_FORMATS)[number];

export interface Sniffed {
  readonly kind: ReferenceKind;
  readonly format: MediaFormat;
}

/** Bytes from the start of a file that `sniff` wants to see; it does with fewer where the file is shorter. */
export const SNIFF_BYTES = 4096;

/** The format of a file from its first bytes, or null when it is none that Dailies takes. */
export function sniff(head: Uint8Array): Sniffed | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 12) return null;
  const format = imageFormat(bytes) ?? containerFormat(bytes) ?? soundFormat(bytes);
  return format === null ? null : { kind: kindOf(format), format };
}

/** As `sniff`, for videos alone, and with more of them: all that the library takes. */
export function sniffFilm(head: Uint8Array): FilmFormat | null {
  const format = sniff(head)?.format;
  const known = VIDEO_FORMATS.find((name) => name === format);
  if (known !== undefined) return known;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 12 || (format !== undefined && format !== 'mp3')) return null;
  if (text(bytes, 0, 4) === 'FLV\x01') return 'flv';
  if (bytes.readUInt32BE(0) === 0x000001ba) return 'mpeg';
  if (text(bytes, 0, 8) === '\x30\x26\xb2\x75\x8e\x66\xcf\x11') return 'asf';
  // Packets of 188 bytes; cameras put a time of four bytes before each.
  const packets = (first: number, length: number): boolean =>
    [0, 1, 2, 3].every((n) => bytes[first + n * length] === 0x47);
  return packets(0, 188) || packets(4, 192) ? 'mpegts' : null;
}

/** The kind of reference that a format is. */
export function kindOf(format: MediaFormat | FilmFormat): ReferenceKind {
  if ((IMAGE_FORMATS as readonly string[]).includes(format)) return 'image';
  return (AUDIO_FORMATS as readonly string[]).includes(format) ? 'audio' : 'video';
}

/** The usual extension of a format, without the dot. */
export function extensionOf(format: MediaFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

function text(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

function imageFormat(bytes: Buffer): MediaFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (/^GIF8[79]a/.test(text(bytes, 0, 6))) return 'gif';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp';
  if (text(bytes, 0, 4) === 'II*\0' || text(bytes, 0, 4) === 'MM\0*') return 'tiff';
  // "BM" alone begins many texts: the header's length must be one that exists.
  const headerSizes = [12, 40, 52, 56, 64, 108, 124];
  if (text(bytes, 0, 2) === 'BM' && bytes.length >= 18 && headerSizes.includes(bytes.readUInt32LE(14)))
    return 'bmp';
  return null;
}

function containerFormat(bytes: Buffer): MediaFormat | null {
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'AVI ') return 'avi';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WAVE') return 'wav';
  if (text(bytes, 4, 8) === 'ftyp') return isoFormat(bytes);
  // QuickTime files from before brands existed.
  if (['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(text(bytes, 4, 8))) return 'mov';
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return text(bytes, 4, 128).includes('webm') ? 'webm' : 'mkv';
  return null;
}

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];

/** MP4, QuickTime, HEIF and AVIF share one container; its major brand, then the compatible ones, tell which. */
function isoFormat(bytes: Buffer): MediaFormat {
  const major = text(bytes, 8, 12);
  const end = Math.min(bytes.readUInt32BE(0), bytes.length);
  const compatible: string[] = [];
  for (let at = 16; at + 4 <= end; at += 4) compatible.push(text(bytes, at, at + 4));
  const brands = [major, ...compatible];
  if (major === 'qt  ') return 'mov';
  if (/^M4[ABP]/.test(major)) return 'm4a';
  if (major === 'avif' || major === 'avis') return 'avif';
  if (HEIC_BRANDS.includes(major)) return 'heic';
  // `mif1` and `msf1` say only "an image" or "images": the codec stands among the compatible brands.
  if (major === 'mif1' || major === 'msf1') {
    if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
    return brands.some((brand) => HEIC_BRANDS.includes(brand)) ? 'heic' : 'heif';
  }
  return 'mp4';
}

function soundFormat(bytes: Buffer): MediaFormat | null {
  if (text(bytes, 0, 4) === 'OggS') return 'ogg';
  if (text(bytes, 0, 4) === 'fLaC') return 'flac';
  if (text(bytes, 0, 3) === 'ID3') return 'mp3';
  const [first = 0, second = 0, third = 0] = bytes;
  // An MPEG frame of layer III: ADTS AAC has the layer bits 00, and the reserved bit rate and rate are excluded.
  const layerThree = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return layerThree && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c ? 'mp3' : null;
}
